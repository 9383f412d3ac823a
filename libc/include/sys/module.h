/* Loading and unloading kernel modules (Linux's calls; see init_module(2)). */
#ifndef _SYS_MODULE_H
#define _SYS_MODULE_H
#include <features.h>
#include <linux/module.h>
__BEGIN_DECLS
/* image: the file's bytes; parameters: "name=value …". 0 or -1 with errno. */
int init_module(void *image, unsigned long size, const char *parameters);
int finit_module(int fd, const char *parameters, int flags); /* MODULE_INIT_* */
int delete_module(const char *name, unsigned int flags);     /* O_NONBLOCK, O_TRUNC */
__END_DECLS
#endif
