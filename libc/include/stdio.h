/*
 * Buffered input and output (C11 7.21 and POSIX). A stream to a terminal is line-buffered, stderr is
 * not buffered, others are fully buffered. Reading from a terminal flushes stdout first. There are
 * no threads: streams take no lock. Errors: EOF, NULL or -1 with errno, and ferror() stays set.
 */
#ifndef _STDIO_H
#define _STDIO_H

#include <features.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

#define EOF (-1)
#define BUFSIZ 4096
#define FILENAME_MAX 4096
#define FOPEN_MAX 1000
#define L_tmpnam 32
#define L_ctermid 16
#define TMP_MAX 10000
#define P_tmpdir "/tmp"
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif

typedef struct __FILE FILE;
typedef off_t fpos_t;

__BEGIN_DECLS
extern FILE *const stdin;
extern FILE *const stdout;
extern FILE *const stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr

/* mode: r w a, then + b e (close on exec) x (must not exist) in any order */
FILE *fopen(const char *path, const char *mode);
FILE *fdopen(int fd, const char *mode);
FILE *freopen(const char *path, const char *mode, FILE *stream);
FILE *fmemopen(void *memory, size_t size, const char *mode);
FILE *open_memstream(char **text, size_t *size); /* both are set by fflush() and fclose() */
FILE *popen(const char *command, const char *mode);
int pclose(FILE *stream); /* wait status */
FILE *tmpfile(void);
char *tmpnam(char *path);
int fclose(FILE *stream);
int fflush(FILE *stream); /* NULL: all */
int fpurge(FILE *stream);
int fileno(FILE *stream);
int feof(FILE *stream);
int ferror(FILE *stream);
void clearerr(FILE *stream);
int setvbuf(FILE *stream, char *buffer, int mode, size_t size); /* before the first transfer */
void setbuf(FILE *stream, char *buffer);
void setlinebuf(FILE *stream);

size_t fread(void *to, size_t size, size_t count, FILE *stream);
size_t fwrite(const void *from, size_t size, size_t count, FILE *stream);
int fgetc(FILE *stream);
int getc(FILE *stream);
int getchar(void);
int ungetc(int c, FILE *stream); /* at least 8 in a row */
char *fgets(char *to, int size, FILE *stream);
ssize_t getline(char **line, size_t *size, FILE *stream);
ssize_t getdelim(char **line, size_t *size, int delimiter, FILE *stream);
int fputc(int c, FILE *stream);
int putc(int c, FILE *stream);
int putchar(int c);
int fputs(const char *s, FILE *stream);
int puts(const char *s);
int getc_unlocked(FILE *stream);
int getchar_unlocked(void);
int putc_unlocked(int c, FILE *stream);
int putchar_unlocked(int c);
void flockfile(FILE *stream);
int ftrylockfile(FILE *stream);
void funlockfile(FILE *stream);

int fseek(FILE *stream, long offset, int whence);
int fseeko(FILE *stream, off_t offset, int whence);
long ftell(FILE *stream);
off_t ftello(FILE *stream);
void rewind(FILE *stream);
int fgetpos(FILE *stream, fpos_t *position);
int fsetpos(FILE *stream, const fpos_t *position);

/*
 * Formats: flags "-+ #0", width, precision, both also '*', hh h l ll j z t L,
 * d i u o x X c s p n % m (strerror of errno), a A e E f F g G exactly rounded.
 */
int printf(const char *format, ...) __libc_printf(1, 2);
int fprintf(FILE *stream, const char *format, ...) __libc_printf(2, 3);
int dprintf(int fd, const char *format, ...) __libc_printf(2, 3);
int sprintf(char *to, const char *format, ...) __libc_printf(2, 3);
int snprintf(char *to, size_t size, const char *format, ...) __libc_printf(3, 4);
int asprintf(char **to, const char *format, ...) __libc_printf(2, 3);
int vprintf(const char *format, va_list ap) __libc_printf(1, 0);
int vfprintf(FILE *stream, const char *format, va_list ap) __libc_printf(2, 0);
int vdprintf(int fd, const char *format, va_list ap) __libc_printf(2, 0);
int vsprintf(char *to, const char *format, va_list ap) __libc_printf(2, 0);
int vsnprintf(char *to, size_t size, const char *format, va_list ap) __libc_printf(3, 0);
int vasprintf(char **to, const char *format, va_list ap) __libc_printf(2, 0);

/* d i u o x X p c s [ n % e f g a; '*', width, 'm' (malloc'ed strings), hh h l ll j z t L */
int scanf(const char *format, ...) __libc_scanf(1, 2);
int fscanf(FILE *stream, const char *format, ...) __libc_scanf(2, 3);
int sscanf(const char *from, const char *format, ...) __libc_scanf(2, 3);
int vscanf(const char *format, va_list ap) __libc_scanf(1, 0);
int vfscanf(FILE *stream, const char *format, va_list ap) __libc_scanf(2, 0);
int vsscanf(const char *from, const char *format, va_list ap) __libc_scanf(2, 0);

void perror(const char *prefix);
int remove(const char *path);
int rename(const char *from, const char *to);
int renameat(int from_dir, const char *from, int to_dir, const char *to);
char *ctermid(char *path);
__END_DECLS

/*
 * Conversions of floating point are linked only into programs that can need them: those that pass
 * a double to a printf function, and those that call a v*printf function with arguments that
 * cannot be seen here. The macros below find out at compile time; they change nothing else. A program
 * that knows better defines _STDIO_NO_FLOAT_LINK first: floating point then prints as "(float)".
 * scanf reads floating point in programs that also name strtod or atof.
 */
#if !defined(__cplusplus) && !defined(_STDIO_NO_FLOAT_LINK)
#define __stdio_is_fp(x) _Generic((x), float : 1, double : 1, long double : 1, default : 0)
#define __stdio_fp0() 0
#define __stdio_fp1(a) __stdio_is_fp(a)
#define __stdio_fp2(a, ...) (__stdio_is_fp(a) | __stdio_fp1(__VA_ARGS__))
#define __stdio_fp3(a, ...) (__stdio_is_fp(a) | __stdio_fp2(__VA_ARGS__))
#define __stdio_fp4(a, ...) (__stdio_is_fp(a) | __stdio_fp3(__VA_ARGS__))
#define __stdio_fp5(a, ...) (__stdio_is_fp(a) | __stdio_fp4(__VA_ARGS__))
#define __stdio_fp6(a, ...) (__stdio_is_fp(a) | __stdio_fp5(__VA_ARGS__))
#define __stdio_fp7(a, ...) (__stdio_is_fp(a) | __stdio_fp6(__VA_ARGS__))
#define __stdio_fp8(a, ...) (__stdio_is_fp(a) | __stdio_fp7(__VA_ARGS__))
#define __stdio_fp9(a, ...) (__stdio_is_fp(a) | __stdio_fp8(__VA_ARGS__))
#define __stdio_fp10(a, ...) (__stdio_is_fp(a) | __stdio_fp9(__VA_ARGS__))
#define __stdio_fp11(a, ...) (__stdio_is_fp(a) | __stdio_fp10(__VA_ARGS__))
#define __stdio_fp12(a, ...) (__stdio_is_fp(a) | __stdio_fp11(__VA_ARGS__))
#define __stdio_fpN(...) 1 /* more arguments than are looked at */
#define __stdio_pick(_0, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, \
		     _17, _18, _19, _20, name, ...)                                             \
	name
#define __stdio_fp(...)                                                                            \
	__stdio_pick(_, ##__VA_ARGS__, __stdio_fpN, __stdio_fpN, __stdio_fpN, __stdio_fpN,         \
		     __stdio_fpN, __stdio_fpN, __stdio_fpN, __stdio_fpN, __stdio_fp12,             \
		     __stdio_fp11, __stdio_fp10, __stdio_fp9, __stdio_fp8, __stdio_fp7,            \
		     __stdio_fp6, __stdio_fp5, __stdio_fp4, __stdio_fp3, __stdio_fp2, __stdio_fp1, \
		     __stdio_fp0)(__VA_ARGS__)
/* A relocation that does nothing, but whose symbol pulls the conversions out of the archive. */
static inline __attribute__((__always_inline__)) void __stdio_need_float(int needed)
{
	if (needed)
		__asm__ volatile(".reloc ., R_386_NONE, __stdio_link_float");
}
#define vprintf(...) (__stdio_need_float(1), vprintf(__VA_ARGS__))
#define vfprintf(...) (__stdio_need_float(1), vfprintf(__VA_ARGS__))
#define vdprintf(...) (__stdio_need_float(1), vdprintf(__VA_ARGS__))
#define vsprintf(...) (__stdio_need_float(1), vsprintf(__VA_ARGS__))
#define vsnprintf(...) (__stdio_need_float(1), vsnprintf(__VA_ARGS__))
#define vasprintf(...) (__stdio_need_float(1), vasprintf(__VA_ARGS__))
#define printf(...) (__stdio_need_float(__stdio_fp(__VA_ARGS__)), printf(__VA_ARGS__))
#define fprintf(stream, ...) \
	(__stdio_need_float(__stdio_fp(__VA_ARGS__)), fprintf(stream, __VA_ARGS__))
#define dprintf(fd, ...) (__stdio_need_float(__stdio_fp(__VA_ARGS__)), dprintf(fd, __VA_ARGS__))
#define sprintf(to, ...) (__stdio_need_float(__stdio_fp(__VA_ARGS__)), sprintf(to, __VA_ARGS__))
#define snprintf(to, size, ...) \
	(__stdio_need_float(__stdio_fp(__VA_ARGS__)), snprintf(to, size, __VA_ARGS__))
#define asprintf(to, ...) (__stdio_need_float(__stdio_fp(__VA_ARGS__)), asprintf(to, __VA_ARGS__))
#endif

#endif
