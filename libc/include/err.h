/* Messages "program: text: reason" on stderr; err* exit with status, the *x forms give no reason. No floating point. */
#ifndef _ERR_H
#define _ERR_H
#include <features.h>
#include <stdarg.h>
__BEGIN_DECLS
void err(int status, const char *format, ...) __libc_noreturn __libc_printf(2, 3);
void errx(int status, const char *format, ...) __libc_noreturn __libc_printf(2, 3);
void verr(int status, const char *format, va_list ap) __libc_noreturn __libc_printf(2, 0);
void verrx(int status, const char *format, va_list ap) __libc_noreturn __libc_printf(2, 0);
void warn(const char *format, ...) __libc_printf(1, 2);
void warnx(const char *format, ...) __libc_printf(1, 2);
void vwarn(const char *format, va_list ap) __libc_printf(1, 0);
void vwarnx(const char *format, va_list ap) __libc_printf(1, 0);
__END_DECLS
#endif
