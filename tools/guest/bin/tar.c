/* tar: put files into an archive, or take them out */
/*
 * POSIX ustar with GNU's long names (type L, K) on reading and writing. -z packs and unpacks
 * through the gzip program. Paths lose a leading slash; on extraction, paths with .. are refused,
 * and so is following a symbolic link that the archive itself has just made out of the folder.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/mode.h"
#include "../lib/owner.h"
#include "../lib/path.h"
#include "../lib/pattern.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"
#include "../lib/tree.h"

USAGE("-c|-t|-x [-f ARCHIVE] [-C FOLDER] [-hkmOpvz] [--exclude=PATTERN] [--strip-components=N] "
      "[FILE]...");

#define BLOCK 512

struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], sum[8], type, link[100],
		magic[8], user[32], group[32], major[8], minor[8], prefix[155], padding[12];
};

_Static_assert(sizeof(struct header) == BLOCK, "a ustar header is one block");

static char action;
static bool verbose, follow, keep, now_times, to_stdout, preserve, packed;
static const char *archive = "-", *folder;
static const char *excludes[32];
static int exclude_count, strip;
static char **wanted; /* names given for -t and -x */
static bool *wanted_found;
static int in = 0, out = 1;
static unsigned long long written;
static pid_t packer;

/* ---- the archive as a stream ---- */

/* Run gzip between us and fd. Returns the new descriptor. */
static int through_gzip(int fd, bool unpack)
{
	int fds[2];

	if (pipe(fds))
		die_errno(2, "pipe");
	packer = fork();
	if (packer < 0)
		die_errno(2, "fork");
	if (!packer) {
		dup2(unpack ? fd : fds[0], 0);
		dup2(unpack ? fds[1] : fd, 1);
		close(fds[0]);
		close(fds[1]);
		execlp("gzip", "gzip", unpack ? "-dc" : "-c", (char *)NULL);
		warn_errno("gzip");
		_exit(127);
	}
	close(unpack ? fds[1] : fds[0]);
	close(fd);
	return unpack ? fds[0] : fds[1];
}

static void packer_wait(void)
{
	int status;

	if (packer && waitpid(packer, &status, 0) == packer && status)
		warn_text("gzip failed");
}

static void archive_open(bool writing)
{
	int fd = writing ? 1 : 0;

	if (strcmp(archive, "-"))
		fd = open(archive, writing ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY, 0666);
	if (fd < 0)
		die_errno(2, archive);
	if (packed)
		fd = through_gzip(fd, !writing);
	*(writing ? &out : &in) = fd;
}

static void put(const void *bytes, size_t size)
{
	if (fd_write(out, bytes, size) < 0)
		die_errno(2, archive);
	written += size;
}

static void put_padding(void)
{
	static const char zeros[BLOCK];

	if (written % BLOCK)
		put(zeros, BLOCK - written % BLOCK);
}

/* Exactly `size` bytes; false at the end of the archive. */
static bool get(void *bytes, size_t size)
{
	char *at = bytes;

	while (size) {
		ssize_t n = read(in, at, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			die_errno(2, archive);
		if (!n) {
			if (at != (char *)bytes)
				die(2, "%s: ends in the middle", archive);
			return false;
		}
		at += n;
		size -= (size_t)n;
	}
	return true;
}

static void get_or_die(void *bytes, size_t size)
{
	if (!get(bytes, size))
		die(2, "%s: ends in the middle", archive);
}

/* Skip a member's data, `size` bytes with their padding. */
static void skip(unsigned long long size)
{
	char block[BLOCK];

	for (size = (size + BLOCK - 1) / BLOCK; size; size--)
		get_or_die(block, BLOCK);
}

/* ---- writing ---- */

/* An octal number; too large ones as GNU's base 256. */
static void number_set(char *field, size_t size, unsigned long long value)
{
	if (value >> (3 * (size - 1))) {
		for (size_t i = size; i-- > 1; value >>= 8)
			field[i] = (char)(value & 255);
		field[0] = (char)0x80;
		return;
	}
	field[--size] = '\0';
	while (size--) {
		field[size] = (char)('0' + (value & 7));
		value >>= 3;
	}
}

static void header_put(struct header *h)
{
	unsigned int sum = 0;

	memcpy(h->magic,
	       "ustar\0"
	       "00",
	       8);
	memset(h->sum, ' ', sizeof(h->sum));
	for (size_t i = 0; i < sizeof(*h); i++)
		sum += ((unsigned char *)h)[i];
	snprintf(h->sum, sizeof(h->sum), "%06o", sum);
	put(h, sizeof(*h));
}

static void long_name_put(const char *name, char type)
{
	struct header h = { .type = type };

	strcpy(h.name, "././@LongLink");
	number_set(h.mode, sizeof(h.mode), 0644);
	number_set(h.size, sizeof(h.size), strlen(name) + 1);
	header_put(&h);
	put(name, strlen(name) + 1);
	put_padding();
}

/* Into name and prefix if it fits. */
static bool name_set(struct header *h, const char *name)
{
	size_t n = strlen(name);
	const char *slash;

	if (n <= sizeof(h->name)) {
		memcpy(h->name, name, n);
		return true;
	}
	for (slash = name + n - sizeof(h->name) - 1; (slash = strchr(slash, '/')); slash++) {
		if ((size_t)(slash - name) > sizeof(h->prefix) || !slash[1])
			return false;
		if (slash > name) {
			memcpy(h->prefix, name, (size_t)(slash - name));
			memcpy(h->name, slash + 1, n - (size_t)(slash - name) - 1);
			return true;
		}
	}
	return false;
}

static void data_put(const char *path, unsigned long long size)
{
	static char block[16 * BLOCK];
	int fd = open(path, O_RDONLY);
	ssize_t n = 0;

	if (fd < 0)
		warn_errno(path);
	while (size && fd >= 0) {
		n = read(fd, block, size < sizeof(block) ? (size_t)size : sizeof(block));
		if (n <= 0)
			break;
		put(block, (size_t)n);
		size -= (unsigned long long)n;
	}
	if (fd >= 0 && n < 0)
		warn_errno(path);
	else if (size && fd >= 0)
		warn_text("%s: became shorter while being read", path);
	if (fd >= 0)
		close(fd);
	memset(block, 0, sizeof(block));
	for (; size; size -= (unsigned long long)n) {
		n = (ssize_t)(size < sizeof(block) ? size : sizeof(block));
		put(block, (size_t)n);
	}
	put_padding();
}

/* Files with several links: the first is stored, the others point to it. */
static const char *link_known(const struct stat *st, const char *name)
{
	static struct known {
		struct known *next;
		dev_t dev;
		ino_t ino;
		char name[];
	} * list;
	struct known *k;

	if (st->st_nlink < 2 || S_ISDIR(st->st_mode))
		return NULL;
	for (k = list; k; k = k->next)
		if (k->dev == st->st_dev && k->ino == st->st_ino)
			return k->name;
	k = memory_get(sizeof(*k) + strlen(name) + 1);
	k->dev = st->st_dev;
	k->ino = st->st_ino;
	strcpy(k->name, name);
	k->next = list;
	list = k;
	return NULL;
}

static char type_of(mode_t mode)
{
	return S_ISDIR(mode)	? '5'
	       : S_ISLNK(mode)	? '2'
	       : S_ISCHR(mode)	? '3'
	       : S_ISBLK(mode)	? '4'
	       : S_ISFIFO(mode) ? '6'
				: '0';
}

static void member_put(const char *path, const struct stat *st)
{
	struct header h = { .type = type_of(st->st_mode) };
	struct strbuf name = { 0 };
	char target[1024] = "";
	const char *known, *text;
	ssize_t n;

	for (text = path; *text == '/'; text++)
		;
	strbuf_puts(&name, *text ? text : ".");
	if (h.type == '5' && name.data[name.length - 1] != '/')
		strbuf_putc(&name, '/');
	text = strbuf_text(&name);
	known = link_known(st, text);
	if (known) {
		h.type = '1';
		snprintf(target, sizeof(target), "%s", known);
	} else if (h.type == '2') {
		n = readlink(path, target, sizeof(target) - 1);
		target[n > 0 ? n : 0] = '\0';
	}
	if (strlen(target) > sizeof(h.link))
		long_name_put(target, 'K');
	memcpy(h.link, target, strlen(target) < sizeof(h.link) ? strlen(target) : sizeof(h.link));
	if (!name_set(&h, text)) {
		long_name_put(text, 'L');
		memcpy(h.name, text, sizeof(h.name));
	}
	number_set(h.mode, sizeof(h.mode), st->st_mode & 07777);
	number_set(h.uid, sizeof(h.uid), st->st_uid);
	number_set(h.gid, sizeof(h.gid), st->st_gid);
	number_set(h.size, sizeof(h.size), h.type == '0' ? (unsigned long long)st->st_size : 0);
	number_set(h.mtime, sizeof(h.mtime),
		   st->st_mtime > 0 ? (unsigned long long)st->st_mtime : 0);
	number_set(h.major, sizeof(h.major),
		   h.type == '3' || h.type == '4' ? major(st->st_rdev) : 0);
	number_set(h.minor, sizeof(h.minor),
		   h.type == '3' || h.type == '4' ? minor(st->st_rdev) : 0);
	snprintf(h.user, sizeof(h.user), "%s", user_name(st->st_uid));
	snprintf(h.group, sizeof(h.group), "%s", group_name(st->st_gid));
	header_put(&h);
	if (h.type == '0')
		data_put(path, (unsigned long long)st->st_size);
	if (verbose)
		fprintf(out == 1 ? stderr : stdout, "%s\n", text);
	strbuf_free(&name);
}

static bool excluded(const char *path)
{
	char *base = path_base(path);
	bool found = false;

	for (int i = 0; i < exclude_count && !found; i++)
		found = pattern_match(excludes[i], path, strlen(path)) ||
			pattern_match(excludes[i], base, strlen(base));
	free(base);
	return found;
}

static enum tree_answer visit(struct tree_entry *entry, void *data)
{
	struct stat *self = data;

	if (entry->event == TREE_LEAVE)
		return TREE_GO;
	if (excluded(entry->path))
		return TREE_SKIP;
	if (entry->st.st_dev == self->st_dev && entry->st.st_ino == self->st_ino &&
	    S_ISREG(self->st_mode))
		warn_text("%s: is the archive, left out", entry->path);
	else if (S_ISSOCK(entry->st.st_mode))
		warn_text("%s: is a socket, left out", entry->path);
	else
		member_put(entry->path, &entry->st);
	return TREE_GO;
}

static void create(char **files)
{
	static const char zeros[2 * BLOCK];
	struct stat self;

	if (!*files)
		die(2, "no files to put into the archive");
	archive_open(true);
	if (fstat(out, &self))
		memset(&self, 0, sizeof(self));
	if (folder && chdir(folder))
		die_errno(2, folder);
	for (; *files; files++)
		tree_walk(*files, follow ? TREE_FOLLOW : 0, visit, &self);
	put(zeros, sizeof(zeros));
	if (close(out))
		die_errno(2, archive);
	packer_wait();
}

/* ---- reading ---- */

struct member {
	char *name, *link;
	struct stat st;
	char type;
	char user[33], group[33];
};

static unsigned long long number_get(const char *field, size_t size)
{
	unsigned long long value = 0;

	if (*field & 0x80) {
		for (size_t i = 1; i < size; i++)
			value = value << 8 | (unsigned char)field[i];
		return value;
	}
	for (size_t i = 0; i < size && (field[i] == ' ' || (field[i] >= '0' && field[i] <= '7'));
	     i++)
		if (field[i] != ' ')
			value = value * 8 + (unsigned int)(field[i] - '0');
	return value;
}

static bool sum_right(const struct header *h)
{
	unsigned int sum = 0;

	for (size_t i = 0; i < sizeof(*h); i++)
		sum += i >= 148 && i < 156 ? ' ' : ((const unsigned char *)h)[i];
	return sum == number_get(h->sum, sizeof(h->sum));
}

/* The data of a long name or of pax records. */
static char *text_get(unsigned long long size)
{
	char *text;

	if (size > 1 << 20)
		die(2, "%s: a name is too long", archive);
	text = memory_get((size_t)size + BLOCK + 1);
	get_or_die(text, (size_t)((size + BLOCK - 1) / BLOCK * BLOCK));
	text[size] = '\0';
	return text;
}

/* pax records "LENGTH name=value\n": path and linkpath are used. */
static void pax_parse(const char *text, char **name, char **link)
{
	while (*text) {
		char *end;
		unsigned long size = strtoul(text, &end, 10);
		const char *key = end + 1, *value;
		char **to;

		if (*end != ' ' || size > strlen(text) || size < (unsigned long)(key - text) + 2 ||
		    text[size - 1] != '\n')
			return;
		to = !strncmp(key, "path=", 5) ? name : !strncmp(key, "linkpath=", 9) ? link : NULL;
		value = strchr(key, '=');
		if (to && value) {
			free(*to);
			*to = memory_copy_n(value + 1, (size_t)(text + size - 1 - value - 1));
		}
		text += size;
	}
}

static char *header_name(const struct header *h)
{
	struct strbuf name = { 0 };

	if (!memcmp(h->magic, "ustar\0", 6) && *h->prefix) {
		strbuf_add(&name, h->prefix, strnlen(h->prefix, sizeof(h->prefix)));
		strbuf_putc(&name, '/');
	}
	strbuf_add(&name, h->name, strnlen(h->name, sizeof(h->name)));
	return strbuf_take(&name);
}

static mode_t mode_of(char type)
{
	switch (type) {
	case '2':
		return S_IFLNK;
	case '3':
		return S_IFCHR;
	case '4':
		return S_IFBLK;
	case '5':
		return S_IFDIR;
	case '6':
		return S_IFIFO;
	default:
		return S_IFREG;
	}
}

/* The next member; false at the end. Its data follows. */
static bool member_get(struct member *m)
{
	char *name = NULL, *link = NULL;
	struct header h;

	memset(m, 0, sizeof(*m));
	for (;;) {
		unsigned long long size;

		if (!get(&h, sizeof(h)) || !*(char *)&h) {
			free(name);
			free(link);
			return false;
		}
		if (!sum_right(&h))
			die(2, "%s: not a tar archive, or damaged", archive);
		size = number_get(h.size, sizeof(h.size));
		if (h.type == 'L' || h.type == 'K') {
			char **to = h.type == 'L' ? &name : &link;

			free(*to);
			*to = text_get(size);
		} else if (h.type == 'x') {
			char *records = text_get(size);

			pax_parse(records, &name, &link);
			free(records);
		} else if (h.type == 'g') {
			skip(size);
		} else {
			break;
		}
	}
	m->name = name ? name : header_name(&h);
	m->link = link ? link : memory_copy_n(h.link, strnlen(h.link, sizeof(h.link)));
	m->type = h.type ? h.type : '0';
	if (m->type == '0' && *m->name && m->name[strlen(m->name) - 1] == '/')
		m->type = '5';
	m->st.st_mode = mode_of(m->type) | (number_get(h.mode, sizeof(h.mode)) & 07777);
	m->st.st_uid = (uid_t)number_get(h.uid, sizeof(h.uid));
	m->st.st_gid = (gid_t)number_get(h.gid, sizeof(h.gid));
	m->st.st_size = (off_t)(strchr("123456", m->type) ? 0 : number_get(h.size, sizeof(h.size)));
	m->st.st_mtime = (time_t)number_get(h.mtime, sizeof(h.mtime));
	m->st.st_rdev = makedev((unsigned int)number_get(h.major, sizeof(h.major)),
				(unsigned int)number_get(h.minor, sizeof(h.minor)));
	snprintf(m->user, sizeof(m->user), "%.32s", h.user);
	snprintf(m->group, sizeof(m->group), "%.32s", h.group);
	return true;
}

static bool is_wanted(const char *name)
{
	bool found = !*wanted;

	for (int i = 0; wanted[i]; i++) {
		size_t n = strlen(wanted[i]);

		while (n && wanted[i][n - 1] == '/')
			n--;
		if ((!strncmp(name, wanted[i], n) && (!name[n] || name[n] == '/')) ||
		    pattern_match(wanted[i], name, strlen(name)))
			found = wanted_found[i] = true;
	}
	return found && !excluded(name);
}

static void member_print(const struct member *m, FILE *to)
{
	char mode[12], when[32], size[40];

	if (!verbose || action == 'x') {
		fprintf(to, "%s\n", m->name);
		return;
	}
	mode_format(mode, m->st.st_mode);
	strftime(when, sizeof(when), "%Y-%m-%d %H:%M", localtime(&m->st.st_mtime));
	if (m->type == '3' || m->type == '4')
		snprintf(size, sizeof(size), "%u,%u", (unsigned int)major(m->st.st_rdev),
			 (unsigned int)minor(m->st.st_rdev));
	else
		snprintf(size, sizeof(size), "%lld", (long long)m->st.st_size);
	fprintf(to, "%s %s/%s %9s %s %s", mode, *m->user ? m->user : "0",
		*m->group ? m->group : "0", size, when, m->name);
	if (m->type == '1' || m->type == '2')
		fprintf(to, m->type == '1' ? " link to %s" : " -> %s", m->link);
	putc('\n', to);
}

/* A name without leading slashes and the first folders that --strip-components takes off. */
static const char *stripped(const char *path)
{
	for (int i = 0; i < strip; i++) {
		path += strspn(path, "/");
		path += strcspn(path, "/");
	}
	return path + strspn(path, "/");
}

/* Where a member goes: without leading slashes and stripped folders. NULL: nowhere. */
static const char *member_path(const struct member *m)
{
	const char *path = stripped(m->name);

	for (const char *p = path; *p; p += strcspn(p, "/"), p += *p == '/')
		if (!strncmp(p, "..", 2) && (!p[2] || p[2] == '/')) {
			warn_text("%s: contains .., left out", m->name);
			return NULL;
		}
	return *path ? path : NULL;
}

/*
 * Symbolic links that this run made and that may lead out of the folder: nothing is put through
 * them.
 */
static struct made {
	struct made *next;
	char path[];
} * made_links;

static void link_remember(const char *path)
{
	struct made *made = memory_get(sizeof(*made) + strlen(path) + 1);

	strcpy(made->path, path);
	made->next = made_links;
	made_links = made;
}

static bool through_link(const char *path)
{
	for (const struct made *made = made_links; made; made = made->next) {
		size_t n = strlen(made->path);

		if (!strncmp(path, made->path, n) && path[n] == '/')
			return true;
	}
	return false;
}

static void parents_make(const char *path)
{
	char *copy = memory_copy(path);

	for (char *c = copy + 1; *c; c++) {
		if (*c != '/' || !c[1])
			continue;
		*c = '\0';
		if (mkdir(copy, 0777) && errno != EEXIST)
			warn_errno(copy);
		*c = '/';
	}
	free(copy);
}

static void data_get(const char *path, int fd, unsigned long long size)
{
	char block[BLOCK];

	while (size) {
		size_t n = size < BLOCK ? (size_t)size : BLOCK;

		get_or_die(block, BLOCK);
		if (fd >= 0 && fd_write(fd, block, n) < 0) {
			warn_errno(path);
			fd = -1;
		}
		size -= n;
	}
}

static void attributes_set(const struct member *m, const char *path)
{
	struct timespec times[2] = { { .tv_sec = m->st.st_mtime }, { .tv_sec = m->st.st_mtime } };
	mode_t mask = umask(0);

	umask(mask);
	if (!geteuid() && m->type != '1' && lchown(path, m->st.st_uid, m->st.st_gid))
		warn_errno(path);
	if (m->type != '2' && m->type != '1' &&
	    chmod(path, m->st.st_mode & (preserve || !geteuid() ? 07777 : 0777 & ~mask)))
		warn_errno(path);
	if (!now_times && m->type != '1' && utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW))
		warn_errno(path);
}

/* Folders get mode and times at the end, when nothing is put into them any more. */
static struct late {
	struct late *next;
	struct member m;
	char *path;
} * late;

static int member_make(const struct member *m, const char *path)
{
	struct stat st;

	if (m->type == '5') {
		struct late *l = memory_get(sizeof(*l));

		*l = (struct late){ late, *m, memory_copy(path) };
		late = l;
		return mkdir(path, 0700) &&
				       !(errno == EEXIST && !stat(path, &st) && S_ISDIR(st.st_mode))
			       ? -1
			       : 0;
	}
	if (!keep)
		unlink(path);
	switch (m->type) {
	case '1':
		return link(stripped(m->link), path);
	case '2':
		link_remember(path);
		return symlink(m->link, path);
	default:
		return mknod(path, m->st.st_mode, m->st.st_rdev);
	}
}

static void regular_extract(const struct member *m, const char *path)
{
	int fd;

	if (!keep)
		unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd < 0)
		warn_errno(path);
	data_get(path, fd, (unsigned long long)m->st.st_size);
	if (fd >= 0 && close(fd))
		warn_errno(path);
	if (fd >= 0)
		attributes_set(m, path);
}

static void member_extract(const struct member *m)
{
	const char *path = member_path(m);

	if (path && through_link(path)) {
		warn_text("%s: goes through a link of the archive, left out", m->name);
		path = NULL;
	}
	if (!path) {
		skip((unsigned long long)m->st.st_size);
		return;
	}
	if (verbose)
		member_print(m, to_stdout ? stderr : stdout);
	if (to_stdout) {
		data_get("standard output", 1, (unsigned long long)m->st.st_size);
		return;
	}
	parents_make(path);
	if (!strchr("123456", m->type))
		regular_extract(m, path);
	else if (member_make(m, path))
		warn_errno(path);
	else if (m->type != '5')
		attributes_set(m, path);
}

static void read_archive(void)
{
	struct member m;
	int count = 0;
	char drain[BLOCK];

	while (wanted[count])
		count++;
	wanted_found = calloc((size_t)count + 1, sizeof(*wanted_found));
	archive_open(false);
	if (folder && chdir(folder))
		die_errno(2, folder);
	while (member_get(&m)) {
		if (!is_wanted(m.name)) {
			skip((unsigned long long)m.st.st_size);
		} else if (action == 't') {
			member_print(&m, stdout);
			skip((unsigned long long)m.st.st_size);
		} else {
			member_extract(&m);
		}
		free(m.name);
		free(m.link);
	}
	while (read(in, drain, sizeof(drain)) > 0)
		;
	for (struct late *l = late; l; l = l->next)
		attributes_set(&l->m, l->path);
	for (int i = 0; i < count; i++)
		if (!wanted_found[i])
			warn_text("%s: not in the archive", wanted[i]);
	packer_wait();
}

/* Long options that getopt would not know; the rest of argv is moved up. */
static int long_options(int argc, char **argv)
{
	int to = 1;

	for (int i = 1; i < argc; i++) {
		if (!strncmp(argv[i], "--exclude=", 10) && exclude_count < 32)
			excludes[exclude_count++] = argv[i] + 10;
		else if (!strncmp(argv[i], "--strip-components=", 19))
			strip = atoi(argv[i] + 19);
		else
			argv[to++] = argv[i];
	}
	argv[to] = NULL;
	return to;
}

int main(int argc, char **argv)
{
	struct strbuf first = { 0 };
	int c;

	program_start(argv);
	argc = long_options(argc, argv);
	/* tar xf x.tar: the letters without a dash */
	if (argc > 1 && *argv[1] != '-') {
		strbuf_printf(&first, "-%s", argv[1]);
		argv[1] = strbuf_text(&first);
	}
	while ((c = getopt(argc, argv, "C:cf:hkmOoptvxz")) != -1) {
		switch (c) {
		case 'c':
		case 't':
		case 'x':
			if (action && action != c)
				die(2, "only one of -c, -t, -x");
			action = (char)c;
			break;
		case 'C':
			folder = optarg;
			break;
		case 'f':
			archive = optarg;
			break;
		case 'h':
			follow = true;
			break;
		case 'k':
			keep = true;
			break;
		case 'm':
			now_times = true;
			break;
		case 'O':
			to_stdout = true;
			break;
		case 'o':
			break;
		case 'p':
			preserve = true;
			break;
		case 'v':
			verbose = true;
			break;
		case 'z':
			packed = true;
			break;
		default:
			die_usage(2);
		}
	}
	if (!action)
		die_usage(2);
	wanted = argv + optind;
	if (action == 'c')
		create(argv + optind);
	else
		read_archive();
	return program_finish(program_status ? 2 : 0);
}
