/* keys: sequences of function keys. Sources: xterm's ctlseqs, console_codes(4). */
#include "keys.h"

/* Behind ESC [ : numbers with semicolons between, and a letter. */
static int sequence(int (*next)(void))
{
	int c, number = 0, modifier = 0;

	for (c = next(); c >= 0 && (c == ';' || c == '[' || (c >= '0' && c <= '9')); c = next()) {
		if (c == ';')
			modifier = number, number = 0;
		else if (c != '[')
			number = number < 1000 ? number * 10 + c - '0' : number;
	}
	switch (c) {
	case 'A':
		return KEY_UP;
	case 'B':
		return KEY_DOWN;
	case 'C':
		return modifier ? KEY_WORD_RIGHT : KEY_RIGHT;
	case 'D':
		return modifier ? KEY_WORD_LEFT : KEY_LEFT;
	case 'H':
		return KEY_HOME;
	case 'F':
		return KEY_END;
	case '~':
		break;
	default:
		return c < 0 ? c : KEY_OTHER;
	}
	switch (number) {
	case 1:
	case 7:
		return KEY_HOME;
	case 2:
		return KEY_INSERT;
	case 3:
		return KEY_DELETE;
	case 4:
	case 8:
		return KEY_END;
	case 5:
		return KEY_PAGE_UP;
	case 6:
		return KEY_PAGE_DOWN;
	default:
		return KEY_OTHER;
	}
}

int key_escape(int (*next)(void))
{
	int c = next();

	switch (c) {
	case 'b':
		return KEY_WORD_LEFT;
	case 'f':
		return KEY_WORD_RIGHT;
	case 'd':
		return KEY_WORD_DELETE;
	case '[':
	case 'O':
		return sequence(next);
	default:
		return c < 0 ? c : KEY_OTHER;
	}
}
