/*
 * Answering a request without a daemon: the kernel runs `/sbin/modprobe -q -- ALIAS`, as a process of its own.
 *
 * The path is the sysctl kernel.modprobe; empty: there is no helper. The process learns from its environment that it works
 * for a request: modprobe then runs no command of the configuration that needs a shell.
 */
#include "module/request.h"
#include "module/module.h"
#include <linux/init.h>
#include <linux/kmod.h>
#include <linux/slab.h>
#include <linux/sysctl.h>
#include <linux/umh.h>

char modprobe_path[KMOD_PATH_LEN] = "/sbin/modprobe";

static int helper_started(struct subprocess_info *info, struct cred *new)
{
	((struct request *)info->data)->handler = current->tgid;
	return 0;
}

/* The helper has ended, or did not start. retval: -errno, or the status as wait4() gives it. */
static void helper_ended(struct subprocess_info *info)
{
	struct request *request = info->data;
	int status = info->retval;

	request_finish(request, status > 0 ? status >> 8 ?: status : status);
	mutex_lock(&request_lock);
	request_put(request);
	mutex_unlock(&request_lock);
	kfree(info->argv);
}

void helper_start(struct request *request)
{
	static char *envp[] = { "HOME=/", "TERM=linux", "PATH=/sbin:/usr/sbin:/bin:/usr/bin",
				"MODPROBE_REQUEST=1", NULL };
	char **argv = kcalloc(5, sizeof(*argv), GFP_KERNEL);
	struct subprocess_info *info = NULL;

	if (argv && modprobe_path[0]) {
		argv[0] = modprobe_path;
		argv[1] = "-q";
		argv[2] = "--";
		argv[3] = request->alias;
		info = call_usermodehelper_setup(modprobe_path, argv, envp, GFP_KERNEL,
						 helper_started, helper_ended, request);
	}
	if (!info) {
		kfree(argv);
		request_finish(request, modprobe_path[0] ? -ENOMEM : -ENOENT);
		return;
	}
	mutex_lock(&request_lock);
	request_get(request);
	mutex_unlock(&request_lock);
	call_usermodehelper_exec(info, UMH_WAIT_PROC | UMH_NOTIFY);
}

static int one = 1, most_seconds = 3600, most_requests = 1000;

static struct ctl_table helper_table[] = { { .procname = "modprobe",
					     .data = modprobe_path,
					     .maxlen = KMOD_PATH_LEN,
					     .mode = 0644,
					     .proc_handler = proc_dostring },
					   {} };

#define LIMIT(name, variable, most)                                                         \
	{                                                                                   \
		.procname = name, .data = &(variable), .maxlen = sizeof(int), .mode = 0644, \
		.proc_handler = proc_dointvec_minmax, .extra1 = &one, .extra2 = &(most)     \
	}

static struct ctl_table limit_table[] = { LIMIT("timeout", request_timeout, most_seconds),
					  LIMIT("patience", request_patience, most_seconds),
					  LIMIT("limit", request_limit, most_requests),
					  {} };

static int __init helper_init(void)
{
	if (!register_sysctl("kernel", helper_table) ||
	    !register_sysctl("kernel/kmod", limit_table))
		pr_warn("request: no settings in /proc/sys/kernel\n");
	request_policy_init();
	request_log_init();
	sweep_init();
	return 0;
}
core_initcall(helper_init);
