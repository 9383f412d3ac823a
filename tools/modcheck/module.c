/* Reading a module file as the kernel would: signature off, parsed, validated; and what it exports. */
#include <string.h>
#include "modcheck.h"
#include "sign/trailer.h"

#define SYMBOL_SIZE 12 /* of struct kernel_symbol */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = duplicate(slash ? slash + 1 : path), *dot = strstr(name, ".ko");

	if (dot)
		*dot = '\0';
	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	return name;
}

void module_open(struct check *check, struct module *module, const char *path)
{
	size_t size, content, message_size;
	const uint8_t *message, *bytes = read_file(path, &size);
	struct link_error error = { 0 };
	bool parsed;
	char text[512];

	module->name = base_name(path);
	if (trailer_find(bytes, size, &content, &message, &message_size) >= TRAILER_FIELDS)
		finding(check, module, "malformed",
			"its signature has fields that must be zero, or is no PKCS #7");
	else if (trailer_find(bytes, size, &content, &message, &message_size) == TRAILER_FOUND)
		size = content;
	parsed = !link_parse(bytes, size, &module->elf, &error);
	if (parsed) {
		module->sections = allocate(module->elf.section_count * sizeof(*module->sections));
		module->valid = !link_validate(&module->elf, module->sections, &error);
	}
	if (!module->valid) {
		link_describe(parsed ? &module->elf : NULL, &error, text, sizeof(text));
		finding(check, module, "malformed", "%s", text);
		return;
	}
	module->name = link_modinfo(&module->elf, "name") ?: module->name;
	module->gpl = licence_is_gpl(link_modinfo(&module->elf, "license"));
}

struct module *module_find(struct check *check, const char *name)
{
	for (unsigned int i = 0; i < check->count; i++)
		if (check->modules[i].valid && !strcmp(check->modules[i].name, name))
			return &check->modules[i];
	return NULL;
}

/* The CRC beside the entry that __ksymtab_NAME stands for; 0: none. */
static uint32_t crc_of(const struct module *module, const char *name, bool gpl)
{
	const struct link_object *elf = &module->elf;
	uint32_t size, crc, index = elf->known[gpl ? LINK_S_KCRCTAB_GPL : LINK_S_KCRCTAB];
	const uint8_t *table = index ? link_section_bytes(elf, index, &size) : NULL;

	for (uint32_t i = 1; table && i < elf->symbol_count; i++) {
		const char *symbol = link_symbol_name(elf, i);
		uint32_t at = elf->symbols[i].value / SYMBOL_SIZE * (uint32_t)sizeof(crc);

		if (strncmp(symbol, "__ksymtab_", 10) || strcmp(symbol + 10, name) ||
		    at + sizeof(crc) > size)
			continue;
		memcpy(&crc, table + at, sizeof(crc));
		return crc;
	}
	return 0;
}

struct adding {
	struct check *check;
	struct module *module;
};

static void add_export(const char *name, bool gpl, const char *namespace, void *data)
{
	struct adding *adding = data;
	const struct export *there = symvers_find(&adding->check->exports, name);

	if (there && strcmp(there->module, adding->module->name))
		finding(adding->check, adding->module, "duplicate",
			"exports %s, which %s exports already", name,
			strcmp(there->module, "vmlinux") ? there->module : "the kernel");
	else
		symvers_set(&adding->check->exports, crc_of(adding->module, name, gpl), name,
			    adding->module->name, gpl, namespace);
}

void module_add_exports(struct check *check, struct module *module)
{
	struct object object = { .path = module->path,
				 .elf = module->elf,
				 .sections = module->sections };
	struct adding adding = { check, module };

	exports_each(&object, add_export, &adding);
}
