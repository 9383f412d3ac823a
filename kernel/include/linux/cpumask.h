/* Sets of CPUs; there is one. */
#ifndef _LINUX_CPUMASK_H
#define _LINUX_CPUMASK_H

#include <linux/bitmap.h>
#include <linux/smp.h>

typedef struct cpumask {
	unsigned long bits[1];
} cpumask_t;
typedef struct cpumask cpumask_var_t[1];

extern const struct cpumask cpu_online_mask_storage;
#define cpu_online_mask (&cpu_online_mask_storage)
#define cpu_possible_mask (&cpu_online_mask_storage)
#define cpu_present_mask (&cpu_online_mask_storage)
#define cpu_all_mask (&cpu_online_mask_storage)
#define cpumask_of(cpu) ((void)(cpu), &cpu_online_mask_storage)
#define cpumask_bits(maskp) ((maskp)->bits)
#define num_online_cpus() 1U
#define num_possible_cpus() 1U
#define num_present_cpus() 1U
#define cpu_online(cpu) ((cpu) == 0)
#define cpu_possible(cpu) ((cpu) == 0)
#define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < 1; (cpu)++)
#define for_each_online_cpu(cpu) for_each_possible_cpu(cpu)
#define for_each_present_cpu(cpu) for_each_possible_cpu(cpu)
#define for_each_cpu(cpu, mask) for ((cpu) = 0; (cpu) < 1 && cpumask_test_cpu(0, mask); (cpu)++)
#define cpumask_test_cpu(cpu, mask) ((int)((mask)->bits[0] >> (cpu)) & 1)
#define cpumask_set_cpu(cpu, mask) ((mask)->bits[0] |= 1UL << (cpu))
#define cpumask_clear_cpu(cpu, mask) ((mask)->bits[0] &= ~(1UL << (cpu)))
#define cpumask_clear(mask) ((mask)->bits[0] = 0)
#define cpumask_setall(mask) ((mask)->bits[0] = 1)
#define cpumask_copy(dst, src) ((dst)->bits[0] = (src)->bits[0])
#define cpumask_first(mask) ((mask)->bits[0] & 1 ? 0U : 1U)
#define cpumask_weight(mask) ((unsigned int)(mask)->bits[0] & 1)
#define cpumask_empty(mask) (!((mask)->bits[0] & 1))
#define alloc_cpumask_var(mask, flags) ((void)(mask), true)
#define zalloc_cpumask_var(mask, flags) ((*(mask))->bits[0] = 0, true)
#define free_cpumask_var(mask) ((void)(mask))

#endif
