// SOURCES: tools/guest/lib/kmod_config.c tools/guest/lib/kmod_name.c tools/guest/lib/kmod_say.c
// SOURCES: tools/guest/lib/kmod_tree.c tools/guest/lib/kmod_file.c tools/guest/lib/kmod_loaded.c
// SOURCES: tools/guest/sbin/depmod/config.c kernel/link/parse.c kernel/link/validate.c
// SOURCES: kernel/link/validate_sections.c kernel/link/validate_symbols.c kernel/link/validate_relocs.c
// SOURCES: kernel/link/known.c kernel/link/modinfo.c kernel/link/describe.c kernel/link/reloc_i386.c
// SOURCES: kernel/link/layout.c kernel/link/got.c
// SOURCES: kernel/link/trailer.c kernel/sign/trailer.c kernel/lib/checksum.c kernel/lib/crc.c
// SOURCES: kernel/lib/format.c kernel/lib/number.c kernel/lib/inflate.c kernel/lib/errname.c kernel/lib/nearest.c
/*
 * Any text as a file of modprobe.d and of depmod.d, and its first line as a name that modprobe looks up: no crash, and
 * every question that modprobe asks has an answer. The tools give no memory back, so leaks are not looked for.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "guest/sbin/depmod/depmod.h"

int __lsan_is_turned_off(void)
{
	return 1;
}

static void ask(const char *name)
{
	struct kmod_list before = { NULL, 0, 0 }, after = { NULL, 0, 0 };
	struct kmod_module **found;

	kmod_lookup(name, &found);
	kmod_config_options(name, NULL);
	kmod_config_command(KMOD_INSTALL, name);
	kmod_config_blacklisted(name);
	kmod_config_softdeps(name, &before, &after);
	kmod_name_of_path(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config config = { NULL, NULL, NULL, NULL };
	char path[40], name[128];
	int fd = memfd_create("kmod", 0);
	size_t n = 0;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		return 0;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	kmod_loudness = -1;
	kmod_tree_set("/nowhere", "5.10.0");
	kmod_config_read(path);
	config_read(&config, path, "5.10.0");
	config_prefers(&config, "/a/b", "/c/b");
	for (; n < size && n < sizeof(name) - 1 && data[n] != '\n'; n++)
		name[n] = data[n];
	name[n] = 0;
	ask(name);
	close(fd);
	return 0;
}
