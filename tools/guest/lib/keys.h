/* Keys of a terminal: bytes, and the sequences that function keys send. */
#ifndef GUEST_KEYS_H
#define GUEST_KEYS_H

/* What ^x sends. */
#define CONTROL(c) ((c)&0x1f)

enum key {
	KEY_END_OF_INPUT = -1,
	KEY_INTERRUPT = -2,
	KEY_LEFT = 256,
	KEY_RIGHT,
	KEY_UP,
	KEY_DOWN,
	KEY_HOME,
	KEY_END,
	KEY_DELETE,
	KEY_INSERT,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_WORD_LEFT,
	KEY_WORD_RIGHT,
	KEY_WORD_DELETE,
	KEY_ESCAPE, /* the key itself */
	KEY_OTHER,
};

/*
 * Behind an ESC: which key it was, by the sequences of VT100, xterm and the Linux console. `next`
 * gives the next byte, or a negative enum key, which is then the result.
 */
int key_escape(int (*next)(void));

#endif
