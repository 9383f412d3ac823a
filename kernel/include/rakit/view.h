/* Read-only text files of any length in /sys/kernel/rakit, for what Linux has no place for. */
#ifndef _RAKIT_VIEW_H
#define _RAKIT_VIEW_H

#include <linux/types.h>

struct seq_file;
struct pnode;

/*
 * name: path below /sys/kernel/rakit (missing directories are made); show(m, data) prints the whole text, may sleep.
 * Returns the view, or ERR_PTR(-EEXIST, -ENOMEM, -EINVAL). Process context. Before the file trees exist (vfs_init)
 * it must not be called. Owned by the module whose text calls it.
 */
struct pnode *rakit_view_create(const char *name, int (*show)(struct seq_file *m, void *data),
				void *data);
/* Removes it: waits for readers in show; ERR_PTR and NULL are ignored. Process context, may sleep. */
void rakit_view_remove(struct pnode *view);

#endif
