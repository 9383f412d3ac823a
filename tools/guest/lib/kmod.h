/*
 * What the module tools (insmod rmmod lsmod modinfo modprobe depmod) share: messages, names, module files,
 * configuration, the tree under /lib/modules, what is loaded, and the kernel's calls.
 *
 * Options, texts and exit codes are those of kmod 30. The tools run for one command and exit: memory is not
 * given back, and its lack ends the program. Plain POSIX: depmod is also built for the build machine.
 */
#ifndef GUEST_KMOD_H
#define GUEST_KMOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "link/link.h"

/* ---- kmod_say.c: messages ---- */

enum { KMOD_FATAL, KMOD_ERROR, KMOD_WARNING, KMOD_INFO };
extern const char *kmod_program; /* set first: "modprobe" */
extern bool kmod_to_log;	 /* messages go to the kernel's log instead of stderr (-s) */
extern int
	kmod_not_found; /* level of what concerns one argument of several: KMOD_FATAL, with -a KMOD_WARNING */
extern int kmod_loudness; /* highest level that is printed: KMOD_WARNING; -1: nothing */

/* "PROGRAM: ERROR: TEXT" on stderr; format ends with a newline. */
void kmod_say(int level, const char *format, ...) __attribute__((__format__(__printf__, 2, 3)));
#define kmod_fatal(...) kmod_say(KMOD_FATAL, __VA_ARGS__)
#define kmod_error(...) kmod_say(KMOD_ERROR, __VA_ARGS__)
#define kmod_warning(...) kmod_say(KMOD_WARNING, __VA_ARGS__)
void kmod_version(void); /* what -V prints */

/* Memory, or the end of the program. */
void *kmod_need(void *memory);
char *kmod_text(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));
char *kmod_copy(const char *text);

/* A growing list of texts; sorted and searched with strcmp. */
struct kmod_list {
	char **text;
	size_t count, room;
};
void kmod_list_add(struct kmod_list *list, const char *text); /* keeps the pointer */
bool kmod_list_has(const struct kmod_list *list, const char *text);

/* ---- kmod_name.c: names ---- */

/* Dashes to underscores, but not within [...]; copies. NULL: brackets do not match. */
char *kmod_normalise(const char *name);
/* "…/snd-sb16.ko" to "snd_sb16". NULL: the path does not end in a module's name. */
char *kmod_name_of_path(const char *path);
/* Whether the text is a module's file rather than its name. */
bool kmod_is_path(const char *text);
/* The path with the working directory in front if it has none. */
char *kmod_absolute(const char *path);

/* ---- kmod_file.c: module files ---- */

struct kmod_file {
	const char *path;
	void *bytes;
	size_t size;	   /* without a signature */
	size_t whole_size; /* with it */
	struct link_object object;
	struct link_section *sections;
};

/* Reads, parses and validates. 0, or -errno; ENOEXEC comes with a text in file_error(). */
int kmod_file_open(struct kmod_file *file, const char *path);
void kmod_file_close(struct kmod_file *file);
const char *kmod_file_error(
	void); /* what is wrong with the file last refused, with section and offset */
/* Exported symbols and undefined ones: the next index after `previous` (0: the first), 0 at the end. */
uint32_t kmod_file_next_export(const struct kmod_file *file, uint32_t previous, const char **name);
uint32_t kmod_file_next_undefined(const struct kmod_file *file, uint32_t previous,
				  const char **name, bool *weak);
/* The value of "tag=value" if the text has this tag, else NULL. */
const char *kmod_tag(const char *text, const char *tag);
/* The whole file with a NUL behind it; size may be NULL. NULL: errno. */
char *kmod_read(const char *path, size_t *size);

/* ---- kmod_config.c: modprobe.d and the kernel's command line ---- */

enum kmod_word {
	KMOD_ALIAS,
	KMOD_BLACKLIST,
	KMOD_INSTALL,
	KMOD_OPTIONS,
	KMOD_REMOVE,
	KMOD_SOFTDEP,
	KMOD_WORDS
};

struct kmod_line {
	enum kmod_word word;
	char *name;  /* module, or alias pattern; normalised */
	char *value; /* module of the alias, options, command, soft dependencies */
	struct kmod_line *next;
};

extern const char *const kmod_words[KMOD_WORDS];
extern struct kmod_line *kmod_config; /* in the order in which it was read */

/*
 * Reads PATH (a file or a folder), or if NULL the folders modprobe.d in /etc, /run, /usr/local/lib and /lib: of files
 * with the same name only the first, all in the order of their names, modules.softdep of the tree among them; then
 * /proc/cmdline. A PATH that is not there is empty.
 */
void kmod_config_read(const char *path);
/* All values of the word for this module joined by sep, or NULL. alias: the name it was asked for by, or NULL. */
char *kmod_config_options(const char *name, const char *alias);
const char *kmod_config_command(enum kmod_word word, const char *name);
bool kmod_config_blacklisted(const char *name);
/* Soft dependencies of the module, in order. */
void kmod_config_softdeps(const char *name, struct kmod_list *before, struct kmod_list *after);

/* ---- kmod_tree.c: /lib/modules/RELEASE ---- */

extern char *kmod_directory; /* root + /lib/modules/RELEASE */

void kmod_tree_set(const char *root, const char *release); /* NULL: none, the running kernel's */
struct kmod_module {
	const char *name;
	const char *alias; /* what it was looked up by, if that is not its name */
	const char *path;  /* NULL: not in the tree */
	bool builtin;
	struct kmod_list needs; /* paths, nearest first: load from the end */
	bool visited, required, ignore_command;
	struct kmod_module *next;
};
/* The module of this name (normalised); always the same pointer. It may have no path. */
struct kmod_module *kmod_module(const char *name);
struct kmod_module *kmod_module_by_path(const char *path);
void kmod_forget_visits(void); /* clears `visited` of all */
/*
 * The modules that an alias or a name stands for, in kmod's order of places: configuration, modules.dep, symbols,
 * commands, modules.alias, built-ins. The first place that knows it counts.
 */
size_t kmod_lookup(const char *alias, struct kmod_module ***found);
/* Prints the names of modules of the tree that are like one that is not there: "  nearest: hello", on stderr. */
void kmod_show_nearest(const char *wanted);

/* ---- kmod_loaded.c: what is loaded ---- */

struct kmod_loaded {
	char *name;
	unsigned long size;	/* bytes */
	int uses;		/* -1: never to be unloaded */
	struct kmod_list users; /* names of modules */
	const char *state;	/* Live Loading Unloading Contained */
};
/* Reads /proc/modules; its error as -errno. Again after kmod_loaded_forget(). */
int kmod_loaded_read(struct kmod_loaded **list, size_t *count);
void kmod_loaded_forget(void);
const struct kmod_loaded *kmod_loaded_find(const char *name); /* NULL: not loaded */
bool kmod_is_builtin_now(const char *name); /* in /sys/module, not in /proc/modules */

/* ---- kmod_kernel.c: the kernel's calls, and its explanations ---- */

enum { KMOD_FORCE_VERMAGIC = 1, KMOD_FORCE_MODVERSION = 2 };

/* 0 or -errno. */
int kmod_insert(const char *path, const char *options, int force);
int kmod_delete(const char *name, bool force);
/* Prints what the kernel says about the last of these calls (lib/refusal.h). */
void kmod_explain(void);
/* Prints who holds the module by /sys/kernel/rakit/holders: "  held by WHAT; taken by …" for each. */
void kmod_show_holders(FILE *out, const char *name);
/* kmod_phases.c: prints what is known of the five phases of a module just loaded from path. */
void kmod_show_phases(const char *name, const char *path);
const char *kmod_insert_reason(int error); /* text for -error of kmod_insert() */

#endif
