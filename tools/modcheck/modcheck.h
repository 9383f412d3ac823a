/* Shared by the parts of modcheck; see main.c. Files, exports and memory are modpost's. */
#ifndef MODCHECK_H
#define MODCHECK_H

#include "link/link.h"
#include "modpost/modpost.h"

struct module {
	const char *path;
	const char *name; /* from .modinfo, else the file's */
	struct link_object elf;
	struct link_section *sections;
	bool valid;   /* it could be parsed */
	bool checked; /* findings about it are told; else it only provides */
	bool gpl;     /* its licence is compatible with the GPL */
	struct module **uses;
	unsigned int use_count;
	enum { UNVISITED, VISITING, VISITED } visit;
};

struct check {
	struct symvers
		exports; /* of the kernel and all modules; export->module: name of the owner */
	struct module *modules;
	unsigned int count;
	const char *vermagic; /* the kernel's */
	unsigned int findings;
};

/* One line: file, kind, text. */
void finding(struct check *check, const struct module *module, const char *kind, const char *format,
	     ...) __attribute__((format(printf, 4, 5)));

/* module.c: reads a file; what the linker refuses is a finding. Adds its exports. */
void module_open(struct check *check, struct module *module, const char *path);
void module_add_exports(struct check *check, struct module *module);
struct module *module_find(struct check *check, const char *name);

/* symbols.c: what is used is there, for this module, with these types; the rest links. */
void symbols_check(struct check *check, struct module *module);

/* metadata.c: what a module says of itself. */
void metadata_check(struct check *check, struct module *module);
bool licence_is_gpl(const char *licence);

/* cycle.c: modules that need each other. */
void cycles_check(struct check *check);

#endif
