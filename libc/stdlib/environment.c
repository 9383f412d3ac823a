/*
 * The environment. The array is copied when it first grows. Strings that setenv() made are remembered
 * in `own`, a list as long as environ, so that replacing a value in a loop does not eat memory.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **array; /* environ, when it is ours */
static size_t room;  /* entries that fit, the NULL included */
static char **own;   /* strings to free(), NULLs in between */
static size_t own_count;

static size_t name_length(const char *name)
{
	size_t n = strcspn(name, "=");

	return n > 0 && name[n] == 0 ? n : 0;
}

static char **find(const char *name, size_t n)
{
	if (environ)
		for (char **e = environ; *e; e++)
			if (strncmp(*e, name, n) == 0 && (*e)[n] == '=')
				return e;
	return NULL;
}

char *getenv(const char *name)
{
	size_t n = strlen(name);
	char **e = n ? find(name, n) : NULL;

	return e ? *e + n + 1 : NULL;
}

char *secure_getenv(const char *name)
{
	return getuid() == geteuid() && getgid() == getegid() ? getenv(name) : NULL;
}

static void disown(char *s)
{
	for (size_t i = 0; i < own_count; i++)
		if (own[i] == s) {
			free(s);
			own[i] = own[--own_count];
			return;
		}
}

/* s is "name=value", n the length of the name. */
static int put(char *s, size_t n)
{
	char **e = find(s, n);
	size_t count = 0;

	if (e) {
		char *old = *e;

		*e = s;
		disown(old);
		return 0;
	}
	while (environ && environ[count])
		count++;
	if (environ != array || count + 2 > room) {
		size_t more = count + 16;
		char **grown = realloc(array, more * sizeof(*grown));

		if (!grown)
			return -1;
		if (environ != array && count)
			memcpy(grown, environ, count * sizeof(*grown));
		array = grown;
		room = more;
		environ = array;
	}
	environ[count] = s;
	environ[count + 1] = NULL;
	return 0;
}

int putenv(char *assignment)
{
	size_t n = strcspn(assignment, "=");

	if (!assignment[n])
		return unsetenv(assignment);
	if (n == 0) {
		errno = EINVAL;
		return -1;
	}
	return put(assignment, n);
}

int setenv(const char *name, const char *value, int overwrite)
{
	size_t n = name_length(name), v = strlen(value);

	if (!n) {
		errno = EINVAL;
		return -1;
	}
	if (!overwrite && find(name, n))
		return 0;
	char **list = realloc(own, (own_count + 1) * sizeof(*own));
	char *s = list ? malloc(n + v + 2) : NULL;

	if (list)
		own = list;
	if (!s)
		return -1;
	memcpy(s, name, n);
	s[n] = '=';
	memcpy(s + n + 1, value, v + 1);
	if (put(s, n)) {
		free(s);
		return -1;
	}
	own[own_count++] = s;
	return 0;
}

int unsetenv(const char *name)
{
	size_t n = name_length(name);

	if (!n) {
		errno = EINVAL;
		return -1;
	}
	for (char **e; (e = find(name, n));) {
		char *old = *e;

		do
			e[0] = e[1];
		while (*e++);
		disown(old);
	}
	return 0;
}

int clearenv(void)
{
	while (own_count)
		free(own[--own_count]);
	environ = NULL;
	return 0;
}
