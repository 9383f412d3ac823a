/* Clock rate that user space sees in clock_t values, and the page size. */
#ifndef _UAPI_ASM_PARAM_H
#define _UAPI_ASM_PARAM_H
#ifndef HZ
#define HZ 100
#endif
#define EXEC_PAGESIZE 4096
#define NOGROUP (-1)
#define MAXHOSTNAMELEN 64
#endif
