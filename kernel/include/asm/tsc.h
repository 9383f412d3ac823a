/* The time stamp counter; see asm/msr.h. */
#ifndef _ASM_TSC_H
#define _ASM_TSC_H

#include <asm/msr.h>

typedef unsigned long long cycles_t;

static inline cycles_t get_cycles(void)
{
	return rdtsc();
}

#endif
