/* Messages of the module tools, and memory that cannot fail. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#define _STDIO_NO_FLOAT_LINK
#include "guest/lib/kmod.h"

const char *kmod_program = "kmod";
int kmod_loudness = KMOD_WARNING;

void kmod_say(int level, const char *format, ...)
{
	static const char *const names[] = { "FATAL", "ERROR", "WARNING", "INFO" };
	va_list ap;

	if (level > kmod_loudness)
		return;
	fflush(stdout);
	fprintf(stderr, "%s: %s: ", kmod_program, names[level]);
	va_start(ap, format);
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
