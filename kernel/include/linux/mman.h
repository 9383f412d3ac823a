/* Memory mapping: PROT_* and MAP_* and their translation to VM_*. */
#ifndef _LINUX_MMAN_H
#define _LINUX_MMAN_H

#include <linux/mm.h>
#include <uapi/linux/mman.h>

/* PROT_READ, PROT_WRITE and PROT_EXEC have the values of VM_READ, VM_WRITE and VM_EXEC. */
static inline unsigned long calc_vm_prot_bits(unsigned long prot)
{
	return prot & (VM_READ | VM_WRITE | VM_EXEC);
}

#endif
