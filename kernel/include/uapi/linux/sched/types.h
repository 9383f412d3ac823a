/* struct sched_param. */
#ifndef _UAPI_LINUX_SCHED_TYPES_H
#define _UAPI_LINUX_SCHED_TYPES_H
struct sched_param {
	int sched_priority; /* 1..99 for SCHED_FIFO and SCHED_RR, else 0 */
};
#endif
