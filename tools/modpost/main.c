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
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "modpost.h"

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
