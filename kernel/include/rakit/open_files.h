/* Who holds a module, a mount or a device open: for refusals that name the holder, and for taking files back. */
#ifndef _RAKIT_OPEN_FILES_H
#define _RAKIT_OPEN_FILES_H

#include <linux/types.h>

struct module;
struct path;

/*
 * Text "mount /mnt (vfat), fd 3 of pid 40 (cat)" of what keeps module busy through the file layer: its mounts, and
 * the descriptors whose files it serves. Returns the length (as scnprintf); 0: nothing. Process context.
 */
size_t module_file_holders(struct module *module, char *buf, size_t size);
/* The same for a mount: descriptors, working directories and roots below path. */
size_t mount_holders(const struct path *path, char *buf, size_t size);
/*
 * Cuts all open files of module off: every later operation on them gives -ENODEV, their release is not called any more
 * and the references they hold on the module are given back. For a module that has been stopped. Returns how many.
 * Process context.
 */
unsigned int module_files_revoke(struct module *module);

#endif
