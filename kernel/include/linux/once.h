/* Something done once per boot. Threads or interrupts off. */
#ifndef _LINUX_ONCE_H
#define _LINUX_ONCE_H
#include <linux/types.h>
#define DO_ONCE(func, ...)                 \
	({                                 \
		static bool __done;        \
		bool __first = !__done;    \
		if (__first) {             \
			__done = true;     \
			func(__VA_ARGS__); \
		}                          \
		__first;                   \
	})
#endif
