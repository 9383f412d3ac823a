/* The host's regular expressions, apart from ours: both have the same names for their types. */
#include <regex.h>

int host_regex(const char *pattern, int flags, const char *text, int match_flags, int *start,
	       int *end);

int host_regex(const char *pattern, int flags, const char *text, int match_flags, int *start,
	       int *end)
{
	regex_t regex;
	regmatch_t match; /* with more, the host's search for them may not end */
	int result = regcomp(&regex, pattern, flags);

	if (result)
		return result;
	result = regexec(&regex, text, 1, &match, match_flags);
	if (result == 0) {
		*start = match.rm_so;
		*end = match.rm_eo;
	}
	regfree(&regex);
	return 100 + result;
}
