/* Regular expressions, POSIX basic and extended. C locale: bytes. */
#ifndef _REGEX_H
#define _REGEX_H

#include <features.h>
#include <sys/types.h>

typedef int regoff_t;
typedef struct {
	size_t re_nsub; /* parenthesised subexpressions */
	void *__program;
} regex_t;
typedef struct {
	regoff_t rm_so; /* -1: did not take part */
	regoff_t rm_eo;
} regmatch_t;

#define REG_EXTENDED 1
#define REG_ICASE 2
#define REG_NEWLINE 4 /* . and [^…] do not match it; ^ and $ also match at it */
#define REG_NOSUB 8
#define REG_NOTBOL 1
#define REG_NOTEOL 2
#define REG_STARTEND 4 /* match pmatch[0].rm_so .. rm_eo */

#define REG_OK 0
#define REG_NOMATCH 1
#define REG_BADPAT 2
#define REG_ECOLLATE 3
#define REG_ECTYPE 4
#define REG_EESCAPE 5
#define REG_ESUBREG 6
#define REG_EBRACK 7
#define REG_EPAREN 8
#define REG_EBRACE 9
#define REG_BADBR 10
#define REG_ERANGE 11
#define REG_ESPACE 12
#define REG_BADRPT 13

__BEGIN_DECLS
int regcomp(regex_t *regex, const char *pattern, int flags);
int regexec(const regex_t *regex, const char *s, size_t count, regmatch_t matches[], int flags);
size_t regerror(int error, const regex_t *regex, char *text, size_t size);
void regfree(regex_t *regex);
__END_DECLS

#endif
