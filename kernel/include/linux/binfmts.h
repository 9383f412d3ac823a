/*
 * Binary formats: what makes a program file run. A format is a module that registers a struct linux_binfmt; execve() asks
 * each in turn until one accepts. Process context, may sleep. Source: Linux 5.10 binfmts.h.
 */
#ifndef _LINUX_BINFMTS_H
#define _LINUX_BINFMTS_H

#include <linux/sched.h>
#include <linux/list.h>
#include <linux/uidgid.h>

struct coredump_params;
struct cred;
struct file;
struct filename;
struct linux_binfmt;
struct mm_struct;
struct page;

#define BINPRM_BUF_SIZE 256
#define MAX_ARG_STRLEN (PAGE_SIZE * 32)
#define MAX_ARG_STRINGS 0x7FFFFFFF
#define MAX_ARG_PAGES 32

/* A program being started. */
struct linux_binprm {
	struct mm_struct *mm; /* the new address space, while it is not the current one */
	unsigned long p;      /* lowest used address of its stack */
	unsigned long argmin; /* p must stay above: room for the pointers and the limit */
	unsigned int have_execfd : 1;
	unsigned int execfd_creds : 1;
	unsigned int secureexec : 1;	     /* set-user-id: AT_SECURE */
	unsigned int point_of_no_return : 1; /* errors from here on kill the process */
	struct file *executable;	     /* passed on to an interpreter */
	struct file *interpreter;	     /* set by a format: run this instead */
	struct file *file;		     /* the program */
	struct cred *cred;		     /* credentials it will have */
	int unsafe;			     /* LSM_UNSAFE_* */
	unsigned int per_clear;		     /* personality bits to clear */
	int argc, envc;
	const char *filename; /* as the caller named it */
	const char *interp;   /* file really run: the interpreter of a script */
	const char *fdpath;   /* made-up name when run by descriptor */
	unsigned int interp_flags;
	int execfd;	    /* for the interpreter */
	unsigned long exec; /* address of the file name on the new stack */
	struct rlimit_copy {
		unsigned long rlim_cur, rlim_max;
	} rlim_stack;		 /* as it was at the start */
	struct page *page;	 /* argument page being written, mapped at kaddr */
	unsigned long page_addr; /* its address in the new space */
	char *kaddr;
	char buf[BINPRM_BUF_SIZE]; /* the first bytes of the file, zero-padded */
};
#define BINPRM_FLAGS_ENFORCE_NONDUMP (1 << 0)
#define BINPRM_FLAGS_PATH_INACCESSIBLE (1 << 2)

struct linux_binfmt {
	struct list_head lh;
	struct module *module;
	/* Accept and start bprm: 0; not mine: -ENOEXEC; else the errno of execve. */
	int (*load_binary)(struct linux_binprm *bprm);
	int (*load_shlib)(struct file *file);
	int (*core_dump)(struct coredump_params *cprm);
	unsigned long min_coredump;
	const char *name; /* in the registry; NULL: the module's name without "binfmt_" */
};

/*
 * register_binfmt - offer a format behind / insert_binfmt - before all that are there
 * It stands in the registry as its module's name without "binfmt_". Return 0 or -errno of registry_add(); Linux's return
 * nothing, so ignoring it is allowed: a failure is in the log. unregister_binfmt() waits until no execve uses it.
 */
int __register_binfmt(struct linux_binfmt *fmt, int insert, const char *module_name);
#define register_binfmt(fmt) __register_binfmt((fmt), 0, KBUILD_MODNAME)
#define insert_binfmt(fmt) __register_binfmt((fmt), 1, KBUILD_MODNAME)
void unregister_binfmt(struct linux_binfmt *fmt);
/* The program of the current task is of this format: its module is counted as long as such programs run. */
void set_binfmt(struct linux_binfmt *fmt);

/*
 * For load_binary, in this order: begin_new_exec() leaves the old program (the point of no return; 0 or -errno),
 * setup_new_exec() fixes what belongs to the new one, setup_arg_pages() makes the stack final (0 or -errno),
 * finalize_exec() before start_thread().
 */
int begin_new_exec(struct linux_binprm *bprm);
void setup_new_exec(struct linux_binprm *bprm);
#define EXSTACK_DEFAULT 0
#define EXSTACK_DISABLE_X 1
#define EXSTACK_ENABLE_X 2
int setup_arg_pages(struct linux_binprm *bprm, unsigned long stack_top, int executable_stack);
void finalize_exec(struct linux_binprm *bprm);
void would_dump(struct linux_binprm *bprm, struct file *file);

/* Adds a string below bprm->p / drops the first one. 0, -E2BIG, -EFAULT, -ENOMEM. */
int copy_string_kernel(const char *arg, struct linux_binprm *bprm);
int remove_arg_zero(struct linux_binprm *bprm);
/* The name that /proc and AT_EXECFN show for what is really run; copied. 0 or -ENOMEM. */
int bprm_change_interp(const char *interp, struct linux_binprm *bprm);
/* Opens a program file: regular, executable, not being written. ERR_PTR: -EACCES, -ETXTBSY … */
struct file *open_exec(const char *name);
ssize_t read_code(struct file *file, unsigned long addr, loff_t pos, size_t len);

/*
 * kernel_execve - the calling kernel thread becomes a program
 * @filename: path; @argv, @envp: kernel strings, ended by NULL. Returns 0 (the program starts when the thread function
 * returns) or -errno as execve(2).
 */
int kernel_execve(const char *filename, const char *const *argv, const char *const *envp);
/* execve(2) for a task with user memory. */
int do_execve(struct filename *filename, const char __user *const __user *argv,
	      const char __user *const __user *envp);

#define BITS_SUID_DUMPABLE 3

#endif
