/* What the parts of modinfo share. */
#ifndef GUEST_MODINFO_H
#define GUEST_MODINFO_H

#include "guest/lib/kmod.h"

/* main.c: one line of what is known, if it is wanted. */
extern const char *field; /* the only one wanted, NULL: all */
extern char separator;	  /* behind each line */
void show(const char *tag, const char *text);

/* parameter.c: "tag=text" is shown, or for a parameter put into the list; the list is shown at the end. */
struct parameter;
void show_entry(const char *entry, struct parameter **parameters);
void show_parameters(const struct parameter *list);

/* signature.c: who has signed the file, if it says so. */
void show_signature(const struct kmod_file *file);

#endif
