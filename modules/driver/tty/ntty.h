/*
 * N_TTY as pure code: line editing, echo, signal characters, flow control, output processing. No locks, no memory of
 * its own, no kernel function: the caller passes the terminal's settings and a sink for what comes out, and holds its
 * lock. Compiled for the module and for the host's tests. Source: termios(3), POSIX.1-2017 chapter 11.
 */
#ifndef TTY_NTTY_H
#define TTY_NTTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <asm/termbits.h>

#define NTTY_SIZE 4096u /* bytes of input kept; a power of two */

struct ntty {
	uint32_t head;	      /* next byte goes here; counters, not wrapped */
	uint32_t canon;	      /* end of the last whole line */
	uint32_t tail;	      /* next byte to read */
	uint32_t column;      /* of the cursor, for tabs and erasing */
	uint32_t line_column; /* where the line being typed began */
	bool literal;	      /* ^V was typed */
	bool lost_sync;	      /* reprint needed */
	uint8_t data[NTTY_SIZE];
	uint8_t ends[NTTY_SIZE / 8]; /* bit: this byte ends a line */
};

enum ntty_signal { NTTY_INTR, NTTY_QUIT, NTTY_SUSP };

/* Where what comes out goes; called within ntty_receive(). */
struct ntty_sink {
	void *context;
	void (*echo)(void *context, const uint8_t *bytes, size_t count);
	void (*signal)(void *context, enum ntty_signal which);
	void (*flow)(void *context, bool stop);
};

void ntty_reset(struct ntty *n);
/* Forget all input (TCIFLUSH, signals). */
void ntty_flush(struct ntty *n);
void ntty_receive(struct ntty *n, const struct ktermios *t, const uint8_t *bytes, size_t count,
		  const struct ntty_sink *sink);
/* Settings changed: canonical mode on or off; what is there is kept. */
void ntty_mode_changed(struct ntty *n, const struct ktermios *old, const struct ktermios *t);
/* Bytes that a read could get now; in canonical mode 0 until a line is whole. */
size_t ntty_available(const struct ntty *n, const struct ktermios *t);
/* Is there something to read, counting a lone end-of-file character? */
bool ntty_readable(const struct ntty *n, const struct ktermios *t);
/*
 * Copies up to size bytes (canonical mode: of one line at most). *end: a whole line or an end of file was taken, so the
 * read is complete, also with 0 bytes.
 */
size_t ntty_read(struct ntty *n, const struct ktermios *t, uint8_t *out, size_t size, bool *end);
/* Output processing (OPOST): in -> out until either is used up; *used: bytes of in. Returns bytes of out. */
size_t ntty_output(struct ntty *n, const struct ktermios *t, const uint8_t *in, size_t count,
		   size_t *used, uint8_t *out, size_t size);

#endif
