/* Live patching is not offered: no task is ever in transition. */
#ifndef _LINUX_LIVEPATCH_H
#define _LINUX_LIVEPATCH_H
#include <linux/types.h>
struct task_struct;
static inline bool klp_patch_pending(struct task_struct *task)
{
	return false;
}
static inline void klp_update_patch_state(struct task_struct *task)
{
}
#endif
