/* stty: show or set how the terminal works */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include "../lib/program.h"

USAGE("[-F DEVICE] [-a | -g | SETTING...]   SETTING: [-]FLAG, CHARACTER ^X, SPEED, rows N, cols N, "
      "size, raw, cooked, sane");

enum { INPUT, OUTPUT, CONTROL, LOCAL };

static const struct flag {
	const char *name;
	int word;
	tcflag_t bits;
	bool sane; /* set in `sane` */
} flags[] = {
	{ "parenb", CONTROL, PARENB, false }, { "parodd", CONTROL, PARODD, false },
	{ "cstopb", CONTROL, CSTOPB, false }, { "cread", CONTROL, CREAD, true },
	{ "hupcl", CONTROL, HUPCL, false },   { "clocal", CONTROL, CLOCAL, false },
	{ "ignbrk", INPUT, IGNBRK, false },   { "brkint", INPUT, BRKINT, true },
	{ "inpck", INPUT, INPCK, false },     { "istrip", INPUT, ISTRIP, false },
	{ "inlcr", INPUT, INLCR, false },     { "igncr", INPUT, IGNCR, false },
	{ "icrnl", INPUT, ICRNL, true },      { "ixon", INPUT, IXON, true },
	{ "ixoff", INPUT, IXOFF, false },     { "opost", OUTPUT, OPOST, true },
	{ "onlcr", OUTPUT, ONLCR, true },     { "ocrnl", OUTPUT, OCRNL, false },
	{ "isig", LOCAL, ISIG, true },	      { "icanon", LOCAL, ICANON, true },
	{ "iexten", LOCAL, IEXTEN, true },    { "echo", LOCAL, ECHO, true },
	{ "echoe", LOCAL, ECHOE, true },      { "echok", LOCAL, ECHOK, true },
	{ "echonl", LOCAL, ECHONL, false },   { "noflsh", LOCAL, NOFLSH, false },
	{ "tostop", LOCAL, TOSTOP, false },   { "echoctl", LOCAL, ECHOCTL, true },
	{ "echoke", LOCAL, ECHOKE, true },
};

static const struct {
	const char *name;
	int index;
	unsigned char sane;
} characters[] = {
	{ "intr", VINTR, 3 },	   { "quit", VQUIT, 28 }, { "erase", VERASE, 127 },
	{ "kill", VKILL, 21 },	   { "eof", VEOF, 4 },	  { "start", VSTART, 17 },
	{ "stop", VSTOP, 19 },	   { "susp", VSUSP, 26 }, { "lnext", VLNEXT, 22 },
	{ "werase", VWERASE, 23 },
};

static const struct {
	unsigned long rate;
	speed_t code;
} speeds[] = {
	{ 300, B300 },	   { 1200, B1200 },   { 2400, B2400 },
	{ 4800, B4800 },   { 9600, B9600 },   { 19200, B19200 },
	{ 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct termios t;
static struct winsize size;
static bool changed;

static tcflag_t *word(int which)
{
	return which == INPUT	  ? &t.c_iflag
	       : which == OUTPUT  ? &t.c_oflag
	       : which == CONTROL ? &t.c_cflag
				  : &t.c_lflag;
}

static unsigned long speed_now(void)
{
	for (size_t i = 0; i < COUNT(speeds); i++)
		if (speeds[i].code == cfgetospeed(&t))
			return speeds[i].rate;
	return 0;
}

static void show(bool all)
{
	printf("speed %lu baud;", speed_now());
	if (all)
		printf(" rows %u; columns %u;", size.ws_row, size.ws_col);
	for (size_t i = 0; all && i < COUNT(characters); i++) {
		unsigned char c = t.c_cc[characters[i].index];

		printf("%s%s = ", i % 6 ? " " : "\n", characters[i].name);
		if (!c)
			printf("<undef>;");
		else if (c == 127)
			printf("^?;");
		else
			printf(c < 32 ? "^%c;" : "%c;", c < 32 ? c + 64 : c);
	}
	putchar('\n');
	for (size_t i = 0, n = 0; i < COUNT(flags); i++) {
		bool on = *word(flags[i].word) & flags[i].bits;

		if (all || on != flags[i].sane)
			printf("%s%s%s",
			       n++ % 9 ? " "
			       : n > 1 ? "\n"
				       : "",
			       on ? "" : "-", flags[i].name);
		if (i + 1 == COUNT(flags) && n)
			putchar('\n');
	}
}

static void sane(void)
{
	for (size_t i = 0; i < COUNT(flags); i++) {
		if (flags[i].word == CONTROL && strcmp(flags[i].name, "cread"))
			continue;
		*word(flags[i].word) &= ~flags[i].bits;
		*word(flags[i].word) |= flags[i].sane ? flags[i].bits : 0;
	}
	for (size_t i = 0; i < COUNT(characters); i++)
		t.c_cc[characters[i].index] = characters[i].sane;
}

static void raw(bool on)
{
	if (on) {
		t.c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL |
					 IXON);
		t.c_oflag &= ~(tcflag_t)OPOST;
		t.c_lflag &= ~(tcflag_t)(ICANON | ISIG);
		t.c_cc[VMIN] = 1;
		t.c_cc[VTIME] = 0;
	} else {
		t.c_iflag |= BRKINT | ICRNL | IXON;
		t.c_oflag |= OPOST;
		t.c_lflag |= ICANON | ISIG;
	}
}

static unsigned char character(const char *text)
{
	if (!strcmp(text, "undef") || !strcmp(text, "^-"))
		return 0;
	if (text[0] == '^' && text[1])
		return text[1] == '?' ? 127 : (unsigned char)(text[1] & 31);
	return (unsigned char)*text;
}

/* The state as one word of numbers, for `stty "$(stty -g)"`. */
static void save(void)
{
	printf("%lx:%lx:%lx:%lx", (unsigned long)t.c_iflag, (unsigned long)t.c_oflag,
	       (unsigned long)t.c_cflag, (unsigned long)t.c_lflag);
	for (int i = 0; i < NCCS; i++)
		printf(":%x", t.c_cc[i]);
	putchar('\n');
}

static bool restore(const char *text)
{
	unsigned long values[4 + NCCS];
	char *end = (char *)text;

	for (int i = 0; i < 4 + NCCS; i++) {
		values[i] = strtoul(text, &end, 16);
		if (end == text || (*end && *end != ':'))
			return false;
		text = *end ? end + 1 : end;
	}
	if (*end)
		return false;
	t.c_iflag = (tcflag_t)values[0];
	t.c_oflag = (tcflag_t)values[1];
	t.c_cflag = (tcflag_t)values[2];
	t.c_lflag = (tcflag_t)values[3];
	for (int i = 0; i < NCCS; i++)
		t.c_cc[i] = (cc_t)values[4 + i];
	return true;
}

/* One setting. Returns how many words it took; 0: unknown. */
static int setting(const char *name, const char *value)
{
	bool off = *name == '-';

	for (size_t i = 0; i < COUNT(flags); i++)
		if (!strcmp(flags[i].name, name + off)) {
			if (off)
				*word(flags[i].word) &= ~flags[i].bits;
			else
				*word(flags[i].word) |= flags[i].bits;
			return 1;
		}
	for (size_t i = 0; value && i < COUNT(characters); i++)
		if (!strcmp(characters[i].name, name)) {
			t.c_cc[characters[i].index] = character(value);
			return 2;
		}
	for (size_t i = 0; i < COUNT(speeds); i++)
		if (speeds[i].rate == strtoul(name, NULL, 10)) {
			cfsetispeed(&t, speeds[i].code);
			cfsetospeed(&t, speeds[i].code);
			return 1;
		}
	if (!strcmp(name, "sane"))
		return sane(), 1;
	if (!strcmp(name + off, "raw"))
		return raw(!off), 1;
	if (!strcmp(name + off, "cooked"))
		return raw(off), 1;
	if (value && (!strcmp(name, "rows") || !strcmp(name, "cols") || !strcmp(name, "columns"))) {
		*(*name == 'r' ? &size.ws_row : &size.ws_col) = (unsigned short)atoi(value);
		if (ioctl(0, TIOCSWINSZ, &size))
			warn_errno(name);
		return 2;
	}
	if (value && (!strcmp(name, "min") || !strcmp(name, "time"))) {
		t.c_cc[*name == 'm' ? VMIN : VTIME] = (cc_t)atoi(value);
		return 2;
	}
	return restore(name);
}

int main(int argc, char **argv)
{
	program_start(argv);
	argv++;
	if (*argv && !strcmp(*argv, "-F") && argv[1]) {
		if (!freopen(argv[1], "r+", stdin))
			die_errno(1, argv[1]);
		argv += 2;
	}
	if (tcgetattr(0, &t))
		die_errno(1, "standard input");
	ioctl(0, TIOCGWINSZ, &size);
	if (!*argv || !strcmp(*argv, "-a")) {
		show(*argv != NULL);
		return program_finish(0);
	}
	if (!strcmp(*argv, "-g")) {
		save();
		return program_finish(0);
	}
	while (*argv) {
		int used;

		if (!strcmp(*argv, "size")) {
			printf("%u %u\n", size.ws_row, size.ws_col);
			used = 1;
		} else {
			used = setting(*argv, argv[1]);
			changed = true;
		}
		if (!used)
			die(1, "%s: no such setting", *argv);
		argv += used;
	}
	if (changed && tcsetattr(0, TCSADRAIN, &t))
		die_errno(1, "standard input");
	return program_finish(program_status);
}
