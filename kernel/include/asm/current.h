/* The running task. Any context (in an interrupt: the task that it interrupted). */
#ifndef _ASM_CURRENT_H
#define _ASM_CURRENT_H

struct task_struct;

struct task_struct *get_current(void) __attribute__((__const__));

#ifdef MODULE
#define current get_current()
#else
extern struct task_struct *current_task;
#define current current_task
#endif

#endif
