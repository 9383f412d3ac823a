/*
 * System calls: number in eax, arguments in ebx ecx edx esi edi ebp, `int 0x80`, result in eax.
 * sysN() return the raw result (-errno); sysret() turns it into -1 and errno.
 */
#ifndef _LIBC_INTERNAL_SYSCALL_H
#define _LIBC_INTERNAL_SYSCALL_H

#include <asm/unistd.h>
#include <stdint.h>

long sysret(unsigned long result);
/* By a routine in assembly: the sixth argument needs ebp. */
long __syscall6(long nr, long a, long b, long c, long d, long e, long f);

static inline long sys0(long nr)
{
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(nr) : "memory");
	return result;
}

static inline long sys1(long nr, long a)
{
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(nr), "b"(a) : "memory");
	return result;
}

static inline long sys2(long nr, long a, long b)
{
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(nr), "b"(a), "c"(b) : "memory");
	return result;
}

static inline long sys3(long nr, long a, long b, long c)
{
	long result;
	__asm__ volatile("int $0x80" : "=a"(result) : "a"(nr), "b"(a), "c"(b), "d"(c) : "memory");
	return result;
}

static inline long sys4(long nr, long a, long b, long c, long d)
{
	long result;
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(nr), "b"(a), "c"(b), "d"(c), "S"(d)
			 : "memory");
	return result;
}

static inline long sys5(long nr, long a, long b, long c, long d, long e)
{
	long result;
	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(nr), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory");
	return result;
}

#define SYS0(name) sysret(sys0(__NR_##name))
#define SYS1(name, a) sysret(sys1(__NR_##name, (long)(a)))
#define SYS2(name, a, b) sysret(sys2(__NR_##name, (long)(a), (long)(b)))
#define SYS3(name, a, b, c) sysret(sys3(__NR_##name, (long)(a), (long)(b), (long)(c)))
#define SYS4(name, a, b, c, d) sysret(sys4(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d)))
#define SYS5(name, a, b, c, d, e) \
	sysret(sys5(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e)))
#define SYS6(name, a, b, c, d, e, f)                                                          \
	sysret(__syscall6(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), \
			  (long)(f)))
/* A 64-bit argument takes two registers, low half first. */
#define LOW(x) ((long)(uint32_t)(x))
#define HIGH(x) ((long)((uint64_t)(x) >> 32))

#endif
