/*
 * A text screen that understands the usual escape sequences, as pure code: bytes go in, cells change. Compiled for the
 * module and for the host's tests. Sources: ECMA-48 (1991), VT102 User Guide, console_codes(4).
 */
#ifndef TTY_SCREEN_H
#define TTY_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCREEN_COLUMNS 80u
#define SCREEN_ROWS 25u
#define SCREEN_CELLS (SCREEN_COLUMNS * SCREEN_ROWS)
#define SCREEN_PARAMS 16u

struct screen {
	uint16_t cells[SCREEN_CELLS]; /* character in the low byte, VGA attribute in the high one */
	uint32_t x, y;		      /* cursor */
	uint32_t saved_x, saved_y;
	uint8_t saved_look[2];
	uint32_t top, bottom; /* scrolling region, inclusive rows */
	uint8_t color;	      /* VGA attribute */
	bool bold, reverse, underline;
	bool wrap_pending; /* the cursor stands behind the last column */
	bool cursor_hidden, no_wrap, origin, insert, application_keys;
	uint32_t state; /* of the parser */
	uint32_t params[SCREEN_PARAMS];
	uint32_t param_count;
	bool question;		  /* the sequence began with ESC [ ? */
	uint32_t code, code_left; /* UTF-8 character being read */
	uint32_t dirty_first,
		dirty_last; /* changed cells since screen_clean(); first > last: none */
	char reply[32];	    /* answer to a query, to be sent as input; reply_length bytes */
	uint32_t reply_length;
	bool bell;				   /* BEL came */
	uint32_t tabs[(SCREEN_COLUMNS + 31) / 32]; /* tab stops */
};

void screen_reset(struct screen *s);
void screen_write(struct screen *s, const uint8_t *bytes, size_t count);
/* Forget what is dirty. */
void screen_clean(struct screen *s);

#endif
