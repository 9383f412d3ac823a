/* What the parts of kmodd share. */
#ifndef GUEST_KMODD_H
#define GUEST_KMODD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

extern int device; /* /dev/kmod */

/* One line "kmodd: TEXT" in the kernel's log, or on stderr if there is none. */
void say(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));
/* One command to the kernel. */
void tell(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));

/* config.c: the settings in force. */
struct settings {
	int sweep;   /* seconds between looks for idle modules; 0: never */
	int workers; /* processes of modprobe at once */
	int timeout; /* seconds, for the kernel; 0: as it is */
	bool coldplug;
	char *rules; /* for /sys/kernel/rakit/request_policy; NULL: as it is */
	char **keep; /* modules that are never swept */
	size_t keep_count;
};
extern struct settings settings;
/* Reads the file and makes the kernel follow it; what is wrong in it is said and left out. */
void settings_read(const char *path);
bool settings_keep(const char *module);

/* work.c: requests and the processes that work on them. */
void work_add(unsigned int id, const char *alias);
void work_cancel(unsigned int id);
void work_bury(void); /* children that have ended: their requests are done, waiting ones begin */
void work_remove(const char *module);
void work_coldplug(void); /* modules for devices that were there before this daemon */

#endif
