/*
 * User memory: address checks in front of the faulting instructions of uaccess.S.
 *
 * A range is good if it ends at or below PAGE_OFFSET and does not wrap; whether it is mapped the CPU tells. A page that
 * is not present is brought in by the page fault handler, so these functions may sleep, save between
 * pagefault_disable() and pagefault_enable(). CR0.WP makes copy-on-write work for the kernel's stores, too.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/preempt.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/page.h>
#include <asm/processor.h>

unsigned long copy_user(void *to, const void *from, unsigned long count);
unsigned long clear_user_memory(void *to, unsigned long count);
long copy_user_string(char *dst, const char *src, long count);
long user_string_length(const char *str, long count);

static inline bool range_ok(const void __user *addr, unsigned long size)
{
	return likely(size <= TASK_SIZE && (unsigned long)addr <= TASK_SIZE - size);
}

bool __access_ok(const void __user *addr, unsigned long size)
{
	return range_ok(addr, size);
}
EXPORT_SYMBOL(__access_ok);

unsigned long copy_to_user(void __user *to, const void *from, unsigned long count)
{
	return range_ok(to, count) ? copy_user(to, from, count) : count;
}
EXPORT_SYMBOL(copy_to_user);

unsigned long copy_from_user(void *to, const void __user *from, unsigned long count)
{
	unsigned long rest = range_ok(from, count) ? copy_user(to, from, count) : count;

	if (unlikely(rest))
		memset(to + count - rest, 0, rest);
	return rest;
}
EXPORT_SYMBOL(copy_from_user);

unsigned long copy_in_user(void __user *to, const void __user *from, unsigned long count)
{
	return range_ok(to, count) && range_ok(from, count) ? copy_user(to, from, count) : count;
}
EXPORT_SYMBOL(copy_in_user);

unsigned long __copy_to_user_inatomic(void __user *to, const void *from, unsigned long count)
{
	unsigned long rest;

	pagefault_disable();
	rest = copy_to_user(to, from, count);
	pagefault_enable();
	return rest;
}
EXPORT_SYMBOL(__copy_to_user_inatomic);

unsigned long __copy_from_user_inatomic(void *to, const void __user *from, unsigned long count)
{
	unsigned long rest = count;

	pagefault_disable();
	if (range_ok(from, count))
		rest = copy_user(to, from, count);
	pagefault_enable();
	return rest;
}
EXPORT_SYMBOL(__copy_from_user_inatomic);

unsigned long clear_user(void __user *to, unsigned long count)
{
	return range_ok(to, count) ? clear_user_memory(to, count) : count;
}
EXPORT_SYMBOL(clear_user);

/* Bytes of at most count that lie in user space from addr on. */
static long clip(const void __user *addr, long count)
{
	unsigned long room = TASK_SIZE - (unsigned long)addr;

	return (unsigned long)count < room ? count : (long)room;
}

long strncpy_from_user(char *dst, const char __user *src, long count)
{
	long room, length;

	if (count <= 0)
		return 0;
	if ((unsigned long)src >= TASK_SIZE)
		return -EFAULT;
	room = clip(src, count);
	length = copy_user_string(dst, src, room);
	return length == room && room < count ? -EFAULT : length;
}
EXPORT_SYMBOL(strncpy_from_user);

long strnlen_user(const char __user *str, long count)
{
	long room, length;

	if (count <= 0 || (unsigned long)str >= TASK_SIZE)
		return 0;
	room = clip(str, count);
	length = user_string_length(str, room);
	return length > room && room < count ? 0 : length;
}
EXPORT_SYMBOL(strnlen_user);

EXPORT_SYMBOL(__get_user_1);
EXPORT_SYMBOL(__get_user_2);
EXPORT_SYMBOL(__get_user_4);
EXPORT_SYMBOL(__get_user_8);
EXPORT_SYMBOL(__put_user_1);
EXPORT_SYMBOL(__put_user_2);
EXPORT_SYMBOL(__put_user_4);
EXPORT_SYMBOL(__put_user_8);

/* Kernel addresses only: a user address here is a wild pointer of the kernel. */
static bool kernel_range_ok(const void *addr, size_t size)
{
	return (unsigned long)addr >= PAGE_OFFSET &&
	       (unsigned long)addr + size >= (unsigned long)addr;
}

long copy_from_kernel_nofault(void *dst, const void *src, size_t size)
{
	unsigned long rest = size;

	if (kernel_range_ok(src, size)) {
		pagefault_disable();
		rest = copy_user(dst, src, size);
		pagefault_enable();
	}
	return rest ? -EFAULT : 0;
}
EXPORT_SYMBOL(copy_from_kernel_nofault);

long copy_to_kernel_nofault(void *dst, const void *src, size_t size)
{
	return kernel_range_ok(dst, size) ? copy_from_kernel_nofault(dst, src, size) : -EFAULT;
}
EXPORT_SYMBOL(copy_to_kernel_nofault);

/* Faults are not served while preemption is off. */
void pagefault_disable(void)
{
	preempt_disable();
}
EXPORT_SYMBOL(pagefault_disable);

void pagefault_enable(void)
{
	preempt_enable();
}
EXPORT_SYMBOL(pagefault_enable);

bool pagefault_disabled(void)
{
	return in_atomic();
}
EXPORT_SYMBOL(pagefault_disabled);

int check_zeroed_user(const void __user *from, size_t size)
{
	const u8 __user *byte = from;
	u8 value;

	for (; size; size--, byte++) {
		if (get_user(value, byte))
			return -EFAULT;
		if (value)
			return 0;
	}
	return 1;
}
EXPORT_SYMBOL(check_zeroed_user);

int copy_struct_from_user(void *dst, size_t ksize, const void __user *src, size_t usize)
{
	size_t size = min(ksize, usize);
	int ret;

	if (usize > ksize) {
		ret = check_zeroed_user(src + ksize, usize - ksize);
		if (ret <= 0)
			return ret ? ret : -E2BIG;
	}
	if (copy_from_user(dst, src, size))
		return -EFAULT;
	memset(dst + size, 0, ksize - size);
	return 0;
}
EXPORT_SYMBOL(copy_struct_from_user);
