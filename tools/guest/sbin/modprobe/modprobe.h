/* What the parts of modprobe share. */
#ifndef GUEST_MODPROBE_H
#define GUEST_MODPROBE_H

#include <stdbool.h>
#include <stddef.h>
#include "guest/lib/kmod.h"

/* What the command line asks for. */
struct wish {
	bool dry_run, first_time, only_resolve, use_blacklist;
	bool ignore_commands; /* install and remove lines of the configuration */
	bool ignore_loaded;   /* as if nothing were loaded */
	bool remove_holders;
	bool keep_loaded; /* what was loaded before something failed stays */
	bool for_kernel;  /* the kernel asks, for some process: no shell */
	int force;	  /* KMOD_FORCE_* */
	int wait_ms;	  /* for a module to become unused */
};
extern struct wish wish;

/* sequence.c: the order in which the modules for one are loaded. */
struct sequence {
	struct kmod_module **list;
	size_t count;
};
void sequence_make(struct sequence *sequence, struct kmod_module *module);

/* command.c: runs an install or remove command of the configuration. 0, -EINVAL (said). options may be NULL. */
int command_run(const char *kind, const char *command, const char *module, const char *options);

/* insert.c, remove.c: what one argument stands for. 0, or 1 when something failed (said). */
int insert_named(const char *text, const char *options);
int remove_named(const char *text);
/* Takes one module out again, without its dependencies or commands. */
void remove_again(const char *name);
/* Whether the module is in the kernel, loaded or built in. */
bool is_there(const struct kmod_module *module);

/* show.c: -c, --show-modversions, --show-exports. The exit status. */
int show_config(void);
int show_versions(const char *path, bool exports);

#endif
