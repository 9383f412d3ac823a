/*
 * copy: one file or a tree.
 *
 * A folder is made writable for its owner while it is being filled and gets its mode at the end.
 * Devices and FIFOs are made anew when copying recursively, else read as files.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "copy.h"
#include "input.h"
#include "path.h"
#include "program.h"
#include "strbuf.h"
#include "tree.h"

struct copy {
	const struct copy_options *options;
	const char *from, *to;
	bool failed;
	mode_t umask;
};

static void fail(struct copy *c, const char *path)
{
	warn_errno(path);
	c->failed = true;
}

/* Owner, mode and times as the original's. */
static void attributes_copy(struct copy *c, const char *to, const struct stat *st)
{
	struct timespec times[2] = { st->st_atim, st->st_mtim };

	if (!c->options->preserve)
		return;
	if (lchown(to, st->st_uid, st->st_gid) && errno != EPERM)
		fail(c, to);
	if (!S_ISLNK(st->st_mode) && chmod(to, st->st_mode & 07777))
		fail(c, to);
	if (utimensat(AT_FDCWD, to, times, AT_SYMLINK_NOFOLLOW))
		fail(c, to);
}

static void regular_copy(struct copy *c, const char *from, const char *to, const struct stat *st)
{
	int in = open(from, O_RDONLY), out;

	if (in < 0) {
		fail(c, from);
		return;
	}
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st->st_mode & 0777);
	if (out < 0 && c->options->force && !unlink(to))
		out = open(to, O_WRONLY | O_CREAT | O_TRUNC, st->st_mode & 0777);
	if (out < 0) {
		fail(c, to);
		close(in);
		return;
	}
	if (fd_copy(in, out) < 0)
		fail(c, from);
	close(in);
	if (close(out) < 0)
		fail(c, to);
	attributes_copy(c, to, st);
}

static void link_copy(struct copy *c, const char *from, const char *to, const struct stat *st)
{
	char target[1024];
	ssize_t n = readlink(from, target, sizeof(target) - 1);

	if (n < 0) {
		fail(c, from);
		return;
	}
	target[n] = '\0';
	unlink(to);
	if (symlink(target, to))
		fail(c, to);
	else
		attributes_copy(c, to, st);
}

/* May `to` be written? Asks, compares ages, and refuses to copy a file onto itself. */
static bool may_write(struct copy *c, const char *from, const char *to, const struct stat *st)
{
	struct stat old;

	if (lstat(to, &old))
		return true;
	if (old.st_dev == st->st_dev && old.st_ino == st->st_ino) {
		warn_text("%s and %s are the same file", from, to);
		c->failed = true;
		return false;
	}
	if (S_ISDIR(old.st_mode)) {
		errno = EISDIR;
		fail(c, to);
		return false;
	}
	if (c->options->keep || (c->options->update && !path_newer(st, &old)))
		return false;
	return !c->options->interactive || ask("overwrite", to);
}

static void file_copy(struct copy *c, const char *from, const char *to, const struct stat *st)
{
	if (!may_write(c, from, to, st))
		return;
	if (c->options->verbose)
		printf("'%s' -> '%s'\n", from, to);
	if (c->options->links) {
		unlink(to);
		if (link(from, to))
			fail(c, to);
	} else if (S_ISLNK(st->st_mode)) {
		link_copy(c, from, to, st);
	} else if (S_ISREG(st->st_mode) || !c->options->recursive) {
		regular_copy(c, from, to, st);
	} else {
		unlink(to);
		if (mknod(to, st->st_mode & (S_IFMT | 0777), st->st_rdev))
			fail(c, to);
		else
			attributes_copy(c, to, st);
	}
}

static bool folder_enter(struct copy *c, const char *from, const char *to, const struct stat *st)
{
	struct stat old;

	if (!c->options->recursive) {
		warn_text("%s: is a folder (cp -r copies it)", from);
		c->failed = true;
		return false;
	}
	if (c->options->verbose)
		printf("'%s' -> '%s'\n", from, to);
	if (!mkdir(to, (st->st_mode & 0777) | 0700))
		return true;
	if (errno == EEXIST && !stat(to, &old) && S_ISDIR(old.st_mode))
		return true;
	fail(c, to);
	return false;
}

static enum tree_answer visit(struct tree_entry *entry, void *data)
{
	struct copy *c = data;
	const char *below = entry->path + strlen(c->from);
	struct strbuf to = { 0 };
	enum tree_answer answer = TREE_GO;

	strbuf_puts(&to, c->to);
	if (entry->depth && *below != '/')
		strbuf_putc(&to, '/');
	strbuf_puts(&to, below);
	if (entry->event == TREE_FILE) {
		file_copy(c, entry->path, strbuf_text(&to), &entry->st);
	} else if (entry->event == TREE_ENTER) {
		if (!folder_enter(c, entry->path, strbuf_text(&to), &entry->st))
			answer = TREE_SKIP;
	} else if (c->options->preserve) {
		attributes_copy(c, strbuf_text(&to), &entry->st);
	} else if (!(entry->st.st_mode & 0700 & ~c->umask) || (entry->st.st_mode & 0700) != 0700) {
		chmod(strbuf_text(&to), entry->st.st_mode & 0777 & ~c->umask);
	}
	strbuf_free(&to);
	return answer;
}

/* Is `to` in the folder `from`? Copying it there would never end. */
static bool is_inside(const char *from, const char *to)
{
	char *folder = path_folder(to), a[1024], b[1024];
	bool inside = false;

	if (path_is_folder(from) && realpath(from, a) && realpath(folder, b)) {
		size_t n = strlen(a);

		inside = !strncmp(a, b, n) && (b[n] == '/' || !b[n] || n == 1);
	}
	free(folder);
	return inside;
}

bool copy_path(const char *from, const char *to, const struct copy_options *options)
{
	struct copy c = { .options = options, .from = from, .to = to };
	int flags = options->follow ? TREE_FOLLOW : options->follow_top ? TREE_FOLLOW_TOP : 0;

	c.umask = umask(0);
	umask(c.umask);
	if (options->recursive && is_inside(from, to)) {
		warn_text("%s: cannot be copied into itself, %s", from, to);
		return false;
	}
	int before = program_status;

	program_status = 0;
	tree_walk(from, flags, visit, &c);
	c.failed |= program_status;
	program_status |= before;
	return !c.failed;
}
