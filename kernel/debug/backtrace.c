/*
 * Call paths. All code is compiled with frame pointers: at each %ebp lie the caller's %ebp and the
 * return address. The walk goes upwards only, reads nothing that is not mapped, and ends at the
 * first frame that makes no sense; so it is safe on a damaged stack, in any context.
 */
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/stacktrace.h>
#include <asm/ptrace.h>
#include <rakit/arch.h>
#include "debug/report.h"

#define FRAMES_MAX 64

struct frame {
	unsigned long caller; /* %ebp of the calling function */
	unsigned long ret;
};

static unsigned long next_frame(unsigned long fp, unsigned long *ret)
{
	const struct frame *frame = (const struct frame *)fp;

	if (fp < PAGE_OFFSET || (fp & 3) || !kernel_address_readable(fp, sizeof(*frame)))
		return 0;
	*ret = frame->ret;
	return frame->caller > fp && frame->caller - fp < 2 * THREAD_SIZE ? frame->caller : 1;
}

/* Return addresses from the frame at fp on, leaving out skip: how many. */
static unsigned int walk(unsigned long fp, unsigned long *store, unsigned int size,
			 unsigned int skip)
{
	unsigned long ret;
	unsigned int n = 0;

	for (int depth = 0; n < size && depth < FRAMES_MAX; depth++) {
		fp = next_frame(fp, &ret);
		if (!fp || !kernel_text_address(ret))
			break;
		if (skip)
			skip--;
		else
			store[n++] = ret;
	}
	return n;
}

unsigned int stack_trace_save(unsigned long *store, unsigned int size, unsigned int skipnr)
{
	return walk((unsigned long)__builtin_frame_address(0), store, size, skipnr);
}
EXPORT_SYMBOL_GPL(stack_trace_save);

/*
 * A task that does not run saved its registers on its stack; the scheduler's frame is found there.
 */
unsigned int stack_trace_save_tsk(struct task_struct *task, unsigned long *store, unsigned int size,
				  unsigned int skipnr)
{
	if (task == current)
		return stack_trace_save(store, size, skipnr + 1);
	return walk(thread_saved_fp(task), store, size, skipnr);
}

unsigned int stack_trace_save_regs(struct pt_regs *regs, unsigned long *store, unsigned int size,
				   unsigned int skipnr)
{
	if (!size)
		return 0;
	store[0] = regs->ip;
	return 1 + walk(regs->bp, store + 1, size - 1, skipnr);
}

int stack_trace_snprint(char *buf, size_t size, const unsigned long *entries,
			unsigned int nr_entries, int spaces)
{
	int n = 0;

	for (unsigned int i = 0; i < nr_entries; i++)
		n += scnprintf(buf + n, size - n, "%*s%pB\n", spaces, "", (void *)entries[i]);
	return n;
}
EXPORT_SYMBOL_GPL(stack_trace_snprint);

void stack_trace_print(const unsigned long *trace, unsigned int nr_entries, int spaces)
{
	for (unsigned int i = 0; i < nr_entries; i++)
		printk(KERN_DEFAULT "%*s%pB\n", spaces, "", (void *)trace[i]);
}
EXPORT_SYMBOL_GPL(stack_trace_print);

static void print_path(const unsigned long *trace, unsigned int n, const char *level)
{
	printk("%sCall Trace:\n", level);
	for (unsigned int i = 0; i < n; i++)
		printk("%s %pB\n", level, (void *)trace[i]);
	if (n == FRAMES_MAX)
		printk("%s ...\n", level);
}

void show_stack(struct task_struct *task, unsigned long *sp, const char *loglvl)
{
	unsigned long trace[FRAMES_MAX];
	unsigned int n;

	if (sp)
		n = walk((unsigned long)sp, trace, FRAMES_MAX, 0);
	else if (task && task != current)
		n = stack_trace_save_tsk(task, trace, FRAMES_MAX, 0);
	else
		n = stack_trace_save(trace, FRAMES_MAX, 1);
	print_path(trace, n, loglvl);
}

void show_regs_path(struct pt_regs *regs, const char *level)
{
	unsigned long trace[FRAMES_MAX];
	unsigned int n = walk(regs->bp, trace, FRAMES_MAX, 0);

	print_path(trace, n, level);
}

void dump_stack(void)
{
	printk(KERN_DEFAULT "CPU: 0 PID: %d Comm: %s %s\n", current->pid, current->comm,
	       print_tainted());
	show_stack(NULL, NULL, KERN_DEFAULT);
}
EXPORT_SYMBOL(dump_stack);
