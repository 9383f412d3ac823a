/*
 * The registry: four tables of what modules offer, found by name. One mechanism for all: an entry has a name, an
 * owner, an object (the kind's ops struct) and users. A lookup makes the caller a user and takes a reference on
 * the owner, so a module in use cannot go; removal first hides the entry and then waits for its users.
 * Entries come and go at any time, concurrently with lookups.
 *
 * Names: device drivers "bus/name" ("platform/rtc_cmos", "char/dsp", "block/fd"); filesystems as in mount(2);
 * protocols "PF_UNIX" and the like; binary formats "elf". Looking up is O(1) in the number of entries.
 */
#ifndef _RAKIT_REGISTRY_H
#define _RAKIT_REGISTRY_H

#include <linux/types.h>

struct module;
struct seq_file;

enum registry_kind {
	REGISTRY_DRIVER,
	REGISTRY_FILESYSTEM,
	REGISTRY_PROTOCOL,
	REGISTRY_BINFMT,
	REGISTRY_KINDS
};

/* registry_add() flags */
#define REGISTRY_FIRST 1u     /* walk it before all that are there (else after them) */
#define REGISTRY_NO_LEDGER 2u /* the caller records the object in the owner's ledger itself */

#define REGISTRY_NAME_MAX 63

/*
 * registry_add - offer an object under a name
 * @name: 1..REGISTRY_NAME_MAX characters, copied
 * @owner: module that offers it, NULL for the kernel; the entry is in its ledger, unless REGISTRY_NO_LEDGER
 * @object: what lookups return; not NULL, may be in one table once
 * @flags: REGISTRY_* or'ed
 * @site: _RET_IP_ of the public function, for the ledger
 * Returns 0, -EINVAL (name, object), -EEXIST (name taken: the holder is named in the log), -EBUSY (object is
 * registered already), -ENOMEM. Context: process.
 */
int registry_add(enum registry_kind kind, const char *name, struct module *owner, void *object,
		 unsigned int flags, unsigned long site);

/*
 * registry_remove - withdraw an object; returns when nobody uses it any more
 * From the call on no lookup finds it. Returns 0 or -EINVAL (not registered).
 * Context: process, may sleep; the caller must not be one of the users.
 */
int registry_remove(enum registry_kind kind, void *object);

/*
 * registry_get - look a name up and become a user
 * @name, @length: the name need not be NUL-terminated
 * Returns the object, or NULL if there is none or its owner is going away. Give it back with registry_put().
 * Context: any that may take a spinlock; does not sleep, does not load modules.
 */
void *registry_get(enum registry_kind kind, const char *name, size_t length);

/* Ends one use. The object may vanish at once. Any context. */
void registry_put(enum registry_kind kind, void *object);

/* Becomes one user more of an object that the caller uses already. Any context. */
void registry_hold(enum registry_kind kind, void *object);

/*
 * registry_next - walk a table in order of registration, sleeping allowed between steps
 * @previous: NULL to begin, else what the last call returned (its use ends)
 * Returns the next object, of which the caller is a user, or NULL at the end. To stop early, registry_put().
 * Entries added or removed meanwhile may or may not be seen; each object is returned at most once.
 */
void *registry_next(enum registry_kind kind, void *previous);

/* Number of users of an object, -EINVAL if it is not registered. Any context. */
int registry_users(enum registry_kind kind, void *object);

/* Name of the object's owner: the module's, or "kernel". Caller is a user of the object. */
const char *registry_owner_name(enum registry_kind kind, void *object);

/* Number of entries in a table. Any context. */
unsigned int registry_count(enum registry_kind kind);

#endif
