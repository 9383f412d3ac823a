/*
 * The CRCs in a module: __versions, of the symbols it uses, and __kcrctab, of those it exports, in sections that the
 * final link sorts as it sorts the symbols themselves.
 */
#include <string.h>
#include "modpost.h"

#define LAYOUT "module_layout" /* used by every module: the structs it shares with the kernel */

static void write_version(const struct request *request, const char *name, FILE *out)
{
	const struct export *export = symvers_find(&request->known, name);

	if (!export || !export->crc)
		return;
	if (strlen(name) >= 60)
		warn("%s.ko: %s: no version, its name has more than 59 characters", request->name,
		     name);
	else
		fprintf(out, "\t{ 0x%08x, \"%s\" },\n", export->crc, name);
}

static void write_crc(const char *name, bool gpl, const char *namespace, void *data)
{
	void **both = data;
	const struct request *request = both[0];
	const struct export *export = symvers_find(&request->known, name);

	fprintf(both[1],
		"static const unsigned int __crc_%s __used __section(\"___kcrctab%s+%s\") = "
		"0x%08x;\n",
		name, gpl ? "_gpl" : "", name, export ? export->crc : 0);
}

void versions_write(const struct request *request, const struct object *object, FILE *out)
{
	const struct link_object *elf = &object->elf;
	void *both[] = { (void *)request, out };

	fputs("\nstatic const struct modversion_info ____versions[] __used "
	      "__section(\"__versions\") = "
	      "{\n",
	      out);
	write_version(request, LAYOUT, out);
	for (uint32_t i = 1; i < elf->symbol_count; i++)
		if (elf->symbols[i].section == ELF_INDEX_UNDEFINED)
			write_version(request, link_symbol_name(elf, i), out);
	fputs("};\n\n", out);
	exports_each(object, write_crc, both);
	if (request->external)
		fputs("\n/* The types that the CRCs stand for, packed: modversions compares them. "
		      "*/\n"
		      "__asm__(\".section .symtypes,\\\"\\\",@progbits\\n\\t.incbin \\\"\" "
		      "SYMTYPES \"\\\"\\n\\t.previous\");\n",
		      out);
}
