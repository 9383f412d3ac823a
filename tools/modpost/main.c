/*
 * modpost: what the build does between compiling a module and linking its .ko. Uses the kernel's own linker, so that
 * what the loader would refuse is refused here already.
 *
 *	modpost -n NAME [-e] [-w] [-i SYMVERS]... [-s DEPENDS]... -o NAME.mod.c all.o
 *		the source of the module's description: vermagic, name, depends, aliases, struct module
 *	modpost -x -n PATH [-t SYMTYPES] -o EXPORTS all.o
 *		what the module exports, as lines of Module.symvers
 *	modpost -k rakit.elf -o SYMVERS
 *		what the kernel exports
 *	modpost -c NAME.ko...
 *		the checksum that the loader expects behind each file, appended or renewed
 *
 * -w: unresolved symbols and namespaces that are not imported are warnings, no errors. -s: .d file of one of its objects.
 * -e: the module is built outside the tree (no intree=Y). Exit status 1 with a message when the file is bad.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "modpost.h"

static void message(const char *kind, const char *format, va_list args)
{
	fprintf(stderr, "modpost: %s", kind);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message("error: ", format, args);
	va_end(args);
	exit(1);
}

void warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message("warning: ", format, args);
	va_end(args);
}

static bool complained;

void complain(bool only_warn, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message(only_warn ? "warning: " : "error: ", format, args);
	va_end(args);
	complained |= !only_warn;
}

void *allocate(size_t size)
{
	void *memory = calloc(1, size ? size : 1);

	if (!memory)
		die("out of memory");
	return memory;
}

char *duplicate(const char *text)
{
	return strcpy(allocate(strlen(text) + 1), text);
}

uint8_t *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	uint8_t *bytes;
	long length;

	if (!file || fseek(file, 0, SEEK_END) || (length = ftell(file)) < 0)
		die("%s: cannot be read", path);
	rewind(file);
	bytes = allocate((size_t)length + 1);
	if (fread(bytes, 1, (size_t)length, file) != (size_t)length)
		die("%s: cannot be read", path);
	fclose(file);
	*size = (size_t)length;
	return bytes;
}

static void fail_link(const struct object *object, const struct link_error *error)
{
	char text[512];

	link_describe(&object->elf, error, text, sizeof(text));
	die("%s: %s", object->path, text);
}

void object_load(struct object *object, const char *path)
{
	struct link_error error;
	size_t size;
	uint8_t *bytes = read_file(path, &size);

	object->path = path;
	if (link_parse(bytes, size, &object->elf, &error))
		fail_link(object, &error);
	object->sections = allocate(object->elf.section_count * sizeof(*object->sections));
	if (link_validate(&object->elf, object->sections, &error))
		fail_link(object, &error);
}

static FILE *open_output(const char *path)
{
	FILE *out = fopen(path, "w");

	if (!out)
		die("%s: cannot be written", path);
	return out;
}

static void usage(void)
{
	die("usage: modpost -n NAME [-e] [-w] [-i SYMVERS]... [-s DEPENDS]... -o FILE OBJECT | "
	    "-x -n PATH [-t SYMTYPES] -o FILE OBJECT | "
	    "-k IMAGE -o FILE | -c MODULE...");
}

enum action { MODULE, EXPORTS, KERNEL, CHECKSUM };

static enum action read_options(struct request *request, int argc, char **argv)
{
	enum action action = MODULE;

	for (int option; (option = getopt(argc, argv, "n:o:i:exwt:s:k:c")) != -1;) {
		switch (option) {
		case 'n':
			request->name = optarg;
			break;
		case 'w':
			request->only_warn = true;
			break;
		case 't':
			symvers_read_types(&request->types, optarg);
			break;
		case 's':
			request->depends =
				realloc(request->depends,
					(request->depend_count + 1) * sizeof(*request->depends));
			if (!request->depends)
				die("out of memory");
			request->depends[request->depend_count++] = optarg;
			break;
		case 'o':
			request->output = optarg;
			break;
		case 'i':
			symvers_read(&request->known, optarg);
			break;
		case 'e':
			request->external = true;
			break;
		case 'x':
			action = EXPORTS;
			break;
		case 'k':
			action = KERNEL;
			request->input = optarg;
			break;
		case 'c':
			action = CHECKSUM;
			break;
		default:
			usage();
		}
	}
	if (action == CHECKSUM)
		return action;
	if (action != KERNEL)
		request->input = argv[optind];
	if (!request->output || !request->input || (action != KERNEL && !request->name))
		usage();
	return action;
}

int main(int argc, char **argv)
{
	static struct request request;
	static struct object object;
	enum action action = read_options(&request, argc, argv);
	FILE *out;

	if (action == CHECKSUM) {
		for (char **path = argv + optind; *path; path++)
			checksum_append(*path);
		return 0;
	}
	if (action != KERNEL)
		object_load(&object, request.input);
	out = open_output(request.output);
	if (action == KERNEL)
		kernel_write(request.input, out);
	else if (action == EXPORTS)
		exports_write(&request, &object, out);
	else
		module_write(&request, &object, out);
	if (fclose(out))
		die("%s: cannot be written", request.output);
	return complained;
}
