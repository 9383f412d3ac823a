/* Who holds a mount, and taking files back from a module. Who holds a module: rakit/holders.h. */
#ifndef _RAKIT_OPEN_FILES_H
#define _RAKIT_OPEN_FILES_H

#include <linux/types.h>

struct module;
struct path;

/*
 * Text "fd 3 of pid 40 (cat), working directory of pid 41 (sh)" of what keeps a mount busy: descriptors, working directories
 * and roots below path. Returns the length (as scnprintf); 0: nothing. Process context.
 */
size_t mount_holders(const struct path *path, char *buf, size_t size);
/*
 * Cuts all open files of module off: every later operation on them gives -ENODEV, their release is not called any more
 * and the references they hold on the module are given back. For a module that has been stopped. Returns how many.
 * Process context.
 */
unsigned int module_files_revoke(struct module *module);

#endif
