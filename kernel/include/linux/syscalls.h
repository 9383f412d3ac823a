/*
 * Defining system calls. SYSCALL_DEFINEn(name, type1, arg1, …) { … } makes `long sys_name(const struct pt_regs *)`, which
 * kernel/syscall/table.c finds by its name: listing it in syscalls.tbl is all there is to do. Arguments come in bx, cx,
 * dx, si, di, bp; a 64-bit one takes two, low half first, and is declared as two unsigned long. The result is returned in
 * ax, -errno for an error. Calls run in process context with interrupts on.
 */
#ifndef _LINUX_SYSCALLS_H
#define _LINUX_SYSCALLS_H

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/types.h>
#include <asm/ptrace.h>

struct rusage;

typedef long sys_call_ptr_t(const struct pt_regs *regs);
/* The table, and how many entries it has. */
extern sys_call_ptr_t *const sys_call_table[];
extern const unsigned int sys_call_count;
/* A call that does not exist: -ENOSYS, and one line in the log per program. */
long sys_ni_syscall(const struct pt_regs *regs);

#define SYSCALL_DEFINE0(name)                          \
	long sys_##name(const struct pt_regs *__regs); \
	long sys_##name(const struct pt_regs *__regs __maybe_unused)

#define __SC_DECL1(t, a) t a
#define __SC_DECL2(t, a, ...) t a, __SC_DECL1(__VA_ARGS__)
#define __SC_DECL3(t, a, ...) t a, __SC_DECL2(__VA_ARGS__)
#define __SC_DECL4(t, a, ...) t a, __SC_DECL3(__VA_ARGS__)
#define __SC_DECL5(t, a, ...) t a, __SC_DECL4(__VA_ARGS__)
#define __SC_DECL6(t, a, ...) t a, __SC_DECL5(__VA_ARGS__)
#define __SC_ARGS1(t1, a1) (t1) __regs->bx
#define __SC_ARGS2(t1, a1, t2, a2) __SC_ARGS1(t1, a1), (t2)__regs->cx
#define __SC_ARGS3(t1, a1, t2, a2, t3, a3) __SC_ARGS2(t1, a1, t2, a2), (t3)__regs->dx
#define __SC_ARGS4(t1, a1, t2, a2, t3, a3, t4, a4) \
	__SC_ARGS3(t1, a1, t2, a2, t3, a3), (t4)__regs->si
#define __SC_ARGS5(t1, a1, t2, a2, t3, a3, t4, a4, t5, a5) \
	__SC_ARGS4(t1, a1, t2, a2, t3, a3, t4, a4), (t5)__regs->di
#define __SC_ARGS6(t1, a1, t2, a2, t3, a3, t4, a4, t5, a5, t6, a6) \
	__SC_ARGS5(t1, a1, t2, a2, t3, a3, t4, a4, t5, a5), (t6)__regs->bp

#define __SYSCALL_DEFINE(n, name, ...)                                 \
	static inline long __do_sys_##name(__SC_DECL##n(__VA_ARGS__)); \
	long sys_##name(const struct pt_regs *__regs);                 \
	long sys_##name(const struct pt_regs *__regs)                  \
	{                                                              \
		return __do_sys_##name(__SC_ARGS##n(__VA_ARGS__));     \
	}                                                              \
	static inline long __do_sys_##name(__SC_DECL##n(__VA_ARGS__))

#define SYSCALL_DEFINE1(name, ...) __SYSCALL_DEFINE(1, name, __VA_ARGS__)
#define SYSCALL_DEFINE2(name, ...) __SYSCALL_DEFINE(2, name, __VA_ARGS__)
#define SYSCALL_DEFINE3(name, ...) __SYSCALL_DEFINE(3, name, __VA_ARGS__)
#define SYSCALL_DEFINE4(name, ...) __SYSCALL_DEFINE(4, name, __VA_ARGS__)
#define SYSCALL_DEFINE5(name, ...) __SYSCALL_DEFINE(5, name, __VA_ARGS__)
#define SYSCALL_DEFINE6(name, ...) __SYSCALL_DEFINE(6, name, __VA_ARGS__)

#endif
