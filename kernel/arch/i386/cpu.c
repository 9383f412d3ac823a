/*
 * What the CPU is: CPUID, feature tests, control register 4, model-specific registers.
 *
 * boot_cpu_data is filled once by cpu_identify() and read-only afterwards. Source: Intel SDM vol. 2, CPUID.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/export.h>
#include <linux/string.h>
#include <asm/cpufeature.h>
#include <asm/fpu.h>
#include <asm/msr.h>
#include "arch/i386/tables.h"

#define CR4_PGE 0x080

struct cpuinfo boot_cpu_data;
EXPORT_SYMBOL(boot_cpu_data);

static void cpuid(u32 leaf, u32 out[4])
{
	__asm__ __volatile__("cpuid"
			     : "=a"(out[0]), "=b"(out[1]), "=c"(out[2]), "=d"(out[3])
			     : "0"(leaf), "2"(0));
}

static void __init version_decode(u32 eax)
{
	boot_cpu_data.family = (eax >> 8) & 15;
	boot_cpu_data.model = (eax >> 4) & 15;
	boot_cpu_data.stepping = eax & 15;
	if (boot_cpu_data.family == 6 || boot_cpu_data.family == 15)
		boot_cpu_data.model |= (eax >> 12) & 0xf0;
	if (boot_cpu_data.family == 15)
		boot_cpu_data.family += (eax >> 20) & 0xff;
}

void __init cpu_identify(void)
{
	struct cpuinfo *cpu = &boot_cpu_data;
	u32 r[4], leaf;

	cpuid(0, r);
	memcpy(cpu->vendor, &r[1], 4);
	memcpy(cpu->vendor + 4, &r[3], 4);
	memcpy(cpu->vendor + 8, &r[2], 4);
	cpuid(1, r);
	version_decode(r[0]);
	cpu->features_ecx = r[2];
	cpu->features = r[3];
	cpuid(0x80000000, r);
	leaf = r[0];
	if (leaf >= 0x80000001) {
		cpuid(0x80000001, r);
		cpu->ext_features = r[3];
	}
	if (leaf >= 0x80000004) {
		cpuid(0x80000002, (u32 *)cpu->model_name);
		cpuid(0x80000003, (u32 *)cpu->model_name + 4);
		cpuid(0x80000004, (u32 *)cpu->model_name + 8);
	}
	if (boot_cpu_has(X86_FEATURE_PGE))
		write_cr4(read_cr4() | CR4_PGE);
}

bool boot_cpu_has(unsigned int feature)
{
	u32 bit = 1u << (feature & 31);

	switch (feature / 32) {
	case 0:
		return boot_cpu_data.features & bit;
	case 1:
		return boot_cpu_data.ext_features & bit;
	case 4:
		return boot_cpu_data.features_ecx & bit;
	default:
		return false;
	}
}
EXPORT_SYMBOL(boot_cpu_has);

u64 native_read_msr(u32 msr)
{
	u64 value;

	__asm__ __volatile__("rdmsr" : "=A"(value) : "c"(msr));
	return value;
}
EXPORT_SYMBOL(native_read_msr);

void native_write_msr(u32 msr, u64 value)
{
	__asm__ __volatile__("wrmsr" : : "c"(msr), "A"(value) : "memory");
}
EXPORT_SYMBOL(native_write_msr);
