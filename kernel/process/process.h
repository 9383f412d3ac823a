/* What the files of kernel/process share among themselves. */
#ifndef PROCESS_PROCESS_H
#define PROCESS_PROCESS_H

#include <linux/init.h>
#include <linux/sched.h>
#include <linux/types.h>

struct file;
struct kernel_clone_args;
struct k_sigaction;
struct ksignal;
struct linux_binprm;
struct pid;
struct pt_regs;
struct signal_struct;
struct sighand_struct;

/* init.c and the parts it sets up; once each, from process_init(). */
void pid_init(void);
void cred_init(void);
void task_init(void);
void signal_init(void);
void futex_init(void);
void umh_init(void);

/* signal_struct.c: the part of fork that concerns signals; sets p->sighand, p->signal. 0 or -ENOMEM. */
int copy_sighand(u64 clone_flags, struct task_struct *p);
int copy_signal(u64 clone_flags, struct task_struct *p);
void put_signal_struct(struct signal_struct *sig);

/* tls.c: segments of set_thread_area(). */
struct user_desc;
int set_thread_area(struct task_struct *p, int index, struct user_desc __user *user,
		    bool can_allocate);
int get_thread_area(struct task_struct *p, int index, struct user_desc __user *user);

/* signal_action.c */
int do_sigaction(int sig, struct k_sigaction *act, struct k_sigaction *oact);
bool signal_ignored(struct task_struct *t, int sig, bool force);
void flush_sigqueue_mask(const sigset_t *mask, struct sigpending *pending);

/* signal_stop.c: job control; siglock held on entry of all. do_signal_stop: true if it slept (and dropped the lock). */
bool do_signal_stop(int sig);
void signal_continue(struct task_struct *p);
void task_join_group_stop(struct task_struct *task);
bool signal_notify_stop(void);

/* signal_frame.c: user stack frames. 0 or -EFAULT. */
int setup_signal_frame(struct ksignal *ksig, struct pt_regs *regs);

/* signal_altstack.c: the alternate stack as a signal frame recorded it; 0 or -EFAULT. */
int restore_altstack(const stack_t __user *stack);

/* usage.c: *maxrss (pages) becomes the most that it and mm have had. */
struct mm_struct;
void note_resident(unsigned long *maxrss, struct mm_struct *mm);

/* rseq.c: the current thread, registered, was interrupted at regs: start its sequence over if it was in one. */
void rseq_resume(struct pt_regs *regs);

/* session.c */
void session_end(bool on_exit);
int will_become_orphaned_pgrp(struct pid *pgrp, struct task_struct *ignored);
bool is_current_pgrp_orphaned(void);
bool pgrp_has_stopped_jobs(struct pid *pgrp);
void kill_orphaned_pgrp(struct task_struct *tsk, struct task_struct *parent);

/* exec_args.c: strings of a new program. */
int bprm_count_strings(const char __user *const __user *strings, int max);
int bprm_count_kernel_strings(const char *const *strings);
int bprm_limit_strings(struct linux_binprm *bprm);
int bprm_copy_strings(int count, const char __user *const __user *strings,
		      struct linux_binprm *bprm);
int bprm_copy_kernel_strings(int count, const char *const *strings, struct linux_binprm *bprm);
void bprm_unmap_page(struct linux_binprm *bprm);

/* exec_cred.c: who the new program runs as. */
int bprm_prepare_creds(struct linux_binprm *bprm);
int bprm_fill_uid(struct linux_binprm *bprm, struct file *file);
int bprm_creds_from_file(struct linux_binprm *bprm);

/* exec_thread.c: the calling thread becomes the only one of its process. 0 or -EAGAIN. */
int de_thread(struct task_struct *tsk);
int unshare_sighand(struct task_struct *me);

/* binfmt.c: 0 when a format has started bprm or set bprm->interpreter. */
int search_binary_handler(struct linux_binprm *bprm);

#endif
