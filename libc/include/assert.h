/* assert(expression): if it is false says file, line and function on stderr and aborts. NDEBUG: nothing. */
#include <features.h>
#undef assert
#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
__BEGIN_DECLS
void __assert_fail(const char *expression, const char *file, unsigned int line,
		   const char *function) __libc_noreturn;
__END_DECLS
#define assert(expression) \
	((expression) ? (void)0 : __assert_fail(#expression, __FILE__, __LINE__, __func__))
#endif
#ifndef __cplusplus
#undef static_assert
#define static_assert _Static_assert
#endif
