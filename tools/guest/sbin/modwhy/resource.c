/* Who holds ports, addresses, interrupt lines and DMA channels: by the ledger for modules, by /proc for the kernel. */
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/modwhy/modwhy.h"

#define PORT_LAST 0xfffful /* ranges up to here are of ports, others of addresses */

struct search {
	const char *kind; /* "ports", "iomem", "irq", "dma channel" */
	unsigned long first, last;
	unsigned int found;
};

/* A line of the ledger: "  0.626  init  ports 0x220-0x22f   16  sb_init+0x84/0x299 [sb16]". */
static void check_entry(const char *module, char *line, void *data)
{
	struct search *s = data;
	char *text = strstr(line, s->kind), *state = NULL, *rest;

	if (!text || strncmp(line, "memory:", 7) == 0)
		return;
	const char *time = strtok_r(line, " ", &state);
	unsigned long first = strtoul(text + strlen(s->kind) + 1, &rest, 0), last = first;

	if (*rest == '-')
		last = strtoul(rest + 1, &rest, 0);
	if (first > s->last || last < s->first)
		return;
	char *site = strrchr(rest, ' ');

	/* the module's name in brackets is the last word */
	while (site && site > rest && (*site == ' ' || strchr(site, '+') == NULL))
		site--;
	while (site && site > rest && site[-1] != ' ')
		site--;
	if (*s->kind == 'p' || strcmp(s->kind, "iomem") == 0)
		printf("  %s 0x%lx-0x%lx: ", s->kind, first, last);
	else
		printf("  %s %lu: ", s->kind, first);
	printf("held by module %s since %s s, taken at %s; rmmod %s\n", module, time,
	       site ? site : "?", module);
	s->found++;
}

static bool owned_by_module(const char *kind, unsigned long first, unsigned long last)
{
	struct search s = { kind, first, last, 0 };

	ledger_each(check_entry, &s);
	return s.found;
}

/* Lines "  0220-022f : sb16" that overlap and that no module's entry has explained. */
static bool in_table(const char *path, const char *kind, unsigned long first, unsigned long last)
{
	char *text = kmod_read(path, NULL), *lines;
	bool any = false;

	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines)) {
		char *rest;
		unsigned long low = strtoul(line, &rest, 16), high = strtoul(rest + 1, &rest, 16);

		if (*rest != ' ' || low > last || high < first)
			continue;
		printf("  %s 0x%lx-0x%lx: %s\n", kind, low, high, rest + 3);
		any = true;
	}
	free(text);
	return any;
}

static void explain_range(unsigned long first, unsigned long last)
{
	bool any;

	printf("0x%lx-0x%lx:\n", first, last);
	any = owned_by_module(last <= PORT_LAST ? "ports" : "iomem", first, last);
	any |= in_table(last <= PORT_LAST ? "/proc/ioports" : "/proc/iomem",
			last <= PORT_LAST ? "ports" : "iomem", first, last);
	if (!any)
		puts("  free");
}

static void explain_line(const char *kind, const char *path, unsigned long number)
{
	char *text = kmod_read(path, NULL), *lines;
	bool any = false;

	printf("%s %lu:\n", kind, number);
	owned_by_module(strcmp(kind, "dma") ? "irq" : "dma channel", number, number);
	for (char *line = text ? strtok_r(text, "\n", &lines) : NULL; line;
	     line = strtok_r(NULL, "\n", &lines)) {
		char *rest;

		if (strtoul(line, &rest, 10) != number || rest == line || *rest != ':')
			continue;
		printf("  %s: %s\n", path, rest + 1 + strspn(rest + 1, " "));
		any = true;
	}
	if (!any)
		puts("  free");
	free(text);
}

bool why_resource(const char *text)
{
	char *rest;

	if (strncmp(text, "irq ", 4) == 0 || strncmp(text, "dma ", 4) == 0) {
		bool irq = *text == 'i';
		unsigned long number = strtoul(text + 4, &rest, 0);

		if (*rest || rest == text + 4)
			return false;
		explain_line(irq ? "irq" : "dma", irq ? "/proc/interrupts" : "/proc/dma", number);
		return true;
	}
	if (strncmp(text, "0x", 2))
		return false;
	unsigned long first = strtoul(text, &rest, 16), last = first;

	if (*rest == '-')
		last = strtoul(rest + 1, &rest, 16);
	if (*rest || last < first)
		return false;
	explain_range(first, last);
	return true;
}
