/* modwhy: what its files share. */
#ifndef GUEST_MODWHY_H
#define GUEST_MODWHY_H

#include "guest/lib/kmod.h"

/* module.c: explains every module that a name or alias stands for; false: it stands for none. */
bool why_module(const char *text);
/* device.c: explains a device of a bus or class, or a node below /dev; false: there is none of this name. */
bool why_device(const char *text);
/* resource.c: explains who holds a port or address range ("0x220", "0x220-0x22f"), "irq 5" or "dma 1"; false: no such text. */
bool why_resource(const char *text);

/* What each module holds by the ledger: calls fn for each line (which it may change). */
void ledger_each(void (*fn)(const char *module, char *line, void *data), void *data);
/* Prints the machine's refusals whose first line begins with `what` ("load hello:"); returns how many. */
unsigned int show_refusals(const char *what);
/* The target of a symbolic link, its last component; on the heap, NULL: none. */
char *link_name(const char *path);
/* A file's text without the newline at its end; on the heap, NULL: none. */
char *first_line(const char *path);

#endif
