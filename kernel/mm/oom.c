/*
 * Out of memory: one process is killed so that the others can go on.
 *
 * The choice, and the reason for it: the process that frees most, that is the one with the most resident pages (page
 * tables count, too), shifted by its oom_score_adj in thousandths of all memory. Never init, never a kernel thread, never
 * one with OOM_SCORE_ADJ_MIN. If a victim is still dying nobody else is killed. The victim may use the reserve, so that
 * it can end. If nobody can be killed the allocation fails; the kernel itself is never at stake.
 * Process context.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/oom.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <rakit/memory.h>

static bool killable(const struct task_struct *p)
{
	return p->mm && p->pid != 1 && !(p->flags & PF_KTHREAD) && !p->exit_state &&
	       p->signal->oom_score_adj != OOM_SCORE_ADJ_MIN;
}

unsigned long oom_badness(struct task_struct *p)
{
	long points;

	if (!killable(p))
		return 0;
	points = (long)(get_mm_rss(p->mm) * 1000 / totalram_pages()) + p->signal->oom_score_adj;
	return points > 0 ? (unsigned long)points : 1;
}

/* Pages the choice goes by. */
static long weight(struct task_struct *p)
{
	return (long)get_mm_rss(p->mm) + (long)(totalram_pages() / 1000) * p->signal->oom_score_adj;
}

/* The victim, or NULL; *dying: one is on its way out already. */
static struct task_struct *choose(bool *dying)
{
	struct task_struct *p, *worst = NULL;

	*dying = false;
	for_each_process(p) {
		if (test_tsk_thread_flag(p, TIF_MEMDIE) && p->mm)
			*dying = true;
		if (killable(p) && (!worst || weight(p) > weight(worst)))
			worst = p;
	}
	return worst;
}

bool out_of_memory(gfp_t gfp, unsigned int order)
{
	struct task_struct *victim;
	bool dying;

	if (test_thread_flag(TIF_MEMDIE))
		return true;
	if (current->mm && fatal_signal_pending(current)) {
		set_thread_flag(TIF_MEMDIE);
		return true;
	}
	read_lock(&tasklist_lock);
	victim = choose(&dying);
	if (dying || !victim) {
		read_unlock(&tasklist_lock);
		return dying;
	}
	pr_err("oom: %s (pid %d) wants %u pages; killed %s (pid %d): %lu KiB resident, most of "
	       "all\n",
	       current->comm, current->pid, 1u << order, victim->comm, victim->pid,
	       get_mm_rss(victim->mm) << (PAGE_SHIFT - 10));
	set_tsk_thread_flag(victim, TIF_MEMDIE);
	send_sig(SIGKILL, victim, 1);
	read_unlock(&tasklist_lock);
	return true;
}
