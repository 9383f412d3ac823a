/* The kernel's log. type: 2 read, 3 read all, 4 read all and clear, 5 clear, 6 and 7 console off and on, 8 console level, 10 size. */
#ifndef _SYS_KLOG_H
#define _SYS_KLOG_H
#include <features.h>
__BEGIN_DECLS
int klogctl(int type, char *text, int size);
__END_DECLS
#endif
