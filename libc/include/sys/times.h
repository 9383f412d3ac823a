/* CPU times of this process and its children, in ticks of 1/sysconf(_SC_CLK_TCK) s. */
#ifndef _SYS_TIMES_H
#define _SYS_TIMES_H
#include <features.h>
#include <sys/types.h>
#include <linux/times.h>
__BEGIN_DECLS
clock_t times(struct tms *ticks); /* ticks since boot */
__END_DECLS
#endif
