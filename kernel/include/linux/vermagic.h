/*
 * The text that a module file and the kernel must have in common (.modinfo `vermagic=`), in Linux's form. modpost
 * writes it into each module from the release it is told; the kernel compares with its own.
 */
#ifndef _LINUX_VERMAGIC_H
#define _LINUX_VERMAGIC_H

#define UTS_RELEASE "5.10.0-rakit"
#define VERMAGIC_OPTIONS "preempt mod_unload "
#define VERMAGIC_STRING UTS_RELEASE " " VERMAGIC_OPTIONS

#endif
