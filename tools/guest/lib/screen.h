/* The whole screen of a terminal, for pager, editor and top. */
#ifndef GUEST_SCREEN_H
#define GUEST_SCREEN_H

#include <stdbool.h>
#include "keys.h"
#include "strbuf.h"

/* Size of the screen; 24 by 80 if the terminal does not say. */
extern int screen_rows, screen_columns;

/*
 * Take the terminal `fd` over: raw mode, alternate screen. It is given back at exit. False: fd is
 * no terminal.
 */
bool screen_open(int fd);
void screen_close(void);

/* Find out the size anew; call before drawing. */
void screen_measure(void);

/* The next key, or KEY_OTHER after `timeout_ms` without one (-1: wait for ever). */
int screen_key(int timeout_ms);

/* Write what was drawn, and empty `out`. */
void screen_flush(struct strbuf *out);

/*
 * Append one screen line of `text` (`size` bytes) beginning at column `from`: tabs expanded,
 * control characters as ^X, cut at the right margin, the rest of the line erased.
 */
void screen_line(struct strbuf *out, const char *text, size_t size, int from);

/* The column that byte `at` of text is shown in. */
int screen_column(const char *text, size_t at);

#endif
