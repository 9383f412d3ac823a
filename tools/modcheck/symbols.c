/*
 * What a module uses: each undefined symbol has an owner that lets it have it, with the CRC it was built for; then the
 * module is linked for real, at an address in the module area, with the values left open.
 */
#include <stdlib.h>
#include <string.h>
#include "modcheck.h"

#define BASE 0xf0800000u
#define VERSION_SIZE 64
#define NAME_OFFSET 4

static bool imports(const struct link_object *elf, const char *namespace)
{
	for (const char *s = NULL; (s = link_modinfo_next(elf, s));)
		if (!strncmp(s, "import_ns=", 10) && !strcmp(s + 10, namespace))
			return true;
	return false;
}

static void add_use(struct check *check, struct module *module, const char *owner)
{
	struct module *used = module_find(check, owner);

	for (unsigned int i = 0; i < module->use_count; i++)
		if (module->uses[i] == used)
			return;
	if (!used || used == module)
		return;
	module->uses = realloc(module->uses, (module->use_count + 1) * sizeof(struct module *));
	if (!module->uses)
		die("out of memory");
	module->uses[module->use_count++] = used;
}

static void report_undefined(struct check *check, const struct module *module, uint32_t symbol)
{
	const struct link_object *elf = &module->elf;
	const char *name = link_symbol_name(elf, symbol),
		   *nearest = symvers_nearest(&check->exports, name);
	const struct elf_symbol *user = NULL;
	uint32_t section = 0, offset = 0;

	if (link_first_use(elf, symbol, &section, &offset))
		user = link_symbol_at(elf, section, offset);
	finding(check, module, "undefined", "%s, used by %s (%s+0x%x), is exported by nobody%s%s",
		name, user ? elf->symbol_names + user->name : "?",
		section ? link_section_name(elf, section) : "nowhere", offset,
		nearest ? "; nearest: " : "", nearest ? nearest : "");
}

static void check_use(struct check *check, struct module *module, uint32_t symbol)
{
	const char *name = link_symbol_name(&module->elf, symbol);
	const struct export *export = symvers_find(&check->exports, name);
	const char *licence = link_modinfo(&module->elf, "license");

	if (!export) {
		if (elf_symbol_binding(&module->elf.symbols[symbol]) != ELF_WEAK)
			report_undefined(check, module, symbol);
		return;
	}
	if (export->gpl && !module->gpl)
		finding(check, module, "licence",
			"uses %s, which is for GPL-compatible modules only; its licence is %s",
			name, licence ? licence : "missing");
	if (export->namespace[0] && !imports(&module->elf, export->namespace))
		finding(check, module, "namespace",
			"uses %s of namespace %s without MODULE_IMPORT_NS(%s)", name,
			export->namespace, export->namespace);
	add_use(check, module, export->module);
}

static void check_versions(struct check *check, struct module *module)
{
	uint32_t size = 0, crc, index = module->elf.known[LINK_S_VERSIONS];
	const uint8_t *table = index ? link_section_bytes(&module->elf, index, &size) : NULL;

	if (!table) {
		finding(check, module, "metadata",
			"no symbol versions (__versions): not built with modpost");
		return;
	}
	for (; size >= VERSION_SIZE; size -= VERSION_SIZE, table += VERSION_SIZE) {
		const char *name = (const char *)table + NAME_OFFSET;
		const struct export *export;

		if (!memchr(name, 0, VERSION_SIZE - NAME_OFFSET)) {
			finding(check, module, "malformed",
				"__versions has an entry without a name");
			return;
		}
		export = symvers_find(&check->exports, name);
		memcpy(&crc, table, sizeof(crc));
		if (export && export->crc && export->crc != crc)
			finding(check, module, "crc", "%s: 0x%08x in the file, 0x%08x in %s", name,
				crc, export->crc,
				strcmp(export->module, "vmlinux") ? export->module : "the kernel");
	}
}

/* Any value does: what is not there has been told. */
static bool resolve(void *context, const char *name, bool weak, uint32_t *value)
{
	*value = BASE;
	return true;
}

static void link_dry(struct check *check, struct module *module)
{
	struct link_resolver resolver = { resolve, NULL, NULL };
	struct link_layout layout;
	struct link_error error;
	uint32_t *values;
	uint8_t *image;
	char text[512];

	if (link_layout(&module->elf, module->sections, &layout, &error)) {
		link_describe(&module->elf, &error, text, sizeof(text));
		finding(check, module, "malformed", "%s", text);
		return;
	}
	image = allocate(layout.size);
	values = allocate(module->elf.symbol_count * sizeof(*values));
	link_place(&module->elf, module->sections, &layout, BASE, image);
	if (!link_bind(&module->elf, module->sections, &resolver, values, &error))
		link_relocate(&module->elf, module->sections, values);
	free(values);
	free(image);
}

void symbols_check(struct check *check, struct module *module)
{
	for (uint32_t i = 1; i < module->elf.symbol_count; i++)
		if (module->elf.symbols[i].section == ELF_INDEX_UNDEFINED)
			check_use(check, module, i);
	check_versions(check, module);
	link_dry(check, module);
}
