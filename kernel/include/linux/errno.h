/* Error numbers: the user-visible ones and those that never leave the kernel. */
#ifndef _LINUX_ERRNO_H
#define _LINUX_ERRNO_H

#include <uapi/linux/errno.h>

#define ERESTARTSYS 512		  /* restart if SA_RESTART, else -EINTR */
#define ERESTARTNOINTR 513	  /* always restart */
#define ERESTARTNOHAND 514	  /* restart if no handler */
#define ENOIOCTLCMD 515		  /* no such ioctl command: user sees -ENOTTY */
#define ERESTART_RESTARTBLOCK 516 /* restart by calling restart_syscall */
#define EPROBE_DEFER 517	  /* driver asks to be probed again later */
#define EOPENSTALE 518
#define ENOPARAM 519
#define ENOTSUPP 524
#define EIOCBQUEUED 529

#endif
