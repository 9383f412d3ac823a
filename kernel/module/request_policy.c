/*
 * Who may trigger what.
 *
 * Rules are `allow|deny UID|* PATTERN`, the pattern one of aliases with shell wildcards; the first that fits decides. If none
 * does, a process that may load modules itself (CAP_SYS_MODULE) may trigger every alias, and any other none. The rules at
 * start leave to everyone what file permissions guard already (device nodes that one can open, files that one can execute),
 * and local sockets.
 * Set by writing the whole text to /sys/kernel/rakit/request_policy: all of it is taken, or an error and none.
 */
#include "module/request.h"
#include "module/module.h"
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
#include "lib/glob.h"

#define RULES_MAX 32
#define PATTERN_MAX 63

struct rule {
	bool allow;
	bool everyone; /* else uid */
	unsigned int uid;
	char pattern[PATTERN_MAX + 1];
};

struct policy {
	unsigned int count;
	struct rule rules[RULES_MAX];
};

static const struct policy at_start = { .count = 4,
					.rules = {
						{ true, true, 0, "char-major-*" },
						{ true, true, 0, "block-major-*" },
						{ true, true, 0, "binfmt-*" },
						{ true, true, 0, "net-pf-1" },
					} };

/* Under request_lock. */
static struct policy policy;

static const struct rule *rule_for(const char *alias, unsigned int uid)
{
	for (unsigned int i = 0; i < policy.count; i++) {
		const struct rule *rule = &policy.rules[i];

		if ((rule->everyone || rule->uid == uid) && glob_text(rule->pattern, alias))
			return rule;
	}
	return NULL;
}

bool request_allowed(const char *alias, const struct requester *from)
{
	const struct rule *rule;
	bool allowed;

	mutex_lock(&request_lock);
	rule = rule_for(alias, from->uid);
	allowed = rule ? rule->allow : capable(CAP_SYS_MODULE);
	mutex_unlock(&request_lock);
	if (!allowed)
		pr_warn_ratelimited("request: %s: refused: uid %u (%s, pid %d) may not trigger it; "
				    "rules are in /sys/kernel/rakit/request_policy\n",
				    alias, from->uid, from->comm, from->pid);
	return allowed;
}

/* The next word of the line, cut off; NULL: there is none. */
static char *word(char **line)
{
	char *found;

	do
		found = strsep(line, " \t");
	while (found && !*found);
	return found;
}

static int rule_parse(struct rule *rule, char *line)
{
	char *verdict = word(&line), *who = word(&line), *pattern = word(&line);

	if (!pattern || word(&line) || strlen(pattern) > PATTERN_MAX)
		return -EINVAL;
	rule->allow = !strcmp(verdict, "allow");
	if (!rule->allow && strcmp(verdict, "deny"))
		return -EINVAL;
	strscpy(rule->pattern, pattern, sizeof(rule->pattern));
	rule->everyone = !strcmp(who, "*");
	return rule->everyone ? 0 : kstrtouint(who, 10, &rule->uid);
}

static int policy_parse(struct policy *new, char *text)
{
	char *line;
	int error;

	while ((line = strsep(&text, "\n"))) {
		line = strim(line);
		if (!*line || *line == '#')
			continue;
		if (new->count == RULES_MAX)
			return -E2BIG;
		error = rule_parse(&new->rules[new->count++], line);
		if (error)
			return error;
	}
	return 0;
}

static ssize_t policy_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			    size_t count)
{
	struct policy *new = kzalloc(sizeof(*new), GFP_KERNEL);
	char *text = kmemdup_nul(buf, count, GFP_KERNEL);
	int error = new &&text ? 0 : -ENOMEM;

	if (!error && !capable(CAP_SYS_MODULE))
		error = -EPERM;
	if (!error)
		error = policy_parse(new, text);
	if (!error) {
		mutex_lock(&request_lock);
		policy = *new;
		mutex_unlock(&request_lock);
	}
	kfree(text);
	kfree(new);
	return error ?: (ssize_t)count;
}

static ssize_t policy_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	size_t n = 0;

	mutex_lock(&request_lock);
	for (unsigned int i = 0; i < policy.count; i++) {
		const struct rule *rule = &policy.rules[i];

		n += scnprintf(buf + n, PAGE_SIZE - n, "%s ", rule->allow ? "allow" : "deny");
		if (!rule->everyone)
			n += scnprintf(buf + n, PAGE_SIZE - n, "%u ", rule->uid);
		n += scnprintf(buf + n, PAGE_SIZE - n, "%s%s\n", rule->everyone ? "* " : "",
			       rule->pattern);
	}
	mutex_unlock(&request_lock);
	return (ssize_t)n;
}

static struct kobj_attribute policy_attribute = __ATTR(request_policy, 0644, policy_show,
						       policy_store);

void __init request_policy_init(void)
{
	policy = at_start;
	if (sysfs_create_file(rakit_kobj, &policy_attribute.attr))
		pr_warn("request: no /sys/kernel/rakit/request_policy\n");
}
