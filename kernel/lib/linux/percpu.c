/* Per-CPU memory and sets of CPUs, for one CPU. */
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/percpu.h>
#include <linux/slab.h>

const struct cpumask cpu_online_mask_storage = { { 1 } };
EXPORT_SYMBOL(cpu_online_mask_storage);

void __percpu *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp)
{
	return kmalloc_track_caller(size, gfp | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL_GPL(__alloc_percpu_gfp);

void __percpu *__alloc_percpu(size_t size, size_t align)
{
	return kmalloc_track_caller(size, GFP_KERNEL | __GFP_ZERO, _RET_IP_);
}
EXPORT_SYMBOL_GPL(__alloc_percpu);

void free_percpu(void __percpu *ptr)
{
	kfree(ptr);
}
EXPORT_SYMBOL_GPL(free_percpu);
