/* Device memory and ports; see asm/io.h. */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/types.h>
#include <asm/io.h>

void __ioread32_copy(void *to, const void __iomem *from, size_t count);
void __iowrite32_copy(void __iomem *to, const void *from, size_t count);

#endif
