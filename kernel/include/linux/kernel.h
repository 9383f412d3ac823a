/* The small helpers that nearly every file uses: rounding, array sizes, number parsing, formatting. */
#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <stdarg.h>
#include <linux/types.h>
#include <linux/limits.h>
#include <linux/stddef.h>
#include <linux/container_of.h>
#include <linux/minmax.h>
#include <linux/build_bug.h>
#include <linux/err.h>
#include <linux/printk.h>
#include <linux/panic.h>
#include <linux/bug.h>
#include <linux/bitops.h>
#include <linux/irqflags.h>
#include <linux/math64.h>
#include <linux/preempt.h>
#include <linux/stringify.h>
#include <asm/byteorder.h>

#define ARRAY_SIZE(arr) \
	(sizeof(arr) / sizeof((arr)[0]) + BUILD_BUG_ON_ZERO(__same_type((arr), &(arr)[0])))
#define ALIGN(x, a) __ALIGN_MASK(x, (typeof(x))(a)-1)
#define ALIGN_DOWN(x, a) ((x) & ~((typeof(x))(a)-1))
#define __ALIGN_MASK(x, mask) (((x) + (mask)) & ~(mask))
#define PTR_ALIGN(p, a) ((typeof(p))ALIGN((unsigned long)(p), (a)))
#define IS_ALIGNED(x, a) (((x) & ((typeof(x))(a)-1)) == 0)
#define round_up(x, y) ((((x)-1) | ((typeof(x))(y)-1)) + 1)
#define round_down(x, y) ((x) & ~((typeof(x))(y)-1))
#define roundup(x, y) ((((x) + ((y)-1)) / (y)) * (y))
#define rounddown(x, y) ((x) - ((x) % (y)))
#define DIV_ROUND_UP(n, d) (((n) + (d)-1) / (d))
#define DIV_ROUND_UP_ULL(n, d) div_u64((u64)(n) + (d)-1, (d))
#define DIV_ROUND_CLOSEST(x, d) (((x) + (d) / 2) / (d))
#define upper_32_bits(n) ((u32)(((n) >> 16) >> 16))
#define lower_32_bits(n) ((u32)(n))
#define FIELD_SIZEOF(t, f) sizeof_field(t, f)
#define abs(x)                        \
	({                            \
		typeof(x) __x = (x);  \
		__x < 0 ? -__x : __x; \
	})
#define u64_to_user_ptr(x) ((void __user *)(uintptr_t)(x))
#ifdef MODULE
#define might_sleep() __might_sleep(__FILE__, __LINE__)
#else
#define might_sleep()                                             \
	do {                                                      \
		if (unlikely(preempt_count() || irqs_disabled())) \
			__might_sleep(__FILE__, __LINE__);        \
	} while (0)
#endif

/* Reports (once per site) when called where sleeping is forbidden. */
void __might_sleep(const char *file, int line);

/*
 * Formatting (any context). Return the length the whole text has (snprintf) or had (scnprintf), NUL excluded.
 * Linux's %p family is supported: %p %px %pS %ps %pB %pK %pV %pe %pI4 %pI6 %pM %pU %ph %pd %pD %pR %pF.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args) __printf(3, 0);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args) __printf(3, 0);
int scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);
int vsprintf(char *buf, const char *fmt, va_list args) __printf(2, 0);
int sprintf(char *buf, const char *fmt, ...) __printf(2, 3);
int sscanf(const char *buf, const char *fmt, ...) __scanf(2, 3);
int vsscanf(const char *buf, const char *fmt, va_list args) __scanf(2, 0);
char *kasprintf(gfp_t gfp, const char *fmt, ...) __printf(2, 3) __malloc;
char *kvasprintf(gfp_t gfp, const char *fmt, va_list args) __printf(2, 0) __malloc;

/*
 * Number parsing (any context): the whole string, one trailing newline allowed, base 0 detects 0x and 0.
 * Return 0, -EINVAL (not a number) or -ERANGE (does not fit); *res is written only on success.
 */
int __must_check kstrtoull(const char *s, unsigned int base, unsigned long long *res);
int __must_check kstrtoll(const char *s, unsigned int base, long long *res);
int __must_check kstrtoul(const char *s, unsigned int base, unsigned long *res);
int __must_check kstrtol(const char *s, unsigned int base, long *res);
int __must_check kstrtouint(const char *s, unsigned int base, unsigned int *res);
int __must_check kstrtoint(const char *s, unsigned int base, int *res);
int __must_check kstrtou16(const char *s, unsigned int base, u16 *res);
int __must_check kstrtos16(const char *s, unsigned int base, s16 *res);
int __must_check kstrtou8(const char *s, unsigned int base, u8 *res);
int __must_check kstrtos8(const char *s, unsigned int base, s8 *res);
int __must_check kstrtobool(const char *s, bool *res);
#define kstrtou64(s, base, res) kstrtoull(s, base, res)
#define kstrtos64(s, base, res) kstrtoll(s, base, res)
#define kstrtou32(s, base, res) kstrtouint(s, base, res)
#define kstrtos32(s, base, res) kstrtoint(s, base, res)
/* The same from user memory (process context, may fault): -EFAULT in addition. */
int __must_check kstrtoint_from_user(const char __user *s, size_t count, unsigned int base,
				     int *res);
int __must_check kstrtouint_from_user(const char __user *s, size_t count, unsigned int base,
				      unsigned int *res);
int __must_check kstrtoul_from_user(const char __user *s, size_t count, unsigned int base,
				    unsigned long *res);
int __must_check kstrtol_from_user(const char __user *s, size_t count, unsigned int base,
				   long *res);
int __must_check kstrtobool_from_user(const char __user *s, size_t count, bool *res);
unsigned long simple_strtoul(const char *s, char **end, unsigned int base);
long simple_strtol(const char *s, char **end, unsigned int base);
unsigned long long simple_strtoull(const char *s, char **end, unsigned int base);
long long simple_strtoll(const char *s, char **end, unsigned int base);
/* "64K", "16M", "1G": a number with an optional binary suffix. */
unsigned long long memparse(const char *s, char **end);
/* Hexadecimal digits: value of one (or -1); two per byte. */
int hex_to_bin(char ch);
int hex2bin(u8 *dst, const char *src, size_t count);
char *bin2hex(char *dst, const void *src, size_t count);
unsigned long int_sqrt(unsigned long x);

/* Ends the calling thread (kernel/process). Process context. */
void do_exit(long code) __noreturn;

/* How far the system has come. Booting: only the boot thread. Scheduling: threads run, init memory is there. */
enum system_states {
	SYSTEM_BOOTING,
	SYSTEM_SCHEDULING,
	SYSTEM_FREEING_INITMEM,
	SYSTEM_RUNNING,
	SYSTEM_HALT,
	SYSTEM_POWER_OFF,
	SYSTEM_RESTART,
};
extern enum system_states system_state;

#define TAINT_PROPRIETARY_MODULE 0
#define TAINT_FORCED_MODULE 1
#define TAINT_CPU_OUT_OF_SPEC 2
#define TAINT_FORCED_RMMOD 3
#define TAINT_MACHINE_CHECK 4
#define TAINT_BAD_PAGE 5
#define TAINT_USER 6
#define TAINT_DIE 7
#define TAINT_OVERRIDDEN_ACPI_TABLE 8
#define TAINT_WARN 9
#define TAINT_CRAP 10
#define TAINT_FIRMWARE_WORKAROUND 11
#define TAINT_OOT_MODULE 12
#define TAINT_UNSIGNED_MODULE 13
#define TAINT_SOFTLOCKUP 14
#define TAINT_LIVEPATCH 15
#define TAINT_AUX 16
#define TAINT_RANDSTRUCT 17
#define TAINT_FLAGS_COUNT 18
#define LOCKDEP_STILL_OK 1
/* Marks the kernel tainted by flag (0..31); any context. */
void add_taint(unsigned int flag, int lockdep_ok);
unsigned long get_taint(void);

#endif
