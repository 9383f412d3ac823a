/* Making task structures (task.c), for fork.c. */
#ifndef PROCESS_TASK_H
#define PROCESS_TASK_H

struct task_struct;

/* A copy of current's structure with a kernel stack of its own; NULL without memory. free_task() undoes it. */
struct task_struct *task_alloc(void);

#endif
