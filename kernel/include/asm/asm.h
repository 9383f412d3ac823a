/*
 * Exception table entries: if the instruction at `from` faults, execution goes on at `to`. Three signed offsets per
 * entry (instruction, continuation, reserved), each relative to its own place, as in Linux 5.10 module files.
 */
#ifndef _ASM_ASM_H
#define _ASM_ASM_H

#ifdef __ASSEMBLY__
#define _ASM_EXTABLE(from, to)        \
	.pushsection __ex_table, "a"; \
	.balign 4;                    \
	.long(from) -.;               \
	.long(to) -.;                 \
	.long 0;                      \
	.popsection
#else
#define _ASM_EXTABLE(from, to)              \
	" .pushsection __ex_table, \"a\"\n" \
	" .balign 4\n"                      \
	" .long (" #from ") - .\n"          \
	" .long (" #to ") - .\n"            \
	" .long 0\n"                        \
	" .popsection\n"
#endif

#endif
