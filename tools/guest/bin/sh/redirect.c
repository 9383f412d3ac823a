/*
 * redirect: descriptors of a command.
 *
 * For commands that run in the shell itself, what a descriptor was is kept as a copy at 10 or above
 * (closed by exec) and put back in reverse order. Text of here-documents goes into a pipe when it
 * fits in one, else a child writes it.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "sh.h"

#define PIPE_ROOM 4096 /* bytes a pipe surely takes without a reader */

int fd_move_up(int fd)
{
	int up;

	if (fd < 0)
		return fd;
	up = fcntl(fd, F_DUPFD_CLOEXEC, 10);
	close(fd);
	return up;
}

/* Remember what fd is (open, or closed), unless an earlier state is remembered. */
static void remember(int fd, bool open, struct saved_fd **saved)
{
	struct saved_fd *entry;

	if (!saved)
		return;
	for (entry = *saved; entry; entry = entry->next)
		if (entry->fd == fd)
			return;
	entry = memory_get(sizeof(*entry));
	entry->fd = fd;
	entry->copy = open ? fcntl(fd, F_DUPFD_CLOEXEC, 10) : -1;
	entry->next = *saved;
	*saved = entry;
}

static void save(int fd, struct saved_fd **saved)
{
	remember(fd, true, saved);
}

/* fd was closed, and open() has just used its number. */
static void save_closed(int fd, struct saved_fd **saved)
{
	remember(fd, false, saved);
}

void redirect_undo(struct saved_fd **saved)
{
	while (*saved) {
		struct saved_fd *entry = *saved;

		*saved = entry->next;
		if (entry->copy >= 0) {
			dup2(entry->copy, entry->fd);
			close(entry->copy);
		} else {
			close(entry->fd);
		}
		free(entry);
	}
}

/* A descriptor from which `text` can be read; -1 with errno. */
static int text_open(const char *text)
{
	size_t size = strlen(text);
	int fds[2];

	if (pipe(fds) < 0)
		return -1;
	if (size <= PIPE_ROOM) {
		write_all(fds[1], text, size);
	} else {
		pid_t pid = fork();

		if (pid < 0) {
			close(fds[0]);
			close(fds[1]);
			return -1;
		}
		if (!pid) {
			subshell_begin();
			close(fds[0]);
			write_all(fds[1], text, size);
			_exit(0);
		}
	}
	close(fds[1]);
	return fds[0];
}

/* Open for > but not onto an existing file when noclobber is set. */
static int write_open(const char *path)
{
	struct stat st;
	int fd;

	if (!sh.options[OPTION_NOCLOBBER])
		return open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (fd >= 0 || errno != EEXIST)
		return fd;
	if (!stat(path, &st) && S_ISREG(st.st_mode)) {
		errno = EEXIST;
		return -1;
	}
	return open(path, O_WRONLY);
}

static int target_open(const struct redir *redir, const char *target)
{
	switch (redir->kind) {
	case REDIR_READ:
		return open(target, O_RDONLY);
	case REDIR_WRITE:
	case REDIR_OUT_ERR:
		return write_open(target);
	case REDIR_CLOBBER:
		return open(target, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	case REDIR_APPEND:
	case REDIR_OUT_ERR_ADD:
		return open(target, O_WRONLY | O_CREAT | O_APPEND, 0666);
	case REDIR_BOTH_WAYS:
		return open(target, O_RDWR | O_CREAT, 0666);
	default:
		return text_open(target);
	}
}

/* Put fd in the place of `place`. */
static bool install(int fd, int place)
{
	if (fd == place)
		return true;
	if (dup2(fd, place) < 0)
		return false;
	close(fd);
	return true;
}

static bool duplicate(const struct redir *redir, const char *target, struct saved_fd **saved)
{
	char *end;
	long from = strtol(target, &end, 10);

	save(redir->fd, saved);
	if (!strcmp(target, "-")) {
		close(redir->fd);
		return true;
	}
	if (!*target || *end || from < 0 || from > INT_MAX) {
		sh_warn("%s: bad descriptor number", target);
		return false;
	}
	if (from != redir->fd ? dup2((int)from, redir->fd) < 0 : fcntl((int)from, F_GETFD) < 0) {
		sh_warn("%s: %s", target, strerror(errno));
		return false;
	}
	return true;
}

static bool redirect_one(const struct redir *redir, struct saved_fd **saved)
{
	const char *target = expand_parts(redir->target,
					  redir->kind == REDIR_TEXT ? EXPAND_TEXT : EXPAND_ASSIGN);
	int fd;

	if (sh.unwind == UNWIND_ABORT || sh.unwind == UNWIND_EXIT)
		return false;
	if (redir->kind == REDIR_DUP)
		return duplicate(redir, target, saved);
	if (redir->kind == REDIR_STRING) {
		size_t size = strlen(target);
		char *line = arena_get(&sh.scratch, size + 2);

		memcpy(line, target, size);
		line[size] = '\n';
		target = line;
	}
	fd = target_open(redir, target);
	if (fd < 0) {
		int reason = errno;

		if (redir->kind == REDIR_TEXT || redir->kind == REDIR_STRING)
			target = "here-document";
		sh_warn("%s: %s", target, strerror(reason));
		return false;
	}
	if (fd != redir->fd)
		save(redir->fd, saved);
	else
		save_closed(fd, saved);
	if (!install(fd, redir->fd)) {
		sh_warn("%d: %s", redir->fd, strerror(errno));
		close(fd);
		return false;
	}
	if (redir->kind == REDIR_OUT_ERR || redir->kind == REDIR_OUT_ERR_ADD) {
		save(2, saved);
		dup2(1, 2);
	}
	return true;
}

bool redirect(const struct redir *redirs, struct saved_fd **saved)
{
	for (; redirs; redirs = redirs->next)
		if (!redirect_one(redirs, saved))
			return false;
	return true;
}
