/* Threads by clone(2) and futex(2), without a thread library. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/futex.h>
#include <asm/ldt.h>
#include "check.h"

#define STACK 65536
#define THREADS 8
#define ROUNDS 500
#define FLAGS                                                                               \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | \
	 CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)

struct thread {
	int tid;  /* 0 when it has ended: CLONE_CHILD_CLEARTID */
	int self; /* what it found at %gs:0 */
	void (*function)(struct thread *thread);
	uint32_t block[4]; /* its thread-local memory */
};

static int lock, counter;

static long call(long number, long a, long b, long c, long d, long e)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory");
	return result;
}

static long futex(int *word, int op, int value)
{
	return call(SYS_futex, (long)word, op, value, 0, 0);
}

static void lock_take(void)
{
	while (__sync_lock_test_and_set(&lock, 1))
		futex(&lock, FUTEX_WAIT_PRIVATE, 1);
}

static void lock_drop(void)
{
	__sync_lock_release(&lock);
	futex(&lock, FUTEX_WAKE_PRIVATE, 1);
}

/* First code of a thread: its argument lies on its stack. */
static void thread_main(struct thread *thread)
{
	uint32_t first;

	__asm__ volatile("movl %%gs:0, %0" : "=r"(first));
	thread->self = first == (uint32_t)(uintptr_t)thread;
	thread->function(thread);
	for (;;)
		call(SYS_exit, 0, 0, 0, 0, 0);
}

static long thread_start(struct thread *thread, void (*function)(struct thread *))
{
	uint32_t *stack = (uint32_t *)((char *)mmap(NULL, STACK, PROT_READ | PROT_WRITE,
						    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) +
				       STACK);
	struct user_desc tls = { .entry_number = 6,
				 .base_addr = (unsigned int)(uintptr_t)thread->block,
				 .limit = 0xfffff,
				 .seg_32bit = 1,
				 .limit_in_pages = 1,
				 .useable = 1 };
	long result;

	thread->function = function;
	thread->block[0] = (uint32_t)(uintptr_t)thread;
	*--stack = (uint32_t)(uintptr_t)thread;
	*--stack = (uint32_t)(uintptr_t)thread_main;
	/* the child comes back with the new stack: it loads gs, pops the function and calls it with the thread */
	__asm__ volatile("int $0x80\n\t"
			 "testl %%eax, %%eax\n\t"
			 "jnz 1f\n\t"
			 "movl $0x33, %%eax\n\tmovl %%eax, %%gs\n\t"
			 "popl %%ecx\n\tpopl %%eax\n\tpushl %%eax\n\t"
			 "call *%%ecx\n"
			 "1:"
			 : "=a"(result)
			 : "a"(SYS_clone), "b"(FLAGS), "c"(stack), "d"(&thread->tid), "S"(&tls),
			   "D"(&thread->tid)
			 : "memory");
	return result;
}

static void thread_join(struct thread *thread)
{
	int tid;

	while ((tid = *(volatile int *)&thread->tid))
		call(SYS_futex, (long)&thread->tid, FUTEX_WAIT, tid, 0, 0);
}

static void count(struct thread *thread)
{
	int i;

	for (i = 0; i < ROUNDS; i++) {
		lock_take();
		counter++;
		if (i % 50 == 0)
			sched_yield();
		lock_drop();
	}
}

static void sleep_on(struct thread *thread)
{
	for (;;)
		pause();
}

static void end_all(struct thread *thread)
{
	sleep_ms(30);
	_exit(33);
}

static void exec_true(struct thread *thread)
{
	char *argv[] = { "sh", "-c", "exit 42", NULL };

	sleep_ms(30);
	execv("/bin/sh", argv);
	_exit(1);
}

/* The status of a process with a sleeping thread and one that runs function. */
static int process_with(void (*function)(struct thread *))
{
	static struct thread sleeper, actor;
	pid_t pid = fork();

	if (!pid) {
		thread_start(&sleeper, sleep_on);
		thread_start(&actor, function);
		for (;;)
			pause();
	}
	return reap(pid);
}

int main(void)
{
	static struct thread threads[THREADS];
	int selves = 0, status, word = 1, i;
	struct timespec soon = { 0, 20000000 };

	for (i = 0; i < THREADS; i++)
		thread_start(&threads[i], count);
	for (i = 0; i < THREADS; i++) {
		thread_join(&threads[i]);
		selves += threads[i].self;
	}
	CHECK(counter == THREADS * ROUNDS, "a lock of a futex");
	CHECK(selves == THREADS, "thread-local segments");
	CHECK(call(SYS_futex, (long)&word, FUTEX_WAIT, 2, 0, 0) == -EAGAIN,
	      "futex with another value");
	CHECK(call(SYS_futex, (long)&word, FUTEX_WAIT, 1, (long)&soon, 0) == -ETIMEDOUT,
	      "futex times out");
	status = process_with(end_all);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 33, "exit_group ends all threads");
	status = process_with(exec_true);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 42, "execve of a thread ends the others");
	return check_end();
}
