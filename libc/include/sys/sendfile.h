/* Copying between descriptors in the kernel. */
#ifndef _SYS_SENDFILE_H
#define _SYS_SENDFILE_H
#include <features.h>
#include <sys/types.h>
__BEGIN_DECLS
ssize_t sendfile(int out, int in, off_t *offset, size_t size);
__END_DECLS
#endif
