/* glob: component by component; folders are read only where a component has wildcards. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct search {
	int flags;
	int (*failed)(const char *, int);
	glob_t *found;
	char path[PATH_MAX];
};

static int add(glob_t *found, const char *path)
{
	size_t n = found->gl_offs + found->gl_pathc;
	char **grown = realloc(found->gl_pathv, (n + 2) * sizeof(*grown));
	char *copy = grown ? strdup(path) : NULL;

	if (grown)
		found->gl_pathv = grown;
	if (!copy)
		return GLOB_NOSPACE;
	grown[n] = copy;
	grown[n + 1] = NULL;
	found->gl_pathc++;
	return 0;
}

static int is_directory(const char *path)
{
	struct stat facts;

	return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

/* The component without its backslashes; 1 if it has wildcards. */
static int unescape(const char *p, size_t n, char *to, int flags)
{
	int wild = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '\\' && !(flags & GLOB_NOESCAPE) && i + 1 < n)
			i++;
		else if (strchr("*?[", p[i]))
			wild = 1;
		*to++ = p[i];
	}
	*to = 0;
	return wild;
}

static int walk(struct search *s, size_t length, const char *p);

/* Goes on below path[0..length), which exists or is about to be tested. */
static int step(struct search *s, size_t length, const char *rest)
{
	struct stat facts;

	if (*rest) {
		if (!is_directory(s->path))
			return 0;
		return walk(s, length, rest);
	}
	if (lstat(s->path, &facts))
		return 0;
	if ((s->flags & GLOB_MARK) && s->path[length - 1] != '/' && is_directory(s->path) &&
	    length + 1 < sizeof(s->path))
		strcpy(s->path + length, "/");
	return add(s->found, s->path);
}

static int walk_folder(struct search *s, size_t length, const char *pattern, const char *rest)
{
	DIR *dir = opendir(length ? s->path : ".");
	int result = 0, flags = (s->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0) |
				(s->flags & GLOB_PERIOD ? 0 : FNM_PERIOD);

	if (!dir) {
		if ((s->failed && s->failed(s->path, errno)) || (s->flags & GLOB_ERR))
			return GLOB_ABORTED;
		return 0;
	}
	for (struct dirent *entry; !result && (entry = readdir(dir));) {
		size_t n = strlen(entry->d_name);

		if (fnmatch(pattern, entry->d_name, flags) || length + n + 1 >= sizeof(s->path))
			continue;
		memcpy(s->path + length, entry->d_name, n + 1);
		result = step(s, length + n, rest);
	}
	closedir(dir);
	s->path[length] = 0;
	return result;
}

/* path[0..length) is what has been matched, p the rest of the pattern, slashes first. */
static int walk(struct search *s, size_t length, const char *p)
{
	char component[NAME_MAX + 1], plain[NAME_MAX + 1];

	while (*p == '/' && length + 1 < sizeof(s->path))
		s->path[length++] = *p++;
	s->path[length] = 0;
	size_t n = strcspn(p, "/");

	if (n > NAME_MAX)
		return 0;
	if (n == 0)
		return length ? step(s, length, "") : 0;
	memcpy(component, p, n);
	component[n] = 0;
	if (unescape(p, n, plain, s->flags))
		return walk_folder(s, length, component, p + n);
	size_t size = strlen(plain);

	if (length + size + 1 >= sizeof(s->path))
		return 0;
	memcpy(s->path + length, plain, size + 1);
	return step(s, length + size, p + n);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int glob(const char *restrict pattern, int flags, int (*failed)(const char *, int),
	 glob_t *restrict found)
{
	struct search s = { .flags = flags, .failed = failed, .found = found };

	if (!(flags & GLOB_DOOFFS))
		found->gl_offs = 0;
	if (!(flags & GLOB_APPEND)) {
		found->gl_pathc = 0;
		found->gl_pathv = calloc(found->gl_offs + 1, sizeof(char *));
		if (!found->gl_pathv)
			return GLOB_NOSPACE;
	}
	found->gl_flags = flags;
	size_t before = found->gl_pathc;
	int result = *pattern ? walk(&s, 0, pattern) : 0;

	if (result)
		return result;
	if (found->gl_pathc == before)
		return flags & GLOB_NOCHECK ? add(found, pattern) : GLOB_NOMATCH;
	if (!(flags & GLOB_NOSORT))
		qsort(found->gl_pathv + found->gl_offs + before, found->gl_pathc - before,
		      sizeof(char *), compare);
	return 0;
}

void globfree(glob_t *found)
{
	if (!found->gl_pathv)
		return;
	for (size_t i = 0; i < found->gl_pathc; i++)
		free(found->gl_pathv[found->gl_offs + i]);
	free(found->gl_pathv);
	found->gl_pathv = NULL;
	found->gl_pathc = 0;
}
