/*
 * `srcversion`: tells builds of one MODULE_VERSION apart. A hash of the module's own sources, those of the files that
 * the compiler names as read which lie in the folder of the first; not of how they were compiled.
 */
#include <string.h>
#include "lib/sha256.h"
#include "modpost.h"

/* The next file of a rule "object: file file \", or NULL at its end. */
static char *next_file(char **rule)
{
	char *word;

	do {
		*rule += strspn(*rule, " ");
		if (!strncmp(*rule, "\\\n", 2))
			*rule += 2;
		else if (**rule == '\n' || !**rule)
			return NULL;
	} while (**rule == ' ' || **rule == '\\');
	word = *rule;
	*rule += strcspn(word, " \n");
	if (**rule == ' ')
		*(*rule)++ = '\0';
	return word;
}

static void hash_file(struct sha256 *hash, const char *path)
{
	size_t size;
	uint8_t *bytes = read_file(path, &size);

	sha256_add(hash, bytes, size);
}

static void hash_rule(struct sha256 *hash, char *rule)
{
	const char *slash = NULL;
	size_t folder;
	char *file, *end;

	rule = strchr(rule, ':');
	if (!rule)
		return;
	rule++;
	end = strchr(rule, '\n');
	while (end && end[-1] == '\\')
		end = strchr(end + 1, '\n');
	if (end)
		*end = '\0';
	for (const char *first = NULL; (file = next_file(&rule));) {
		if (!first) {
			first = file;
			slash = strrchr(file, '/');
			folder = slash ? (size_t)(slash - file) + 1 : 0;
		}
		if (!strncmp(file, first, folder) && !strstr(file, "/generated/"))
			hash_file(hash, file);
	}
}

void source_version(const struct request *request, char version[25])
{
	uint8_t digest[SHA256_SIZE];
	struct sha256 hash;
	size_t size;

	sha256_start(&hash);
	for (unsigned int i = 0; i < request->depend_count; i++)
		hash_rule(&hash, (char *)read_file(request->depends[i], &size));
	sha256_finish(&hash, digest);
	for (int i = 0; i < 12; i++)
		sprintf(version + 2 * i, "%02X", digest[i]);
}
