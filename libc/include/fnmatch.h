/* Shell patterns against strings: * ? [a-z] [!a] [[:alpha:]] and \ . */
#ifndef _FNMATCH_H
#define _FNMATCH_H
#include <features.h>
#define FNM_NOMATCH 1
#define FNM_PATHNAME 1 /* only a slash matches a slash */
#define FNM_FILE_NAME FNM_PATHNAME
#define FNM_NOESCAPE 2	  /* \ is an ordinary character */
#define FNM_PERIOD 4	  /* only a period matches a leading period */
#define FNM_LEADING_DIR 8 /* what follows a match and a slash does not matter */
#define FNM_CASEFOLD 16
__BEGIN_DECLS
int fnmatch(const char *pattern, const char *s, int flags); /* 0 or FNM_NOMATCH */
__END_DECLS
#endif
