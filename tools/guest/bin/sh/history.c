/*
 * history: the lines that were typed, newest last, at most LINES of them; kept in $HISTFILE if that
 * is set.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "sh.h"

#define LINES 500

static char *lines[LINES]; /* a ring: total-1 is the newest */
static int total;

int history_count(void)
{
	return total < LINES ? total : LINES;
}

const char *history_get(int back)
{
	return back >= 1 && back <= history_count() ? lines[(total - back) % LINES] : NULL;
}

static bool line_keep(const char *line, size_t size)
{
	const char *newest = history_get(1);

	if (!size || *line == ' ' ||
	    (newest && strlen(newest) == size && !strncmp(newest, line, size)))
		return false;
	free(lines[total % LINES]);
	lines[total++ % LINES] = memory_copy_n(line, size);
	return true;
}

/*
 * A line with or without its newline. Not kept: empty ones, repetitions, those that begin with a
 * blank.
 */
void history_add(const char *line)
{
	const char *path = var_get("HISTFILE");
	size_t size = strcspn(line, "\n");
	int fd;

	if (!line_keep(line, size) || !path || !*path)
		return;
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	write_all(fd, line, size);
	write_all(fd, "\n", 1);
	close(fd);
}

void history_load(void)
{
	const char *path = var_get("HISTFILE");
	struct strbuf text = { 0 };
	char block[1024], *line;
	ssize_t n;
	int fd = path && *path ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (fd < 0)
		return;
	while ((n = read(fd, block, sizeof(block))) > 0)
		strbuf_add(&text, block, (size_t)n);
	close(fd);
	for (line = strbuf_text(&text); *line; line += strcspn(line, "\n"), line += *line == '\n')
		line_keep(line, strcspn(line, "\n"));
	strbuf_free(&text);
}

int builtin_history(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : history_count();

	if (argc > 1 && !strcmp(argv[1], "-c")) {
		for (int i = 0; i < LINES; i++) {
			free(lines[i]);
			lines[i] = NULL;
		}
		total = 0;
		return 0;
	}
	for (int back = count < history_count() ? count : history_count(); back >= 1; back--)
		strbuf_printf(&sh.out, "%5d  %s\n", total - back + 1, history_get(back));
	return 0;
}
