/*
 * The five phases of a module that has just been loaded: compilation and packaging by what its file tells, insertion,
 * linking and activation by what the kernel has measured (/sys/kernel/rakit/phases).
 */
#include <stdlib.h>
#include <string.h>
#include "guest/lib/kmod.h"

#define NOTE_HEAD 16 /* bytes before the id in the note of a build id */

static void show_build_id(const struct link_object *object)
{
	uint32_t length = 0;
	const uint8_t *note = link_section_bytes(
		object, link_find_section(object, ".note.gnu.build-id"), &length);

	printf("; build id ");
	for (uint32_t i = NOTE_HEAD; note && i < length; i++)
		printf("%02x", note[i]);
	puts(note && length > NOTE_HEAD ? "" : "none");
}

static void show_made(const char *path)
{
	struct kmod_file file;
	size_t size = 0;

	if (kmod_file_open(&file, path))
		return;
	const struct link_object *object = &file.object;
	const char *compiler = link_modinfo(object, "compiler");
	const char *vermagic = link_modinfo(object, "vermagic");

	printf("  compilation: %s", compiler ? compiler : "by an unknown compiler");
	show_build_id(object);
	free(kmod_read(path, &size));
	printf("  packaging: %zu bytes in the file, %zu of them signature; %u sections; vermagic "
	       "%s\n",
	       size, size - file.size, (unsigned int)object->section_count,
	       vermagic ? vermagic : "none");
	kmod_file_close(&file);
}

/* The last word of the module's line in /proc/modules is its address, before the letters of its taints. */
static void show_place(const char *name)
{
	char *text = kmod_read("/proc/modules", NULL), *lines;
	size_t n = strlen(name);

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines)) {
		char *at = strstr(line, " 0x");

		if (strncmp(line, name, n) == 0 && line[n] == ' ' && at)
			printf("%lu bytes at %.10s", strtoul(line + n, NULL, 10), at + 1);
	}
	free(text);
}

/* "N symbols of kernel, 1 of exporter" */
static void show_links(const char *name)
{
	char *text = kmod_read("/sys/kernel/rakit/links", NULL), *lines;
	struct kmod_list providers = { NULL, 0, 0 };
	unsigned int count[64] = { 0 };

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines)) {
		char *word = NULL, *user = strtok_r(line, " ", &word), *provider;
		size_t i = 0;

		strtok_r(NULL, " ", &word);
		provider = strtok_r(NULL, " ", &word);
		if (!provider || strcmp(user, name))
			continue;
		while (i < providers.count && strcmp(providers.text[i], provider))
			i++;
		if (i == sizeof(count) / sizeof(count[0]))
			continue;
		if (i == providers.count)
			kmod_list_add(&providers, provider);
		count[i]++;
	}
	for (size_t i = 0; i < providers.count; i++)
		printf("%s%u of %s", i ? ", " : "; symbols: ", count[i], providers.text[i]);
	putchar('\n');
	free(text);
}

static void show_measured(const char *name, char *line)
{
	char *word = NULL;
	double ms[3];

	strtok_r(line, " ", &word);
	strtok_r(NULL, " ", &word);
	for (int i = 0; i < 3; i++) {
		char *text = strtok_r(NULL, " ", &word);

		ms[i] = text ? strtoull(text, NULL, 10) / 1e6 : 0;
	}
	printf("  insertion: %.3f ms: taken in, signature and every field checked\n", ms[0]);
	printf("  linking: %.3f ms: ", ms[1]);
	show_place(name);
	show_links(name);
	printf("  activation: %.3f ms: parameters, /sys and init\n", ms[2]);
}

void kmod_show_phases(const char *name, const char *path)
{
	char *text = kmod_read("/sys/kernel/rakit/phases", NULL), *lines;
	size_t n = strlen(name);

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines)) {
		if (strncmp(line, name, n) || line[n] != ' ')
			continue;
		show_made(path);
		show_measured(name, line);
		break;
	}
	free(text);
}
