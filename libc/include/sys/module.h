/* Loading and unloading kernel modules (Linux's calls; see init_module(2), create_module(2), query_module(2)). */
#ifndef _SYS_MODULE_H
#define _SYS_MODULE_H
#include <features.h>
#include <stddef.h>
#include <linux/module.h>
__BEGIN_DECLS
/* image: the file's bytes; parameters: "name=value …". 0 or -1 with errno. */
int init_module(void *image, unsigned long size, const char *parameters);
int finit_module(int fd, const char *parameters, int flags); /* MODULE_INIT_* */
int delete_module(const char *name, unsigned int flags);     /* O_NONBLOCK, O_TRUNC */
/*
 * Reserves size bytes of kernel memory for a module that the caller links itself (modlink.h) and hands over with
 * finit_module(MODULE_INIT_LINKED). Its address, or (void *)-1 with errno: EEXIST a module of this name is there, EINVAL
 * no name, or too small for a module, ENOMEM, EPERM. It is given back with delete_module() or when the caller ends.
 */
void *create_module(const char *name, size_t size);
/*
 * Facts about a module (NULL: the kernel; for QM_SYMBOLS). 0 with the number of names or symbols, or the size of the
 * struct, in *ret; -1 with errno: EINVAL no such question or not about the kernel, ENOENT no such module, ENOSPC buf is
 * too small (*ret: the bytes needed; nothing was written to buf), EFAULT.
 */
int query_module(const char *name, int which, void *buf, size_t size, size_t *ret);
__END_DECLS
#endif
