/* top: show which processes are busy */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "../lib/number.h"
#include "../lib/owner.h"
#include "../lib/process.h"
#include "../lib/program.h"
#include "../lib/screen.h"

USAGE("[-b] [-d SECONDS] [-n COUNT]   keys: P M T sort by processor, memory, time; q quits");

struct row {
	struct process p;
	unsigned long long used; /* ticks since the last look */
};

/* A look at all processes. */
struct look {
	struct row *rows;
	size_t count, room;
	long long when; /* ms */
};

static char order = 'P';
static bool batch;

static long long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static bool visit(const struct process *p, void *data)
{
	struct look *look = data;

	if (look->count == look->room)
		look->rows = memory_resize(look->rows,
					   (look->room = look->room ? look->room * 2 : 64) *
						   sizeof(*look->rows));
	look->rows[look->count++] = (struct row){ *p, 0 };
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	unsigned long long i = order == 'M'   ? x->p.resident
			       : order == 'T' ? x->p.user + x->p.system
					      : x->used;
	unsigned long long j = order == 'M'   ? y->p.resident
			       : order == 'T' ? y->p.user + y->p.system
					      : y->used;

	return i != j ? (i < j ? 1 : -1) : (x->p.pid > y->p.pid) - (x->p.pid < y->p.pid);
}

/* What each used since the look before; both are in order of pid. */
static void usage_find(struct look *now, const struct look *before)
{
	size_t j = 0;

	for (size_t i = 0; i < now->count; i++) {
		struct process *p = &now->rows[i].p;

		while (j < before->count && before->rows[j].p.pid < p->pid)
			j++;
		if (j < before->count && before->rows[j].p.pid == p->pid &&
		    before->rows[j].p.start == p->start)
			now->rows[i].used = p->user + p->system - before->rows[j].p.user -
					    before->rows[j].p.system;
	}
}

static void first_line(const char *path, char *text, size_t size)
{
	FILE *in = fopen(path, "r");

	snprintf(text, size, "?");
	if (in && fgets(text, (int)size, in))
		text[strcspn(text, "\n")] = '\0';
	if (in)
		fclose(in);
}

static void line_end(struct strbuf *out)
{
	strbuf_puts(out, batch ? "\n" : "\033[K\r\n");
}

static void show(const struct look *sorted, long long elapsed)
{
	unsigned long long total = memory_fact("MemTotal"), unused = memory_fact("MemFree");
	struct strbuf out = { 0 }, row = { 0 };
	char load[64], up[64];
	int lines = batch ? 1 << 20 : screen_rows - 5;

	first_line("/proc/loadavg", load, sizeof(load));
	first_line("/proc/uptime", up, sizeof(up));
	if (!batch)
		strbuf_puts(&out, "\033[H");
	strbuf_printf(&out, "up %ld s, %zu processes, load %s", atol(up), sorted->count, load);
	line_end(&out);
	strbuf_printf(&out, "memory: %llu KiB, %llu KiB free", total / 1024, unused / 1024);
	line_end(&out);
	line_end(&out);
	strbuf_printf(&out, "%s%5s %-8s S %6s %7s %8s  %s", batch ? "" : "\033[7m", "PID", "USER",
		      "%CPU", "RSS", "TIME", "COMMAND");
	if (!batch)
		strbuf_puts(&out, "\033[K\033[m");
	line_end(&out);
	for (size_t i = 0; i < sorted->count && (int)i < lines; i++) {
		const struct process *p = &sorted->rows[i].p;
		unsigned long long tenths = elapsed > 0 ? sorted->rows[i].used * 10000 /
								  (unsigned long long)elapsed
							: 0;
		unsigned long long seconds = (p->user + p->system) / 100;

		strbuf_reset(&row);
		strbuf_printf(&row, "%5ld %-8s %c %4llu.%llu %7lu %5llu:%02llu  %s", (long)p->pid,
			      user_name(p->uid), p->state, tenths / 10, tenths % 10,
			      p->resident * 4, seconds / 60, seconds % 60, p->command);
		if (batch)
			strbuf_add(&out, row.data, row.length);
		else
			screen_line(&out, strbuf_text(&row), row.length, 0);
		line_end(&out);
	}
	if (batch) {
		fwrite(strbuf_text(&out), 1, out.length, stdout);
		fflush(stdout);
	} else {
		strbuf_puts(&out, "\033[J");
		screen_flush(&out);
	}
	strbuf_free(&out);
	strbuf_free(&row);
}

int main(int argc, char **argv)
{
	struct look before = { 0 }, now = { 0 };
	long long interval = 2000;
	unsigned long long rounds = ~0ull;
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "bd:n:")) != -1) {
		switch (c) {
		case 'b':
			batch = true;
			break;
		case 'd':
			interval = duration_or_die(optarg);
			break;
		case 'n':
			rounds = number_or_die(optarg);
			break;
		default:
			die_usage(1);
		}
	}
	if (!batch && !screen_open(0))
		die_errno(1, "terminal");
	for (; rounds; rounds--) {
		struct look swap = before;

		before = now;
		now = swap;
		now.count = 0;
		now.when = now_ms();
		if (!process_each(visit, &now))
			return 1;
		usage_find(&now, &before);
		struct look sorted = now;

		sorted.rows = memory_get((now.count + 1) * sizeof(*now.rows));
		memcpy(sorted.rows, now.rows, now.count * sizeof(*now.rows));
		qsort(sorted.rows, now.count, sizeof(*sorted.rows), compare);
		if (!batch)
			screen_measure();
		show(&sorted, before.when ? now.when - before.when : 0);
		free(sorted.rows);
		if (rounds == 1)
			break;
		if (batch) {
			struct timespec pause = { (time_t)(interval / 1000),
						  (long)(interval % 1000) * 1000000 };

			nanosleep(&pause, NULL);
			continue;
		}
		c = screen_key((int)(before.when ? interval : 300));
		if (c == 'q' || c == CONTROL('c') || c == KEY_END_OF_INPUT)
			break;
		if (c > 0 && c < 128 && strchr("PMT", c))
			order = (char)c;
	}
	free(now.rows);
	free(before.rows);
	return program_status;
}
