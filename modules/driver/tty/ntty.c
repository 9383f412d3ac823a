/* N_TTY; theory in ntty.h. Input is one ring; in canonical mode only what lies before `canon` may be read. */
#include "ntty.h"

#define DISABLED 0 /* a control character that is switched off */
#define TAB_COLUMNS 8u

static bool is_char(const struct ktermios *t, unsigned int which, uint8_t c)
{
	return t->c_cc[which] != DISABLED && t->c_cc[which] == c;
}

static uint8_t *at(struct ntty *n, uint32_t place)
{
	return &n->data[place % NTTY_SIZE];
}

static bool ends_line(const struct ntty *n, uint32_t place)
{
	place %= NTTY_SIZE;
	return n->ends[place / 8] >> place % 8 & 1;
}

static void set_end(struct ntty *n, uint32_t place, bool end)
{
	place %= NTTY_SIZE;
	n->ends[place / 8] = (uint8_t)((n->ends[place / 8] & ~(1u << place % 8)) |
				       (unsigned int)end << place % 8);
}

static bool is_continuation(uint8_t c)
{
	return (c & 0xc0) == 0x80; /* of a UTF-8 character */
}

static bool is_control(uint8_t c)
{
	return c < 0x20 || c == 0x7f;
}

void ntty_flush(struct ntty *n)
{
	n->head = n->canon = n->tail = 0;
	n->literal = n->lost_sync = false;
}

void ntty_reset(struct ntty *n)
{
	ntty_flush(n);
	n->column = n->line_column = 0;
}

void ntty_mode_changed(struct ntty *n, const struct ktermios *old, const struct ktermios *t)
{
	if (!((old->c_lflag ^ t->c_lflag) & ICANON))
		return;
	/* What was typed so far counts as a line. */
	if (n->head != n->canon && t->c_lflag & ICANON)
		set_end(n, n->head - 1, true);
	n->canon = n->head;
	n->literal = false;
}

/* The column after a byte has been shown. */
static void advance(struct ntty *n, const struct ktermios *t, uint8_t c)
{
	switch (c) {
	case '\n':
		if (t->c_oflag & ONLRET || (t->c_oflag & (OPOST | ONLCR)) == (OPOST | ONLCR))
			n->column = 0;
		break;
	case '\r':
		n->column = 0;
		break;
	case '\t':
		n->column = (n->column | (TAB_COLUMNS - 1)) + 1;
		break;
	case '\b':
		n->column -= n->column > 0;
		break;
	default:
		if (!is_control(c) && !(t->c_iflag & IUTF8 && is_continuation(c)))
			n->column++;
	}
}

static void show(struct ntty *n, const struct ktermios *t, const struct ntty_sink *sink,
		 const char *text, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		if (text[i] == '\n' && (t->c_oflag & (OPOST | ONLCR)) == (OPOST | ONLCR))
			sink->echo(sink->context, (const uint8_t *)"\r", 1);
		sink->echo(sink->context, (const uint8_t *)text + i, 1);
		advance(n, t, (uint8_t)text[i]);
	}
}

/* Echo of a typed byte: control characters as ^X. */
static void echo(struct ntty *n, const struct ktermios *t, const struct ntty_sink *sink, uint8_t c)
{
	char text[2] = { '^', (char)(c ^ 0x40) };

	if (!(t->c_lflag & ECHO) && !(c == '\n' && t->c_lflag & ECHONL && t->c_lflag & ICANON))
		return;
	if (n->head == n->canon)
		n->line_column = n->column;
	if (is_control(c) && t->c_lflag & ECHOCTL && c != '\n' && c != '\t')
		show(n, t, sink, text, 2);
	else
		show(n, t, sink, (const char *)&c, 1);
}

/* Columns a byte of the line takes when it begins at `column`. */
static uint32_t width(const struct ktermios *t, uint8_t c, uint32_t column)
{
	if (c == '\t')
		return TAB_COLUMNS - column % TAB_COLUMNS;
	if (is_control(c))
		return t->c_lflag & ECHOCTL ? 2 : 0;
	return t->c_iflag & IUTF8 && is_continuation(c) ? 0 : 1;
}

/* Takes the last character of the line being typed away, also from the screen. */
static void erase_one(struct ntty *n, const struct ktermios *t, const struct ntty_sink *sink)
{
	uint32_t column = n->line_column, place, columns;

	do
		n->head--;
	while (n->head != n->canon && t->c_iflag & IUTF8 && is_continuation(*at(n, n->head)));
	if (!(t->c_lflag & ECHO))
		return;
	if (!(t->c_lflag & ECHOE)) {
		echo(n, t, sink, t->c_cc[VERASE]);
		return;
	}
	for (place = n->canon; place != n->head; place++)
		column += width(t, *at(n, place), column);
	columns = width(t, *at(n, n->head), column);
	if (*at(n, n->head) == '\t') {
		while (columns--)
			show(n, t, sink, "\b", 1);
		return;
	}
	while (columns--)
		show(n, t, sink, "\b \b", 3);
}

static void erase_word(struct ntty *n, const struct ktermios *t, const struct ntty_sink *sink)
{
	bool seen = false;

	while (n->head != n->canon) {
		uint8_t last = *at(n, n->head - 1);
		bool word = last != ' ' && last != '\t';

		if (seen && !word)
			break;
		seen = seen || word;
		erase_one(n, t, sink);
	}
}

static void erase_line(struct ntty *n, const struct ktermios *t, const struct ntty_sink *sink)
{
	if (t->c_lflag & ECHOKE && t->c_lflag & ECHOE) {
		while (n->head != n->canon)
			erase_one(n, t, sink);
		return;
	}
	n->head = n->canon;
	echo(n, t, sink, t->c_cc[VKILL]);
	if (t->c_lflag & ECHOK)
		show(n, t, sink, "\n", 1);
}

static void reprint(struct ntty *n, const struct ktermios *t, const struct ntty_sink *sink)
{
	uint32_t place;

	echo(n, t, sink, t->c_cc[VREPRINT]);
	show(n, t, sink, "\n", 1);
	n->line_column = n->column;
	for (place = n->canon; place != n->head; place++)
		echo(n, t, sink, *at(n, place));
}

/* One place stays free for the character that ends a line. */
static void put(struct ntty *n, uint8_t c, bool end)
{
	if (n->head - n->tail >= NTTY_SIZE - (end ? 0 : 1))
		return;
	*at(n, n->head) = c;
	set_end(n, n->head, end);
	n->head++;
	if (end)
		n->canon = n->head;
}

static bool signal_char(struct ntty *n, const struct ktermios *t, uint8_t c,
			const struct ntty_sink *sink)
{
	static const struct {
		unsigned int which;
		enum ntty_signal signal;
	} chars[] = { { VINTR, NTTY_INTR }, { VQUIT, NTTY_QUIT }, { VSUSP, NTTY_SUSP } };
	unsigned int i;

	for (i = 0; i < sizeof(chars) / sizeof(chars[0]); i++) {
		if (!is_char(t, chars[i].which, c))
			continue;
		if (!(t->c_lflag & NOFLSH))
			ntty_flush(n);
		echo(n, t, sink, c);
		sink->signal(sink->context, chars[i].signal);
		return true;
	}
	return false;
}

static bool edit_char(struct ntty *n, const struct ktermios *t, uint8_t c,
		      const struct ntty_sink *sink)
{
	bool extended = t->c_lflag & IEXTEN;

	if (is_char(t, VERASE, c)) {
		if (n->head != n->canon)
			erase_one(n, t, sink);
	} else if (is_char(t, VKILL, c)) {
		erase_line(n, t, sink);
	} else if (extended && is_char(t, VWERASE, c)) {
		erase_word(n, t, sink);
	} else if (extended && is_char(t, VREPRINT, c)) {
		reprint(n, t, sink);
	} else if (c == '\n' || is_char(t, VEOL, c) || (extended && is_char(t, VEOL2, c))) {
		echo(n, t, sink, c);
		put(n, c, true);
	} else if (is_char(t, VEOF, c)) {
		put(n, DISABLED, true);
	} else {
		return false;
	}
	return true;
}

static bool flow_char(const struct ktermios *t, uint8_t c, const struct ntty_sink *sink)
{
	if (!(t->c_iflag & IXON))
		return false;
	if (is_char(t, VSTART, c))
		sink->flow(sink->context, false);
	else if (is_char(t, VSTOP, c))
		sink->flow(sink->context, true);
	else
		return false;
	return true;
}

static void receive_one(struct ntty *n, const struct ktermios *t, uint8_t c,
			const struct ntty_sink *sink)
{
	if (t->c_iflag & ISTRIP)
		c &= 0x7f;
	if (n->literal) {
		n->literal = false;
		echo(n, t, sink, c);
		put(n, c, false);
		return;
	}
	if (flow_char(t, c, sink) || (t->c_lflag & ISIG && signal_char(n, t, c, sink)))
		return;
	if (c == '\r') {
		if (t->c_iflag & IGNCR)
			return;
		if (t->c_iflag & ICRNL)
			c = '\n';
	} else if (c == '\n' && t->c_iflag & INLCR) {
		c = '\r';
	}
	if (t->c_lflag & ICANON) {
		if (t->c_lflag & IEXTEN && is_char(t, VLNEXT, c)) {
			n->literal = true;
			if (t->c_lflag & ECHO && t->c_lflag & ECHOCTL)
				show(n, t, sink, "^\b", 2);
			return;
		}
		if (edit_char(n, t, c, sink))
			return;
		if (n->head - n->tail >= NTTY_SIZE - 1) {
			if (t->c_iflag & IMAXBEL)
				show(n, t, sink, "\a", 1);
			return;
		}
	}
	echo(n, t, sink, c);
	put(n, c, false);
	if (!(t->c_lflag & ICANON))
		n->canon = n->head;
}

void ntty_receive(struct ntty *n, const struct ktermios *t, const uint8_t *bytes, size_t count,
		  const struct ntty_sink *sink)
{
	while (count--)
		receive_one(n, t, *bytes++, sink);
}

size_t ntty_available(const struct ntty *n, const struct ktermios *t)
{
	return (t->c_lflag & ICANON ? n->canon : n->head) - n->tail;
}

bool ntty_readable(const struct ntty *n, const struct ktermios *t)
{
	return ntty_available(n, t) > 0;
}

size_t ntty_read(struct ntty *n, const struct ktermios *t, uint8_t *out, size_t size, bool *end)
{
	size_t got = 0;

	*end = false;
	while (ntty_available(n, t) && !*end) {
		uint8_t c = *at(n, n->tail);

		if (t->c_lflag & ICANON && ends_line(n, n->tail)) {
			if (c == DISABLED) { /* end of file: no byte of its own */
				n->tail++;
				*end = true;
				break;
			}
			if (got == size)
				break;
			*end = true;
		} else if (got == size) {
			break;
		}
		out[got++] = c;
		n->tail++;
	}
	return got;
}

/* The form in which a byte goes out, in text; how many bytes. */
static size_t output_form(struct ntty *n, const struct ktermios *t, uint8_t c,
			  uint8_t text[TAB_COLUMNS])
{
	size_t count = 0;

	if (t->c_oflag & OLCUC && c >= 'a' && c <= 'z')
		c = (uint8_t)(c - 32);
	if (c == '\n' && t->c_oflag & ONLCR)
		text[count++] = '\r';
	if (c == '\r') {
		if (t->c_oflag & ONOCR && !n->column)
			return 0;
		if (t->c_oflag & OCRNL)
			c = '\n';
	}
	if (c == '\t' && (t->c_oflag & TABDLY) == XTABS) {
		uint32_t blanks = TAB_COLUMNS - n->column % TAB_COLUMNS;

		while (blanks--) {
			text[count++] = ' ';
			n->column++;
		}
		return count;
	}
	text[count++] = c;
	advance(n, t, c);
	return count;
}

size_t ntty_output(struct ntty *n, const struct ktermios *t, const uint8_t *in, size_t count,
		   size_t *used, uint8_t *out, size_t size)
{
	uint8_t text[TAB_COLUMNS];
	size_t made = 0, length, i;

	for (*used = 0; *used < count && size - made >= TAB_COLUMNS; (*used)++) {
		if (!(t->c_oflag & OPOST)) {
			out[made++] = in[*used];
			continue;
		}
		length = output_form(n, t, in[*used], text);
		for (i = 0; i < length; i++)
			out[made++] = text[i];
	}
	return made;
}
