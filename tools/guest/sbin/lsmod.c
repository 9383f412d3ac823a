/* lsmod: list the loaded modules */
/* lsmod: the loaded modules, their sizes in bytes, and who uses them. 0, or 1 when the kernel does not tell. */
#include <string.h>
#include "guest/lib/kmod.h"

int main(int argc, char **argv)
{
	struct kmod_loaded *list;
	size_t count;

	kmod_program = "lsmod";
	if (argc != 1) {
		fprintf(stderr, "Usage: %s\n", argv[0]);
		return 1;
	}
	int error = -kmod_loaded_read(&list, &count);

	if (error) {
		fprintf(stderr, "Error: could not get list of modules: %s\n", strerror(error));
		return 1;
	}
	puts("Module                  Size  Used by");
	for (size_t i = 0; i < count; i++) {
		printf("%-19s %8lu  %d", list[i].name, list[i].size, list[i].uses);
		for (size_t k = 0; k < list[i].users.count; k++)
			printf("%c%s", k ? ',' : ' ', list[i].users.text[k]);
		putchar('\n');
	}
	return 0;
}
