/* epoll, seen by the core: files tell it when they go. Source: Linux 5.10 eventpoll.h. */
#ifndef _LINUX_EVENTPOLL_H
#define _LINUX_EVENTPOLL_H

#include <uapi/linux/eventpoll.h>

struct file;
/* Called when the last reference to file is gone. Process context. */
void eventpoll_release(struct file *file);

#endif
