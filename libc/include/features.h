/*
 * What this C library declares: everything it has, whatever feature macros a program defines.
 * C11 and the POSIX.1-2008 parts that a shell, file tools and module tools need, on Linux i386.
 */
#ifndef _FEATURES_H
#define _FEATURES_H
#define __RAKIT_LIBC__ 1
#ifdef __cplusplus
#define __BEGIN_DECLS extern "C" {
#define __END_DECLS }
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif
#define __libc_printf(a, b) __attribute__((__format__(__printf__, a, b)))
#define __libc_scanf(a, b) __attribute__((__format__(__scanf__, a, b)))
#define __libc_noreturn __attribute__((__noreturn__))
#endif
