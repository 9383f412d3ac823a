/*
 * Writes NAME.mod.c: the texts that the build knows and the module's author does not write (vermagic, name, depends,
 * aliases) and struct module itself, and checks that what the module uses is there and may be used.
 */
#include <string.h>
#include "lib/string.h"
#include "modpost.h"

#define DEPENDS_MAX 256

struct depends {
	const char *names[DEPENDS_MAX];
	unsigned int count;
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Module names have _ where file names may have -. */
static bool same_module(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (*a != *b && !((*a == '-' || *a == '_') && (*b == '-' || *b == '_')))
			return false;
	return *a == *b;
}

static void depends_add(struct depends *depends, const char *module)
{
	for (unsigned int i = 0; i < depends->count; i++)
		if (same_module(depends->names[i], module))
			return;
	if (depends->count == DEPENDS_MAX)
		die("more than %d modules needed", DEPENDS_MAX);
	depends->names[depends->count++] = module;
}

static bool license_is_gpl(const char *license)
{
	static const char *const compatible[] = {
		"GPL",		"GPL v2",	"GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"
	};

	for (size_t i = 0; license && i < sizeof(compatible) / sizeof(compatible[0]); i++)
		if (!strcmp(license, compatible[i]))
			return true;
	return false;
}

static bool imports_namespace(const struct link_object *elf, const char *namespace)
{
	for (const char *s = NULL; (s = link_modinfo_next(elf, s));)
		if (text_begins(s, "import_ns=") && !strcmp(s + strlen("import_ns="), namespace))
			return true;
	return false;
}

static void check_use(const struct request *request, const struct link_object *elf,
		      const struct export *export)
{
	if (export->gpl && !license_is_gpl(link_modinfo(elf, "license")))
		die("%s.ko: uses %s, which is for GPL-compatible modules only; its MODULE_LICENSE "
		    "is %s",
		    request->name, export->name, link_modinfo(elf, "license") ?: "missing");
	if (export->namespace[0] && !imports_namespace(elf, export->namespace))
		complain(request->only_warn,
			 "%s.ko: uses %s of namespace %s; add MODULE_IMPORT_NS(%s)", request->name,
			 export->name, export->namespace, export->namespace);
}

static void report_unknown(const struct request *request, const char *name)
{
	const char *nearest = symvers_nearest(&request->known, name);

	complain(request->only_warn, "%s.ko: %s is exported by nobody%s%s", request->name, name,
		 nearest ? "; nearest: " : "", nearest ? nearest : "");
}

/* What the loader defines itself. */
static bool is_loaders(const char *name)
{
	return !strcmp(name, "__this_module") || !strcmp(name, "_GLOBAL_OFFSET_TABLE_");
}

static void collect_depends(const struct request *request, const struct link_object *elf,
			    struct depends *depends)
{
	for (uint32_t i = 1; i < elf->symbol_count; i++) {
		const struct elf_symbol *symbol = &elf->symbols[i];
		const char *name = elf->symbol_names + symbol->name;
		const struct export *export;

		if (symbol->section != ELF_INDEX_UNDEFINED || is_loaders(name))
			continue;
		export = symvers_find(&request->known, name);
		if (export)
			check_use(request, elf, export);
		else if (elf_symbol_binding(symbol) != ELF_WEAK)
			report_unknown(request, name);
		if (export && strcmp(export->module, "vmlinux") &&
		    !same_module(base_name(export->module), request->name))
			depends_add(depends, base_name(export->module));
	}
}

static bool defines(const struct link_object *elf, const char *name)
{
	for (uint32_t i = elf->sections[elf->symtab].info; i < elf->symbol_count; i++)
		if (elf->symbols[i].section != ELF_INDEX_UNDEFINED &&
		    !strcmp(link_symbol_name(elf, i), name))
			return true;
	return false;
}

static void write_depends(const struct depends *depends, FILE *out)
{
	fputs("MODULE_INFO(depends, \"", out);
	for (unsigned int i = 0; i < depends->count; i++)
		fprintf(out, "%s%s", i ? "," : "", depends->names[i]);
	fputs("\");\n", out);
}

void module_write(const struct request *request, const struct object *object, FILE *out)
{
	static struct depends depends;
	char version[25];
	const struct link_object *elf = &object->elf;

	if (strlen(request->name) >= 60)
		die("%s: a module's name has at most 59 characters", request->name);
	if (!link_modinfo(elf, "license"))
		warn("%s.ko: no MODULE_LICENSE: treated as proprietary", request->name);
	collect_depends(request, elf, &depends);
	mismatch_check(object, request->name);
	fputs("/* Made by modpost; do not edit. */\n#include <linux/module.h>\n#include "
	      "<linux/vermagic.h>\n\n"
	      "MODULE_INFO(vermagic, VERMAGIC_STRING);\n",
	      out);
	fputs("#ifdef __clang__\nMODULE_INFO(compiler, __VERSION__);\n#else\n"
	      "MODULE_INFO(compiler, \"gcc \" __VERSION__);\n#endif\n",
	      out);
	fprintf(out, "MODULE_INFO(name, \"%s\");\n", request->name);
	if (!request->external)
		fputs("MODULE_INFO(intree, \"Y\");\n", out);
	write_depends(&depends, out);
	source_version(request, version);
	fprintf(out, "MODULE_INFO(srcversion, \"%s\");\n", version);
	alias_write(object, out);
	fprintf(out,
		"\nstruct module __this_module __section(\".gnu.linkonce.this_module\") = "
		"{\n\t.name = \"%s\",\n",
		request->name);
	if (defines(elf, "init_module"))
		fputs("\t.init = init_module,\n", out);
	if (defines(elf, "cleanup_module"))
		fputs("\t.exit = cleanup_module,\n", out);
	fputs("};\n", out);
	versions_write(request, object, out);
}
