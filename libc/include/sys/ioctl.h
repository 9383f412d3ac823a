/* Device control. */
#ifndef _SYS_IOCTL_H
#define _SYS_IOCTL_H
#include <features.h>
#include <asm/ioctls.h>
#include <asm/termios.h>
#include <linux/sockios.h>
__BEGIN_DECLS
int ioctl(int fd, unsigned long request, ...);
__END_DECLS
#endif
