/* What the daemon tells the kernel: lines written to /dev/kmod. Their language is in request_daemon.c. */
#include "module/request.h"
#include "module/module.h"
#include <linux/kernel.h>
#include <linux/string.h>

/* "ID NUMBER" with one blank. */
static int two_numbers(char *text, unsigned int *id, unsigned int *number)
{
	char *second = strchr(text, ' ');

	if (!second)
		return -EINVAL;
	*second++ = '\0';
	return kstrtouint(text, 10, id) ?: kstrtouint(second, 10, number);
}

static int command_run(char *text)
{
	unsigned int id, pid;
	struct request *request;
	int error = two_numbers(text, &id, &pid);

	if (error)
		return error;
	mutex_lock(&request_lock);
	request = request_by_id(id);
	if (request && request->to_daemon)
		request->handler = (pid_t)pid;
	mutex_unlock(&request_lock);
	return request ? 0 : -ESRCH;
}

static int command_done(char *text)
{
	unsigned int id, status;
	struct request *request;
	int error = two_numbers(text, &id, &status);

	if (error)
		return error;
	mutex_lock(&request_lock);
	request = request_by_id(id);
	if (request && request->to_daemon)
		request_get(request);
	else
		request = NULL;
	mutex_unlock(&request_lock);
	if (!request)
		return -ESRCH;
	request_finish(request, (int)min(status, 255u));
	mutex_lock(&request_lock);
	request_put(request);
	mutex_unlock(&request_lock);
	return 0;
}

int daemon_command(char *line)
{
	if (!strcmp(line, "look") || !strcmp(line, "look now")) {
		sweep_look(line[4] != '\0');
		return 0;
	}
	if (str_has_prefix(line, "run "))
		return command_run(line + 4);
	if (str_has_prefix(line, "done "))
		return command_done(line + 5);
	return -EINVAL;
}
