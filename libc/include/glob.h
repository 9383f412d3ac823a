/* Path names that match a shell pattern. */
#ifndef _GLOB_H
#define _GLOB_H
#include <features.h>
#include <stddef.h>
typedef struct {
	size_t gl_pathc; /* paths found */
	char **gl_pathv; /* after gl_offs NULLs; ends with NULL */
	size_t gl_offs;
	int gl_flags;
} glob_t;
#define GLOB_ERR 0x01
#define GLOB_MARK 0x02 /* directories get a slash */
#define GLOB_NOSORT 0x04
#define GLOB_DOOFFS 0x08
#define GLOB_NOCHECK 0x10 /* no match: the pattern itself */
#define GLOB_APPEND 0x20
#define GLOB_NOESCAPE 0x40
#define GLOB_PERIOD 0x80 /* wildcards match leading periods */
#define GLOB_NOSPACE 1
#define GLOB_ABORTED 2
#define GLOB_NOMATCH 3
__BEGIN_DECLS
int glob(const char *pattern, int flags, int (*failed)(const char *path, int error), glob_t *found);
void globfree(glob_t *found);
__END_DECLS
#endif
