/* Model-specific registers and the time stamp counter. Any context. */
#ifndef _ASM_MSR_H
#define _ASM_MSR_H

#include <linux/types.h>

static __always_inline u64 rdtsc(void)
{
	u64 value;

	__asm__ __volatile__("rdtsc" : "=A"(value));
	return value;
}

#define rdtsc_ordered() rdtsc()
u64 native_read_msr(u32 msr);
void native_write_msr(u32 msr, u64 value);
#define rdmsrl(msr, value) ((value) = native_read_msr(msr))
#define wrmsrl(msr, value) native_write_msr((msr), (value))

#endif
