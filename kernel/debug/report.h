/* Parts of the reports of oopses, panics and warnings. */
#ifndef DEBUG_REPORT_H
#define DEBUG_REPORT_H

#include <linux/panic.h>

struct pt_regs;

/* "CPU: 0 PID: 1 Comm: init Tainted: …". */
void show_identity(const char *level);
/*
 * Instruction pointer with symbol, general, segment and control registers, and the bytes at the
 * instruction pointer.
 */
void show_registers(struct pt_regs *regs, const char *level);
/* The call path that led to regs. */
void show_regs_path(struct pt_regs *regs, const char *level);

#endif
