/* Memory barriers; see asm/barrier.h. */
#ifndef _LINUX_BARRIER_H
#define _LINUX_BARRIER_H
#include <asm/barrier.h>
#endif
