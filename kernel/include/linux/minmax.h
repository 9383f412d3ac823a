/* min, max, clamp and swap with type checks; each argument is evaluated once. */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#define min(x, y)                                  \
	({                                         \
		typeof(x) __min1 = (x);            \
		typeof(y) __min2 = (y);            \
		(void)(&__min1 == &__min2);        \
		__min1 < __min2 ? __min1 : __min2; \
	})
#define max(x, y)                                  \
	({                                         \
		typeof(x) __max1 = (x);            \
		typeof(y) __max2 = (y);            \
		(void)(&__max1 == &__max2);        \
		__max1 > __max2 ? __max1 : __max2; \
	})
#define min_t(type, x, y)                      \
	({                                     \
		type __mt1 = (x);              \
		type __mt2 = (y);              \
		__mt1 < __mt2 ? __mt1 : __mt2; \
	})
#define max_t(type, x, y)                      \
	({                                     \
		type __xt1 = (x);              \
		type __xt2 = (y);              \
		__xt1 > __xt2 ? __xt1 : __xt2; \
	})
#define min3(x, y, z) min((typeof(x))min(x, y), z)
#define max3(x, y, z) max((typeof(x))max(x, y), z)
#define clamp(val, lo, hi) min((typeof(val))max(val, lo), hi)
#define clamp_t(type, val, lo, hi) min_t(type, max_t(type, val, lo), hi)
#define clamp_val(val, lo, hi) clamp_t(typeof(val), val, lo, hi)
#define min_not_zero(x, y)                                                     \
	({                                                                     \
		typeof(x) __mz1 = (x);                                         \
		typeof(y) __mz2 = (y);                                         \
		__mz1 == 0 ? __mz2 : (__mz2 == 0 ? __mz1 : min(__mz1, __mz2)); \
	})
#define swap(a, b)                      \
	do {                            \
		typeof(a) __swap = (a); \
		(a) = (b);              \
		(b) = __swap;           \
	} while (0)

#endif
