/* Restartable sequences: what a thread and the kernel share. */
#ifndef _UAPI_LINUX_RSEQ_H
#define _UAPI_LINUX_RSEQ_H

#include <linux/types.h>

#define RSEQ_CPU_ID_UNINITIALIZED (-1)
#define RSEQ_FLAG_UNREGISTER 1

/* A sequence of instructions that is started over when it was interrupted. */
struct rseq_cs {
	__u32 version; /* 0 */
	__u32 flags;
	__u64 start_ip;
	__u64 post_commit_offset; /* its length in bytes */
	__u64 abort_ip;		  /* where to go on; the 4 bytes before it are the signature */
} __attribute__((__aligned__(32)));

struct rseq {
	__u32 cpu_id_start;
	__u32 cpu_id;
	__u64 rseq_cs; /* struct rseq_cs * while in a sequence, else 0 */
	__u32 flags;
} __attribute__((__aligned__(32)));

#endif
