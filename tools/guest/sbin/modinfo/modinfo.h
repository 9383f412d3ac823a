/* What the parts of modinfo share. */
#ifndef GUEST_MODINFO_H
#define GUEST_MODINFO_H

#include "guest/lib/kmod.h"

/* main.c: one line of what is known, if it is wanted. */
void show(const char *tag, const char *text);

/* signature.c: who has signed the file, if it says so. */
void show_signature(const struct kmod_file *file);

#endif
