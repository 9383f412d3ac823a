/* Resource limits and usage; functions are in linux/sched/signal.h and linux/sched/task.h. */
#ifndef _LINUX_RESOURCE_H
#define _LINUX_RESOURCE_H
#include <uapi/linux/resource.h>
#define _STK_LIM (8 * 1024 * 1024)
#endif
