/* Copies of strings and blocks on the heap, and of user memory. */
#include <linux/string.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/mm.h>
#include <linux/uaccess.h>
#include <linux/err.h>

extern const char _rodata[], _erodata[];

void *kmemdup(const void *src, size_t n, gfp_t gfp)
{
	void *copy = kmalloc_track_caller(n, gfp, _RET_IP_);

	if (copy)
		memcpy(copy, src, n);
	return copy;
}
EXPORT_SYMBOL(kmemdup);

char *kmemdup_nul(const char *s, size_t n, gfp_t gfp)
{
	char *copy = s ? kmalloc_track_caller(n + 1, gfp, _RET_IP_) : NULL;

	if (copy) {
		memcpy(copy, s, n);
		copy[n] = '\0';
	}
	return copy;
}
EXPORT_SYMBOL(kmemdup_nul);

char *kstrndup(const char *s, size_t max, gfp_t gfp)
{
	size_t n = s ? strnlen(s, max) : 0;
	char *copy = s ? kmalloc_track_caller(n + 1, gfp, _RET_IP_) : NULL;

	if (copy) {
		memcpy(copy, s, n);
		copy[n] = '\0';
	}
	return copy;
}
EXPORT_SYMBOL(kstrndup);

char *kstrdup(const char *s, gfp_t gfp)
{
	size_t n = s ? strlen(s) + 1 : 0;
	char *copy = s ? kmalloc_track_caller(n, gfp, _RET_IP_) : NULL;

	if (copy)
		memcpy(copy, s, n);
	return copy;
}
EXPORT_SYMBOL(kstrdup);

static bool is_kernel_rodata(const char *s)
{
	return s >= _rodata && s < _erodata;
}

const char *kstrdup_const(const char *s, gfp_t gfp)
{
	return is_kernel_rodata(s) ? s : kstrdup(s, gfp);
}
EXPORT_SYMBOL(kstrdup_const);

void kfree_const(const void *s)
{
	if (!is_kernel_rodata(s))
		kfree(s);
}
EXPORT_SYMBOL(kfree_const);

void *memdup_user(const void __user *src, size_t n)
{
	void *copy = kmalloc_track_caller(n, GFP_USER, _RET_IP_);

	if (!copy)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(copy, src, n)) {
		kfree(copy);
		return ERR_PTR(-EFAULT);
	}
	return copy;
}
EXPORT_SYMBOL(memdup_user);

void *vmemdup_user(const void __user *src, size_t n)
{
	void *copy = kvmalloc(n, GFP_USER);

	if (!copy)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(copy, src, n)) {
		kvfree(copy);
		return ERR_PTR(-EFAULT);
	}
	return copy;
}
EXPORT_SYMBOL(vmemdup_user);

void *memdup_user_nul(const void __user *src, size_t n)
{
	char *copy = kmalloc_track_caller(n + 1, GFP_KERNEL, _RET_IP_);

	if (!copy)
		return ERR_PTR(-ENOMEM);
	if (copy_from_user(copy, src, n)) {
		kfree(copy);
		return ERR_PTR(-EFAULT);
	}
	copy[n] = '\0';
	return copy;
}
EXPORT_SYMBOL(memdup_user_nul);

char *strndup_user(const char __user *s, long n)
{
	long length = strnlen_user(s, n);
	char *copy;

	if (!length)
		return ERR_PTR(-EFAULT);
	if (length > n)
		return ERR_PTR(-EINVAL);
	copy = memdup_user(s, (size_t)length);
	if (!IS_ERR(copy))
		copy[length - 1] = '\0';
	return copy;
}
EXPORT_SYMBOL(strndup_user);

static int count_words(const char *s)
{
	int count = 0;

	for (s = skip_spaces(s); *s; s = skip_spaces(s), count++)
		while (*s && !isspace((unsigned char)*s))
			s++;
	return count;
}

/* One allocation holds the pointers, a spare one for the copy, and the copy itself is a second. */
char **argv_split(gfp_t gfp, const char *s, int *argcp)
{
	int count = count_words(s);
	char *copy = kstrdup(s, gfp), **argv = kmalloc_array((size_t)count + 2, sizeof(*argv), gfp);

	if (!copy || !argv) {
		kfree(copy);
		kfree(argv);
		return NULL;
	}
	*argv++ = copy;
	copy = skip_spaces(copy);
	for (int i = 0; i < count; i++) {
		argv[i] = copy;
		while (*copy && !isspace((unsigned char)*copy))
			copy++;
		if (*copy)
			*copy++ = '\0';
		copy = skip_spaces(copy);
	}
	argv[count] = NULL;
	if (argcp)
		*argcp = count;
	return argv;
}
EXPORT_SYMBOL(argv_split);

void argv_free(char **argv)
{
	argv--;
	kfree(argv[0]);
	kfree(argv);
}
EXPORT_SYMBOL(argv_free);
