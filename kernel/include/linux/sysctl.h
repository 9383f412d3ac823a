/*
 * Numbers and strings that can be read and set in /proc/sys. A table ends with an entry without
 * procname. Registering: threads. A table that a module registers is in its ledger. Source: Linux
 * 5.10 sysctl.h.
 */
#ifndef _LINUX_SYSCTL_H
#define _LINUX_SYSCTL_H

#include <linux/types.h>

struct ctl_table;
struct ctl_table_header;

/*
 * write: 0 reading, 1 writing. buffer: kernel memory; *lenp: bytes there, then bytes read or used;
 * *ppos: position in the text. 0 or -errno.
 */
typedef int proc_handler(struct ctl_table *ctl, int write, void *buffer, size_t *lenp,
			 loff_t *ppos);

struct ctl_table {
	const char *procname;	 /* name of the file, or of the directory `child` */
	void *data;		 /* what the handler works on */
	int maxlen;		 /* bytes there */
	umode_t mode;		 /* permissions */
	struct ctl_table *child; /* a directory's entries */
	proc_handler *proc_handler;
	void *extra1, *extra2; /* smallest and largest value, for the minmax handlers */
};

/* path: below /proc/sys, "kernel" or "dev/name". NULL: name taken, no memory. */
struct ctl_table_header *register_sysctl(const char *path, struct ctl_table *table);
/* The table begins with directories. */
struct ctl_table_header *register_sysctl_table(struct ctl_table *table);
/* Waits for calls of its handlers; NULL is ignored. Threads, may sleep. */
void unregister_sysctl_table(struct ctl_table_header *header);

/*
 * Handlers: strings (cut at maxlen); vectors of int, unsigned int, unsigned long, with and without
 * bounds.
 */
int proc_dostring(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos);
int proc_dointvec(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos);
int proc_dointvec_minmax(struct ctl_table *ctl, int write, void *buffer, size_t *lenp,
			 loff_t *ppos);
int proc_douintvec(struct ctl_table *ctl, int write, void *buffer, size_t *lenp, loff_t *ppos);
int proc_doulongvec_minmax(struct ctl_table *ctl, int write, void *buffer, size_t *lenp,
			   loff_t *ppos);

#define SYSCTL_ZERO ((void *)&sysctl_vals[0])
#define SYSCTL_ONE ((void *)&sysctl_vals[1])
#define SYSCTL_INT_MAX ((void *)&sysctl_vals[2])
extern const int sysctl_vals[];

#endif
