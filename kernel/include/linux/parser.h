/* Mount options by table. Source: Linux 5.10 parser.h. Any context but match_strdup (process). */
#ifndef _LINUX_PARSER_H
#define _LINUX_PARSER_H

#include <linux/types.h>

/* pattern: text with %s (string up to the end), %d %u %o %x (number), %% . The last entry's is NULL. */
struct match_token {
	int token;
	const char *pattern;
};
typedef struct match_token match_table_t[];

enum { MAX_OPT_ARGS = 3 };

typedef struct {
	char *from;
	char *to;
} substring_t;

/* Token of the first pattern that s matches; args get the places of its % parts. */
int match_token(char *s, const match_table_t table, substring_t args[]);
/* 0, -EINVAL, -ERANGE, -ENOMEM. */
int match_int(substring_t *s, int *result);
int match_u64(substring_t *s, u64 *result);
int match_octal(substring_t *s, int *result);
int match_hex(substring_t *s, int *result);
size_t match_strlcpy(char *dest, const substring_t *src, size_t size);
char *match_strdup(const substring_t *s);

#endif
