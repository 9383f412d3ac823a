/* less: show text page by page */
/* more: show text page by page */
/*
 * All of the text is read into memory and cut into lines; long lines can be shifted sideways. Keys
 * come from the terminal of standard error, so that a pipe can be paged. Without a terminal on
 * standard output the text is just copied.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/program.h"
#include "../lib/screen.h"

USAGE("[-NR] [FILE]...   keys: space b arrows g G / ? n N q h");

struct line {
	const char *text;
	size_t size;
};

static struct line *lines;
static int count, top, shift;
static bool numbers;
static char *text;
static const char *name;
static char message[128], wanted[80];

static void lines_find(char *from, size_t size)
{
	char *end = from + size;
	int room = 0;

	count = 0;
	while (from < end) {
		char *newline = memchr(from, '\n', (size_t)(end - from));

		if (count == room)
			lines = memory_resize(lines, (size_t)(room = room ? room * 2 : 256) *
							     sizeof(*lines));
		lines[count++] = (struct line){ from, (size_t)((newline ? newline : end) - from) };
		from = newline ? newline + 1 : end;
	}
}

static int page(void)
{
	return screen_rows - 1;
}

static void clamp(void)
{
	if (top > count - page())
		top = count - page();
	if (top < 0)
		top = 0;
}

static void status_draw(struct strbuf *out)
{
	int last = top + page() < count ? top + page() : count;

	strbuf_puts(out, "\033[7m");
	if (*message)
		strbuf_puts(out, message);
	else if (last >= count)
		strbuf_printf(out, "%s (END)", name);
	else
		strbuf_printf(out, "%s %d-%d/%d %d%%", name, top + 1, last, count,
			      last * 100 / count);
	strbuf_puts(out, "\033[m\033[K");
	*message = '\0';
}

static void draw(void)
{
	struct strbuf out = { 0 };

	screen_measure();
	clamp();
	strbuf_puts(&out, "\033[H");
	for (int i = 0; i < page(); i++) {
		struct strbuf numbered = { 0 };

		if (top + i >= count) {
			strbuf_puts(&out, "~\033[K\r\n");
			continue;
		}
		if (numbers)
			strbuf_printf(&numbered, "%6d ", top + i + 1);
		strbuf_add(&numbered, lines[top + i].text, lines[top + i].size);
		screen_line(&out, strbuf_text(&numbered), numbered.length, shift);
		strbuf_puts(&out, "\r\n");
		strbuf_free(&numbered);
	}
	status_draw(&out);
	screen_flush(&out);
	strbuf_free(&out);
}

/* Ask for a line at the bottom. False: given up. */
static bool ask_line(char mark, char *answer, size_t size)
{
	struct strbuf out = { 0 };
	size_t n = 0;
	int c;

	for (;;) {
		strbuf_printf(&out, "\033[%d;1H\033[K%c%.*s", screen_rows, mark, (int)n, answer);
		screen_flush(&out);
		c = screen_key(-1);
		if (c == '\r' || c == '\n')
			break;
		if (c == KEY_ESCAPE || c == CONTROL('c') || c == KEY_END_OF_INPUT ||
		    ((c == 127 || c == 8) && !n)) {
			strbuf_free(&out);
			return false;
		}
		if (c == 127 || c == 8)
			n--;
		else if (c >= 32 && c < 256 && n + 1 < size)
			answer[n++] = (char)c;
	}
	strbuf_free(&out);
	if (n)
		answer[n] = '\0';
	return true;
}

static bool line_has(const struct line *line, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = 0; i + n <= line->size; i++)
		if (!strncasecmp(line->text + i, what, n))
			return true;
	return false;
}

static void search(int step)
{
	for (int i = top + step; *wanted && i >= 0 && i < count; i += step)
		if (line_has(&lines[i], wanted)) {
			top = i;
			return;
		}
	snprintf(message, sizeof(message), "%s: not found", wanted);
}

/* False: leave this file. */
static bool key_use(int c, int *direction)
{
	switch (c) {
	case 'q':
	case 'Q':
	case CONTROL('c'):
	case KEY_END_OF_INPUT:
		return false;
	case ' ':
	case 'f':
	case CONTROL('f'):
	case KEY_PAGE_DOWN:
		top += page();
		break;
	case 'b':
	case CONTROL('b'):
	case KEY_PAGE_UP:
		top -= page();
		break;
	case 'd':
	case CONTROL('d'):
		top += page() / 2;
		break;
	case 'u':
	case CONTROL('u'):
		top -= page() / 2;
		break;
	case 'j':
	case '\r':
	case '\n':
	case KEY_DOWN:
		top++;
		break;
	case 'k':
	case 'y':
	case KEY_UP:
		top--;
		break;
	case 'g':
	case '<':
	case KEY_HOME:
		top = 0;
		break;
	case 'G':
	case '>':
	case KEY_END:
		top = count;
		break;
	case KEY_LEFT:
		shift = shift > 8 ? shift - 8 : 0;
		break;
	case KEY_RIGHT:
		shift += 8;
		break;
	case '/':
	case '?':
		*direction = c == '/' ? 1 : -1;
		if (ask_line((char)c, wanted, sizeof(wanted)))
			search(*direction);
		break;
	case 'n':
		search(*direction);
		break;
	case 'N':
		search(-*direction);
		break;
	case 'h':
		snprintf(message, sizeof(message),
			 "space/b: page  arrows: line, sideways  g/G: begin/end  / ? n N: search  "
			 "q: quit");
		break;
	}
	return true;
}

static void show(const char *path)
{
	int direction = 1;
	size_t size;

	name = strcmp(path, "-") ? path : "(standard input)";
	text = input_all(path, &size);
	if (!text)
		return;
	lines_find(text, size);
	top = shift = 0;
	do
		draw();
	while (key_use(screen_key(-1), &direction));
	free(text);
}

int main(int argc, char **argv)
{
	static char *input[] = { (char *)"-", NULL };
	int c, fd;

	program_start(argv);
	while ((c = getopt(argc, argv, "eFMNRSX")) != -1) {
		if (c == '?')
			die_usage(1);
		numbers |= c == 'N';
	}
	argv = argv[optind] ? argv + optind : input;
	if (!isatty(1)) {
		for (; *argv; argv++) {
			fd = strcmp(*argv, "-") ? open(*argv, O_RDONLY) : 0;
			if (fd < 0 || fd_copy(fd, 1) < 0)
				warn_errno(*argv);
		}
		return program_status;
	}
	for (; *argv; argv++) {
		/* A pipe is read to its end before the screen is taken over. */
		if (access(*argv, R_OK) && strcmp(*argv, "-")) {
			warn_errno(*argv);
			continue;
		}
		fd = open("/dev/tty", O_RDWR);
		if (!screen_open(fd >= 0 ? fd : 2))
			die_errno(1, "terminal");
		show(*argv);
		screen_close();
		if (fd >= 0)
			close(fd);
	}
	return program_status;
}
