/* Paths as text. Results are to be freed. */
#ifndef GUEST_PATH_H
#define GUEST_PATH_H

#include <stdbool.h>
#include <sys/stat.h>

/* The last component, without slashes at its end. */
char *path_base(const char *path);

/* What is before the last component; "." where there is nothing. */
char *path_folder(const char *path);

/* folder/name with one slash between. */
char *path_join(const char *folder, const char *name);

/* Is it an existing folder (following links)? */
bool path_is_folder(const char *path);

/* Was `a` modified after `b`? */
bool path_newer(const struct stat *a, const struct stat *b);

/* Where `from` goes when copied, moved or linked to `to`: into `to` if that is a folder. */
char *path_target(const char *from, const char *to, bool into_folder);

/* `overwrite x?` on standard error; true if a line beginning with y or Y is answered. */
bool ask(const char *question, const char *path);

#endif
