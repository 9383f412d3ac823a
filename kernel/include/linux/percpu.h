/*
 * Per-CPU variables. There is one CPU; code is written as if there were more: access with
 * preemption off, or through the this_cpu_*() operations, which are safe against preemption and
 * interrupts.
 */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/types.h>
#include <linux/preempt.h>
#include <linux/smp.h>

#define DECLARE_PER_CPU(type, name) extern type name
#define DEFINE_PER_CPU(type, name) type name
#define DECLARE_PER_CPU_ALIGNED(type, name) extern type name
#define DEFINE_PER_CPU_ALIGNED(type, name) type name
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name) type name
#define DEFINE_PER_CPU_READ_MOSTLY(type, name) type name
#define EXPORT_PER_CPU_SYMBOL(var) EXPORT_SYMBOL(var)
#define EXPORT_PER_CPU_SYMBOL_GPL(var) EXPORT_SYMBOL_GPL(var)

#define per_cpu_ptr(ptr, cpu) ((void)(cpu), (ptr))
#define per_cpu(var, cpu) (*per_cpu_ptr(&(var), cpu))
#define this_cpu_ptr(ptr) (ptr)
#define raw_cpu_ptr(ptr) (ptr)
#define get_cpu_var(var)           \
	(*({                       \
		preempt_disable(); \
		&(var);            \
	}))
#define put_cpu_var(var)          \
	do {                      \
		(void)&(var);     \
		preempt_enable(); \
	} while (0)
#define get_cpu_ptr(var)           \
	({                         \
		preempt_disable(); \
		(var);             \
	})
#define put_cpu_ptr(var)          \
	do {                      \
		(void)(var);      \
		preempt_enable(); \
	} while (0)

/* Zeroed memory, one object per CPU; NULL without memory. Threads, may sleep. */
void __percpu *__alloc_percpu(size_t size, size_t align);
void __percpu *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp);
void free_percpu(void __percpu *ptr);
#define alloc_percpu(type) \
	((typeof(type) __percpu *)__alloc_percpu(sizeof(type), __alignof__(type)))
#define alloc_percpu_gfp(type, gfp) \
	((typeof(type) __percpu *)__alloc_percpu_gfp(sizeof(type), __alignof__(type), gfp))

/* One instruction each for 32 bits or less. */
#define this_cpu_read(var) READ_ONCE(var)
#define this_cpu_write(var, val) WRITE_ONCE(var, val)
#define __this_cpu_generic(var, op)         \
	do {                                \
		unsigned long __flags;      \
		local_irq_save(__flags);    \
		(void)(op);                 \
		local_irq_restore(__flags); \
	} while (0)
#define this_cpu_add(var, val) __this_cpu_generic(var, (var) += (val))
#define this_cpu_sub(var, val) this_cpu_add(var, -(val))
#define this_cpu_inc(var) this_cpu_add(var, 1)
#define this_cpu_dec(var) this_cpu_add(var, -1)
#define this_cpu_or(var, val) __this_cpu_generic(var, (var) |= (val))
#define this_cpu_and(var, val) __this_cpu_generic(var, (var) &= (val))
#define __this_cpu_read(var) (var)
#define __this_cpu_write(var, val) ((var) = (val))
#define __this_cpu_add(var, val) ((var) += (val))
#define __this_cpu_sub(var, val) ((var) -= (val))
#define __this_cpu_inc(var) ((var)++)
#define __this_cpu_dec(var) ((var)--)
#define raw_cpu_read(var) (var)
#define raw_cpu_inc(var) ((var)++)
#define raw_cpu_add(var, val) ((var) += (val))

#endif
