/* Signals: handlers, masks, queues, restarting of calls, faults, the alternate stack, timers, FPU registers. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>
#include "check.h"

static volatile sig_atomic_t got, code, sender, order[16], ordered;
static void *volatile address;
static sigjmp_buf back;

static void note(int sig)
{
	got = sig;
	if (ordered < 16)
		order[ordered++] = sig;
}

static void note_info(int sig, siginfo_t *info, void *context)
{
	note(sig == SIGRTMIN ? 100 + info->si_value.sival_int : sig);
	code = info->si_code;
	sender = info->si_pid;
}

static void note_fault(int sig, siginfo_t *info, void *context)
{
	address = info->si_addr;
	code = info->si_code;
	siglongjmp(back, 1);
}

static void nest(int sig)
{
	note(sig);
	if (ordered < 3)
		raise(sig);
	note(-sig);
}

static void on_stack(int sig)
{
	stack_t stack;

	sigaltstack(NULL, &stack);
	address = &stack;
	code = stack.ss_flags;
}

static void leave(int sig)
{
	_exit(sig);
}

static void handle(int sig, void (*handler)(int), int flags)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	action.sa_flags = flags;
	sigaction(sig, &action, NULL);
}

static void handle_info(int sig, void (*handler)(int, siginfo_t *, void *))
{
	handle(sig, (void (*)(int))handler, SA_SIGINFO);
}

static sigset_t set_of(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	return set;
}

static void test_handlers(void)
{
	struct sigaction action;

	handle(SIGUSR1, note, 0);
	raise(SIGUSR1);
	CHECK(got == SIGUSR1, "handler");
	handle_info(SIGUSR1, note_info);
	kill(getpid(), SIGUSR1);
	CHECK(code == SI_USER && sender == getpid(), "siginfo of kill");
	handle(SIGUSR1, note, (int)SA_RESETHAND);
	raise(SIGUSR1);
	sigaction(SIGUSR1, NULL, &action);
	CHECK(action.sa_handler == SIG_DFL, "SA_RESETHAND");
	ordered = 0;
	handle(SIGUSR2, nest, SA_NODEFER);
	raise(SIGUSR2);
	CHECK(order[0] == SIGUSR2 && order[2] == SIGUSR2 && order[3] == -SIGUSR2,
	      "SA_NODEFER nests");
	ordered = 0;
	handle(SIGUSR2, nest, 0);
	raise(SIGUSR2);
	CHECK(order[0] == SIGUSR2 && order[1] == -SIGUSR2 && order[2] == SIGUSR2,
	      "else it waits for the handler's end");
	CHECK(kill(getpid(), 65) == -1 && errno == EINVAL, "EINVAL");
	CHECK(kill(99999, 0) == -1 && errno == ESRCH, "ESRCH");
}

static void test_masks(void)
{
	sigset_t usr1 = set_of(SIGUSR1), realtime = set_of(SIGRTMIN), old, pending;
	struct timespec soon = { 0, 20000000 };
	siginfo_t info;
	pid_t pid;
	int i;

	handle(SIGUSR1, note, 0);
	sigprocmask(SIG_BLOCK, &usr1, &old);
	got = ordered = 0;
	raise(SIGUSR1);
	raise(SIGUSR1);
	sigpending(&pending);
	CHECK(!got && sigismember(&pending, SIGUSR1), "blocked and pending");
	sigprocmask(SIG_SETMASK, &old, NULL);
	CHECK(got == SIGUSR1 && ordered == 1, "delivered once");
	handle_info(SIGRTMIN, note_info);
	sigprocmask(SIG_BLOCK, &realtime, &old);
	ordered = 0;
	for (i = 0; i < 3; i++)
		sigqueue(getpid(), SIGRTMIN, (union sigval){ .sival_int = i });
	sigprocmask(SIG_SETMASK, &old, NULL);
	CHECK(ordered == 3 && order[0] == 100 && order[1] == 101 && order[2] == 102,
	      "real-time signals queue in order");
	pid = fork();
	if (!pid) {
		sleep_ms(30);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	sigprocmask(SIG_BLOCK, &usr1, &old);
	got = 0;
	CHECK(sigsuspend(&old) == -1 && errno == EINTR && got == SIGUSR1, "sigsuspend");
	reap(pid);
	raise(SIGUSR1);
	CHECK(sigtimedwait(&usr1, &info, &soon) == SIGUSR1 && info.si_pid == getpid(),
	      "sigtimedwait takes");
	CHECK(sigtimedwait(&usr1, &info, &soon) == -1 && errno == EAGAIN, "sigtimedwait times out");
	sigprocmask(SIG_SETMASK, &old, NULL);
}

static void test_faults(void)
{
	static char stack[16384];
	stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	volatile char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	sigset_t now;
	int status;
	pid_t pid;

	handle_info(SIGSEGV, note_fault);
	if (!sigsetjmp(back, 1))
		*(volatile int *)0x1234 = 1;
	CHECK(address == (void *)0x1234 && code == SEGV_MAPERR, "fault on nothing");
	if (!sigsetjmp(back, 1))
		*page = 1;
	CHECK(address == page && code == SEGV_ACCERR, "fault on read-only memory");
	sigprocmask(SIG_SETMASK, NULL, &now);
	CHECK(!sigismember(&now, SIGSEGV), "siglongjmp restores the mask");
	sigaltstack(&alternate, NULL);
	handle(SIGUSR1, on_stack, SA_ONSTACK);
	raise(SIGUSR1);
	CHECK((char *)address >= stack && (char *)address < stack + sizeof(stack) &&
		      code == SS_ONSTACK,
	      "alternate stack");
	pid = fork();
	if (!pid) {
		volatile char *sp = (char *)&pid;

		handle(SIGSEGV, leave, SA_ONSTACK);
		for (;;) {
			sp -= 512;
			*sp = 1;
		}
	}
	status = reap(pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == SIGSEGV,
	      "a stack overflow is handled there");
	alternate.ss_flags = SS_DISABLE;
	sigaltstack(&alternate, NULL);
}

static pid_t later(int ms, int fd)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	sleep_ms(ms);
	kill(getppid(), SIGUSR1);
	sleep_ms(ms);
	write(fd, "x", 1);
	_exit(0);
}

static void test_restart(void)
{
	struct timespec wait = { 0, 200000000 }, rest = { 0, 0 };
	struct itimerval timer = { { 0, 0 }, { 0, 50000 } };
	char byte = 0;
	int ends[2];
	pid_t pid;

	pipe(ends);
	got = 0;
	handle(SIGUSR1, note, SA_RESTART);
	pid = later(30, ends[1]);
	CHECK(read(ends[0], &byte, 1) == 1 && byte == 'x' && got == SIGUSR1, "SA_RESTART");
	reap(pid);
	handle(SIGUSR1, note, 0);
	pid = later(30, ends[1]);
	CHECK(read(ends[0], &byte, 1) == -1 && errno == EINTR, "EINTR");
	reap(pid);
	handle(SIGALRM, note, 0);
	setitimer(ITIMER_REAL, &timer, NULL);
	CHECK(nanosleep(&wait, &rest) == -1 && errno == EINTR && got == SIGALRM &&
		      rest.tv_nsec > 50000000,
	      "nanosleep says what is left");
	timer.it_interval.tv_usec = 20000;
	ordered = 0;
	setitimer(ITIMER_REAL, &timer, NULL);
	while (ordered < 3)
		pause();
	memset(&timer, 0, sizeof(timer));
	setitimer(ITIMER_REAL, &timer, NULL);
	CHECK(ordered == 3, "interval timer");
}

/* The handler's own use of the registers must not show. */
static void use_fpu(int sig)
{
	__asm__ volatile("fldpi; fstp %%st(0)" : : : "st");
	got = sig;
}

static void test_fpu(void)
{
	double before = 1.5, after = 0;

	handle(SIGUSR1, use_fpu, 0);
	got = 0;
	__asm__ volatile("fldl %1\n\t"
			 "movl $20, %%eax\n\tint $0x80\n\t"
			 "movl %%eax, %%ebx\n\tmovl $37, %%eax\n\tmovl $10, %%ecx\n\tint $0x80\n\t"
			 "fstpl %0"
			 : "=m"(after)
			 : "m"(before)
			 : "eax", "ebx", "ecx", "memory");
	CHECK(got == SIGUSR1 && !memcmp(&before, &after, sizeof(after)),
	      "FPU registers survive a handler");
}

static void test_storm(void)
{
	pid_t me = getpid(), pid;
	int i;

	handle(SIGUSR1, note, 0);
	pid = fork();
	if (!pid) {
		for (i = 0; i < 2000; i++)
			kill(me, SIGUSR1);
		_exit(0);
	}
	CHECK(reap(pid) == 0, "2000 signals");
}

int main(void)
{
	test_handlers();
	test_masks();
	test_faults();
	test_restart();
	test_fpu();
	test_storm();
	return check_end();
}
