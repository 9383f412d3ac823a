/* System calls and program environment (POSIX). Failing calls return -1 and set errno. */
#ifndef _UNISTD_H
#define _UNISTD_H

#include <features.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#define F_OK 0
#define X_OK 1
#define W_OK 2
#define R_OK 4
#define F_ULOCK 0
#define F_LOCK 1
#define F_TLOCK 2
#define F_TEST 3
#define _POSIX_VERSION 200809L
#define _POSIX_JOB_CONTROL 1
#define _POSIX_SAVED_IDS 1
#define _POSIX_VDISABLE 0

__BEGIN_DECLS
extern char **environ;

ssize_t read(int fd, void *to, size_t size);
ssize_t write(int fd, const void *from, size_t size);
ssize_t pread(int fd, void *to, size_t size, off_t offset);
ssize_t pwrite(int fd, const void *from, size_t size, off_t offset);
off_t lseek(int fd, off_t offset, int whence);
int close(int fd);
int dup(int fd);
int dup2(int from, int to);
int dup3(int from, int to, int flags);
int pipe(int fds[2]);
int pipe2(int fds[2], int flags);
int fsync(int fd);
int fdatasync(int fd);
void sync(void);
int syncfs(int fd);
int ftruncate(int fd, off_t size);
int truncate(const char *path, off_t size);
int isatty(int fd);
char *ttyname(int fd);
int ttyname_r(int fd, char *path, size_t size);
int lockf(int fd, int command, off_t size);

int access(const char *path, int mode);
int faccessat(int dir, const char *path, int mode, int flags);
int chdir(const char *path);
int fchdir(int fd);
int chroot(const char *path);
int pivot_root(const char *new_root, const char *put_old);
char *getcwd(char *path, size_t size); /* path NULL: malloc'ed */
char *get_current_dir_name(void);
int link(const char *from, const char *to);
int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags);
int symlink(const char *target, const char *path);
int symlinkat(const char *target, int dir, const char *path);
ssize_t readlink(const char *path, char *to, size_t size); /* no NUL is written */
ssize_t readlinkat(int dir, const char *path, char *to, size_t size);
int unlink(const char *path);
int unlinkat(int dir, const char *path, int flags);
int rmdir(const char *path);
int chown(const char *path, uid_t uid, gid_t gid);
int fchown(int fd, uid_t uid, gid_t gid);
int lchown(const char *path, uid_t uid, gid_t gid);
int fchownat(int dir, const char *path, uid_t uid, gid_t gid, int flags);

pid_t fork(void);
pid_t vfork(void) __attribute__((__returns_twice__)); /* child: only exec or _exit */
int execve(const char *path, char *const argv[], char *const envp[]);
int execv(const char *path, char *const argv[]);
int execvp(const char *file,
	   char *const argv[]); /* searches PATH; scripts without #! run by /bin/sh */
int execvpe(const char *file, char *const argv[], char *const envp[]);
int execl(const char *path, const char *argument, ...);
int execlp(const char *file, const char *argument, ...);
int execle(const char *path, const char *argument, ...);
int fexecve(int fd, char *const argv[], char *const envp[]);
void _exit(int status) __libc_noreturn;
int daemon(int keep_directory, int keep_descriptors);

pid_t getpid(void);
pid_t getppid(void);
pid_t gettid(void);
pid_t getpgrp(void);
pid_t getpgid(pid_t pid);
int setpgid(pid_t pid, pid_t group);
int setpgrp(void);
pid_t setsid(void);
pid_t getsid(pid_t pid);
pid_t tcgetpgrp(int fd);
int tcsetpgrp(int fd, pid_t group);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int setuid(uid_t uid);
int seteuid(uid_t uid);
int setreuid(uid_t real, uid_t effective);
int setresuid(uid_t real, uid_t effective, uid_t saved);
int getresuid(uid_t *real, uid_t *effective, uid_t *saved);
int setgid(gid_t gid);
int setegid(gid_t gid);
int setregid(gid_t real, gid_t effective);
int setresgid(gid_t real, gid_t effective, gid_t saved);
int getresgid(gid_t *real, gid_t *effective, gid_t *saved);
int getgroups(int count, gid_t groups[]);
int setgroups(size_t count, const gid_t groups[]);
char *getlogin(void);
int nice(int increment);

unsigned int alarm(unsigned int seconds);
unsigned int sleep(unsigned int seconds); /* seconds left when a signal came */
int usleep(useconds_t microseconds);
int pause(void);

int brk(void *end);
void *sbrk(intptr_t increment);
int getpagesize(void);
long sysconf(int name); /* _SC_*; -1 for what it does not know */
long pathconf(const char *path, int name);
long fpathconf(int fd, int name);
size_t confstr(int name, char *to, size_t size);
int gethostname(char *name, size_t size);
int sethostname(const char *name, size_t size);
int getdomainname(char *name, size_t size);
int setdomainname(const char *name, size_t size);
long syscall(long number, ...);
int getentropy(void *to, size_t size); /* at most 256 bytes */
int vhangup(void);
int acct(const char *path);

extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int argc, char *const argv[], const char *options);
__END_DECLS

#define _SC_ARG_MAX 0
#define _SC_CHILD_MAX 1
#define _SC_CLK_TCK 2
#define _SC_NGROUPS_MAX 3
#define _SC_OPEN_MAX 4
#define _SC_PAGESIZE 30
#define _SC_PAGE_SIZE 30
#define _SC_IOV_MAX 60
#define _SC_LINE_MAX 43
#define _SC_RE_DUP_MAX 44
#define _SC_GETPW_R_SIZE_MAX 70
#define _SC_GETGR_R_SIZE_MAX 69
#define _SC_NPROCESSORS_CONF 83
#define _SC_NPROCESSORS_ONLN 84
#define _SC_PHYS_PAGES 85
#define _SC_AVPHYS_PAGES 86
#define _SC_HOST_NAME_MAX 180
#define _PC_LINK_MAX 0
#define _PC_MAX_CANON 1
#define _PC_MAX_INPUT 2
#define _PC_NAME_MAX 3
#define _PC_PATH_MAX 4
#define _PC_PIPE_BUF 5
#define _CS_PATH 0

#endif
