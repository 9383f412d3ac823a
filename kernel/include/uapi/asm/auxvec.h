/* Entries of the auxiliary vector of this architecture. */
#ifndef _UAPI_ASM_AUXVEC_H
#define _UAPI_ASM_AUXVEC_H
#define AT_SYSINFO 32
#define AT_SYSINFO_EHDR 33
#endif
