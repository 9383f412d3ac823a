/*
 * install and remove commands. One of plain words is executed as it is, without a shell: the result is the same. One that
 * has more than words in it goes to /bin/sh, but not when modprobe works for a request of the kernel: whoever made the
 * request must not reach a shell.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "guest/sbin/modprobe/modprobe.h"

#define WORDS_MAX 64

/* $CMDLINE_OPTS in a command stands for the options given to modprobe. */
static char *with_options(const char *command, const char *options)
{
	const char *variable = "$CMDLINE_OPTS", *at = strstr(command, variable);

	if (!at)
		return kmod_copy(command);
	return kmod_text("%.*s%s%s", (int)(at - command), command, options,
			 with_options(at + strlen(variable), options));
}

static bool needs_shell(const char *text)
{
	static const char *const builtins[] = { "exit", ":",	  ".",	    "eval",  "exec", "set",
						"cd",	"export", "ulimit", "umask", "trap" };
	size_t n = strspn(text, " \t"), word = strcspn(text + n, " \t");

	for (size_t i = 0; i < sizeof(builtins) / sizeof(builtins[0]); i++)
		if (word == strlen(builtins[i]) && strncmp(text + n, builtins[i], word) == 0)
			return true;
	return text[strcspn(text, "|&;<>()$`\\\"'*?[#~!{}\n%")] || memchr(text + n, '=', word);
}

_Noreturn static void become(char *text)
{
	char *argv[WORDS_MAX + 1], *state;
	int count = 0;

	for (char *word = strtok_r(text, " \t", &state); word && count < WORDS_MAX;
	     word = strtok_r(NULL, " \t", &state))
		argv[count++] = word;
	argv[count] = NULL;
	if (!count)
		_exit(0);
	execvp(argv[0], argv);
	kmod_error("%s: %s\n", argv[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

/* As system(): the wait status, -1 with errno. */
static int run_words(char *text)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		become(text);
	while (pid > 0 && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return pid > 0 ? status : -1;
}

int command_run(const char *kind, const char *command, const char *module, const char *options)
{
	char *text = with_options(command, options ? options : "");
	bool shell = needs_shell(text);
	int status;

	if (shell && wish.for_kernel) {
		kmod_error("%s command '%s' for module %s needs a shell, which a request of the "
			   "kernel "
			   "does not get; modprobe %s\n",
			   kind, text, module, module);
		return -EINVAL;
	}
	setenv("MODPROBE_MODULE", module, 1);
	status = shell ? system(text) : run_words(kmod_copy(text));
	unsetenv("MODPROBE_MODULE");
	if (status == 0)
		return 0;
	if (status == -1)
		kmod_error("Could not run %s command '%s' for module %s: %m\n", kind, text, module);
	else
		kmod_error("Error running %s command '%s' for module %s: retcode %d\n", kind, text,
			   module,
			   WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return -EINVAL;
}
