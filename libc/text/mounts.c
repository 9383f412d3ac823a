/* /etc/fstab and /proc/mounts. */
#include <mntent.h>
#include <stdlib.h>
#include <string.h>

FILE *setmntent(const char *path, const char *mode)
{
	return fopen(path, mode);
}

int endmntent(FILE *stream)
{
	if (stream)
		fclose(stream);
	return 1;
}

/* Decodes \ooo in place. */
static char *decode(char *s)
{
	char *to = s;

	for (char *p = s; p && *p; p++) {
		if (p[0] == '\\' && p[1] >= '0' && p[1] <= '3' && p[2] >= '0' && p[2] <= '7' &&
		    p[3] >= '0' && p[3] <= '7') {
			*to++ = (p[1] - '0') << 6 | (p[2] - '0') << 3 | (p[3] - '0');
			p += 3;
		} else {
			*to++ = *p;
		}
	}
	if (s)
		*to = 0;
	return s;
}

struct mntent *getmntent(FILE *stream)
{
	static struct mntent entry;
	static char *line;
	static size_t size;

	while (getline(&line, &size, stream) > 0) {
		char *state, *p = line + strspn(line, " \t");

		if (*p == '#' || *p == '\n' || !*p)
			continue;
		entry.mnt_fsname = decode(strtok_r(p, " \t\n", &state));
		entry.mnt_dir = decode(strtok_r(NULL, " \t\n", &state));
		entry.mnt_type = decode(strtok_r(NULL, " \t\n", &state));
		entry.mnt_opts = decode(strtok_r(NULL, " \t\n", &state));
		if (!entry.mnt_type)
			continue;
		if (!entry.mnt_opts)
			entry.mnt_opts = "defaults";
		char *freq = strtok_r(NULL, " \t\n", &state);
		char *pass = strtok_r(NULL, " \t\n", &state);

		entry.mnt_freq = freq ? atoi(freq) : 0;
		entry.mnt_passno = pass ? atoi(pass) : 0;
		return &entry;
	}
	return NULL;
}

char *hasmntopt(const struct mntent *entry, const char *option)
{
	size_t n = strlen(option);

	for (char *p = entry->mnt_opts; *p; p += strcspn(p, ","), p += *p == ',')
		if (strncmp(p, option, n) == 0 && strchr(",=", p[n]))
			return p;
	return NULL;
}
