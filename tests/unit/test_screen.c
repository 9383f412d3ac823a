// SOURCES: modules/driver/tty/screen.c
// CFLAGS: -Imodules/driver/tty
/* The text screen: printing, wrapping, scrolling, regions, attributes, queries; random bytes stay inside. */
#include "screen.h"
#include "unit.h"

static struct screen s;

static void out(const char *text)
{
	screen_write(&s, (const uint8_t *)text, strlen(text));
}

static const char *line(unsigned int y)
{
	static char text[SCREEN_COLUMNS + 1];
	int x;

	for (x = 0; x < (int)SCREEN_COLUMNS; x++)
		text[x] = (char)s.cells[y * SCREEN_COLUMNS + (unsigned int)x];
	for (; x && text[x - 1] == ' '; x--)
		;
	text[x] = 0;
	return text;
}

static void test_text(void)
{
	screen_reset(&s);
	out("one\r\ntwo\tx");
	CHECK_STR(line(0), "one");
	CHECK_STR(line(1), "two     x");
	CHECK_EQ(s.x, 9);
	out("\b\bY\r\n\xc3\xa4\xe2\x94\x80");
	CHECK_STR(line(1), "two    Yx");
	CHECK_STR(line(2), "\x84\xc4");
}

static void test_wrap_and_scroll(void)
{
	unsigned int i;

	screen_reset(&s);
	for (i = 0; i < SCREEN_COLUMNS; i++)
		out("a");
	CHECK_EQ(s.y, 0);
	out("b");
	CHECK_EQ(s.y, 1);
	CHECK_STR(line(1), "b");
	for (i = 0; i < SCREEN_ROWS; i++)
		out("\n");
	CHECK_STR(line(SCREEN_ROWS - 1), "");
	CHECK_STR(line(0), "");
}

static void test_sequences(void)
{
	screen_reset(&s);
	out("\033[5;10Hhere\033[2;3fX\033[AY\033[B\033[4DZ");
	CHECK_STR(line(4), "         here");
	CHECK_STR(line(0), "   Y");
	CHECK_STR(line(1), "Z X");
	out("\033[1;1Habcdef\033[1;3H\033[2P");
	CHECK_STR(line(0), "abef");
	out("\033[1@Q");
	CHECK_STR(line(0), "abQef");
	out("\033[1K");
	CHECK_STR(line(0), "    f");
	out("\033[2J");
	CHECK_STR(line(4), "");
	out("\033]0;title\atext");
	CHECK(strstr(line(0), "text") != NULL);
}

static void test_region(void)
{
	screen_reset(&s);
	out("\033[1;1H1\033[2;1H2\033[3;1H3\033[4;1H4\033[2;3r\033[3;1H\n");
	CHECK_STR(line(0), "1");
	CHECK_STR(line(1), "3");
	CHECK_STR(line(2), "");
	CHECK_STR(line(3), "4");
	out("\033[2;1H\033M");
	CHECK_STR(line(1), "");
	CHECK_STR(line(2), "3");
}

static void test_attributes(void)
{
	screen_reset(&s);
	out("\033[31;44;1mr\033[0mn\033[7mv\033[38;5;200;1mb");
	CHECK_EQ(s.cells[0] >> 8, 0x1c);
	CHECK_EQ(s.cells[1] >> 8, 0x07);
	CHECK_EQ(s.cells[2] >> 8, 0x70);
	CHECK_EQ(s.cells[3] >> 8, 0x78);
}

static void test_query(void)
{
	screen_reset(&s);
	out("\033[12;34H\033[6n");
	CHECK_EQ(s.reply_length, 8);
	CHECK(!memcmp(s.reply, "\033[12;34R", 8));
}

static void test_random(void)
{
	unsigned int i;

	srand(1);
	screen_reset(&s);
	for (i = 0; i < 2000000; i++) {
		static const char alphabet[] = "\033[[?;0123456789ABCDHJKLMPST@rmhlns78cd\n\r\b\t";
		uint8_t c = rand() % 4 ? (uint8_t)alphabet[rand() % (sizeof(alphabet) - 1)]
				       : (uint8_t)rand();

		screen_write(&s, &c, 1);
		CHECK(s.x < SCREEN_COLUMNS && s.y < SCREEN_ROWS && s.top < s.bottom &&
		      s.bottom < SCREEN_ROWS);
	}
}

int main(void)
{
	RUN(test_text);
	RUN(test_wrap_and_scroll);
	RUN(test_sequences);
	RUN(test_region);
	RUN(test_attributes);
	RUN(test_query);
	RUN(test_random);
	UNIT_END();
}
