/* Well-known paths. */
#ifndef _PATHS_H
#define _PATHS_H
#define _PATH_BSHELL "/bin/sh"
#define _PATH_CONSOLE "/dev/console"
#define _PATH_DEVNULL "/dev/null"
#define _PATH_KLOG "/proc/kmsg"
#define _PATH_MOUNTED "/proc/mounts"
#define _PATH_TTY "/dev/tty"
#define _PATH_DEFPATH "/bin:/sbin"
#define _PATH_STDPATH "/bin:/sbin"
#define _PATH_DEV "/dev/"
#define _PATH_TMP "/tmp/"
#endif
