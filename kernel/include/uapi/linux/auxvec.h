/* The auxiliary vector: (type, value) pairs above the environment of a new program. */
#ifndef _UAPI_LINUX_AUXVEC_H
#define _UAPI_LINUX_AUXVEC_H
#include <asm/auxvec.h>
#define AT_NULL 0 /* end */
#define AT_IGNORE 1
#define AT_EXECFD 2
#define AT_PHDR 3  /* address of the program headers */
#define AT_PHENT 4 /* bytes of each */
#define AT_PHNUM 5
#define AT_PAGESZ 6 /* bytes */
#define AT_BASE 7   /* where the interpreter is */
#define AT_FLAGS 8
#define AT_ENTRY 9 /* entry point of the program */
#define AT_NOTELF 10
#define AT_UID 11
#define AT_EUID 12
#define AT_GID 13
#define AT_EGID 14
#define AT_PLATFORM 15 /* string: "i686" */
#define AT_HWCAP 16    /* CPUID.1:EDX */
#define AT_CLKTCK 17   /* ticks per second in clock_t */
#define AT_SECURE 23   /* set-user-id program */
#define AT_BASE_PLATFORM 24
#define AT_RANDOM 25 /* address of 16 random bytes */
#define AT_HWCAP2 26
#define AT_EXECFN 31 /* path of the program */
#endif
