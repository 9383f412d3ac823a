/*
 * Who holds a module: each reference has a record of where, when and by whom it was taken, and of what it is held for.
 *
 * try_module_get() and module_put() of linux/module.h know nothing of the holder: their record is under no key, and a put
 * forgets the newest such record of the same thread, or of any. The kernel's own holders say who they are: module_get_for()
 * and module_put_for() with the holder's address (a file, super block, socket, disk, address space, use), so that a report
 * can tell it from the others. The count decides whether a module may go; the records only explain it.
 */
#ifndef _RAKIT_HOLDERS_H
#define _RAKIT_HOLDERS_H

#include <linux/types.h>

struct module;

/* As try_module_get(), __module_get() and module_put(), for the holder at key. NULL for mod is accepted. Any context. */
bool module_get_for(struct module *mod, const void *key);
void __module_get_for(struct module *mod, const void *key);
void module_put_for(struct module *mod, const void *key);
/* A reference taken for `from` (NULL: by try_module_get()) is held for `to` from now on. Any context. */
void module_reference_rename(struct module *mod, const void *from, const void *to);

/* One holder. */
struct module_holder {
	const char *
		what; /* "fd 3 of pid 40 (cat) on /dev/x"; NULL: another reference of the one told of before */
	const char *remedy; /* "umount /mnt"; may be NULL */
	const void *key;    /* of its reference */
};

/* Told of one holder. May not sleep. */
typedef void module_holder_fn(struct module *mod, const struct module_holder *holder, void *data);

/* Calls fn for each holder that this part of the kernel knows. Process context, may sleep. */
void module_files_each(struct module *mod, module_holder_fn *fn,
		       void *data); /* vfs: mounts, descriptors */
void module_programs_each(struct module *mod, module_holder_fn *fn,
			  void *data); /* process: binary formats */
/*
 * All of them, and then the references that none of them accounts for, by where they were taken. Under module_mutex.
 */
void module_holders_each(struct module *mod, module_holder_fn *fn, void *data);
/*
 * Where a reference was taken: "taken by pid 40 (cat) 3.2 s ago at chrdev_open+0x60/0x90 < …"; empty if there is no record
 * under this key. Returns the length (as scnprintf).
 */
size_t module_reference_describe(struct module *mod, const void *key, char *text, size_t size);

#endif
