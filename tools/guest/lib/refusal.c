/* Why the kernel refused this process' last call. The file is made for the reader, so it is read at once. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "guest/lib/refusal.h"

#define REFUSAL_SIZE 20480 /* no text is longer */

char *refusal_read(void)
{
	int fd = open("/sys/kernel/rakit/refusal", O_RDONLY | O_CLOEXEC);
	char *text = fd < 0 ? NULL : malloc(REFUSAL_SIZE);
	size_t used = 0;
	ssize_t n;

	while (text && (n = read(fd, text + used, REFUSAL_SIZE - 1 - used)) > 0)
		used += (size_t)n;
	if (fd >= 0)
		close(fd);
	if (text)
		text[used] = 0;
	if (used)
		return text;
	free(text);
	return NULL;
}

bool refusal_print(FILE *out)
{
	char *text = refusal_read(), *state = NULL;

	bool any = false;

	if (!text)
		return false;
	strtok_r(text, "\n", &state);
	for (char *line; (line = strtok_r(NULL, "\n", &state)); any = true)
		fprintf(out, "  %s\n", line);
	free(text);
	return any;
}
