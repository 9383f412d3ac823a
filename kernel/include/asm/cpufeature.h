/* CPU features: word * 32 + bit, as Linux numbers them. boot_cpu_has(): any context after arch_init(). */
#ifndef _ASM_CPUFEATURE_H
#define _ASM_CPUFEATURE_H

#include <asm/processor.h>

#define X86_FEATURE_FPU 0
#define X86_FEATURE_PSE 3
#define X86_FEATURE_TSC 4
#define X86_FEATURE_MSR 5
#define X86_FEATURE_CX8 8
#define X86_FEATURE_APIC 9
#define X86_FEATURE_SEP 11
#define X86_FEATURE_PGE 13
#define X86_FEATURE_CMOV 15
#define X86_FEATURE_MMX 23
#define X86_FEATURE_FXSR 24
#define X86_FEATURE_XMM 25
#define X86_FEATURE_XMM2 26
#define X86_FEATURE_NX (1 * 32 + 20)
#define X86_FEATURE_XMM3 (4 * 32 + 0)
#define X86_FEATURE_RDRAND (4 * 32 + 30)
#define X86_FEATURE_HYPERVISOR (4 * 32 + 31)

bool boot_cpu_has(unsigned int feature);
#define static_cpu_has(feature) boot_cpu_has(feature)

#endif
