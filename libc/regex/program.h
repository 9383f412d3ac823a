/* The program that regcomp makes and regexec runs. Internal. */
#ifndef _LIBC_REGEX_PROGRAM_H
#define _LIBC_REGEX_PROGRAM_H

#include <regex.h>
#include <stdint.h>

enum op {
	OP_CHAR,  /* the byte x */
	OP_ANY,	  /* any byte; x: but not a newline */
	OP_SET,	  /* a byte of sets[x] */
	OP_SPLIT, /* go on at x, and if that fails at y */
	OP_JUMP,  /* go on at x */
	OP_SAVE,  /* note the position in slot x */
	OP_LINE_START,
	OP_LINE_END,
	OP_WORD_START,
	OP_WORD_END,
	OP_WORD_EDGE,
	OP_WORD_INSIDE,
	OP_BACK,     /* the text of subexpression x again */
	OP_PROGRESS, /* fail unless the position moved since slot x was noted; notes it */
	OP_MATCH
};

struct instruction {
	uint8_t op;
	int x, y;
};

struct program {
	struct instruction *code;
	int count, room;
	uint32_t (*sets)[8]; /* a bit per byte */
	int set_count;
	int slots;    /* two per subexpression and the whole, then one per loop */
	int flags;    /* of regcomp() */
	int has_back; /* a back reference: what was tried may be tried again */
	int filtered; /* a match begins with a byte of first[] */
	uint32_t first[8];
};

static inline int set_has(const uint32_t set[8], unsigned char c)
{
	return set[c / 32] >> c % 32 & 1;
}

static inline void set_add(uint32_t set[8], unsigned char c)
{
	set[c / 32] |= 1u << c % 32;
}

#endif
