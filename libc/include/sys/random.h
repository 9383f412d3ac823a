/* Random bytes from the kernel. */
#ifndef _SYS_RANDOM_H
#define _SYS_RANDOM_H
#include <features.h>
#include <sys/types.h>
#include <linux/random.h>
__BEGIN_DECLS
ssize_t getrandom(void *to, size_t size, unsigned int flags);
__END_DECLS
#endif
