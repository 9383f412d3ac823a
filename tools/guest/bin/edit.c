/* edit: edit text files on the whole screen */
/* vi: edit text files on the whole screen */
/*
 * The text is an array of lines. Every change goes through text_replace(), which replaces a range
 * of one or more lines and records the lines it took away, so that undo is the same operation
 * backwards. There are no modes: keys type or act.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/program.h"
#include "../lib/screen.h"

USAGE("[+LINE] [FILE]   keys: ^S save, ^Q quit, ^F find, ^G next, ^R replace, ^K cut, ^V paste, ^Z "
      "undo, ^L line, ^T help");

struct line {
	char *text;
	size_t size;
};

/* One change: lines [at, at+added) replaced the `count` lines kept here. */
struct change {
	struct change *older;
	size_t at, added, count;
	struct line *lines;
	size_t row, column; /* where the cursor was */
	bool joined;	    /* undone together with the older one */
	bool typing;	    /* a run of typed characters in one line is one change */
};

static struct line *lines;
static size_t count, room;
static size_t row, column; /* cursor: line, byte in it */
static size_t top;	   /* first line shown */
static int shift;	   /* first column shown */
static int goal = -1;	   /* column kept when moving up and down; -1: where the cursor is */
static struct change *changes;
static struct line *cut_lines; /* for ^V */
static size_t cut_count;
static bool cut_before; /* the last key was ^K: cut lines gather */
static bool modified, missing_newline;
static char path[1024];
static char message[160], wanted[80];

/* ---- text ---- */

static struct line line_make(const char *text, size_t size)
{
	return (struct line){ memory_copy_n(text, size), size };
}

/*
 * Replace `removed` lines at `at` by `added` ones, which are taken over. The removed ones become
 * the newest change.
 */
static struct change *text_replace(size_t at, size_t removed, const struct line *added,
				   size_t added_count)
{
	struct change *change = memory_get(sizeof(*change));

	memset(change, 0, sizeof(*change));
	change->at = at;
	change->added = added_count;
	change->count = removed;
	change->row = row;
	change->column = column;
	change->lines = memory_get((removed + 1) * sizeof(*lines));
	memcpy(change->lines, lines + at, removed * sizeof(*lines));
	if (count - removed + added_count > room) {
		room = (count - removed + added_count) * 2;
		lines = memory_resize(lines, room * sizeof(*lines));
	}
	memmove(lines + at + added_count, lines + at + removed,
		(count - at - removed) * sizeof(*lines));
	memcpy(lines + at, added, added_count * sizeof(*lines));
	count += added_count;
	count -= removed;
	change->older = changes;
	changes = change;
	modified = true;
	return change;
}

static void undo(void)
{
	bool more = true;

	if (!changes)
		snprintf(message, sizeof(message), "Nothing to undo");
	while (changes && more) {
		struct change *change = changes;

		for (size_t i = 0; i < change->added; i++)
			free(lines[change->at + i].text);
		if (count - change->added + change->count > room) {
			room = (count - change->added + change->count) * 2;
			lines = memory_resize(lines, room * sizeof(*lines));
		}
		memmove(lines + change->at + change->count, lines + change->at + change->added,
			(count - change->at - change->added) * sizeof(*lines));
		memcpy(lines + change->at, change->lines, change->count * sizeof(*lines));
		count += change->count;
		count -= change->added;
		row = change->row;
		column = change->column;
		more = change->joined;
		changes = change->older;
		free(change->lines);
		free(change);
		modified = true;
	}
}

/* Replace the current line by one with bytes [from, to) exchanged for others. */
static struct change *line_change(size_t from, size_t to, const char *bytes, size_t size)
{
	const struct line *line = &lines[row];
	struct strbuf text = { 0 };
	struct line new;

	strbuf_add(&text, line->text, from);
	strbuf_add(&text, bytes, size);
	strbuf_add(&text, line->text + to, line->size - to);
	new.size = text.length;
	new.text = strbuf_take(&text);
	return text_replace(row, 1, &new, 1);
}

static void type(int c)
{
	struct change *before = changes, *change;
	char byte = (char)c;

	change = line_change(column, column, &byte, 1);
	change->typing = true;
	/* Go on with the change before if it was typing just here. */
	if (before && before->typing && before->at == row && before->added == 1 &&
	    column > before->column && c != ' ') {
		free(change->lines[0].text);
		free(change->lines);
		changes = before;
		free(change);
	}
	column++;
}

static void split_line(void)
{
	const struct line *line = &lines[row];
	size_t indent = 0;
	struct strbuf rest = { 0 };
	struct line two[2];

	while (indent < column && (line->text[indent] == ' ' || line->text[indent] == '\t'))
		indent++;
	strbuf_add(&rest, line->text, indent);
	strbuf_add(&rest, line->text + column, line->size - column);
	two[0] = line_make(line->text, column);
	two[1].size = rest.length;
	two[1].text = strbuf_take(&rest);
	text_replace(row, 1, two, 2);
	row++;
	column = indent;
}

static void join_next(void)
{
	struct strbuf text = { 0 };
	struct line one;

	if (row + 1 >= count)
		return;
	strbuf_add(&text, lines[row].text, lines[row].size);
	strbuf_add(&text, lines[row + 1].text, lines[row + 1].size);
	one.size = text.length;
	one.text = strbuf_take(&text);
	text_replace(row, 2, &one, 1);
}

static bool is_middle(size_t at)
{
	return at < lines[row].size && ((unsigned char)lines[row].text[at] & 0xc0) == 0x80;
}

static void left(void)
{
	if (column) {
		do
			column--;
		while (column && is_middle(column));
	} else if (row) {
		row--;
		column = lines[row].size;
	}
}

static void right(void)
{
	if (column < lines[row].size) {
		do
			column++;
		while (is_middle(column));
	} else if (row + 1 < count) {
		row++;
		column = 0;
	}
}

static void delete_here(void)
{
	size_t end = column;

	if (column == lines[row].size) {
		join_next();
		return;
	}
	do
		end++;
	while (is_middle(end));
	line_change(column, end, "", 0);
}

static void backspace(void)
{
	if (!row && !column)
		return;
	left();
	delete_here();
}

static void word_move(int step)
{
	const char *text = lines[row].text;

	if (step < 0) {
		while (column && !isalnum((unsigned char)text[column - 1]))
			column--;
		while (column && isalnum((unsigned char)text[column - 1]))
			column--;
	} else {
		while (column < lines[row].size && !isalnum((unsigned char)text[column]))
			column++;
		while (column < lines[row].size && isalnum((unsigned char)text[column]))
			column++;
	}
}

static void vertical(long step)
{
	long to = (long)row + step;
	size_t at = 0;

	if (goal < 0)
		goal = screen_column(lines[row].text, column);
	row = to < 0 ? 0 : to >= (long)count ? count - 1 : (size_t)to;
	while (at < lines[row].size && screen_column(lines[row].text, at + 1) <= goal)
		at++;
	column = at;
	while (column && is_middle(column))
		column--;
}

/* ^K: take the line out; several in a row gather. */
static void cut(void)
{
	struct line empty = { NULL, 0 };

	if (!cut_before) {
		while (cut_count)
			free(cut_lines[--cut_count].text);
	}
	cut_lines = memory_resize(cut_lines, (cut_count + 1) * sizeof(*cut_lines));
	cut_lines[cut_count++] = line_make(lines[row].text, lines[row].size);
	if (count == 1) {
		empty = line_make("", 0);
		text_replace(0, 1, &empty, 1);
	} else {
		text_replace(row, 1, NULL, 0);
	}
	if (row >= count)
		row = count - 1;
	column = 0;
	cut_before = true;
}

static void paste(void)
{
	struct line *copies;

	if (!cut_count)
		return;
	copies = memory_get(cut_count * sizeof(*copies));
	for (size_t i = 0; i < cut_count; i++)
		copies[i] = line_make(cut_lines[i].text, cut_lines[i].size);
	text_replace(row, 0, copies, cut_count);
	free(copies);
	row += cut_count;
	if (row >= count)
		row = count - 1;
	column = 0;
}

/* ---- files ---- */

static void text_load(void)
{
	struct stat st;
	size_t size = 0;
	char *text = NULL, *p, *end;

	if (*path && !stat(path, &st)) {
		if (S_ISDIR(st.st_mode))
			die(1, "%s: is a folder", path);
		text = input_all(path, &size);
		if (!text)
			exit(1);
	}
	room = 64;
	lines = memory_get(room * sizeof(*lines));
	end = text ? text + size : NULL;
	for (p = text; p && p < end;) {
		char *newline = memchr(p, '\n', (size_t)(end - p));

		if (count == room)
			lines = memory_resize(lines, (room *= 2) * sizeof(*lines));
		lines[count++] = line_make(p, (size_t)((newline ? newline : end) - p));
		missing_newline = !newline;
		p = newline ? newline + 1 : end;
	}
	if (!count)
		lines[count++] = line_make("", 0);
	free(text);
	if (!text)
		snprintf(message, sizeof(message), "New file");
}

static bool ask_line(const char *question, char *answer, size_t size);

/* Write into a new file beside it, then put it in its place: a full disk loses nothing. */
static bool text_write(void)
{
	struct strbuf temporary = { 0 }, text = { 0 };
	struct stat st;
	int fd;
	bool fine, exists = !stat(path, &st), in_place;

	for (size_t i = 0; i < count; i++) {
		strbuf_add(&text, lines[i].text, lines[i].size);
		if (i + 1 < count || (lines[i].size && !missing_newline))
			strbuf_putc(&text, '\n');
	}
	in_place = exists && (!S_ISREG(st.st_mode) || st.st_nlink > 1);
	strbuf_printf(&temporary, "%s%s", path, in_place ? "" : ".edit~");
	fd = open(strbuf_text(&temporary), O_WRONLY | O_CREAT | O_TRUNC,
		  exists ? st.st_mode & 0777 : 0666);
	if (fd < 0 && !in_place) {
		/* The folder may be closed to us while the file is not. */
		in_place = true;
		strbuf_reset(&temporary);
		strbuf_puts(&temporary, path);
		fd = open(strbuf_text(&temporary), O_WRONLY | O_CREAT | O_TRUNC, 0666);
	}
	fine = fd >= 0 && !fd_write(fd, text.data ? text.data : "", text.length);
	if (fd >= 0 && close(fd))
		fine = false;
	if (fine && !in_place) {
		if (exists && (chmod(temporary.data, st.st_mode & 07777) ||
			       chown(temporary.data, st.st_uid, st.st_gid)))
			errno = 0;
		fine = !rename(temporary.data, path);
	}
	if (fine)
		snprintf(message, sizeof(message), "Saved %zu lines, %zu bytes", count,
			 text.length);
	else
		snprintf(message, sizeof(message), "NOT saved: %.100s", strerror(errno));
	strbuf_free(&temporary);
	strbuf_free(&text);
	return fine;
}

static bool save(void)
{
	if (!*path && (!ask_line("Save as: ", path, sizeof(path)) || !*path))
		return false;
	if (!text_write())
		return false;
	modified = false;
	return true;
}

/* ---- screen ---- */

static void scroll(void)
{
	size_t height = (size_t)screen_rows - 2;
	int at = screen_column(lines[row].text, column);

	if (row < top)
		top = row;
	if (row >= top + height)
		top = row - height + 1;
	if (at < shift)
		shift = at > 8 ? at - 8 : 0;
	if (at >= shift + screen_columns)
		shift = at - screen_columns + 9;
}

static void draw(void)
{
	struct strbuf out = { 0 }, title = { 0 };

	screen_measure();
	scroll();
	strbuf_puts(&out, "\033[?25l\033[H\033[7m");
	strbuf_printf(&title, " %s%s  line %zu of %zu, column %d", *path ? path : "(no name)",
		      modified ? " *" : "", row + 1, count,
		      screen_column(lines[row].text, column) + 1);
	screen_line(&out, strbuf_text(&title), title.length, 0);
	strbuf_puts(&out, "\033[m\r\n");
	for (size_t i = top; i < top + (size_t)screen_rows - 2; i++) {
		if (i < count)
			screen_line(&out, lines[i].text, lines[i].size, shift);
		else
			strbuf_puts(&out, "~\033[K");
		strbuf_puts(&out, "\r\n");
	}
	if (!*message)
		snprintf(message, sizeof(message),
			 "^S save  ^Q quit  ^F find  ^R replace  ^K cut  ^V paste  ^Z undo  ^T "
			 "help");
	screen_line(&out, message, strlen(message), 0);
	*message = '\0';
	strbuf_printf(&out, "\033[%zu;%dH\033[?25h", row - top + 2,
		      screen_column(lines[row].text, column) - shift + 1);
	screen_flush(&out);
	strbuf_free(&out);
	strbuf_free(&title);
}

/* A line of input at the bottom, beginning with what is in `answer`. False: Escape. */
static bool ask_line(const char *question, char *answer, size_t size)
{
	struct strbuf out = { 0 };
	size_t n = strlen(answer);
	int c;

	for (;;) {
		strbuf_printf(&out, "\033[%d;1H\033[K%s%s", screen_rows, question, answer);
		screen_flush(&out);
		c = screen_key(-1);
		if (c == '\r' || c == '\n')
			break;
		if (c == KEY_ESCAPE || c == CONTROL('c') || c == CONTROL('q') ||
		    c == KEY_END_OF_INPUT)
			break;
		if ((c == 127 || c == 8) && n)
			answer[--n] = '\0';
		else if (c == CONTROL('u'))
			answer[n = 0] = '\0';
		else if (c >= 32 && c < 256 && n + 1 < size) {
			answer[n++] = (char)c;
			answer[n] = '\0';
		}
	}
	strbuf_free(&out);
	return c == '\r' || c == '\n';
}

/* One of the letters, in small; 0 for Escape. */
static int ask_letter(const char *question, const char *letters)
{
	struct strbuf out = { 0 };
	int c;

	strbuf_printf(&out, "\033[%d;1H\033[K%s", screen_rows, question);
	screen_flush(&out);
	do
		c = screen_key(-1);
	while (c != KEY_ESCAPE && c != CONTROL('c') && c != KEY_END_OF_INPUT &&
	       (c < 0 || c > 127 || !strchr(letters, tolower(c))));
	strbuf_free(&out);
	return c > 0 && c < 128 && c != CONTROL('c') ? tolower(c) : 0;
}

/* ---- search ---- */

static const char *line_find(const struct line *line, size_t from, const char *what)
{
	return from <= line->size ? strstr(line->text + from, what) : NULL;
}

/* The next place from (row, column) on, round the end. */
static bool find(bool skip_here)
{
	for (size_t i = 0; i <= count; i++) {
		size_t at = (row + i) % count;
		const char *found = line_find(&lines[at], i ? 0 : column + skip_here, wanted);

		if (found) {
			row = at;
			column = (size_t)(found - lines[at].text);
			return true;
		}
	}
	snprintf(message, sizeof(message), "%s: not found", wanted);
	return false;
}

static void replace(void)
{
	static char by[80];
	size_t replaced = 0, first_row = row, first_column = column;
	bool all = false, wrapped = false;

	if (!ask_line("Replace: ", wanted, sizeof(wanted)) || !*wanted ||
	    !ask_line("by: ", by, sizeof(by)))
		return;
	for (;;) {
		size_t from_row = row, from_column = column;
		struct change *change;
		int c = 'y';

		if (!find(false))
			break;
		wrapped |= row < from_row || (row == from_row && column < from_column);
		if (wrapped && (row > first_row || (row == first_row && column >= first_column)))
			break;
		if (!all) {
			draw();
			c = ask_letter("Replace this? y yes, n no, a all, q stop", "ynaq");
		}
		if (!c || c == 'q')
			break;
		all |= c == 'a';
		if (c == 'n') {
			column++;
			continue;
		}
		change = line_change(column, column + strlen(wanted), by, strlen(by));
		change->joined = replaced > 0 && all;
		column += strlen(by);
		replaced++;
	}
	snprintf(message, sizeof(message), "%zu replaced", replaced);
}

static void go_to_line(void)
{
	char text[16] = "";
	long n;

	if (!ask_line("Line: ", text, sizeof(text)))
		return;
	n = atol(text);
	row = n < 1 ? 0 : (size_t)n > count ? count - 1 : (size_t)n - 1;
	column = 0;
}

static void help(void)
{
	static const char text[] =
		"\033[H\033[2JKeys\r\n\r\n"
		"  arrows, Home, End, Page Up, Page Down, Control-arrows   move\r\n"
		"  ^S  save                    ^Q  quit (asks if there are changes)\r\n"
		"  ^W  save under another name\r\n"
		"  ^F  find                    ^G  find the next\r\n"
		"  ^R  replace                 ^L  go to a line\r\n"
		"  ^K  cut the line (several in a row gather)\r\n"
		"  ^V  paste them above        ^Z  undo\r\n"
		"  ^A  begin of the line       ^E  end of the line\r\n"
		"  ^D  delete                  ^U  delete to the begin of the line\r\n"
		"  Escape gives up a question\r\n\r\n"
		"Any key goes back to the text.";
	struct strbuf out = { 0 };

	strbuf_puts(&out, text);
	screen_flush(&out);
	strbuf_free(&out);
	screen_key(-1);
}

/* True: leave. */
static bool quit(void)
{
	int c;

	if (!modified)
		return true;
	c = ask_letter("Save the changes? y yes, n no, Escape: go back", "yn");
	return c == 'n' || (c == 'y' && save());
}

static void save_as(void)
{
	char other[sizeof(path)];

	memcpy(other, path, sizeof(path));
	if (!ask_line("Save as: ", other, sizeof(other)) || !*other)
		return;
	memcpy(path, other, sizeof(path));
	save();
}

static bool key_use(int c)
{
	bool vertical_key = c == KEY_UP || c == KEY_DOWN || c == KEY_PAGE_UP || c == KEY_PAGE_DOWN;

	if (!vertical_key)
		goal = -1;
	if (c != CONTROL('k'))
		cut_before = false;
	switch (c) {
	case CONTROL('q'):
	case CONTROL('x'):
		return !quit();
	case KEY_END_OF_INPUT:
		return false;
	case CONTROL('s'):
		save();
		break;
	case CONTROL('w'):
		save_as();
		break;
	case CONTROL('f'):
		if (ask_line("Find: ", wanted, sizeof(wanted)) && *wanted)
			find(true);
		break;
	case CONTROL('g'):
		if (*wanted)
			find(true);
		break;
	case CONTROL('r'):
		replace();
		break;
	case CONTROL('l'):
		go_to_line();
		break;
	case CONTROL('k'):
		cut();
		break;
	case CONTROL('v'):
		paste();
		break;
	case CONTROL('z'):
		undo();
		break;
	case CONTROL('t'):
		help();
		break;
	case CONTROL('a'):
	case KEY_HOME:
		column = 0;
		break;
	case CONTROL('e'):
	case KEY_END:
		column = lines[row].size;
		break;
	case CONTROL('u'):
		line_change(0, column, "", 0);
		column = 0;
		break;
	case KEY_LEFT:
		left();
		break;
	case KEY_RIGHT:
		right();
		break;
	case KEY_UP:
		vertical(-1);
		break;
	case KEY_DOWN:
		vertical(1);
		break;
	case KEY_PAGE_UP:
		vertical(-(screen_rows - 3));
		break;
	case KEY_PAGE_DOWN:
		vertical(screen_rows - 3);
		break;
	case KEY_WORD_LEFT:
		word_move(-1);
		break;
	case KEY_WORD_RIGHT:
		word_move(1);
		break;
	case CONTROL('d'):
	case KEY_DELETE:
		delete_here();
		break;
	case CONTROL('h'):
	case 127:
		backspace();
		break;
	case '\r':
	case '\n':
		split_line();
		break;
	default:
		if (c == '\t' || (c >= 32 && c < 256))
			type(c);
	}
	return true;
}

int main(int argc, char **argv)
{
	long line = 0;

	program_start(argv);
	argv++;
	if (*argv && **argv == '+')
		line = atol(*argv++ + 1);
	if (*argv && argv[1])
		die_usage(1);
	if (*argv && strlen(*argv) >= sizeof(path))
		die(1, "%s: the name is too long", *argv);
	if (*argv)
		strcpy(path, *argv);
	text_load();
	if (line > 0)
		row = (size_t)line > count ? count - 1 : (size_t)line - 1;
	if (!isatty(1) || !screen_open(0))
		die(1, "needs a terminal");
	do
		draw();
	while (key_use(screen_key(-1)));
	screen_close();
	return program_status;
}
