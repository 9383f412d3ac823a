/* General utilities (C11 7.22 and POSIX). */
#ifndef _STDLIB_H
#define _STDLIB_H

#include <features.h>
#include <stddef.h>
#include <alloca.h>
#include <sys/types.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 2147483647
#define MB_CUR_MAX 1

typedef struct {
	int quot, rem;
} div_t;
typedef struct {
	long quot, rem;
} ldiv_t;
typedef struct {
	long long quot, rem;
} lldiv_t;

__BEGIN_DECLS
/*
 * Memory. Blocks are aligned to 16 bytes and fenced: a write past the end, a second free and a wild
 * pointer are found at free() or realloc(), said on stderr, and abort(). Free memory at the top of
 * the heap and blocks of 128 KiB and more go back to the kernel. malloc(0) gives a unique pointer.
 * Errors: NULL with ENOMEM. Not safe in signal handlers.
 */
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void *reallocarray(void *block, size_t count, size_t size);
void free(void *block); /* keeps errno */
void *aligned_alloc(size_t alignment, size_t size);
int posix_memalign(void **block, size_t alignment, size_t size); /* 0, EINVAL, ENOMEM */
size_t malloc_usable_size(void *block);

/* Numbers. base 0: by prefix 0x or 0. Out of range: the limit and ERANGE. */
int atoi(const char *s);
long atol(const char *s);
long long atoll(const char *s);
double atof(const char *s);
long strtol(const char *s, char **end, int base);
unsigned long strtoul(const char *s, char **end, int base);
long long strtoll(const char *s, char **end, int base);
unsigned long long strtoull(const char *s, char **end, int base);
double strtod(const char *s, char **end); /* correctly rounded; decimal, hexadecimal, inf, nan */
float strtof(const char *s, char **end);
long double strtold(const char *s, char **end); /* to the precision of double */
int abs(int i);
long labs(long i);
long long llabs(long long i);
div_t div(int a, int b);
ldiv_t ldiv(long a, long b);
lldiv_t lldiv(long long a, long long b);
int rand(void); /* 0..RAND_MAX */
void srand(unsigned int seed);
int rand_r(unsigned int *seed);
long random(void);
void srandom(unsigned int seed);

/* Order and search. qsort is a heap sort: n log n at worst, in place, not stable. */
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
void qsort_r(void *base, size_t count, size_t size,
	     int (*compare)(const void *, const void *, void *), void *context);
void *bsearch(const void *key, const void *base, size_t count, size_t size,
	      int (*compare)(const void *, const void *));

/* The end of the program. exit() runs what atexit() was given, last first, then flushes stdio. */
void exit(int status) __libc_noreturn;
void _Exit(int status) __libc_noreturn;
void quick_exit(int status) __libc_noreturn;
void abort(void) __libc_noreturn;
int atexit(void (*function)(void)); /* at least 32; else -1 */
int at_quick_exit(void (*function)(void));

/* The environment. setenv copies, putenv keeps the pointer. EINVAL for names with '='. */
char *getenv(const char *name);
char *secure_getenv(const char *name);
int setenv(const char *name, const char *value, int overwrite);
int unsetenv(const char *name);
int putenv(char *assignment);
int clearenv(void);

int system(const char *command); /* wait status of /bin/sh -c; NULL: is there a shell */

/* Files. Templates end in XXXXXX, which is replaced. */
int mkstemp(char *path_template);
int mkostemp(char *path_template, int flags);
char *mkdtemp(char *path_template);
char *mktemp(char *path_template);
char *realpath(const char *path, char *resolved); /* resolved NULL: malloc'ed */

/* Pseudo-terminals. */
int posix_openpt(int flags);
int grantpt(int fd);
int unlockpt(int fd);
char *ptsname(int fd);

int getsubopt(char **options, char *const *tokens, char **value);
int getloadavg(double averages[], int count);

/* Multibyte characters in the C locale: one byte each. */
int mblen(const char *s, size_t most);
int mbtowc(wchar_t *to, const char *s, size_t most);
int wctomb(char *to, wchar_t c);
size_t mbstowcs(wchar_t *to, const char *s, size_t most);
size_t wcstombs(char *to, const wchar_t *s, size_t most);
__END_DECLS

#endif
