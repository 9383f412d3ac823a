/*
 * Supplementary groups: shared, sorted lists. A list in use never changes; setgroups() makes a new one.
 */
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sort.h>
#include <linux/sched.h>

struct group_info *groups_alloc(int n)
{
	struct group_info *info = kvmalloc(sizeof(*info) + (size_t)n * sizeof(info->gid[0]),
					   GFP_KERNEL);

	if (!info)
		return NULL;
	atomic_set(&info->usage, 1);
	info->ngroups = n;
	return info;
}
EXPORT_SYMBOL(groups_alloc);

void groups_free(struct group_info *info)
{
	kvfree(info);
}
EXPORT_SYMBOL(groups_free);

static int compare_gids(const void *a, const void *b)
{
	const kgid_t *left = a, *right = b;

	return (left->val > right->val) - (left->val < right->val);
}

void groups_sort(struct group_info *info)
{
	sort(info->gid, (size_t)info->ngroups, sizeof(info->gid[0]), compare_gids, NULL);
}
EXPORT_SYMBOL(groups_sort);

struct group_info *get_group_info(struct group_info *info)
{
	atomic_inc(&info->usage);
	return info;
}
EXPORT_SYMBOL(get_group_info);

void put_group_info(struct group_info *info)
{
	if (atomic_dec_and_test(&info->usage))
		groups_free(info);
}
EXPORT_SYMBOL(put_group_info);

int groups_search(const struct group_info *info, kgid_t gid)
{
	int left = 0, right = info->ngroups;

	while (left < right) {
		int middle = (left + right) / 2;

		if (gid_gt(gid, info->gid[middle]))
			left = middle + 1;
		else if (gid_lt(gid, info->gid[middle]))
			right = middle;
		else
			return 1;
	}
	return 0;
}

void set_groups(struct cred *new, struct group_info *info)
{
	put_group_info(new->group_info);
	new->group_info = get_group_info(info);
}
EXPORT_SYMBOL(set_groups);

int set_current_groups(struct group_info *info)
{
	struct cred *new = prepare_creds();

	if (!new)
		return -ENOMEM;
	set_groups(new, info);
	return commit_creds(new);
}
EXPORT_SYMBOL(set_current_groups);

int in_group_p(kgid_t gid)
{
	const struct cred *cred = current_cred();

	return gid_eq(gid, cred->fsgid) || groups_search(cred->group_info, gid);
}
EXPORT_SYMBOL(in_group_p);

int in_egroup_p(kgid_t gid)
{
	const struct cred *cred = current_cred();

	return gid_eq(gid, cred->egid) || groups_search(cred->group_info, gid);
}
EXPORT_SYMBOL(in_egroup_p);

bool may_setgroups(void)
{
	return capable(CAP_SETGID);
}
