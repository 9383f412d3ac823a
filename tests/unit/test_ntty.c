// SOURCES: modules/driver/tty/ntty.c
// CFLAGS: -Imodules/driver/tty
/* The line discipline: editing, echo, signals, flow control, raw mode, output processing. */
#include "ntty.h"
#include "unit.h"

static char echoed[8192];
static size_t echoed_count;
static int signals[3], flow = -1;

static void echo(void *context, const uint8_t *bytes, size_t count)
{
	memcpy(echoed + echoed_count, bytes, count);
	echoed_count += count;
	echoed[echoed_count] = 0;
}

static void on_signal(void *context, enum ntty_signal which)
{
	signals[which]++;
}

static void on_flow(void *context, bool stop)
{
	flow = stop;
}

static const struct ntty_sink sink = { NULL, echo, on_signal, on_flow };
static struct ktermios t;
static struct ntty n;

static void start(void)
{
	memset(&t, 0, sizeof(t));
	t.c_iflag = ICRNL | IXON | IUTF8;
	t.c_oflag = OPOST | ONLCR;
	t.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
	t.c_cc[VINTR] = 3;
	t.c_cc[VQUIT] = 28;
	t.c_cc[VERASE] = 127;
	t.c_cc[VKILL] = 21;
	t.c_cc[VEOF] = 4;
	t.c_cc[VSUSP] = 26;
	t.c_cc[VSTART] = 17;
	t.c_cc[VSTOP] = 19;
	t.c_cc[VWERASE] = 23;
	t.c_cc[VLNEXT] = 22;
	t.c_cc[VREPRINT] = 18;
	ntty_reset(&n);
	echoed_count = 0;
	echoed[0] = 0;
	memset(signals, 0, sizeof(signals));
	flow = -1;
}

static void type(const char *text)
{
	ntty_receive(&n, &t, (const uint8_t *)text, strlen(text), &sink);
}

static const char *take(size_t size, bool *end)
{
	static char out[8192];

	out[ntty_read(&n, &t, (uint8_t *)out, size, end)] = 0;
	return out;
}

static void test_lines(void)
{
	bool end;

	start();
	type("abc");
	CHECK(!ntty_readable(&n, &t));
	type("\rde\n");
	CHECK_STR(echoed, "abc\r\nde\r\n");
	CHECK_STR(take(100, &end), "abc\n");
	CHECK(end);
	CHECK_STR(take(2, &end), "de");
	CHECK(!end);
	CHECK_STR(take(2, &end), "\n");
	CHECK(end && !ntty_readable(&n, &t));
}

static void test_editing(void)
{
	bool end;

	start();
	type("ab\x7f"
	     "c\n");
	CHECK_STR(echoed, "ab\b \bc\r\n");
	CHECK_STR(take(100, &end), "ac\n");
	start();
	type("one two  \x17x\n");
	CHECK_STR(take(100, &end), "one x\n");
	start();
	type("gone\x15kept\n");
	CHECK_STR(take(100, &end), "kept\n");
	start();
	type("\x7f\x7f\x15\x17");
	CHECK_STR(echoed, "");
	start();
	type("\xc3\xa4\x7fz\n"); /* one character of two bytes */
	CHECK_STR(take(100, &end), "z\n");
	start();
	type("\x01\x7fq\n"); /* ^A takes two columns */
	CHECK_STR(echoed, "^A\b \b\b \bq\r\n");
	start();
	type("\x16\x03\n");
	CHECK_STR(take(100, &end), "\x03\n");
	CHECK_EQ(signals[NTTY_INTR], 0);
}

static void test_end_of_file(void)
{
	bool end;

	start();
	type("\x04");
	CHECK(ntty_readable(&n, &t));
	CHECK_STR(take(100, &end), "");
	CHECK(end && !ntty_readable(&n, &t));
	type("ab\x04");
	CHECK_STR(take(100, &end), "ab");
	CHECK(end && !ntty_readable(&n, &t));
	type("ab\x04");
	CHECK_STR(take(2, &end), "ab"); /* the mark that follows belongs to this read */
	CHECK(end && !ntty_readable(&n, &t));
}

static void test_signals_and_flow(void)
{
	start();
	type("lost\x03");
	CHECK_EQ(signals[NTTY_INTR], 1);
	CHECK_STR(echoed, "lost^C");
	type("\n");
	CHECK_EQ(ntty_available(&n, &t), 1);
	type("\x1a\x1c");
	CHECK_EQ(signals[NTTY_SUSP], 1);
	CHECK_EQ(signals[NTTY_QUIT], 1);
	type("\x13");
	CHECK_EQ(flow, 1);
	type("\x11");
	CHECK_EQ(flow, 0);
}

static void test_raw(void)
{
	struct ktermios old;
	bool end;

	start();
	type("half");
	old = t;
	t.c_lflag &= ~(ICANON | ISIG | ECHO);
	t.c_iflag = 0;
	ntty_mode_changed(&n, &old, &t);
	type("\x03\x04\r");
	CHECK_STR(take(100, &end), "half\x03\x04\r");
	CHECK(!end);
}

static void test_full(void)
{
	bool end;
	unsigned int i;

	start();
	for (i = 0; i < 2 * NTTY_SIZE; i++)
		type("x");
	type("\n");
	CHECK_EQ(strlen(take(8191, &end)), NTTY_SIZE);
	CHECK(end);
}

static void test_output(void)
{
	uint8_t out[64];
	size_t used;

	start();
	CHECK_EQ(ntty_output(&n, &t, (const uint8_t *)"a\nb", 3, &used, out, sizeof(out)), 4);
	CHECK(!memcmp(out, "a\r\nb", 4) && used == 3 && n.column == 1);
	t.c_oflag |= XTABS;
	CHECK_EQ(ntty_output(&n, &t, (const uint8_t *)"\t", 1, &used, out, sizeof(out)), 7);
	t.c_oflag = 0;
	CHECK_EQ(ntty_output(&n, &t, (const uint8_t *)"a\nb", 3, &used, out, sizeof(out)), 3);
	CHECK_EQ(ntty_output(&n, &t, (const uint8_t *)"0123456789", 10, &used, out, 10), 3);
	CHECK_EQ(used, 3);
}

/* Random typing in random modes neither overruns anything nor loses its place. */
static void test_random(void)
{
	unsigned int i;
	bool end;

	srand(1);
	start();
	for (i = 0; i < 300000; i++) {
		uint8_t c = (uint8_t)(rand() % 3 ? rand() % 32 : rand());

		ntty_receive(&n, &t, &c, 1, &sink);
		echoed_count = 0;
		if (rand() % 50 == 0)
			take((size_t)rand() % 200, &end);
		if (rand() % 500 == 0) {
			struct ktermios old = t;

			t.c_lflag ^= 1u << rand() % 16;
			t.c_iflag ^= 1u << rand() % 15;
			ntty_mode_changed(&n, &old, &t);
		}
		CHECK(n.head - n.tail <= NTTY_SIZE && n.canon - n.tail <= n.head - n.tail);
	}
}

int main(void)
{
	RUN(test_lines);
	RUN(test_editing);
	RUN(test_end_of_file);
	RUN(test_signals_and_flow);
	RUN(test_raw);
	RUN(test_full);
	RUN(test_output);
	RUN(test_random);
	UNIT_END();
}
