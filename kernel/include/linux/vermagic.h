/*
 * The text that a module file and the kernel must have in common (.modinfo `vermagic=`), in Linux's form. What modpost
 * generates for a module contains it; the kernel compares with its own.
 */
#ifndef _LINUX_VERMAGIC_H
#define _LINUX_VERMAGIC_H

#define UTS_RELEASE "5.10.0-rakit"
/* CONFIG_HASH: of the kernel's configuration, in generated/autoconf.h and kernelconf.h (tools/build/genconfig.py). */
#define VERMAGIC_OPTIONS "preempt mod_unload modversions " CONFIG_HASH " "
#define VERMAGIC_STRING UTS_RELEASE " " VERMAGIC_OPTIONS

#endif
