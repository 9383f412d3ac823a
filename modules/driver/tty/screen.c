/* The text screen; theory in screen.h. A parser of few states feeds small functions that each do one control function. */
#include "screen.h"

enum { TEXT, ESCAPE, BRACKET, CHARSET, STRING, STRING_ESCAPE };

#define LOOK_DEFAULT 0x07u
#define GLYPH_UNKNOWN 0xfeu /* a small block, where the character set has nothing better */

static void dirty(struct screen *s, uint32_t first, uint32_t last)
{
	if (first < s->dirty_first)
		s->dirty_first = first;
	if (last > s->dirty_last || s->dirty_first > s->dirty_last)
		s->dirty_last = last;
}

void screen_clean(struct screen *s)
{
	s->dirty_first = SCREEN_CELLS;
	s->dirty_last = 0;
}

static uint8_t look(const struct screen *s)
{
	uint8_t c = s->color;

	if (s->underline)
		c = (uint8_t)((c & 0xf0) | 0x0f);
	if (s->reverse)
		c = (uint8_t)((c & 0x88) | (c >> 4 & 7) | (c & 7) << 4);
	if (s->bold)
		c |= 0x08;
	return c;
}

static uint16_t blank(const struct screen *s)
{
	return (uint16_t)((s->color & 0x77) << 8 | ' ');
}

static void erase(struct screen *s, uint32_t first, uint32_t last)
{
	uint32_t i;

	if (first > last || last >= SCREEN_CELLS)
		return;
	for (i = first; i <= last; i++)
		s->cells[i] = blank(s);
	dirty(s, first, last);
}

static void move_cells(struct screen *s, uint32_t to, uint32_t from, uint32_t count)
{
	uint32_t i;

	if (to < from)
		for (i = 0; i < count; i++)
			s->cells[to + i] = s->cells[from + i];
	else
		for (i = count; i--;)
			s->cells[to + i] = s->cells[from + i];
	if (count)
		dirty(s, to, to + count - 1);
}

static uint32_t row(uint32_t y)
{
	return y * SCREEN_COLUMNS;
}

/* Rows first..last up (or down) by n, blank ones come in. */
static void scroll_up(struct screen *s, uint32_t first, uint32_t last, uint32_t n)
{
	uint32_t rows = last - first + 1;

	if (n > rows)
		n = rows;
	move_cells(s, row(first), row(first + n), (rows - n) * SCREEN_COLUMNS);
	erase(s, row(last + 1 - n), row(last + 1) - 1);
}

static void scroll_down(struct screen *s, uint32_t first, uint32_t last, uint32_t n)
{
	uint32_t rows = last - first + 1;

	if (n > rows)
		n = rows;
	move_cells(s, row(first + n), row(first), (rows - n) * SCREEN_COLUMNS);
	erase(s, row(first), row(first + n) - 1);
}

static void line_feed(struct screen *s)
{
	s->wrap_pending = false;
	if (s->y == s->bottom)
		scroll_up(s, s->top, s->bottom, 1);
	else if (s->y < SCREEN_ROWS - 1)
		s->y++;
}

static void reverse_feed(struct screen *s)
{
	s->wrap_pending = false;
	if (s->y == s->top)
		scroll_down(s, s->top, s->bottom, 1);
	else if (s->y)
		s->y--;
}

static void place(struct screen *s, uint32_t x, uint32_t y)
{
	uint32_t least = s->origin ? s->top : 0, most = s->origin ? s->bottom : SCREEN_ROWS - 1;

	y += least;
	s->x = x < SCREEN_COLUMNS ? x : SCREEN_COLUMNS - 1;
	s->y = y < most ? y : most;
	s->wrap_pending = false;
}

static void put_glyph(struct screen *s, uint8_t glyph)
{
	if (s->wrap_pending && !s->no_wrap) {
		s->x = 0;
		line_feed(s);
	}
	if (s->insert)
		move_cells(s, row(s->y) + s->x + 1, row(s->y) + s->x, SCREEN_COLUMNS - 1 - s->x);
	s->cells[row(s->y) + s->x] = (uint16_t)(look(s) << 8 | glyph);
	dirty(s, row(s->y) + s->x, row(s->y) + s->x);
	if (s->x < SCREEN_COLUMNS - 1)
		s->x++;
	else
		s->wrap_pending = true;
}

/* Characters beyond ASCII that the PC's own set (code page 437) has and programs use. */
static const struct {
	uint16_t code;
	uint8_t glyph;
} glyphs[] = {
	{ 0x00e4, 0x84 }, { 0x00f6, 0x94 }, { 0x00fc, 0x81 }, { 0x00c4, 0x8e }, { 0x00d6, 0x99 },
	{ 0x00dc, 0x9a }, { 0x00df, 0xe1 }, { 0x00e9, 0x82 }, { 0x00e8, 0x8a }, { 0x00e0, 0x85 },
	{ 0x00b0, 0xf8 }, { 0x00b5, 0xe6 }, { 0x00b1, 0xf1 }, { 0x00b7, 0xfa }, { 0x00a0, ' ' },
	{ 0x2500, 0xc4 }, { 0x2502, 0xb3 }, { 0x250c, 0xda }, { 0x2510, 0xbf }, { 0x2514, 0xc0 },
	{ 0x2518, 0xd9 }, { 0x251c, 0xc3 }, { 0x2524, 0xb4 }, { 0x252c, 0xc2 }, { 0x2534, 0xc1 },
	{ 0x253c, 0xc5 }, { 0x2550, 0xcd }, { 0x2551, 0xba }, { 0x2588, 0xdb }, { 0x2591, 0xb0 },
	{ 0x2592, 0xb1 }, { 0x2593, 0xb2 }, { 0x2190, 0x1b }, { 0x2191, 0x18 }, { 0x2192, 0x1a },
	{ 0x2193, 0x19 }, { 0x2018, '\'' }, { 0x2019, '\'' }, { 0x201c, '"' },	{ 0x201d, '"' },
	{ 0x2013, '-' },  { 0x2014, '-' },
};

static uint8_t glyph_of(uint32_t code)
{
	size_t i;

	if (code < 0x80)
		return (uint8_t)code;
	for (i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++)
		if (glyphs[i].code == code)
			return glyphs[i].glyph;
	return GLYPH_UNKNOWN;
}

static void text(struct screen *s, uint8_t c)
{
	if (s->code_left && (c & 0xc0) == 0x80) {
		s->code = s->code << 6 | (c & 0x3f);
		if (!--s->code_left)
			put_glyph(s, glyph_of(s->code));
		return;
	}
	s->code_left = 0;
	if (c < 0x80) {
		put_glyph(s, c);
	} else if (c >= 0xc2 && c < 0xf5) {
		s->code_left = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
		s->code = c & (0x3fu >> s->code_left);
	} else {
		put_glyph(s, GLYPH_UNKNOWN);
	}
}

static void tab(struct screen *s)
{
	do
		s->x++;
	while (s->x < SCREEN_COLUMNS - 1 && !(s->tabs[s->x / 32] >> s->x % 32 & 1));
	if (s->x >= SCREEN_COLUMNS)
		s->x = SCREEN_COLUMNS - 1;
}

/* C0 control characters; false: not one that acts. */
static bool control(struct screen *s, uint8_t c)
{
	switch (c) {
	case 0:
	case 0x7f:
		return true;
	case '\a':
		s->bell = true;
		return true;
	case '\b':
		s->x -= s->x > 0 && !s->wrap_pending;
		s->wrap_pending = false;
		return true;
	case '\t':
		tab(s);
		return true;
	case '\n':
	case '\v':
	case '\f':
		line_feed(s);
		return true;
	case '\r':
		s->x = 0;
		s->wrap_pending = false;
		return true;
	case 0x18:
	case 0x1a:
		s->state = TEXT;
		return true;
	case 0x1b:
		s->state = ESCAPE;
		return true;
	}
	return c < 0x20;
}

static void save(struct screen *s)
{
	s->saved_x = s->x;
	s->saved_y = s->y;
	s->saved_look[0] = s->color;
	s->saved_look[1] = (uint8_t)(s->bold | s->reverse << 1 | s->underline << 2);
}

static void restore(struct screen *s)
{
	s->x = s->saved_x;
	s->y = s->saved_y;
	s->color = s->saved_look[0];
	s->bold = s->saved_look[1] & 1;
	s->reverse = s->saved_look[1] >> 1 & 1;
	s->underline = s->saved_look[1] >> 2 & 1;
	s->wrap_pending = false;
}

void screen_reset(struct screen *s)
{
	*s = (struct screen){ .color = LOOK_DEFAULT,
			      .saved_look = { LOOK_DEFAULT },
			      .bottom = SCREEN_ROWS - 1 };
	for (uint32_t x = 0; x < SCREEN_COLUMNS; x += 8)
		s->tabs[x / 32] |= 1u << x % 32;
	screen_clean(s);
	erase(s, 0, SCREEN_CELLS - 1);
}

static void escape(struct screen *s, uint8_t c)
{
	s->state = TEXT;
	switch (c) {
	case '[':
		s->state = BRACKET;
		s->param_count = 0;
		s->params[0] = 0;
		s->question = false;
		break;
	case ']':
	case 'P':
	case '_':
	case '^':
		s->state = STRING;
		break;
	case '(':
	case ')':
	case '#':
	case '%':
		s->state = CHARSET;
		break;
	case '7':
		save(s);
		break;
	case '8':
		restore(s);
		break;
	case 'D':
		line_feed(s);
		break;
	case 'E':
		s->x = 0;
		line_feed(s);
		break;
	case 'H':
		s->tabs[s->x / 32] |= 1u << s->x % 32;
		break;
	case 'M':
		reverse_feed(s);
		break;
	case 'c':
		screen_reset(s);
		break;
	}
}

/* SGR: ESC [ … m. VGA numbers colours with red and blue exchanged. */
static uint8_t vga_color(uint32_t ansi)
{
	return (uint8_t)((ansi & 1) << 2 | (ansi & 2) | (ansi & 4) >> 2);
}

static void attribute(struct screen *s, uint32_t p)
{
	if (p == 0) {
		s->color = LOOK_DEFAULT;
		s->bold = s->reverse = s->underline = false;
	} else if (p == 1) {
		s->bold = true;
	} else if (p == 4) {
		s->underline = true;
	} else if (p == 7) {
		s->reverse = true;
	} else if (p == 22) {
		s->bold = false;
	} else if (p == 24) {
		s->underline = false;
	} else if (p == 27) {
		s->reverse = false;
	} else if (p >= 30 && p <= 37) {
		s->color = (uint8_t)((s->color & 0xf0) | vga_color(p - 30));
	} else if (p == 39) {
		s->color = (uint8_t)((s->color & 0xf0) | (LOOK_DEFAULT & 0x0f));
	} else if (p >= 40 && p <= 47) {
		s->color = (uint8_t)((s->color & 0x0f) | vga_color(p - 40) << 4);
	} else if (p == 49) {
		s->color &= 0x0f;
	} else if (p >= 90 && p <= 97) {
		s->color = (uint8_t)((s->color & 0xf0) | vga_color(p - 90) | 8);
	} else if (p >= 100 && p <= 107) {
		s->color = (uint8_t)((s->color & 0x0f) | vga_color(p - 100) << 4);
	}
}

static void attributes(struct screen *s)
{
	uint32_t i;

	for (i = 0; i < s->param_count; i++) {
		/* 256 and direct colours: not on this screen; their arguments are passed over. */
		if (s->params[i] == 38 || s->params[i] == 48) {
			i += i + 1 < s->param_count && s->params[i + 1] == 5 ? 2 : 4;
			continue;
		}
		attribute(s, s->params[i]);
	}
}

static void set_mode(struct screen *s, bool on)
{
	uint32_t i;

	for (i = 0; i < s->param_count; i++) {
		uint32_t p = s->params[i];

		if (!s->question) {
			if (p == 4)
				s->insert = on;
			continue;
		}
		if (p == 1)
			s->application_keys = on;
		else if (p == 6)
			s->origin = on;
		else if (p == 7)
			s->no_wrap = !on;
		else if (p == 25)
			s->cursor_hidden = !on;
	}
}

static void erase_display(struct screen *s, uint32_t how)
{
	uint32_t here = row(s->y) + s->x;

	if (how == 0)
		erase(s, here, SCREEN_CELLS - 1);
	else if (how == 1)
		erase(s, 0, here);
	else
		erase(s, 0, SCREEN_CELLS - 1);
}

static void erase_line(struct screen *s, uint32_t how)
{
	uint32_t begin = row(s->y), here = begin + s->x, end = begin + SCREEN_COLUMNS - 1;

	erase(s, how == 0 ? here : begin, how == 1 ? here : end);
}

static void change_line(struct screen *s, uint8_t c, uint32_t n)
{
	uint32_t here = row(s->y) + s->x, rest = SCREEN_COLUMNS - s->x;

	if (n > rest)
		n = rest;
	if (c == '@') {
		move_cells(s, here + n, here, rest - n);
		erase(s, here, here + n - 1);
	} else if (c == 'P') {
		move_cells(s, here, here + n, rest - n);
		erase(s, here + rest - n, here + rest - 1);
	} else {
		erase(s, here, here + n - 1);
	}
}

static void change_rows(struct screen *s, uint8_t c, uint32_t n)
{
	if (s->y < s->top || s->y > s->bottom)
		return;
	if (c == 'L')
		scroll_down(s, s->y, s->bottom, n);
	else
		scroll_up(s, s->y, s->bottom, n);
}

static void put_number(char *out, uint32_t *at, uint32_t value)
{
	if (value >= 10)
		put_number(out, at, value / 10);
	out[(*at)++] = (char)('0' + value % 10);
}

static void answer(struct screen *s, uint32_t query)
{
	uint32_t at = 0;

	s->reply[at++] = 0x1b;
	s->reply[at++] = '[';
	if (query == 5) {
		s->reply[at++] = '0';
		s->reply[at++] = 'n';
	} else if (query == 6) {
		put_number(s->reply, &at, s->y + 1);
		s->reply[at++] = ';';
		put_number(s->reply, &at, s->x + 1);
		s->reply[at++] = 'R';
	} else {
		return;
	}
	s->reply_length = at;
}

static void set_region(struct screen *s)
{
	uint32_t first = s->params[0] ? s->params[0] - 1 : 0;
	uint32_t last = s->param_count > 1 && s->params[1] ? s->params[1] - 1 : SCREEN_ROWS - 1;

	if (last >= SCREEN_ROWS)
		last = SCREEN_ROWS - 1;
	if (first >= last)
		return;
	s->top = first;
	s->bottom = last;
	place(s, 0, 0);
}

static void move_cursor(struct screen *s, uint8_t c, uint32_t n)
{
	uint32_t least = s->y >= s->top ? s->top : 0;
	uint32_t most = s->y <= s->bottom ? s->bottom : SCREEN_ROWS - 1;

	s->wrap_pending = false;
	switch (c) {
	case 'A':
	case 'F':
		s->y = s->y - least > n ? s->y - n : least;
		break;
	case 'B':
	case 'E':
		s->y = most - s->y > n ? s->y + n : most;
		break;
	case 'C':
		s->x = SCREEN_COLUMNS - 1 - s->x > n ? s->x + n : SCREEN_COLUMNS - 1;
		break;
	case 'D':
		s->x = s->x > n ? s->x - n : 0;
		break;
	}
	if (c == 'E' || c == 'F')
		s->x = 0;
}

static void sequence(struct screen *s, uint8_t c)
{
	uint32_t first = s->params[0], n = first ? first : 1;

	switch (c) {
	case 'A':
	case 'B':
	case 'C':
	case 'D':
	case 'E':
	case 'F':
		move_cursor(s, c, n);
		break;
	case 'G':
	case '`':
		s->x = n - 1 < SCREEN_COLUMNS ? n - 1 : SCREEN_COLUMNS - 1;
		s->wrap_pending = false;
		break;
	case 'd':
		place(s, s->x, n - 1);
		break;
	case 'H':
	case 'f':
		place(s, s->param_count > 1 && s->params[1] ? s->params[1] - 1 : 0, n - 1);
		break;
	case 'J':
		erase_display(s, first);
		break;
	case 'K':
		erase_line(s, first);
		break;
	case '@':
	case 'P':
	case 'X':
		change_line(s, c, n);
		break;
	case 'L':
	case 'M':
		change_rows(s, c, n);
		break;
	case 'S':
		scroll_up(s, s->top, s->bottom, n);
		break;
	case 'T':
		scroll_down(s, s->top, s->bottom, n);
		break;
	case 'm':
		attributes(s);
		break;
	case 'h':
	case 'l':
		set_mode(s, c == 'h');
		break;
	case 'n':
		answer(s, first);
		break;
	case 'r':
		set_region(s);
		break;
	case 's':
		save(s);
		break;
	case 'u':
		restore(s);
		break;
	}
}

static void bracket(struct screen *s, uint8_t c)
{
	if (c >= '0' && c <= '9') {
		uint32_t *p = &s->params[s->param_count];

		if (*p < 10000)
			*p = *p * 10 + (uint32_t)(c - '0');
	} else if (c == ';') {
		if (s->param_count < SCREEN_PARAMS - 1)
			s->param_count++;
		s->params[s->param_count] = 0;
	} else if (c == '?') {
		s->question = true;
	} else if (c >= 0x40 && c < 0x7f) {
		s->param_count++;
		s->state = TEXT;
		sequence(s, c);
	}
}

static void write_one(struct screen *s, uint8_t c)
{
	if (s->state == STRING || s->state == STRING_ESCAPE) {
		/* A title or the like: ends with BEL or ESC \. */
		if (c == '\a' || (s->state == STRING_ESCAPE && c == '\\'))
			s->state = TEXT;
		else
			s->state = c == 0x1b ? STRING_ESCAPE : STRING;
		return;
	}
	if ((c < 0x20 || c == 0x7f) && control(s, c))
		return;
	switch (s->state) {
	case TEXT:
		text(s, c);
		break;
	case ESCAPE:
		escape(s, c);
		break;
	case BRACKET:
		bracket(s, c);
		break;
	default:
		s->state = TEXT;
	}
}

void screen_write(struct screen *s, const uint8_t *bytes, size_t count)
{
	while (count--)
		write_one(s, *bytes++);
}
