/* Processes as /proc shows them. */
#ifndef GUEST_PROCESS_H
#define GUEST_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

struct process {
	pid_t pid, ppid, pgid, sid;
	uid_t uid;
	char state;
	int tty; /* device number; 0: none */
	int priority, nice;
	unsigned long long user, system; /* ticks of 1/100 s */
	unsigned long long start;	 /* ticks after boot */
	unsigned long long memory;	 /* bytes of address space */
	unsigned long resident;		 /* pages */
	char name[64];			 /* of the program, cut as the kernel cuts it */
	char command[256]; /* arguments with blanks between; [name] for kernel threads */
};

/*
 * Call `use` for each process, in order of pid; false from it ends that. Processes that end
 * meanwhile are left out. Returns false with a message if there is no /proc.
 */
bool process_each(bool (*use)(const struct process *p, void *data), void *data);

/* One process; false: there is none. */
bool process_read(pid_t pid, struct process *p);

/* `tty1`, `ttyS0`, `pts/3` or `?` for p->tty. Returns room. */
char *process_tty(const struct process *p, char room[16]);

/* First number behind `name:` in /proc/meminfo, in bytes; 0 if it is not there. */
unsigned long long memory_fact(const char *name);

#endif
