/* Shared by the parts of modpost; see main.c. A build tool: what goes wrong ends the program with a message. */
#ifndef MODPOST_H
#define MODPOST_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include "link/link.h"

/* One exported symbol. */
struct export
{
	struct export *next; /* of the same hash slot */
	uint32_t crc;
	char *name;
	char *module;	 /* path without .ko, or "vmlinux" */
	char *namespace; /* "" for the common one */
	bool gpl;
};

/* What is known of who exports what. */
struct symvers {
	struct export *slots[4096];
};

/* A validated relocatable file in memory. */
struct object {
	const char *path;
	struct link_object elf;
	struct link_section *sections;
};

/* What is asked for on the command line. */
struct request {
	const char *name; /* module name, or path without .ko for -x */
	const char *output;
	const char *input;
	bool external;
	bool only_warn; /* of unresolved symbols and namespaces */
	struct symvers known;
	struct symvers types; /* CRCs of what this object exports */
	const char **depends; /* .d files of the objects it is made of */
	unsigned int depend_count;
};

/* report.c */
extern const char *tool_name; /* stands before messages */
extern bool complained;
void die(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));
/* Of what the build should not go on with: an error, that the exit status tells in the end, or a warning. */
void complain(bool only_warn, const char *format, ...) __attribute__((format(printf, 2, 3)));
void warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* object.c */
void *allocate(size_t size);
char *duplicate(const char *text);
uint8_t *read_file(const char *path, size_t *size);
void object_load(struct object *object, const char *path);

/* symvers.c: Module.symvers files. */
void symvers_read(struct symvers *symvers, const char *path);
/* Adds or replaces one. */
void symvers_set(struct symvers *symvers, uint32_t crc, const char *name, const char *module,
		 bool gpl, const char *namespace);
/* The S lines of a file of symtypes.py: names and CRCs only. */
void symvers_read_types(struct symvers *symvers, const char *path);
const struct export *symvers_find(const struct symvers *symvers, const char *name);
void symvers_write(FILE *out, uint32_t crc, const char *name, const char *module, bool gpl,
		   const char *namespace);

/* nearest.c: the exported name most like this one, or NULL. */
const char *symvers_nearest(const struct symvers *symvers, const char *name);

/* exports.c: what a module's object exports. */
void exports_write(const struct request *request, const struct object *object, FILE *out);
/* Calls fn for each export of an object: its name, and whether it is for GPL-compatible modules only. */
void exports_each(const struct object *object,
		  void (*fn)(const char *name, bool gpl, const char *namespace, void *data),
		  void *data);

/* kernel.c: what the linked kernel exports. */
void kernel_write(const char *path, FILE *out);

/* alias.c: aliases of the device tables, as MODULE_ALIAS lines. */
void alias_write(const struct object *object, FILE *out);

/* source.c: `srcversion`, 24 digits of a hash of the sources that the .d files name. */
void source_version(const struct request *request, char version[25]);

/* versions.c: the tables of CRCs, of what is used and of what is exported. */
void versions_write(const struct request *request, const struct object *object, FILE *out);

/* mismatch.c: references from code that stays to code that goes. */
void mismatch_check(const struct object *object, const char *name);

/* checksum.c: the file gets its checksum; one that it has already is replaced. */
void checksum_append(const char *path);

/* module.c: the generated source file. */
void module_write(const struct request *request, const struct object *object, FILE *out);

#endif
