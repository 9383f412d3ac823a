/*
 * Options. As in GNU: arguments that are not options are moved to the end, unless the option string
 * begins with '+' (stop at the first) or '-' (give them as option 1); a leading ':' silences messages.
 */
#ifndef _GETOPT_H
#define _GETOPT_H
#include <features.h>
__BEGIN_DECLS
extern char *optarg;
extern int optind, opterr, optopt; /* optind = 0: start afresh */
int getopt(int argc, char *const argv[], const char *options);
#define no_argument 0
#define required_argument 1
#define optional_argument 2
struct option {
	const char *name;
	int has_arg;
	int *flag; /* NULL: getopt_long returns val; else *flag = val and 0 is returned */
	int val;
};
int getopt_long(int argc, char *const argv[], const char *options, const struct option *longs,
		int *index);
int getopt_long_only(int argc, char *const argv[], const char *options, const struct option *longs,
		     int *index);
__END_DECLS
#endif
