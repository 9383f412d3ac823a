/*
 * screen: raw mode, sizes, keys and lines of text. Escape sequences are those that VT100, xterm and
 * Linux's console share.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include "input.h"
#include "screen.h"

#define TAB 8

int screen_rows = 24, screen_columns = 80;
static int terminal = -1;
static struct termios before;

void screen_measure(void)
{
	struct winsize size;

	screen_rows = 24;
	screen_columns = 80;
	if (!ioctl(terminal, TIOCGWINSZ, &size) && size.ws_row > 1 && size.ws_col > 1) {
		screen_rows = size.ws_row;
		screen_columns = size.ws_col;
	}
}

void screen_close(void)
{
	static const char back[] = "\033[m\033[?1049l\033[?25h";

	if (terminal < 0)
		return;
	fd_write(terminal, back, sizeof(back) - 1);
	tcsetattr(terminal, TCSADRAIN, &before);
	terminal = -1;
}

bool screen_open(int fd)
{
	static const char begin[] = "\033[?1049h\033[H\033[2J";
	static bool registered;
	struct termios raw;

	if (tcgetattr(fd, &before))
		return false;
	raw = before;
	raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IXON | ISTRIP);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	if (tcsetattr(fd, TCSADRAIN, &raw))
		return false;
	terminal = fd;
	if (!registered)
		atexit(screen_close);
	registered = true;
	fd_write(fd, begin, sizeof(begin) - 1);
	screen_measure();
	return true;
}

static int byte_next(void)
{
	unsigned char c;
	ssize_t n;

	do
		n = read(terminal, &c, 1);
	while (n < 0 && errno == EINTR);
	return n == 1 ? c : KEY_END_OF_INPUT;
}

static bool waiting(int timeout_ms)
{
	struct pollfd fd = { .fd = terminal, .events = POLLIN };

	return poll(&fd, 1, timeout_ms) > 0;
}

int screen_key(int timeout_ms)
{
	int c;

	if (timeout_ms >= 0 && !waiting(timeout_ms))
		return KEY_OTHER;
	c = byte_next();
	if (c != 27)
		return c;
	return waiting(50) ? key_escape(byte_next) : KEY_ESCAPE;
}

void screen_flush(struct strbuf *out)
{
	fd_write(terminal, strbuf_text(out), out->length);
	strbuf_reset(out);
}

/*
 * The column behind character c that stands in `column`. Middle bytes of UTF-8 characters take
 * none.
 */
static int advance(unsigned char c, int column)
{
	if (c == '\t')
		return (column / TAB + 1) * TAB;
	if (c < 32 || c == 127)
		return column + 2;
	return column + ((c & 0xc0) != 0x80);
}

int screen_column(const char *text, size_t at)
{
	int column = 0;

	for (size_t i = 0; i < at; i++)
		column = advance((unsigned char)text[i], column);
	return column;
}

void screen_line(struct strbuf *out, const char *text, size_t size, int from)
{
	int column = 0, end = from + screen_columns;

	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];
		int next = advance(c, column);

		if (next > end)
			break;
		if (c == '\t') {
			for (int k = column > from ? column : from; k < next; k++)
				strbuf_putc(out, ' ');
		} else if (next > from && column >= from) {
			if (c < 32 || c == 127)
				strbuf_printf(out, "^%c", c ^ 64);
			else
				strbuf_putc(out, c);
		}
		column = next;
	}
	if (column < end)
		strbuf_puts(out, "\033[K");
}
