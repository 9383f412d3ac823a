/* Resource limit numbers. */
#ifndef _UAPI_ASM_RESOURCE_H
#define _UAPI_ASM_RESOURCE_H
#define RLIMIT_CPU 0	 /* seconds of CPU time */
#define RLIMIT_FSIZE 1	 /* bytes of a file written */
#define RLIMIT_DATA 2	 /* bytes of data segment */
#define RLIMIT_STACK 3	 /* bytes of stack */
#define RLIMIT_CORE 4	 /* bytes of core file */
#define RLIMIT_RSS 5	 /* bytes resident */
#define RLIMIT_NPROC 6	 /* processes of the user */
#define RLIMIT_NOFILE 7	 /* highest descriptor + 1 */
#define RLIMIT_MEMLOCK 8 /* bytes locked in memory */
#define RLIMIT_AS 9	 /* bytes of address space */
#define RLIMIT_LOCKS 10
#define RLIMIT_SIGPENDING 11
#define RLIMIT_MSGQUEUE 12 /* bytes */
#define RLIMIT_NICE 13
#define RLIMIT_RTPRIO 14
#define RLIMIT_RTTIME 15 /* microseconds */
#define RLIM_NLIMITS 16
#define RLIM_INFINITY (~0UL)
#endif
