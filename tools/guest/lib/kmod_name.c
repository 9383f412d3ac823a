/* Names of modules: in the kernel underscores, in file names often dashes. */
#include <string.h>
#include <unistd.h>
#include "guest/lib/kmod.h"

char *kmod_normalise(const char *name)
{
	char *copy = kmod_copy(name);

	for (char *p = copy; *p; p++) {
		if (*p == '-')
			*p = '_';
		else if (*p == ']')
			return NULL;
		else if (*p == '[') {
			p += strcspn(p, "]");
			if (!*p)
				return NULL;
		}
	}
	return copy;
}

bool kmod_is_path(const char *text)
{
	static const char *const endings[] = { ".ko", ".ko.gz" };
	size_t n = strlen(text);

	if (text[0] == '/' || text[0] == '.')
		return true;
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t e = strlen(endings[i]);

		if (n > e && strcmp(text + n - e, endings[i]) == 0)
			return true;
	}
	return false;
}

char *kmod_absolute(const char *path)
{
	char folder[4096];

	if (*path == '/' || !getcwd(folder, sizeof(folder)))
		return kmod_copy(path);
	return kmod_text("%s/%s", folder, path);
}

char *kmod_name_of_path(const char *path)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	const char *dot = strchr(name, '.');

	if (dot == name || !*name)
		return NULL;
	char *copy = kmod_copy(name);

	if (dot)
		copy[dot - name] = 0;
	for (char *p = copy; *p; p++)
		if (*p == '-')
			*p = '_';
	return copy;
}
