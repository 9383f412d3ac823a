/*
 * Thread-local storage segments: three descriptors of the global descriptor table belong to the running thread and are
 * loaded by the context switch. A thread gets them by set_thread_area() or CLONE_SETTLS.
 * Only flat-model data segments of ring 3 are taken: what user_desc can say, checked here. Source: set_thread_area(2), Intel SDM
 * vol. 3, 3.4.5.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <uapi/asm/ldt.h>
#include <asm/desc.h>
#include "process/process.h"

#define DESC_NOT_SYSTEM (1u << 12)
#define DESC_DPL3 (3u << 13)
#define DESC_PRESENT (1u << 15)
#define DESC_AVL (1u << 20)
#define DESC_32BIT (1u << 22)
#define DESC_PAGES (1u << 23)

/* Both ways of saying "no segment". */
static bool desc_is_empty(const struct user_desc *info)
{
	return !info->base_addr && !info->limit && !info->contents && !info->seg_32bit &&
	       !info->limit_in_pages && !info->useable &&
	       info->read_exec_only == info->seg_not_present;
}

/* Only data segments that the CPU can do no harm with. */
static bool desc_is_allowed(const struct user_desc *info)
{
	if (desc_is_empty(info))
		return true;
	return info->seg_32bit && info->contents <= MODIFY_LDT_CONTENTS_STACK &&
	       !info->seg_not_present;
}

static struct desc_struct desc_pack(const struct user_desc *info)
{
	u32 type = (info->contents << 2) | (info->read_exec_only ? 0 : 2) | 1;

	if (desc_is_empty(info))
		return (struct desc_struct){ 0, 0 };
	return (struct desc_struct){
		.a = (info->base_addr << 16) | (info->limit & 0xffff),
		.b = (info->base_addr & 0xff000000) | ((info->base_addr >> 16) & 0xff) |
		     (info->limit & 0xf0000) | (type << 8) | DESC_NOT_SYSTEM | DESC_DPL3 |
		     DESC_PRESENT | (info->useable ? DESC_AVL : 0) |
		     (info->seg_32bit ? DESC_32BIT : 0) | (info->limit_in_pages ? DESC_PAGES : 0),
	};
}

static void desc_unpack(const struct desc_struct *desc, struct user_desc *info)
{
	memset(info, 0, sizeof(*info));
	info->base_addr = (desc->a >> 16) | ((desc->b & 0xff) << 16) | (desc->b & 0xff000000);
	info->limit = (desc->a & 0xffff) | (desc->b & 0xf0000);
	info->seg_32bit = !!(desc->b & DESC_32BIT);
	info->contents = (desc->b >> 10) & 3;
	info->read_exec_only = !(desc->b & (1u << 9));
	info->limit_in_pages = !!(desc->b & DESC_PAGES);
	info->seg_not_present = !(desc->b & DESC_PRESENT);
	info->useable = !!(desc->b & DESC_AVL);
}

static int find_free(const struct thread_struct *thread)
{
	int i;

	for (i = 0; i < GDT_ENTRY_TLS_ENTRIES; i++)
		if (!thread->tls_array[i].b)
			return i + GDT_ENTRY_TLS_MIN;
	return -ESRCH;
}

int set_thread_area(struct task_struct *p, int index, struct user_desc __user *user,
		    bool can_allocate)
{
	struct user_desc info;

	if (copy_from_user(&info, user, sizeof(info)))
		return -EFAULT;
	if (!desc_is_allowed(&info))
		return -EINVAL;
	if (index == -1)
		index = (int)info.entry_number;
	if (index == -1 && can_allocate) {
		index = find_free(&p->thread);
		if (index < 0)
			return index;
		if (put_user((unsigned int)index, &user->entry_number))
			return -EFAULT;
	}
	if (index < GDT_ENTRY_TLS_MIN || index > GDT_ENTRY_TLS_MAX)
		return -EINVAL;
	preempt_disable();
	p->thread.tls_array[index - GDT_ENTRY_TLS_MIN] = desc_pack(&info);
	if (p == current)
		load_tls(&p->thread);
	preempt_enable();
	return 0;
}

int get_thread_area(struct task_struct *p, int index, struct user_desc __user *user)
{
	struct user_desc info;

	if (index == -1 && get_user(index, (int __user *)&user->entry_number))
		return -EFAULT;
	if (index < GDT_ENTRY_TLS_MIN || index > GDT_ENTRY_TLS_MAX)
		return -EINVAL;
	desc_unpack(&p->thread.tls_array[index - GDT_ENTRY_TLS_MIN], &info);
	info.entry_number = (unsigned int)index;
	return copy_to_user(user, &info, sizeof(info)) ? -EFAULT : 0;
}
