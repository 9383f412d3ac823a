/*
 * Port input and output.
 *
 * One function per direction and width. The kernel's own code calls them as everybody else; when the return address lies
 * in a module, port_access_allowed() (kernel/resource) decides first. Any context.
 */
#include <linux/kernel.h>
#include <linux/export.h>
#include <linux/string.h>
#include <asm/io.h>
#include <asm/pgtable.h>
#include <rakit/port_access.h>

#define DELAY_PORT 0x80 /* POST code latch: written to by nobody after the BIOS */

/* Is the caller the kernel itself, or a module that holds the ports? */
#define ALLOWED(port, width, write)          \
	(likely(_RET_IP_ < MODULES_VADDR) || \
	 port_access_allowed((port), (width), (write), _RET_IP_))

void native_io_delay(void)
{
	__asm__ __volatile__("outb %%al, %0" : : "N"(DELAY_PORT));
}
EXPORT_SYMBOL(native_io_delay);

#define PORT_FUNCTIONS(suffix, type, width)                                                        \
	type in##suffix(unsigned int port)                                                         \
	{                                                                                          \
		type value;                                                                        \
                                                                                                   \
		if (!ALLOWED(port, width, false))                                                  \
			return (type)~0;                                                           \
		__asm__ __volatile__("in" #suffix " %w1, %0" : "=a"(value) : "Nd"(port));          \
		return value;                                                                      \
	}                                                                                          \
	EXPORT_SYMBOL(in##suffix);                                                                 \
	type in##suffix##_p(unsigned int port)                                                     \
	{                                                                                          \
		type value;                                                                        \
                                                                                                   \
		if (!ALLOWED(port, width, false))                                                  \
			return (type)~0;                                                           \
		__asm__ __volatile__("in" #suffix " %w1, %0" : "=a"(value) : "Nd"(port));          \
		native_io_delay();                                                                 \
		return value;                                                                      \
	}                                                                                          \
	EXPORT_SYMBOL(in##suffix##_p);                                                             \
	void out##suffix(type value, unsigned int port)                                            \
	{                                                                                          \
		if (ALLOWED(port, width, true))                                                    \
			__asm__ __volatile__("out" #suffix " %0, %w1" : : "a"(value), "Nd"(port)); \
	}                                                                                          \
	EXPORT_SYMBOL(out##suffix);                                                                \
	void out##suffix##_p(type value, unsigned int port)                                        \
	{                                                                                          \
		if (!ALLOWED(port, width, true))                                                   \
			return;                                                                    \
		__asm__ __volatile__("out" #suffix " %0, %w1" : : "a"(value), "Nd"(port));         \
		native_io_delay();                                                                 \
	}                                                                                          \
	EXPORT_SYMBOL(out##suffix##_p);                                                            \
	void ins##suffix(unsigned int port, void *buffer, unsigned long count)                     \
	{                                                                                          \
		if (!ALLOWED(port, width, false)) {                                                \
			memset(buffer, 0xff, count *width);                                        \
			return;                                                                    \
		}                                                                                  \
		__asm__ __volatile__("rep; ins" #suffix                                            \
				     : "+D"(buffer), "+c"(count)                                   \
				     : "d"(port)                                                   \
				     : "memory");                                                  \
	}                                                                                          \
	EXPORT_SYMBOL(ins##suffix);                                                                \
	void outs##suffix(unsigned int port, const void *buffer, unsigned long count)              \
	{                                                                                          \
		if (ALLOWED(port, width, true))                                                    \
			__asm__ __volatile__("rep; outs" #suffix                                   \
					     : "+S"(buffer), "+c"(count)                           \
					     : "d"(port)                                           \
					     : "memory");                                          \
	}                                                                                          \
	EXPORT_SYMBOL(outs##suffix)

PORT_FUNCTIONS(b, u8, 1);
PORT_FUNCTIONS(w, u16, 2);
PORT_FUNCTIONS(l, u32, 4);

void memset_io(volatile void __iomem *address, int value, size_t count)
{
	while (count--)
		writeb((u8)value, address++);
}
EXPORT_SYMBOL(memset_io);

void memcpy_fromio(void *to, const volatile void __iomem *from, size_t count)
{
	u8 *byte = to;

	while (count--)
		*byte++ = readb(from++);
}
EXPORT_SYMBOL(memcpy_fromio);

void memcpy_toio(volatile void __iomem *to, const void *from, size_t count)
{
	const u8 *byte = from;

	while (count--)
		writeb(*byte++, to++);
}
EXPORT_SYMBOL(memcpy_toio);

void __ioread32_copy(void *to, const void __iomem *from, size_t count)
{
	u32 *word = to;

	for (; count; count--, from += 4)
		*word++ = readl(from);
}
EXPORT_SYMBOL(__ioread32_copy);

void __iowrite32_copy(void __iomem *to, const void *from, size_t count)
{
	const u32 *word = from;

	for (; count; count--, to += 4)
		writel(*word++, to);
}
EXPORT_SYMBOL(__iowrite32_copy);
