/*
 * System calls on files and names, checked one by one against what Linux does. Prints TAP. Runs in a folder given as the
 * argument, which it fills and empties; the same program passes on Linux.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static int number, failures, bad;

#define CHECK(cond)                                                                     \
	do {                                                                            \
		if (!(cond)) {                                                          \
			bad++;                                                          \
			printf("# line %d: %s (errno %d %s)\n", __LINE__, #cond, errno, \
			       strerror(errno));                                        \
		}                                                                       \
	} while (0)
#define FAILS(call, error)                                                                   \
	do {                                                                                 \
		errno = 0;                                                                   \
		long result = (long)(call);                                                  \
		if (result != -1 || errno != (error)) {                                      \
			bad++;                                                               \
			printf("# line %d: %s: %ld, errno %d %s, not %s\n", __LINE__, #call, \
			       result, errno, strerror(errno), #error);                      \
		}                                                                            \
	} while (0)
#define RUN(test)                                                             \
	do {                                                                  \
		bad = 0;                                                      \
		test();                                                       \
		failures += bad != 0;                                         \
		printf("%sok %d - %s\n", bad ? "not " : "", ++number, #test); \
		fflush(stdout);                                               \
	} while (0)

static int make(const char *name, const char *text)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0644);

	if (fd >= 0 && write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		bad++;
	return fd;
}

static int exists(const char *name)
{
	struct stat st;

	return lstat(name, &st) == 0;
}

static void test_open_flags(void)
{
	int fd = open("f", O_RDWR | O_CREAT | O_EXCL, 0640);
	struct stat st;

	CHECK(fd >= 0);
	CHECK(fstat(fd, &st) == 0 && (st.st_mode & 07777) == 0640 && S_ISREG(st.st_mode) &&
	      st.st_nlink == 1);
	FAILS(open("f", O_RDWR | O_CREAT | O_EXCL, 0640), EEXIST);
	CHECK(write(fd, "hello", 5) == 5);
	close(fd);
	fd = open("f", O_WRONLY | O_TRUNC);
	CHECK(fd >= 0 && fstat(fd, &st) == 0 && st.st_size == 0);
	CHECK(write(fd, "ab", 2) == 2);
	{
		char c;
		FAILS(read(fd, &c, 1), EBADF);
	}
	close(fd);
	fd = open("f", O_WRONLY | O_APPEND);
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && write(fd, "cd", 2) == 2 &&
	      lseek(fd, 0, SEEK_CUR) == 4);
	close(fd);
	FAILS(open("none", O_RDONLY), ENOENT);
	FAILS(open("f/x", O_RDONLY), ENOTDIR);
	FAILS(open("f", O_RDONLY | O_DIRECTORY), ENOTDIR);
	FAILS(open(".", O_RDWR), EISDIR);
	FAILS(open("new/", O_RDWR | O_CREAT, 0600), EISDIR);
	CHECK(symlink("f", "l") == 0);
	FAILS(open("l", O_RDONLY | O_NOFOLLOW), ELOOP);
	FAILS(open("l", O_RDWR | O_CREAT | O_EXCL, 0600), EEXIST);
	fd = open("l", O_PATH | O_NOFOLLOW);
	CHECK(fd >= 0 && fstat(fd, &st) == 0 && S_ISLNK(st.st_mode));
	{
		char c;
		FAILS(read(fd, &c, 1), EBADF);
	}
	close(fd);
	fd = open("f", O_RDONLY | O_CLOEXEC);
	CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC);
	close(fd);
	FAILS(close(fd), EBADF);
	CHECK(unlink("f") == 0);
	FAILS(open("l", O_RDONLY), ENOENT);
	fd = open("l", O_WRONLY | O_CREAT, 0600); /* through the dangling link */
	CHECK(fd >= 0 && exists("f"));
	close(fd);
	CHECK(unlink("l") == 0 && unlink("f") == 0);
}

static void test_read_write(void)
{
	int fd = make("f", "0123456789");
	char buf[32];
	struct iovec v[2] = { { buf, 3 }, { buf + 10, 4 } };

	CHECK(pread(fd, buf, 3, 4) == 3 && !memcmp(buf, "456", 3));
	CHECK(lseek(fd, 0, SEEK_CUR) == 10 && read(fd, buf, 1) == 0);
	CHECK(pwrite(fd, "XY", 2, 8) == 2 && lseek(fd, 0, SEEK_END) == 10);
	CHECK(lseek(fd, 2, SEEK_SET) == 2 && readv(fd, v, 2) == 7);
	CHECK(!memcmp(buf, "234", 3) && !memcmp(buf + 10, "567X", 4));
	CHECK(lseek(fd, 5000, SEEK_SET) == 5000 && writev(fd, v, 2) == 7);
	CHECK(pread(fd, buf, 4, 4094) == 4 && !memcmp(buf, "\0\0\0\0", 4));
	FAILS(lseek(fd, -1, SEEK_SET), EINVAL);
	FAILS(pread(fd, buf, 1, -1), EINVAL);
	FAILS(pread(fd, (void *)1, 4, 0), EFAULT);
	FAILS(pwrite(fd, (void *)1, 4, 0), EFAULT);
	CHECK(ftruncate(fd, 3) == 0 && lseek(fd, 0, SEEK_END) == 3);
	CHECK(ftruncate(fd, 9000) == 0 && pread(fd, buf, 5, 1) == 5 && !memcmp(buf, "12\0\0\0", 5));
	CHECK(truncate("f", 1) == 0 && lseek(fd, 0, SEEK_END) == 1);
	close(fd);
	unlink("f");
}

static void test_unlinked_file_lives(void)
{
	int fd = make("f", "alive");
	struct stat st;
	char buf[8];

	CHECK(unlink("f") == 0 && !exists("f"));
	CHECK(fstat(fd, &st) == 0 && st.st_nlink == 0);
	CHECK(pread(fd, buf, 5, 0) == 5 && !memcmp(buf, "alive", 5));
	CHECK(write(fd, "!", 1) == 1);
	close(fd);
}

static void test_directories(void)
{
	struct stat st;
	DIR *d;
	int n = 0, i;

	umask(027);
	CHECK(mkdir("d", 0777) == 0 && stat("d", &st) == 0 && (st.st_mode & 0777) == 0750 &&
	      st.st_nlink == 2);
	umask(022);
	FAILS(mkdir("d", 0777), EEXIST);
	FAILS(mkdir("none/x", 0777), ENOENT);
	CHECK(mkdir("d/sub/", 0777) == 0 && stat("d", &st) == 0 && st.st_nlink == 3);
	FAILS(rmdir("d"), ENOTEMPTY);
	FAILS(unlink("d"), EISDIR);
	FAILS(rmdir("d/."), EINVAL);
	CHECK(rmdir("d/sub") == 0);
	for (i = 0; i < 300; i++) {
		char name[32];
		snprintf(name, sizeof(name), "d/file%d", i);
		close(open(name, O_CREAT | O_WRONLY, 0600));
	}
	d = opendir("d");
	while (d && readdir(d))
		n++;
	CHECK(n == 302);
	rewinddir(d);
	n = 0;
	for (;;) { /* removing while reading */
		struct dirent *e = readdir(d);
		char name[300];

		if (!e)
			break;
		if (e->d_name[0] == '.')
			continue;
		CHECK(e->d_type == DT_REG);
		snprintf(name, sizeof(name), "d/%s", e->d_name);
		n += unlink(name) == 0;
	}
	CHECK(n == 300);
	closedir(d);
	CHECK(rmdir("d") == 0 && !exists("d"));
	FAILS(rmdir("d"), ENOENT);
}

static void test_links(void)
{
	int fd = make("a", "x");
	char buf[64], big[5000];
	struct stat st;

	close(fd);
	CHECK(link("a", "b") == 0 && stat("b", &st) == 0 && st.st_nlink == 2);
	FAILS(link("a", "b"), EEXIST);
	FAILS(link("none", "c"), ENOENT);
	CHECK(symlink("a", "s") == 0 && lstat("s", &st) == 0 && S_ISLNK(st.st_mode) &&
	      st.st_size == 1);
	CHECK(readlink("s", buf, sizeof(buf)) == 1 && buf[0] == 'a');
	FAILS(readlink("a", buf, sizeof(buf)), EINVAL);
	CHECK(symlink("loop2", "loop1") == 0 && symlink("loop1", "loop2") == 0);
	FAILS(open("loop1", O_RDONLY), ELOOP);
	CHECK(mkdir("d", 0755) == 0 && symlink("../a", "d/up") == 0 && symlink("d", "dl") == 0);
	CHECK(stat("dl/up", &st) == 0 && st.st_nlink == 2);
	CHECK(stat("dl/../dl/./up", &st) == 0);
	memset(big, 'n', sizeof(big));
	big[256] = 0;
	FAILS(open(big, O_CREAT | O_WRONLY, 0600), ENAMETOOLONG);
	big[256] = 'n';
	big[4999] = 0;
	FAILS(stat(big, &st), ENAMETOOLONG);
	FAILS(stat("", &st), ENOENT);
	unlink("a"), unlink("b"), unlink("s"), unlink("loop1"), unlink("loop2"), unlink("d/up"),
		unlink("dl");
	CHECK(rmdir("d") == 0);
}

static void test_rename(void)
{
	struct stat st;

	close(make("a", "1"));
	close(make("b", "22"));
	CHECK(rename("a", "b") == 0 && !exists("a") && stat("b", &st) == 0 && st.st_size == 1);
	CHECK(mkdir("d", 0755) == 0 && mkdir("d/e", 0755) == 0);
	FAILS(rename("d", "d/e/f"), EINVAL);
	FAILS(rename("b", "d"), EISDIR);
	FAILS(rename("d", "b"), ENOTDIR);
	CHECK(mkdir("full", 0755) == 0);
	close(make("full/x", ""));
	FAILS(rename("d", "full"), ENOTEMPTY);
	CHECK(rename("d/e", "e") == 0 && stat("d", &st) == 0 && st.st_nlink == 2);
	CHECK(rename("e", "d") == 0 && !exists("e") && exists("d"));
	CHECK(rename("b", "b") == 0 && exists("b"));
	FAILS(rename("none", "x"), ENOENT);
	FAILS(rename("d/.", "x"), EBUSY);
	unlink("b"), unlink("full/x"), rmdir("full"), rmdir("d");
}

static void test_at(void)
{
	struct stat st;
	int dfd, fd;

	CHECK(mkdir("d", 0755) == 0 && (dfd = open("d", O_RDONLY | O_DIRECTORY)) >= 0);
	CHECK((fd = openat(dfd, "f", O_CREAT | O_RDWR, 0600)) >= 0);
	CHECK(fstatat(dfd, "f", &st, 0) == 0 && exists("d/f"));
	CHECK(mkdirat(dfd, "g", 0700) == 0 && symlinkat("f", dfd, "l") == 0 &&
	      linkat(dfd, "f", dfd, "h", 0) == 0);
	CHECK(fstatat(dfd, "l", &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode));
	CHECK(faccessat(dfd, "f", R_OK | W_OK, 0) == 0);
	CHECK(renameat(dfd, "h", AT_FDCWD, "moved") == 0 && exists("moved"));
	CHECK(fchmodat(dfd, "f", 0444, 0) == 0 && fstatat(dfd, "f", &st, 0) == 0 &&
	      (st.st_mode & 0777) == 0444);
	FAILS(unlinkat(dfd, "g", 0), EISDIR);
	CHECK(unlinkat(dfd, "g", AT_REMOVEDIR) == 0 && unlinkat(dfd, "l", 0) == 0 &&
	      unlinkat(dfd, "f", 0) == 0);
	FAILS(openat(fd, "x", O_RDONLY), ENOTDIR);
	FAILS(openat(999, "x", O_RDONLY), EBADF);
	close(fd), close(dfd);
	CHECK(unlink("moved") == 0 && rmdir("d") == 0);
}

static void test_dup_fcntl(void)
{
	int fd = make("f", "abc"), copy = dup(fd), high;

	CHECK(copy >= 0 && lseek(fd, 1, SEEK_SET) == 1 && lseek(copy, 0, SEEK_CUR) == 1);
	CHECK(dup2(fd, 40) == 40 && dup2(fd, fd) == fd);
	FAILS(dup2(99, 41), EBADF);
	FAILS(dup3(fd, fd, 0), EINVAL);
	high = fcntl(fd, F_DUPFD_CLOEXEC, 100);
	CHECK(high == 100 && fcntl(high, F_GETFD) == FD_CLOEXEC && fcntl(40, F_GETFD) == 0);
	CHECK((fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDWR);
	CHECK(fcntl(fd, F_SETFL, O_APPEND | O_NONBLOCK) == 0);
	CHECK((fcntl(copy, F_GETFL) & (O_APPEND | O_NONBLOCK)) == (O_APPEND | O_NONBLOCK));
	FAILS(fcntl(fd, 9999, 0), EINVAL);
	close(fd), close(copy), close(40), close(high);
	unlink("f");
}

static void on_signal(int sig)
{
}

static void test_pipe(void)
{
	static char block[70000];
	int p[2], status;
	char buf[16];
	ssize_t n, total = 0;
	pid_t pid;

	signal(SIGPIPE, on_signal);
	CHECK(pipe(p) == 0);
	CHECK(write(p[1], "abc", 3) == 3 && write(p[1], "def", 3) == 3 &&
	      read(p[0], buf, 16) == 6 && !memcmp(buf, "abcdef", 6));
	FAILS(lseek(p[0], 0, SEEK_CUR), ESPIPE);
	CHECK(fcntl(p[0], F_SETFL, O_NONBLOCK) == 0);
	FAILS(read(p[0], buf, 1), EAGAIN);
	fcntl(p[0], F_SETFL, 0);
	pid = fork();
	if (!pid) {
		close(p[0]);
		memset(block, 'z', sizeof(block));
		_exit(write(p[1], block, sizeof(block)) != sizeof(block));
	}
	close(p[1]);
	while ((n = read(p[0], block, 1000)) > 0)
		total += n;
	CHECK(n == 0 && total == 70000);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	close(p[0]);
	CHECK(pipe(p) == 0);
	close(p[0]);
	FAILS(write(p[1], "x", 1), EPIPE);
	close(p[1]);
	CHECK(mkfifo("fifo", 0600) == 0);
	FAILS(open("fifo", O_WRONLY | O_NONBLOCK), ENXIO);
	pid = fork();
	if (!pid) {
		int fd = open("fifo", O_WRONLY);
		_exit(write(fd, "fifo!", 5) != 5);
	}
	p[0] = open("fifo", O_RDONLY);
	CHECK(read(p[0], buf, 16) == 5 && !memcmp(buf, "fifo!", 5) && read(p[0], buf, 16) == 0);
	CHECK(waitpid(pid, &status, 0) == pid && status == 0);
	close(p[0]);
	unlink("fifo");
}

static void test_poll_select(void)
{
	int p[2];
	struct pollfd fds[3];
	struct timeval tv = { 0, 20000 }, before, after;
	fd_set set;
	char c;

	CHECK(pipe(p) == 0);
	fds[0] = (struct pollfd){ p[0], POLLIN, 0 };
	fds[1] = (struct pollfd){ p[1], POLLOUT, 0 };
	fds[2] = (struct pollfd){ 99, POLLIN, 0 };
	CHECK(poll(fds, 1, 0) == 0);
	CHECK(poll(fds, 3, 1000) == 2 && fds[0].revents == 0 && fds[1].revents == POLLOUT &&
	      fds[2].revents == POLLNVAL);
	gettimeofday(&before, NULL);
	CHECK(poll(fds, 1, 30) == 0);
	gettimeofday(&after, NULL);
	CHECK((after.tv_sec - before.tv_sec) * 1000000 + after.tv_usec - before.tv_usec >= 29000);
	FD_ZERO(&set);
	FD_SET(p[0], &set);
	CHECK(select(p[0] + 1, &set, NULL, NULL, &tv) == 0 && !FD_ISSET(p[0], &set));
	if (!fork()) {
		usleep(20000);
		_exit(write(p[1], "x", 1) != 1);
	}
	CHECK(poll(fds, 1, 5000) == 1 && fds[0].revents == POLLIN);
	FD_SET(p[0], &set);
	tv = (struct timeval){ 1, 0 };
	CHECK(select(p[0] + 1, &set, NULL, NULL, &tv) == 1 && FD_ISSET(p[0], &set));
	CHECK(read(p[0], &c, 1) == 1);
	wait(NULL);
	close(p[1]);
	CHECK(poll(fds, 1, 1000) == 1 && fds[0].revents == POLLHUP);
	FD_ZERO(&set);
	FD_SET(p[1], &set);
	FAILS(select(p[1] + 1, &set, NULL, NULL, &tv), EBADF);
	close(p[0]);
}

static void test_epoll_eventfd(void)
{
	int ep = epoll_create1(EPOLL_CLOEXEC), ev = eventfd(0, EFD_NONBLOCK), p[2];
	struct epoll_event event = { .events = EPOLLIN, .data = { .u32 = 7 } }, got[4];
	uint64_t value = 3;

	CHECK(ep >= 0 && ev >= 0 && pipe(p) == 0);
	FAILS(read(ev, &value, 8), EAGAIN);
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, ev, &event) == 0);
	FAILS(epoll_ctl(ep, EPOLL_CTL_ADD, ev, &event), EEXIST);
	event.data.u32 = 8;
	event.events = EPOLLIN | EPOLLET;
	CHECK(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &event) == 0);
	CHECK(epoll_wait(ep, got, 4, 0) == 0);
	CHECK(write(ev, &value, 8) == 8 && write(ev, &value, 8) == 8);
	CHECK(epoll_wait(ep, got, 4, 1000) == 1 && got[0].data.u32 == 7 &&
	      got[0].events == EPOLLIN);
	CHECK(epoll_wait(ep, got, 4, 0) == 1); /* level */
	CHECK(read(ev, &value, 8) == 8 && value == 6);
	CHECK(write(p[1], "x", 1) == 1);
	CHECK(epoll_wait(ep, got, 4, 1000) == 1 && got[0].data.u32 == 8);
	CHECK(epoll_wait(ep, got, 4, 0) == 0); /* edge */
	CHECK(epoll_ctl(ep, EPOLL_CTL_DEL, p[0], &event) == 0);
	FAILS(epoll_ctl(ep, EPOLL_CTL_DEL, p[0], &event), ENOENT);
	FAILS(epoll_ctl(ep, EPOLL_CTL_ADD, ep, &event), EINVAL);
	close(ev);
	close(ep), close(p[0]), close(p[1]);
}

static int child_tries_lock(int cmd, short type, off_t start, off_t len)
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		struct flock l = {
			.l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = len
		};
		int fd = open("f", O_RDWR);

		_exit(fcntl(fd, cmd, &l) == 0 ? 0 : errno);
	}
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static void test_locks(void)
{
	int fd = make("f", "0123456789"), other = open("f", O_RDWR);
	struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 2, .l_len = 4 };

	CHECK(fcntl(fd, F_SETLK, &l) == 0);
	CHECK(child_tries_lock(F_SETLK, F_RDLCK, 3, 1) == EAGAIN);
	CHECK(child_tries_lock(F_SETLK, F_WRLCK, 6, 0) == 0);
	l = (struct flock){ .l_type = F_UNLCK, .l_whence = SEEK_SET, .l_start = 3, .l_len = 1 };
	CHECK(fcntl(fd, F_SETLK, &l) == 0);
	CHECK(child_tries_lock(F_SETLK, F_WRLCK, 3, 1) == 0 &&
	      child_tries_lock(F_SETLK, F_WRLCK, 4, 1) == EAGAIN);
	l = (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET };
	CHECK(fcntl(fd, F_GETLK, &l) == 0 && l.l_type == F_UNLCK);
	close(open("f", O_RDONLY)); /* any close gives them up */
	CHECK(child_tries_lock(F_SETLK, F_WRLCK, 0, 0) == 0);
	CHECK(flock(fd, LOCK_EX) == 0);
	FAILS(flock(other, LOCK_SH | LOCK_NB), EWOULDBLOCK);
	CHECK(flock(fd, LOCK_SH) == 0 && flock(other, LOCK_SH | LOCK_NB) == 0);
	FAILS(flock(fd, LOCK_EX | LOCK_NB), EWOULDBLOCK);
	close(other);
	CHECK(flock(fd, LOCK_EX | LOCK_NB) == 0);
	close(fd);
	unlink("f");
}

static void test_mmap_file(void)
{
	int fd = make("f", "mapped text");
	char buf[16], *p, *q;

	CHECK(ftruncate(fd, 8192) == 0);
	p = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	q = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	CHECK(p != MAP_FAILED && q != MAP_FAILED && !memcmp(p, "mapped", 6) &&
	      !memcmp(q, "mapped", 6));
	p[0] = 'M';
	q[1] = 'X';
	CHECK(pread(fd, buf, 6, 0) == 6 && !memcmp(buf, "Mapped", 6));
	CHECK(pwrite(fd, "zz", 2, 5000) == 2 && p[5000] == 'z');
	CHECK(msync(p, 8192, MS_SYNC) == 0);
	munmap(p, 8192), munmap(q, 8192);
	close(fd);
	unlink("f");
}

static void test_sendfile_statfs(void)
{
	int in = make("in", "sendfile text"), out = make("out", "");
	struct statfs sf;
	off_t at = 4;
	char buf[16];

	CHECK(sendfile(out, in, &at, 100) == 9 && at == 13);
	CHECK(pread(out, buf, 16, 0) == 9 && !memcmp(buf, "file text", 9));
	CHECK(statfs(".", &sf) == 0 && sf.f_bsize > 0 && sf.f_namelen == 255);
	CHECK(fsync(out) == 0);
	close(in), close(out);
	unlink("in"), unlink("out");
}

static void test_times(void)
{
	struct timespec t[2] = { { 1000, 5 }, { 2000, 6 } };
	struct stat st;
	int fd = make("f", "x");

	CHECK(utimensat(AT_FDCWD, "f", t, 0) == 0 && stat("f", &st) == 0 && st.st_atime == 1000 &&
	      st.st_mtime == 2000);
	t[0].tv_nsec = UTIME_OMIT;
	t[1].tv_nsec = UTIME_NOW;
	CHECK(futimens(fd, t) == 0 && fstat(fd, &st) == 0 && st.st_atime == 1000 &&
	      st.st_mtime > 1000000);
	close(fd);
	unlink("f");
}

static void as_user(void (*body)(void))
{
	int status;
	pid_t pid = fork();

	if (!pid) {
		bad = 0;
		if (setgid(1234) || setuid(1234))
			_exit(99);
		body();
		fflush(stdout);
		_exit(bad);
	}
	waitpid(pid, &status, 0);
	CHECK(status == 0);
}

static void user_body(void)
{
	struct stat st;
	int fd;

	FAILS(open("secret", O_RDONLY), EACCES);
	CHECK(access("secret", F_OK) == 0);
	FAILS(access("secret", R_OK), EACCES);
	FAILS(open("public", O_WRONLY), EACCES);
	CHECK(open("public", O_RDONLY) >= 0);
	FAILS(open("closed/x", O_RDONLY), EACCES);
	FAILS(unlink("public"), EACCES);
	FAILS(unlink("sticky/root"), EPERM);
	FAILS(rename("sticky/root", "sticky/mine"), EPERM);
	fd = open("sticky/own", O_CREAT | O_RDWR, 04755);
	CHECK(fd >= 0 && fstat(fd, &st) == 0 && st.st_uid == 1234 && st.st_gid == 1234);
	CHECK(chmod("sticky/own", 0600) == 0 && unlink("sticky/own") == 0);
	FAILS(chmod("public", 0666), EPERM);
	FAILS(chown("public", 1234, -1), EPERM);
	FAILS(mknod("sticky/dev", S_IFCHR | 0600, 0x103), EPERM);
	FAILS(chroot("."), EPERM);
	FAILS(link("secret", "closed/l"), EACCES);
}

static void test_permissions(void)
{
	struct stat st;

	close(make("secret", "s"));
	chmod("secret", 0600);
	close(make("public", "p"));
	mkdir("closed", 0700);
	mkdir("sticky", 0777);
	chmod("sticky", 01777);
	close(make("sticky/root", ""));
	as_user(user_body);
	CHECK(chown("public", 55, 66) == 0 && stat("public", &st) == 0 && st.st_uid == 55 &&
	      st.st_gid == 66);
	CHECK(chmod("public", 06755) == 0 && chown("public", 0, 0) == 0 &&
	      stat("public", &st) == 0 && (st.st_mode & 07777) == 0755);
	unlink("secret"), unlink("public"), rmdir("closed"), unlink("sticky/root"), rmdir("sticky");
}

static void test_cwd(void)
{
	char buf[256], first[256];
	int fd = open(".", O_RDONLY);

	CHECK(getcwd(first, sizeof(first)) != NULL);
	CHECK(mkdir("d", 0755) == 0 && chdir("d") == 0 && getcwd(buf, sizeof(buf)) != NULL);
	CHECK(!strncmp(buf, first, strlen(first)) && !strcmp(buf + strlen(buf) - 2, "/d"));
	CHECK(rmdir("../d") == 0);
	errno = 0;
	CHECK(getcwd(buf, sizeof(buf)) == NULL && errno == ENOENT);
	FAILS(open("x", O_CREAT | O_WRONLY, 0600), ENOENT);
	CHECK(fchdir(fd) == 0 && getcwd(buf, sizeof(buf)) && !strcmp(buf, first));
	FAILS(chdir("none"), ENOENT);
	close(fd);
}

static void test_many_descriptors(void)
{
	int fds[200], i;

	for (i = 0; i < 200; i++)
		CHECK((fds[i] = open(".", O_RDONLY)) >= 0);
	close(fds[50]);
	CHECK(open(".", O_RDONLY) == fds[50]);
	for (i = 0; i < 200; i++)
		close(fds[i]);
}

static void test_bad_pointers(void)
{
	struct stat st;

	FAILS(open((char *)1, O_RDONLY), EFAULT);
	FAILS(stat((char *)-1L, &st), EFAULT);
	FAILS(stat(".", (struct stat *)8), EFAULT);
	FAILS(pipe((int *)1), EFAULT);
	FAILS(getcwd((char *)1, 100) ? 0 : -1, EFAULT);
}

int main(int argc, char **argv)
{
	if (argc < 2 || chdir(argv[1])) {
		fprintf(stderr, "usage: files FOLDER\n");
		return 2;
	}
	umask(022);
	RUN(test_open_flags);
	RUN(test_read_write);
	RUN(test_unlinked_file_lives);
	RUN(test_directories);
	RUN(test_links);
	RUN(test_rename);
	RUN(test_at);
	RUN(test_dup_fcntl);
	RUN(test_pipe);
	RUN(test_poll_select);
	RUN(test_epoll_eventfd);
	RUN(test_locks);
	RUN(test_mmap_file);
	RUN(test_sendfile_statfs);
	RUN(test_times);
	RUN(test_permissions);
	RUN(test_cwd);
	RUN(test_many_descriptors);
	RUN(test_bad_pointers);
	printf("1..%d\n", number);
	return failures != 0;
}
