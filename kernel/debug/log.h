/* Between the log and the consoles. */
#ifndef DEBUG_LOG_H
#define DEBUG_LOG_H

#include <rakit/log.h>

/*
 * Writes to the consoles what they have not shown yet, unless somebody is doing that already. Any
 * context.
 */
void console_flush(void);
/* For a panic: takes the consoles from whoever had them, then writes everything. */
void console_flush_on_panic(void);
/* Adds one record of text (no newline at its end). caller: as in struct log_record. */
void log_store(u8 facility, u8 level, u16 caller, const char *text, size_t length);
/* Puts what printk() calls without newline have gathered into the log. */
void log_flush_continued(void);

/* Writes text to every console as it is, past the log. */
void console_write_all(const char *text, size_t length);
/* From the timer tick: ends lines left open, wakes readers. */
void log_tick(void);

/* The built-in consoles. */
extern struct console serial_console, vga_console;

#endif
