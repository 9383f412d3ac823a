/* Limits, usage and priorities. */
#ifndef _SYS_RESOURCE_H
#define _SYS_RESOURCE_H
#include <features.h>
#include <sys/types.h>
#include <linux/resource.h>
typedef unsigned long rlim_t;
#define RLIM_SAVED_MAX RLIM_INFINITY
#define RLIM_SAVED_CUR RLIM_INFINITY
__BEGIN_DECLS
int getrlimit(int resource, struct rlimit *limit);
int setrlimit(int resource, const struct rlimit *limit);
int getrusage(int who, struct rusage *usage);
int getpriority(int which, id_t who); /* -20..19; clear errno before */
int setpriority(int which, id_t who, int priority);
__END_DECLS
#endif
