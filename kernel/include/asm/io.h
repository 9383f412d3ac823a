/*
 * I/O ports and memory-mapped registers. Port access is by functions, never inline: when a module calls them, they
 * check that the module has reserved the port (request_region()); an access to any other port is not made, reads give
 * all ones, and the call site is reported. Any context. Source: Intel SDM vol. 1, chapter 19 (I/O).
 */
#ifndef _ASM_IO_H
#define _ASM_IO_H

#include <linux/types.h>
#include <asm/page.h>
#include <asm/barrier.h>

#define IO_SPACE_LIMIT 0xffff

u8 inb(unsigned int port);
u16 inw(unsigned int port);
u32 inl(unsigned int port);
void outb(u8 value, unsigned int port);
void outw(u16 value, unsigned int port);
void outl(u32 value, unsigned int port);

/* The same with a delay of about a microsecond behind it (a write to port 0x80), for slow ISA chips. */
u8 inb_p(unsigned int port);
u16 inw_p(unsigned int port);
u32 inl_p(unsigned int port);
void outb_p(u8 value, unsigned int port);
void outw_p(u16 value, unsigned int port);
void outl_p(u32 value, unsigned int port);

/* count items from or to one port; buffers need no alignment. */
void insb(unsigned int port, void *buffer, unsigned long count);
void insw(unsigned int port, void *buffer, unsigned long count);
void insl(unsigned int port, void *buffer, unsigned long count);
void outsb(unsigned int port, const void *buffer, unsigned long count);
void outsw(unsigned int port, const void *buffer, unsigned long count);
void outsl(unsigned int port, const void *buffer, unsigned long count);

/* Delay of about a microsecond by a write to port 0x80. */
void native_io_delay(void);

#define __io_read(name, type)                                         \
	static inline type name(const volatile void __iomem *address) \
	{                                                             \
		type value = *(const volatile type *)address;         \
		barrier();                                            \
		return value;                                         \
	}
#define __io_write(name, type)                                              \
	static inline void name(type value, volatile void __iomem *address) \
	{                                                                   \
		barrier();                                                  \
		*(volatile type *)address = value;                          \
	}

/* Registers in memory mapped by ioremap(). */
__io_read(readb, u8) __io_read(readw, u16) __io_read(readl, u32) __io_write(writeb, u8)
	__io_write(writew, u16) __io_write(writel, u32)

#define readb_relaxed readb
#define readw_relaxed readw
#define readl_relaxed readl
#define writeb_relaxed writeb
#define writew_relaxed writew
#define writel_relaxed writel
#define __raw_readb readb
#define __raw_readw readw
#define __raw_readl readl
#define __raw_writeb writeb
#define __raw_writew writew
#define __raw_writel writel
#define mmiowb() barrier()

		void memset_io(volatile void __iomem *address, int value, size_t count);
void memcpy_fromio(void *to, const volatile void __iomem *from, size_t count);
void memcpy_toio(volatile void __iomem *to, const void *from, size_t count);

/* Direct-mapped memory only: kmalloc, alloc_pages below the high zone. */
static inline phys_addr_t virt_to_phys(const volatile void *address)
{
	return __pa(address);
}

static inline void *phys_to_virt(phys_addr_t address)
{
	return __va(address);
}

#define virt_to_bus virt_to_phys
#define bus_to_virt phys_to_virt
#define page_to_phys(page) ((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)

/*
 * ioremap - map device memory
 * @offset: physical address, any alignment; @size: bytes, not 0
 * Returns the virtual address or NULL (no space, or the range is RAM in use). Uncached. Process context, may sleep.
 * The mapping is in the calling module's ledger until iounmap().
 */
void __iomem *ioremap(resource_size_t offset, unsigned long size);
#define ioremap_uc ioremap
#define ioremap_wc ioremap
#define ioremap_nocache ioremap
void __iomem *ioremap_cache(resource_size_t offset, unsigned long size);
/* Undoes ioremap(); other addresses are reported and left alone; NULL is ignored. Process context. */
void iounmap(volatile void __iomem *address);

/* Translates a physical address for /dev/mem and ISA holes; the first MiB is always mapped. */
#define isa_bus_to_virt(address) phys_to_virt(address)
#define isa_virt_to_bus(address) ((unsigned int)virt_to_phys(address))

#endif
