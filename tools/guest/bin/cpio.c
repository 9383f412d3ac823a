/* cpio: copy files into or out of an archive (format newc) */
/* Source: Linux Documentation/driver-api/early-userspace/buffer-format.rst. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/mode.h"
#include "../lib/owner.h"
#include "../lib/pattern.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("-o [-0v] [-H newc] <NAMES >ARCHIVE | -i [-dmtuv] [PATTERN]... <ARCHIVE | -t <ARCHIVE | -p "
      "[-dmuv] FOLDER <NAMES");

#define FIELDS 13
#define TRAILER "TRAILER!!!"

enum {
	INO,
	MODE,
	UID,
	GID,
	NLINK,
	MTIME,
	SIZE,
	DEV_MAJOR,
	DEV_MINOR,
	RDEV_MAJOR,
	RDEV_MINOR,
	NAME_SIZE,
	CHECK
};

static char action;
static bool make_folders, keep_times, list, overwrite, verbose, zero_ended;
static unsigned long long position;
static const char *target; /* -p: folder */

/* ---- writing ---- */

static void put(const void *bytes, size_t size)
{
	if (fwrite(bytes, 1, size, stdout) != size)
		die_errno(1, "standard output");
	position += size;
}

static void pad(void)
{
	put("\0\0\0", (size_t)(-position & 3));
}

static void header_put(const char *name, const unsigned int fields[FIELDS])
{
	char text[6 + 8 * FIELDS + 1] = "070701";

	for (int i = 0; i < FIELDS; i++)
		snprintf(text + 6 + 8 * i, 9, "%08X", fields[i]);
	put(text, sizeof(text) - 1);
	put(name, strlen(name) + 1);
	pad();
}

static void data_put(const char *path, unsigned long size)
{
	char block[4096];
	FILE *in = fopen(path, "r");
	size_t n = 1;

	if (!in)
		warn_errno(path);
	while (size) {
		size_t part = size < sizeof(block) ? size : sizeof(block);

		n = in ? fread(block, 1, part, in) : 0;
		memset(block + n, 0, part - n);
		put(block, part);
		size -= part;
	}
	if (in)
		fclose(in);
	pad();
}

static void file_put(const char *path)
{
	unsigned int fields[FIELDS] = { 0 };
	const char *name = path;
	char link[1024];
	struct stat st;

	if (lstat(path, &st)) {
		warn_errno(path);
		return;
	}
	while (!strncmp(name, "./", 2) && name[2])
		name += 2;
	fields[INO] = (unsigned int)st.st_ino;
	fields[MODE] = st.st_mode;
	fields[UID] = st.st_uid;
	fields[GID] = st.st_gid;
	fields[NLINK] = 1;
	fields[MTIME] = (unsigned int)st.st_mtime;
	fields[RDEV_MAJOR] = major(st.st_rdev);
	fields[RDEV_MINOR] = minor(st.st_rdev);
	fields[NAME_SIZE] = (unsigned int)strlen(name) + 1;
	if (S_ISREG(st.st_mode)) {
		fields[SIZE] = (unsigned int)st.st_size;
		header_put(name, fields);
		data_put(path, fields[SIZE]);
	} else if (S_ISLNK(st.st_mode)) {
		ssize_t n = readlink(path, link, sizeof(link));

		fields[SIZE] = n > 0 ? (unsigned int)n : 0;
		header_put(name, fields);
		put(link, fields[SIZE]);
		pad();
	} else {
		header_put(name, fields);
	}
	if (verbose)
		fprintf(stderr, "%s\n", name);
}

static void names_each(void (*use)(const char *))
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while ((n = getdelim(&line, &room, zero_ended ? 0 : '\n', stdin)) > 0) {
		if (line[n - 1] == '\n' || !line[n - 1])
			line[n - 1] = '\0';
		if (*line)
			use(line);
	}
	free(line);
}

static void write_archive(void)
{
	unsigned int fields[FIELDS] = { [NLINK] = 1, [NAME_SIZE] = sizeof(TRAILER) };

	names_each(file_put);
	header_put(TRAILER, fields);
	while (position % 512)
		put("", 1);
}

/* ---- reading ---- */

static void get(void *bytes, size_t size)
{
	if (fread(bytes, 1, size, stdin) != size)
		die(1, "the archive ends in the middle");
	position += size;
}

static void get_padding(void)
{
	char rest[3];

	get(rest, (size_t)(-position & 3));
}

/* The next header and name. False at the trailer. */
static bool header_get(char **name, unsigned int fields[FIELDS])
{
	char text[6 + 8 * FIELDS], digits[9] = "";

	get(text, sizeof(text));
	if (memcmp(text, "07070", 5) || (text[5] != '1' && text[5] != '2'))
		die(1, "not an archive of format newc");
	for (int i = 0; i < FIELDS; i++) {
		char *end;

		memcpy(digits, text + 6 + 8 * i, 8);
		fields[i] = (unsigned int)strtoul(digits, &end, 16);
		if (*end)
			die(1, "not an archive of format newc");
	}
	if (!fields[NAME_SIZE] || fields[NAME_SIZE] > 1 << 16)
		die(1, "bad length of a name");
	*name = memory_get(fields[NAME_SIZE] + 1);
	get(*name, fields[NAME_SIZE]);
	(*name)[fields[NAME_SIZE]] = '\0';
	get_padding();
	return strcmp(*name, TRAILER) != 0;
}

static void data_get(const char *path, int fd, unsigned int size)
{
	char block[4096];

	while (size) {
		unsigned int n = size < sizeof(block) ? size : sizeof(block);

		get(block, n);
		if (fd >= 0 && fd_write(fd, block, n) < 0) {
			warn_errno(path);
			fd = -1;
		}
		size -= n;
	}
	get_padding();
}

static void parents_make(const char *path)
{
	char *copy = memory_copy(path);

	for (char *c = copy + 1; make_folders && *c; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			warn_errno(copy);
		*c = '/';
	}
	free(copy);
}

static void attributes_set(const char *path, const unsigned int fields[FIELDS])
{
	struct timespec times[2] = { { .tv_sec = (time_t)fields[MTIME] },
				     { .tv_sec = (time_t)fields[MTIME] } };

	if (!geteuid() && lchown(path, fields[UID], fields[GID]))
		warn_errno(path);
	if (!S_ISLNK(fields[MODE]) && chmod(path, fields[MODE] & 07777))
		warn_errno(path);
	if (keep_times && utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW))
		warn_errno(path);
}

static char *link_get(unsigned int size)
{
	char *text;

	if (size > 1 << 16)
		die(1, "a link is too long");
	text = memory_get(size + 1);
	get(text, size);
	text[size] = '\0';
	get_padding();
	return text;
}

static void member_extract(const char *path, const unsigned int fields[FIELDS])
{
	mode_t mode = fields[MODE];
	struct stat old;
	char *link = NULL;
	int fd = -1;
	bool fine;

	parents_make(path);
	if (!S_ISDIR(mode) && !lstat(path, &old)) {
		if (!overwrite && old.st_mtime >= (time_t)fields[MTIME]) {
			warn_text("%s: not newer than the existing one, left out (-u overwrites)",
				  path);
			data_get(path, -1, fields[SIZE]);
			return;
		}
		unlink(path);
	}
	if (S_ISDIR(mode)) {
		fine = !mkdir(path, 0700) || errno == EEXIST;
	} else if (S_ISLNK(mode)) {
		link = link_get(fields[SIZE]);
		fine = !symlink(link, path);
	} else if (S_ISREG(mode)) {
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
		fine = fd >= 0;
	} else {
		fine = !mknod(path, mode, makedev(fields[RDEV_MAJOR], fields[RDEV_MINOR]));
	}
	if (!fine)
		warn_errno(path);
	if (S_ISREG(mode))
		data_get(path, fd, fields[SIZE]);
	if (fd >= 0 && close(fd))
		warn_errno(path);
	if (fine)
		attributes_set(path, fields);
	free(link);
}

static bool wanted(const char *name, char **patterns)
{
	if (!*patterns)
		return true;
	for (; *patterns; patterns++)
		if (pattern_match(*patterns, name, strlen(name)))
			return true;
	return false;
}

static bool leads_out(const char *name)
{
	for (const char *p = name; *p; p += strcspn(p, "/"), p += *p == '/')
		if (!strncmp(p, "..", 2) && (!p[2] || p[2] == '/'))
			return true;
	return false;
}

static void list_print(const char *name, const unsigned int fields[FIELDS])
{
	char mode[12];

	mode_format(mode, fields[MODE]);
	if (verbose)
		printf("%s %3u %-8s %-8s %9u ", mode, fields[NLINK], user_name(fields[UID]),
		       group_name(fields[GID]), fields[SIZE]);
	puts(name);
}

static void read_archive(char **patterns)
{
	unsigned int fields[FIELDS];
	char *name;

	while (header_get(&name, fields)) {
		const char *path = name + strspn(name, "/");

		if (!wanted(name, patterns) || (!list && leads_out(name)) || !*path) {
			if (leads_out(name))
				warn_text("%s: contains .., left out", name);
			data_get(name, -1, fields[SIZE]);
		} else if (list) {
			list_print(name, fields);
			data_get(name, -1, fields[SIZE]);
		} else {
			member_extract(path, fields);
			if (verbose)
				fprintf(stderr, "%s\n", name);
		}
		free(name);
	}
	free(name);
}

/* ---- -p ---- */

static void file_pass(const char *path)
{
	struct strbuf to = { 0 };
	char link[1024];
	struct stat st;
	int in, out = -1;
	bool fine = true;

	if (lstat(path, &st)) {
		warn_errno(path);
		return;
	}
	strbuf_printf(&to, "%s/%s", target, path);
	parents_make(strbuf_text(&to));
	if (!S_ISDIR(st.st_mode) && overwrite)
		unlink(to.data);
	if (S_ISDIR(st.st_mode)) {
		fine = !mkdir(to.data, 0700) || errno == EEXIST;
	} else if (S_ISLNK(st.st_mode)) {
		ssize_t n = readlink(path, link, sizeof(link) - 1);

		link[n > 0 ? n : 0] = '\0';
		fine = !symlink(link, to.data);
	} else if (S_ISREG(st.st_mode)) {
		in = open(path, O_RDONLY);
		out = in < 0 ? -1 : open(to.data, O_WRONLY | O_CREAT | O_EXCL, 0600);
		fine = out >= 0 && fd_copy(in, out) >= 0;
		if (in >= 0)
			close(in);
		if (out >= 0)
			close(out);
	} else {
		fine = !mknod(to.data, st.st_mode, st.st_rdev);
	}
	if (fine) {
		unsigned int fields[FIELDS] = { [MODE] = st.st_mode,
						[UID] = st.st_uid,
						[GID] = st.st_gid,
						[MTIME] = (unsigned int)st.st_mtime };

		attributes_set(to.data, fields);
		if (verbose)
			fprintf(stderr, "%s\n", to.data);
	} else {
		warn_errno(to.data);
	}
	strbuf_free(&to);
}

int main(int argc, char **argv)
{
	int c;

	program_start(argv);
	while ((c = getopt(argc, argv, "0ABcdH:imoptuv")) != -1) {
		switch (c) {
		case '0':
			zero_ended = true;
			break;
		case 'A':
		case 'B':
		case 'c':
			break;
		case 'd':
			make_folders = true;
			break;
		case 'H':
			if (strcmp(optarg, "newc"))
				die(1, "%s: only the format newc is known", optarg);
			break;
		case 'i':
		case 'o':
		case 'p':
			action = (char)c;
			break;
		case 'm':
			keep_times = true;
			break;
		case 't':
			list = true;
			action = action ? action : 'i';
			break;
		case 'u':
			overwrite = true;
			break;
		case 'v':
			verbose = true;
			break;
		default:
			die_usage(1);
		}
	}
	argv += optind;
	if (action == 'o') {
		write_archive();
	} else if (action == 'i') {
		read_archive(argv);
	} else if (action == 'p' && *argv) {
		target = *argv;
		names_each(file_pass);
	} else {
		die_usage(1);
	}
	return program_finish(program_status);
}
