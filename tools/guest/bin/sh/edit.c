/*
 * edit: reading a line from a terminal, with editing, history, search and completion.
 *
 * The terminal is in raw mode only while a line is read. After each key the part of the screen that
 * the line occupies is drawn again in one write; `row` remembers on which screen line of it the
 * cursor was left. UTF-8 characters count as one column. Keys: arrows, Home, End, Delete, ^A ^B ^C
 * ^D ^E ^F ^H ^K ^L ^N ^P ^R ^T ^U ^W ^Y Tab, Alt-b Alt-f Alt-d.
 */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>
#include "../../lib/keys.h"
#include "sh.h"

struct editor {
	const char *prompt;
	struct strbuf text;
	size_t cursor;	     /* byte in text */
	int row;	     /* of the cursor, from the first line of the prompt */
	int columns;	     /* of the terminal */
	int back;	     /* history line shown; 0: the one being typed */
	struct strbuf typed; /* that one, while another is shown */
	bool tab_before;     /* the key before was a Tab that changed nothing */
	int pushed;	     /* key to be taken next; 0: none */
};

static struct strbuf killed; /* for ^Y */

/* ---- keys ---- */

static int byte_read(void)
{
	unsigned char c;

	for (;;) {
		ssize_t n = read(0, &c, 1);

		if (n == 1)
			return c;
		if (n == 0)
			return KEY_END_OF_INPUT;
		if (errno != EINTR)
			return KEY_END_OF_INPUT;
		if (trap_pending()) {
			trap_run_pending();
			if (sh.unwind)
				return KEY_INTERRUPT;
		}
	}
}

static int key_read(struct editor *e)
{
	int c = e->pushed;

	e->pushed = 0;
	if (!c)
		c = byte_read();
	return c == 27 ? key_escape(byte_read) : c;
}

/* ---- drawing ---- */

static bool is_middle(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80; /* of a UTF-8 character */
}

/* Columns of text; escape sequences of colours take none. */
static int width(const char *text, size_t size)
{
	int columns = 0;

	for (size_t i = 0; i < size; i++) {
		if (text[i] == 27) {
			while (i + 1 < size && !strchr("mKhlHJ", text[i]))
				i++;
			continue;
		}
		columns += !is_middle(text[i]);
	}
	return columns;
}

static const char *last_line(const char *prompt)
{
	const char *newline = strrchr(prompt, '\n');

	return newline ? newline + 1 : prompt;
}

static void draw(struct editor *e)
{
	struct strbuf out = { 0 };
	const char *prompt = last_line(e->prompt);
	int start = width(prompt, strlen(prompt));
	int end = start + width(e->text.data, e->text.length);
	int here = start + width(e->text.data, e->cursor);
	int up = end / e->columns - here / e->columns;

	if (e->row)
		strbuf_printf(&out, "\033[%dA", e->row);
	strbuf_printf(&out, "\r%s", prompt);
	strbuf_add(&out, e->text.data, e->text.length);
	/* At the right margin the terminal waits; make it go to the next line. */
	if (end && end % e->columns == 0)
		strbuf_puts(&out, "\n\r");
	strbuf_puts(&out, "\033[J");
	if (up)
		strbuf_printf(&out, "\033[%dA", up);
	strbuf_putc(&out, '\r');
	if (here % e->columns)
		strbuf_printf(&out, "\033[%dC", here % e->columns);
	write_all(2, out.data, out.length);
	strbuf_free(&out);
	e->row = here / e->columns;
}

/* Typing at the end of a short line needs no drawing again. */
static void draw_typed(struct editor *e, int c)
{
	const char *prompt = last_line(e->prompt);
	int end = width(prompt, strlen(prompt)) + width(e->text.data, e->text.length);
	char byte = (char)c;

	if (e->cursor == e->text.length && end % e->columns && end / e->columns == e->row)
		write_all(2, &byte, 1);
	else
		draw(e);
}

static void columns_find(struct editor *e)
{
	struct winsize size;

	e->columns = 80;
	if (!ioctl(2, TIOCGWINSZ, &size) && size.ws_col > 1)
		e->columns = size.ws_col;
}

static void cursor_to_end(struct editor *e)
{
	if (e->cursor != e->text.length) {
		e->cursor = e->text.length;
		draw(e);
	}
}

static void finish_line(struct editor *e)
{
	cursor_to_end(e);
	write_all(2, "\r\n", 2);
	e->row = 0;
}

/* ---- changing the text ---- */

static void insert(struct editor *e, const char *bytes, size_t size)
{
	strbuf_add(&e->text, bytes, size);
	memmove(e->text.data + e->cursor + size, e->text.data + e->cursor,
		e->text.length - size - e->cursor);
	memcpy(e->text.data + e->cursor, bytes, size);
	e->cursor += size;
}

static void erase(struct editor *e, size_t from, size_t to)
{
	memmove(e->text.data + from, e->text.data + to, e->text.length - to);
	e->text.length -= to - from;
	e->cursor = from;
}

static void kill_text(struct editor *e, size_t from, size_t to)
{
	if (from >= to)
		return;
	strbuf_reset(&killed);
	strbuf_add(&killed, e->text.data + from, to - from);
	erase(e, from, to);
}

static size_t left_of(const struct editor *e, size_t at)
{
	while (at > 0 && is_middle(e->text.data[--at]))
		;
	return at;
}

static size_t right_of(const struct editor *e, size_t at)
{
	if (at < e->text.length)
		at++;
	while (at < e->text.length && is_middle(e->text.data[at]))
		at++;
	return at;
}

static bool is_word(char c)
{
	return c != ' ' && c != '\t' && c != '/' && c != ';' && c != '|';
}

static size_t word_left(const struct editor *e)
{
	size_t at = e->cursor;

	while (at && !is_word(e->text.data[at - 1]))
		at--;
	while (at && is_word(e->text.data[at - 1]))
		at--;
	return at;
}

static size_t word_right(const struct editor *e)
{
	size_t at = e->cursor;

	while (at < e->text.length && !is_word(e->text.data[at]))
		at++;
	while (at < e->text.length && is_word(e->text.data[at]))
		at++;
	return at;
}

/* ^W: back to the blank before. */
static size_t blank_left(const struct editor *e)
{
	size_t at = e->cursor;

	while (at && e->text.data[at - 1] == ' ')
		at--;
	while (at && e->text.data[at - 1] != ' ')
		at--;
	return at;
}

static void transpose(struct editor *e)
{
	char *t = e->text.data;
	size_t at = e->cursor == e->text.length && e->cursor ? e->cursor - 1 : e->cursor;
	char c;

	if (!at || e->text.length < 2)
		return;
	c = t[at];
	t[at] = t[at - 1];
	t[at - 1] = c;
	e->cursor = at + 1;
}

static void text_set(struct editor *e, const char *text)
{
	strbuf_reset(&e->text);
	strbuf_puts(&e->text, text);
	e->cursor = e->text.length;
}

static void history_move(struct editor *e, int step)
{
	int back = e->back + step;

	if (back < 0 || back > history_count())
		return;
	if (!e->back) {
		strbuf_reset(&e->typed);
		strbuf_add(&e->typed, e->text.data, e->text.length);
	}
	e->back = back;
	text_set(e, back ? history_get(back) : strbuf_text(&e->typed));
}

/* ---- ^R ---- */

static int history_find(const char *what, int from)
{
	for (int back = from; back <= history_count(); back++)
		if (strstr(history_get(back), what))
			return back;
	return 0;
}

static void search_draw(struct editor *e, const char *what, bool found)
{
	struct strbuf prompt = { 0 };
	const char *kept = e->prompt;

	strbuf_printf(&prompt, "(%ssearch)`%s': ", found ? "" : "failed ", what);
	e->prompt = strbuf_text(&prompt);
	draw(e);
	e->prompt = kept;
	strbuf_free(&prompt);
}

static void search(struct editor *e)
{
	struct strbuf what = { 0 };
	int back = 0, c;
	bool found = true;

	for (;;) {
		int next;

		search_draw(e, strbuf_text(&what), found);
		c = key_read(e);
		if (c == CONTROL('r'))
			next = history_find(strbuf_text(&what), back + 1);
		else if (c == 127 || c == CONTROL('h'))
			what.length -= what.length > 0, next = history_find(strbuf_text(&what), 1);
		else if (c >= 32 && c < 256)
			strbuf_putc(&what, c),
				next = history_find(strbuf_text(&what), back ? back : 1);
		else
			break;
		found = next != 0 || !what.length;
		if (next) {
			back = next;
			text_set(e, history_get(back));
		}
	}
	strbuf_free(&what);
	if (c == CONTROL('g'))
		text_set(e, "");
	else
		e->pushed = c;
}

/* ---- Tab ---- */

static size_t common_prefix(const struct strlist *list)
{
	size_t n = strlen(list->items[0]);

	for (int i = 1; i < list->count; i++) {
		size_t k = 0;

		while (k < n && list->items[i][k] == list->items[0][k])
			k++;
		n = k;
	}
	return n;
}

static void choices_print(struct editor *e, const struct strlist *list)
{
	struct strbuf out = { 0 };
	int longest = 0, per_line, lines;

	for (int i = 0; i < list->count; i++) {
		int n = width(list->items[i], strlen(list->items[i]));

		longest = n > longest ? n : longest;
	}
	per_line = e->columns / (longest + 2);
	per_line = per_line ? per_line : 1;
	lines = (list->count + per_line - 1) / per_line;
	for (int line = 0; line < lines; line++) {
		for (int i = line; i < list->count; i += lines)
			strbuf_printf(&out, "%-*s", i + lines < list->count ? longest + 2 : 0,
				      list->items[i]);
		strbuf_puts(&out, "\r\n");
	}
	finish_line(e);
	write_all(2, out.data, out.length);
	strbuf_free(&out);
}

static void tab(struct editor *e)
{
	struct arena_mark mark = arena_mark(&sh.scratch);
	struct strlist list = { 0 };
	size_t start, common, cursor = e->cursor;

	complete(strbuf_text(&e->text), cursor, &start, &list);
	if (list.count) {
		common = common_prefix(&list);
		if (common > cursor - start || list.count == 1) {
			erase(e, start, cursor);
			insert(e, list.items[0], common);
			if (list.count == 1 && common && list.items[0][common - 1] != '/')
				insert(e, " ", 1);
			e->tab_before = list.count > 1;
		} else if (e->tab_before) {
			choices_print(e, &list);
			e->cursor = cursor;
		} else {
			e->tab_before = true;
			write_all(2, "\a", 1);
		}
	} else {
		write_all(2, "\a", 1);
	}
	arena_release(&sh.scratch, mark);
}

/* ---- the loop ---- */

/* What a key does to the line. */
static void key_edit(struct editor *e, int c)
{
	char byte = (char)c;

	switch (c) {
	case CONTROL('a'):
	case KEY_HOME:
		e->cursor = 0;
		break;
	case CONTROL('e'):
	case KEY_END:
		e->cursor = e->text.length;
		break;
	case CONTROL('b'):
	case KEY_LEFT:
		e->cursor = left_of(e, e->cursor);
		break;
	case CONTROL('f'):
	case KEY_RIGHT:
		e->cursor = right_of(e, e->cursor);
		break;
	case CONTROL('p'):
	case KEY_UP:
		history_move(e, 1);
		break;
	case CONTROL('n'):
	case KEY_DOWN:
		history_move(e, -1);
		break;
	case CONTROL('h'):
	case 127:
		erase(e, left_of(e, e->cursor), e->cursor);
		break;
	case CONTROL('d'):
	case KEY_DELETE:
		erase(e, e->cursor, right_of(e, e->cursor));
		break;
	case CONTROL('k'):
		kill_text(e, e->cursor, e->text.length);
		break;
	case CONTROL('u'):
		kill_text(e, 0, e->cursor);
		break;
	case CONTROL('w'):
		kill_text(e, blank_left(e), e->cursor);
		break;
	case CONTROL('y'):
		insert(e, strbuf_text(&killed), killed.length);
		break;
	case CONTROL('t'):
		transpose(e);
		break;
	case CONTROL('r'):
		search(e);
		break;
	case CONTROL('l'):
		write_all(2, "\033[H\033[2J", 7);
		e->row = 0;
		break;
	case KEY_WORD_LEFT:
		e->cursor = word_left(e);
		break;
	case KEY_WORD_RIGHT:
		e->cursor = word_right(e);
		break;
	case KEY_WORD_DELETE:
		kill_text(e, e->cursor, word_right(e));
		break;
	case '\t':
		tab(e);
		break;
	default:
		if (c < 32 || c > 255)
			return;
		insert(e, &byte, 1);
		draw_typed(e, c);
		return;
	}
	draw(e);
}

/*
 * Edit until the line is complete. False: end of input, or ^C (sh.unwind is not set, *interrupted
 * is).
 */
static bool edit_loop(struct editor *e, bool *stopped)
{
	for (;;) {
		int c = key_read(e);

		if (c != '\t')
			e->tab_before = false;
		if (c == '\r' || c == '\n') {
			cursor_to_end(e);
			return true;
		}
		if (c == CONTROL('c') || c == KEY_INTERRUPT) {
			*stopped = true;
			write_all(2, "^C\r\n", 4);
			return false;
		}
		if (c == KEY_END_OF_INPUT || (c == CONTROL('d') && !e->text.length)) {
			write_all(2, "\r\n", 2);
			return false;
		}
		key_edit(e, c);
	}
}

static bool edit_raw(const char *prompt, struct strbuf *line, bool *stopped)
{
	struct editor e = { .prompt = prompt };
	struct termios old, raw;
	bool fine;

	if (tcgetattr(0, &old) < 0)
		return false;
	raw = old;
	raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IXON | ISTRIP);
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(0, TCSADRAIN, &raw);
	columns_find(&e);
	strbuf_text(&e.text);
	write_all(2, prompt, strlen(prompt));
	fine = edit_loop(&e, stopped);
	tcsetattr(0, TCSADRAIN, &old);
	if (fine) {
		/* only now: who sees the new line may type ^C and mean the command */
		write_all(2, "\r\n", 2);
		strbuf_add(line, e.text.data, e.text.length);
		history_add(strbuf_text(line));
		strbuf_putc(line, '\n');
	}
	strbuf_free(&e.text);
	strbuf_free(&e.typed);
	return fine;
}

/* Without a terminal (sh -i < file): the prompt and plain reading. */
static bool read_plain(const char *prompt, struct strbuf *line)
{
	int c;

	write_all(2, prompt, strlen(prompt));
	while ((c = byte_read()) >= 0) {
		strbuf_putc(line, c);
		if (c == '\n')
			break;
	}
	return line->length > 0;
}

/* ---- the prompt ---- */

static void folder_shown(struct strbuf *out, bool last)
{
	const char *pwd = var_get_or("PWD", "?"), *home = var_get_or("HOME", "");
	size_t n = strlen(home);
	const char *slash = strrchr(pwd, '/');

	if (n > 1 && !strncmp(pwd, home, n) && (!pwd[n] || pwd[n] == '/')) {
		strbuf_putc(out, '~');
		pwd += n;
	}
	strbuf_puts(out, last && slash && slash[1] && *pwd ? slash + 1 : pwd);
}

static void host_shown(struct strbuf *out)
{
	struct utsname system;

	if (!uname(&system))
		strbuf_add(out, system.nodename, strcspn(system.nodename, "."));
}

/* \w \W \u \h \$ \n \e \[ \] in a prompt. */
static void prompt_escapes(const char *text, struct strbuf *out)
{
	for (; *text; text++) {
		if (*text != '\\' || !text[1]) {
			strbuf_putc(out, *text);
			continue;
		}
		switch (*++text) {
		case 'w':
		case 'W':
			folder_shown(out, *text == 'W');
			break;
		case 'u':
			strbuf_puts(out, var_get_or("USER", geteuid() ? "user" : "root"));
			break;
		case 'h':
			host_shown(out);
			break;
		case '$':
			strbuf_puts(out, geteuid() ? "\\$" : "#");
			break;
		case 'n':
			strbuf_putc(out, '\n');
			break;
		case 'e':
			strbuf_putc(out, 27);
			break;
		case '[':
		case ']':
			break;
		default:
			strbuf_putc(out, '\\');
			strbuf_putc(out, *text);
		}
	}
}

/* A prompt variable with escapes and parameters expanded, in sh.scratch. */
static const char *prompt_text(const char *name)
{
	struct strbuf text = { 0 };
	struct source none;
	struct parser p;
	struct arena *arena = arena_new();
	const struct part *parts;
	const char *result;
	int status = sh.status;

	prompt_escapes(var_get_or(name, ""), &text);
	source_string(&none, "", 0);
	parser_start(&p, &none, arena);
	p.quiet = true;
	parts = text_parts(&p, strbuf_text(&text), text.length);
	result = p.failed ? arena_copy(&sh.scratch, text.data, text.length)
			  : expand_parts(parts, EXPAND_PROMPT);
	parser_finish(&p);
	arena_drop(arena);
	strbuf_free(&text);
	sh.status = status;
	return result;
}

bool terminal_refill(struct source *source, bool continuation)
{
	struct arena_mark mark = arena_mark(&sh.scratch);
	const char *prompt = prompt_text(continuation ? "PS2" : "PS1");
	bool stopped = false, fine;

	strbuf_reset(&source->buffer);
	fine = isatty(0) ? edit_raw(prompt, &source->buffer, &stopped)
			 : read_plain(prompt, &source->buffer);
	arena_release(&sh.scratch, mark);
	if (sh.unwind == UNWIND_ABORT)
		sh.unwind = UNWIND_NONE;
	if (stopped) {
		/* Give the reader an empty line, and tell it to drop what it has. */
		source->interrupted = true;
		strbuf_reset(&source->buffer);
		strbuf_putc(&source->buffer, '\n');
		fine = true;
	}
	source->at = strbuf_text(&source->buffer);
	source->end = source->at + source->buffer.length;
	return fine;
}
