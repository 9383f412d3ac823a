/*
 * What is said about the symbols a load lacks: one line each, with who demands it and where, why it is not to be had, and
 * what to do. Nothing here decides anything; it runs when the load has been refused already.
 *
 * A symbol that nothing in memory exports is looked up in depmod's list of the modules on disk. That list is a hint for
 * a person: a damaged one gives a wrong hint and nothing else. Files are read without module_mutex, since the disk's
 * driver may be a module that is yet to come.
 */
#include "module/module.h"
#include <linux/ctype.h>
#include <linux/fs.h>
#include <linux/kallsyms.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/utsname.h>
#include <linux/vmalloc.h>
#include "lib/nearest.h"

#define DETAILED 32	     /* symbols that get a line of their own; the others are only named */
#define INDEX_MAX (4u << 20) /* bytes of modules.symbols that are read */

/* depmod's list, "alias symbol:NAME MODULE" per line; names and modules NUL-ended in place. */
struct disk_index {
	char *text; /* NULL: there is none */
	size_t size;
};

static void index_read(struct disk_index *index)
{
	char path[80];
	void *bytes = NULL;
	size_t size = 0;

	*index = (struct disk_index){ NULL, 0 };
	scnprintf(path, sizeof(path), "/lib/modules/%s/modules.symbols", utsname()->release);
	if (kernel_read_file_from_path(path, 0, &bytes, INDEX_MAX, &size, READING_UNKNOWN) < 0)
		return;
	index->text = bytes;
	index->size = size;
	for (size_t i = 0; i < size; i++)
		if (isspace((unsigned char)index->text[i]))
			index->text[i] = '\0';
	if (size)
		index->text[size - 1] = '\0';
}

/* The word behind the one at `word`, NULL at the end. */
static const char *index_next(const struct disk_index *index, const char *word)
{
	const char *end;

	if (!index->text)
		return NULL;
	end = index->text + index->size;
	word = word ? word + strlen(word) : index->text;
	while (word < end && !*word)
		word++;
	return word < end ? word : NULL;
}

static bool is_plain(const char *word)
{
	while (isalnum((unsigned char)*word) || *word == '_' || *word == '-')
		word++;
	return !*word;
}

/* Steps to the next line "symbol:NAME MODULE": NAME, or NULL at the end. */
static const char *index_next_symbol(const struct disk_index *index, const char **module)
{
	const char *word = *module;

	while ((word = index_next(index, word))) {
		if (!strstarts(word, "symbol:"))
			continue;
		*module = index_next(index, word);
		if (*module && is_plain(*module) && is_plain(word + strlen("symbol:")))
			return word + strlen("symbol:");
		if (!*module)
			return NULL;
		word = *module;
	}
	return NULL;
}

static const char *module_on_disk(const struct disk_index *index, const char *wanted)
{
	const char *module = NULL, *name;

	while ((name = index_next_symbol(index, &module)))
		if (!strcmp(name, wanted))
			return module;
	return NULL;
}

struct text {
	char *at;
	size_t size, length;
};

static __printf(2, 3) void put(struct text *text, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	text->length += vscnprintf(text->at + text->length, text->size - text->length, format,
				   args);
	va_end(args);
}

static void offer_export(const struct export_found *found, void *data)
{
	nearest_offer(data, found->symbol->name, module_name(found->owner));
}

static void put_nearest(struct text *text, const struct disk_index *index, const char *wanted)
{
	const char *module = NULL, *name;
	struct nearest nearest;

	nearest_begin(&nearest, wanted);
	exports_for_each(offer_export, &nearest);
	while ((name = index_next_symbol(index, &module)))
		nearest_offer(&nearest, name, module);
	for (unsigned int i = 0; i < nearest.count; i++)
		put(text, "%s%s (%s)", i ? ", " : "; nearest: ", nearest.name[i],
		    (const char *)nearest.context[i]);
	if (!nearest.count)
		put(text, ", on disk neither; depmod if its module is new there");
}

/* Somebody exports it; this module does not get it. */
static void put_denial(struct text *text, const struct load *load, const struct export_found *found)
{
	const char *owner = module_name(found->owner);
	const char *license = link_modinfo(&load->object, "license");

	switch (bind_denial(load, found)) {
	case BIND_GPL:
		put(text,
		    "exported by %s for GPL-compatible modules only; its MODULE_LICENSE is \"%s\"",
		    owner, license ?: "missing");
		break;
	case BIND_NAMESPACE:
		put(text,
		    "exported by %s in namespace %s, which it does not import; "
		    "MODULE_IMPORT_NS(%s)",
		    owner, found->symbol->namespace, found->symbol->namespace);
		break;
	case BIND_ALLOWED:
		put(text, "exported by %s, which is %s", owner,
		    module_state_name(found->owner ? found->owner->state : MODULE_STATE_LIVE));
		break;
	}
}

/* It exists, but nobody exports it: the kernel's own symbols and those of loaded modules. False: there is none. */
static bool put_private(struct text *text, const char *name)
{
	unsigned long address = kallsyms_lookup_name(name) ?: module_kallsyms_lookup_name(name);
	const struct module *owner = module_from_address(address);

	if (!address)
		return false;
	put(text, "a symbol of %s that is not exported; EXPORT_SYMBOL(%s) where it is defined",
	    module_name(owner), name);
	return true;
}

static void put_on_disk(struct text *text, const struct disk_index *index, const char *name)
{
	const char *module = module_on_disk(index, name);

	if (!module) {
		put(text, "exported by nobody");
		put_nearest(text, index, name);
	} else if (module_find(module)) {
		put(text, "exported by %s.ko on disk, not by the loaded %s; rmmod %s; modprobe %s",
		    module, module, module, module);
	} else {
		put(text, "exported by %s.ko, not loaded; modprobe %s", module, module);
	}
}

/* "name (function+0x12, .text+0x52)": what is demanded, and the first place that does. */
static void put_demand(struct text *text, const struct load *load, u32 symbol)
{
	const struct link_object *object = &load->object;
	const struct elf_symbol *user;
	u32 section, offset;

	put(text, "needs %s (", link_symbol_name(object, symbol));
	if (!link_first_use(object, symbol, &section, &offset)) {
		put(text, "not referred to): ");
		return;
	}
	user = link_symbol_at(object, section, offset);
	if (user)
		put(text, "%s+0x%x, ", object->symbol_names + user->name, offset - user->value);
	put(text, "%s+0x%x): ", link_section_name(object, section), offset);
}

static void explain_symbol(const struct load *load, const struct disk_index *index, u32 symbol)
{
	const char *name = link_symbol_name(&load->object, symbol);
	struct export_found found;
	char line[640];
	struct text text = { line, sizeof(line), 0 };

	mutex_lock(&module_mutex);
	put_demand(&text, load, symbol);
	if (export_find(name, &found))
		put_denial(&text, load, &found);
	else if (!put_private(&text, name))
		put_on_disk(&text, index, name);
	mutex_unlock(&module_mutex);
	pr_err("module: %s: %s\n", load->name, line);
}

/* Those without a line of their own, as many as fit on each. */
static void name_others(const struct load *load, u32 symbol)
{
	char line[640];
	struct text text = { line, sizeof(line), 0 };

	for (; symbol; symbol = load_next_missing(load, symbol)) {
		put(&text, "%s%s", text.length ? ", " : "",
		    link_symbol_name(&load->object, symbol));
		if (text.length < sizeof(line) - KSYM_NAME_LEN)
			continue;
		pr_err("module: %s: needs also: %s\n", load->name, line);
		text.length = 0;
	}
	if (text.length)
		pr_err("module: %s: needs also: %s\n", load->name, line);
}

u32 load_next_missing(const struct load *load, u32 symbol)
{
	while (++symbol < load->object.symbol_count)
		if (load->object.symbols[symbol].section == ELF_INDEX_UNDEFINED &&
		    load->values[symbol] == LOAD_MISSING)
			return symbol;
	return 0;
}

void explain_missing(const struct load *load)
{
	struct disk_index index;
	u32 symbol, count = 0;

	index_read(&index);
	for (symbol = load_next_missing(load, 0); symbol && count < DETAILED; count++) {
		explain_symbol(load, &index, symbol);
		symbol = load_next_missing(load, symbol);
	}
	if (symbol)
		name_others(load, symbol);
	vfree(index.text);
}
