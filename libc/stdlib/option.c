/* getsubopt(): one "name=value" of a comma-separated list, cut out in place. */
#include <stdlib.h>
#include <string.h>

int getsubopt(char **restrict options, char *const *restrict tokens, char **restrict value)
{
	char *s = *options, *end = s + strcspn(s, ",");

	*value = NULL;
	*options = *end ? end + 1 : end;
	*end = 0;
	for (int i = 0; tokens[i]; i++) {
		size_t n = strlen(tokens[i]);

		if (strncmp(s, tokens[i], n) == 0 && (s[n] == 0 || s[n] == '=')) {
			if (s[n])
				*value = s + n + 1;
			return i;
		}
	}
	*value = s;
	return -1;
}
