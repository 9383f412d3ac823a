/* daemon(): a process of its own session, without a terminal. getlogin(): from the environment's user id. */
#include <fcntl.h>
#include <paths.h>
#include <pwd.h>
#include <unistd.h>

int daemon(int keep_directory, int keep_descriptors)
{
	pid_t pid = fork();

	if (pid < 0)
		return -1;
	if (pid > 0)
		_exit(0);
	if (setsid() < 0)
		return -1;
	if (!keep_directory && chdir("/"))
		return -1;
	if (keep_descriptors)
		return 0;
	int fd = open(_PATH_DEVNULL, O_RDWR);

	if (fd < 0)
		return -1;
	for (int i = 0; i < 3; i++)
		dup2(fd, i);
	if (fd > 2)
		close(fd);
	return 0;
}

char *getlogin(void)
{
	struct passwd *user = getpwuid(getuid());

	return user ? user->pw_name : NULL;
}
