/*
 * Access to the memory of the current process. Every address is checked to be below PAGE_OFFSET and may fault; a fault
 * that cannot be served ends the access instead of the kernel.
 * Context: process, may sleep (a page may have to be read). Between pagefault_disable() and pagefault_enable(), and in
 * atomic context, nothing is brought in: what is not present fails.
 */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/types.h>
#include <linux/errno.h>

/* Does the range [addr, addr + size) lie in user space? It says nothing about whether it is mapped. */
bool __access_ok(const void __user *addr, unsigned long size);
#define access_ok(addr, size) __access_ok((const void __user *)(addr), (size))

/* Return the number of bytes NOT copied: 0 is success. copy_from_user() zeroes what it could not fill. */
unsigned long __must_check copy_to_user(void __user *to, const void *from, unsigned long count);
unsigned long __must_check copy_from_user(void *to, const void __user *from, unsigned long count);
unsigned long __must_check copy_in_user(void __user *to, const void __user *from,
					unsigned long count);
#define __copy_to_user(to, from, count) copy_to_user((to), (from), (count))
#define __copy_from_user(to, from, count) copy_from_user((to), (from), (count))
/* Never sleep; what is not present is not copied. Nothing is zeroed. */
unsigned long __must_check __copy_to_user_inatomic(void __user *to, const void *from,
						   unsigned long count);
unsigned long __must_check __copy_from_user_inatomic(void *to, const void __user *from,
						     unsigned long count);

/* Returns the number of bytes not zeroed. */
unsigned long __must_check clear_user(void __user *to, unsigned long count);
#define __clear_user(to, count) clear_user((to), (count))

/*
 * strncpy_from_user - copy a NUL-terminated string
 * @count: room at dst. Returns the length without NUL, count if there was no NUL within it (dst is then not
 * terminated), or -EFAULT.
 */
long __must_check strncpy_from_user(char *dst, const char __user *src, long count);
/* Length including the NUL; more than count if there is none within count bytes; 0 on a fault. */
long __must_check strnlen_user(const char __user *str, long count);

/* Kernel memory that may not be mapped (for reports): 0 or -EFAULT; any context. */
long copy_from_kernel_nofault(void *dst, const void *src, size_t size);
long copy_to_kernel_nofault(void *dst, const void *src, size_t size);
#define probe_kernel_read copy_from_kernel_nofault
#define get_kernel_nofault(value, ptr) copy_from_kernel_nofault(&(value), (ptr), sizeof(value))

void pagefault_disable(void);
void pagefault_enable(void);
bool pagefault_disabled(void);
#define faulthandler_disabled() pagefault_disabled()

/*
 * Single values; 0 or -EFAULT (on a fault *dst is 0). Sizes 1, 2, 4 and 8.
 * get_user(variable, ptr), put_user(value, ptr).
 */
int __get_user_1(u8 *dst, const void __user *src);
int __get_user_2(u16 *dst, const void __user *src);
int __get_user_4(u32 *dst, const void __user *src);
int __get_user_8(u64 *dst, const void __user *src);
int __put_user_1(u8 value, void __user *dst);
int __put_user_2(u16 value, void __user *dst);
int __put_user_4(u32 value, void __user *dst);
int __put_user_8(const u64 *value, void __user *dst);

#define get_user(x, ptr)                                                                  \
	({                                                                                \
		const typeof(*(ptr)) __user *__gu_ptr = (ptr);                            \
		union {                                                                   \
			typeof(*(ptr)) value;                                             \
			u8 b;                                                             \
			u16 w;                                                            \
			u32 l;                                                            \
			u64 q;                                                            \
		} __gu;                                                                   \
		int __gu_error = sizeof(*(ptr)) == 1   ? __get_user_1(&__gu.b, __gu_ptr)  \
				 : sizeof(*(ptr)) == 2 ? __get_user_2(&__gu.w, __gu_ptr)  \
				 : sizeof(*(ptr)) == 4 ? __get_user_4(&__gu.l, __gu_ptr)  \
						       : __get_user_8(&__gu.q, __gu_ptr); \
		(x) = (typeof(x))__gu.value;                                              \
		__gu_error;                                                               \
	})

#define put_user(x, ptr)                                                                \
	({                                                                              \
		typeof(*(ptr)) __user *__pu_ptr = (ptr);                                \
		union {                                                                 \
			typeof(*(ptr)) value;                                           \
			u8 b;                                                           \
			u16 w;                                                          \
			u32 l;                                                          \
			u64 q;                                                          \
		} __pu = { .value = (typeof(*(ptr)))(x) };                              \
		sizeof(*(ptr)) == 1   ? __put_user_1(__pu.b, (void __user *)__pu_ptr)   \
		: sizeof(*(ptr)) == 2 ? __put_user_2(__pu.w, (void __user *)__pu_ptr)   \
		: sizeof(*(ptr)) == 4 ? __put_user_4(__pu.l, (void __user *)__pu_ptr)   \
				      : __put_user_8(&__pu.q, (void __user *)__pu_ptr); \
	})
#define __get_user(x, ptr) get_user((x), (ptr))
#define __put_user(x, ptr) put_user((x), (ptr))

/*
 * copy_struct_from_user - copy a structure whose size the caller tells
 * @ksize: size this kernel knows, @usize: size the caller knows. Shorter is padded with zeros; what is longer must be
 * zero. Returns 0, -E2BIG (unknown part not zero) or -EFAULT.
 */
int __must_check copy_struct_from_user(void *dst, size_t ksize, const void __user *src,
				       size_t usize);
/* 1 if the range is all zero, 0 if not, -EFAULT. */
int check_zeroed_user(const void __user *from, size_t size);

#endif
