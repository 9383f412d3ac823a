/* Messages of the module tools, and memory that cannot fail. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#define _STDIO_NO_FLOAT_LINK
#include "guest/lib/kmod.h"

const char *kmod_program = "kmod";
int kmod_loudness = KMOD_WARNING;
bool kmod_to_log;
int kmod_not_found = KMOD_FATAL;

/* The kernel's log is the system's: there is no other. */
static void say_to_log(int level, const char *format, va_list ap)
{
	static const int priority[] = { 2, 3, 4, 6 }; /* of printk */
	char text[512];
	int fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	int n = snprintf(text, sizeof(text), "<%d>%s: ", priority[level], kmod_program);

	vsnprintf(text + n, sizeof(text) - n, format, ap);
	if (fd < 0)
		return;
	write(fd, text, strlen(text));
	close(fd);
}

void kmod_say(int level, const char *format, ...)
{
	static const char *const names[] = { "FATAL", "ERROR", "WARNING", "INFO" };
	va_list ap;

	if (level > kmod_loudness)
		return;
	fflush(stdout);
	va_start(ap, format);
	if (kmod_to_log) {
		say_to_log(level, format, ap);
		va_end(ap);
		return;
	}
	fprintf(stderr, "%s: %s: ", kmod_program, names[level]);
	vfprintf(stderr, format, ap);
	va_end(ap);
}

void kmod_version(void)
{
	printf("%s of Rakit, as kmod version 30\n", kmod_program);
}

void *kmod_need(void *memory)
{
	if (!memory) {
		kmod_say(KMOD_FATAL, "%s\n", strerror(ENOMEM));
		exit(1);
	}
	return memory;
}

char *kmod_copy(const char *text)
{
	return kmod_need(strdup(text));
}

char *kmod_text(const char *format, ...)
{
	va_list ap;
	char *text;

	va_start(ap, format);
	int n = vasprintf(&text, format, ap);

	va_end(ap);
	return kmod_need(n < 0 ? NULL : text);
}

void kmod_list_add(struct kmod_list *list, const char *text)
{
	if (list->count == list->room) {
		list->room = list->room * 2 + 8;
		list->text = kmod_need(realloc(list->text, list->room * sizeof(*list->text)));
	}
	list->text[list->count++] = (char *)text;
}

bool kmod_list_has(const struct kmod_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->text[i], text) == 0)
			return true;
	return false;
}
