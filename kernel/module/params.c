/*
 * Parameter texts: splitting them and setting what they name. One mutex serialises all setting and showing, so that a
 * charp is not freed while it is printed.
 */
#include "module/module.h"
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/security.h>
#include <linux/string.h>
#include "lib/args.h"

static DEFINE_MUTEX(param_lock);

void kernel_param_lock(struct module *mod)
{
	mutex_lock(&param_lock);
}
EXPORT_SYMBOL(kernel_param_lock);

void kernel_param_unlock(struct module *mod)
{
	mutex_unlock(&param_lock);
}
EXPORT_SYMBOL(kernel_param_unlock);

static char hyphen(char c)
{
	return c == '-' ? '_' : c;
}

bool parameqn(const char *name1, const char *name2, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (hyphen(name1[i]) != hyphen(name2[i]))
			return false;
	return true;
}
EXPORT_SYMBOL(parameqn);

bool parameq(const char *name1, const char *name2)
{
	return parameqn(name1, name2, strlen(name1) + 1);
}
EXPORT_SYMBOL(parameq);

static const struct kernel_param *param_find(const struct kernel_param *params, unsigned int num,
					     const char *name)
{
	for (unsigned int i = 0; i < num; i++)
		if (parameq(params[i].name, name))
			return &params[i];
	return NULL;
}

static int set_param(const struct kernel_param *param, const char *val)
{
	int error;

	if (!val && !(param->ops->flags & KERNEL_PARAM_OPS_FL_NOARG))
		return -EINVAL;
	if (param->flags & KERNEL_PARAM_FL_HWPARAM &&
	    security_locked_down(LOCKDOWN_MODULE_PARAMETERS))
		return -EPERM;
	if (param->flags & KERNEL_PARAM_FL_UNSAFE) {
		pr_warn("module: parameter %s is unsafe to set: kernel tainted\n", param->name);
		add_taint(TAINT_USER, LOCKDEP_STILL_OK);
	}
	mutex_lock(&param_lock);
	error = param->ops->set(val, param);
	mutex_unlock(&param_lock);
	return error;
}

static int report(const struct params *params, const struct kernel_param *param, const char *name,
		  const char *val, int error)
{
	char hint[240];

	if (!error)
		return 0;
	if (param)
		param_explain(param, params->object, hint, sizeof(hint));
	else
		param_explain_unknown(name, params->list, params->count, hint, sizeof(hint));
	if (error == -ENOENT)
		pr_err("module: %s: unknown parameter '%s'%s\n", params->doing, name, hint);
	else if (!val)
		pr_err("module: %s: parameter %s has no value%s\n", params->doing, name, hint);
	else
		pr_err("module: %s: parameter %s: '%s' is %s (%pe)%s\n", params->doing, name, val,
		       error == -ENOSPC	  ? "too long"
		       : error == -ERANGE ? "out of range"
					  : "invalid",
		       ERR_PTR(error), hint);
	return error;
}

char *params_parse(const struct params *params, char *args, s16 min_level, s16 max_level, void *arg,
		   int (*unknown)(char *param, char *val, const char *doing, void *arg))
{
	args = skip_spaces(args);
	while (*args) {
		const struct kernel_param *param;
		char *name, *val;
		int error;

		args = args_next(args, &name, &val);
		if (!val && !strcmp(name, "--"))
			return args;
		param = param_find(params->list, params->count, name);
		if (param && (param->level < min_level || param->level > max_level))
			continue;
		if (param)
			error = set_param(param, val);
		else
			error = unknown ? unknown(name, val, params->doing, arg) : -ENOENT;
		if (report(params, param, name, val, error))
			return ERR_PTR(error);
	}
	return NULL;
}

char *parse_args(const char *doing, char *args, const struct kernel_param *params, unsigned int num,
		 s16 min_level, s16 max_level, void *arg,
		 int (*unknown)(char *param, char *val, const char *doing, void *arg))
{
	struct params list = { .doing = doing, .list = params, .count = num };

	return params_parse(&list, args, min_level, max_level, arg, unknown);
}
EXPORT_SYMBOL(parse_args);

void params_free(struct module *mod)
{
	for (unsigned int i = 0; i < mod->num_kp; i++)
		if (mod->kp[i].ops && mod->kp[i].ops->free)
			mod->kp[i].ops->free(mod->kp[i].arg);
	mod->num_kp = 0;
}
