/*
 * I/O ports and physical memory ranges: who may touch what. A driver reserves a range first and touches it then;
 * a range that somebody holds is refused, and the log names the holder. As Linux 5.10's <linux/ioport.h>.
 */
#ifndef _LINUX_IOPORT_H
#define _LINUX_IOPORT_H

#include <linux/types.h>
#include <rakit/arena.h>

struct device;
struct module;

struct resource {
	resource_size_t start; /* first port or address */
	resource_size_t end;   /* last one, inclusive */
	const char *name; /* who holds it, as /proc/ioports shows it; must outlive the resource */
	unsigned long flags;	 /* IORESOURCE_* */
	unsigned long desc;	 /* IORES_DESC_* */
	struct resource *parent; /* range that this one lies in; NULL while it is in no tree */
	/* private */
	struct arena_node node; /* place in the tree */
	struct module *owner;	/* module that reserved it, NULL for the kernel */
	u64 since;		/* when it was reserved: nanoseconds since boot */
};

#define IORESOURCE_BITS 0x000000ff
#define IORESOURCE_TYPE_BITS 0x00001f00
#define IORESOURCE_IO 0x00000100
#define IORESOURCE_MEM 0x00000200
#define IORESOURCE_REG 0x00000300
#define IORESOURCE_IRQ 0x00000400
#define IORESOURCE_DMA 0x00000800
#define IORESOURCE_BUS 0x00001000
#define IORESOURCE_PREFETCH 0x00002000
#define IORESOURCE_READONLY 0x00004000
#define IORESOURCE_CACHEABLE 0x00008000
#define IORESOURCE_RANGELENGTH 0x00010000
#define IORESOURCE_SHADOWABLE 0x00020000
#define IORESOURCE_SIZEALIGN 0x00040000
#define IORESOURCE_STARTALIGN 0x00080000
#define IORESOURCE_MEM_64 0x00100000
#define IORESOURCE_WINDOW 0x00200000
#define IORESOURCE_MUXED 0x00400000
#define IORESOURCE_SYSRAM 0x01000000
#define IORESOURCE_EXCLUSIVE 0x08000000
#define IORESOURCE_DISABLED 0x10000000
#define IORESOURCE_UNSET 0x20000000
#define IORESOURCE_AUTO 0x40000000
#define IORESOURCE_BUSY 0x80000000
#define IORESOURCE_SYSTEM_RAM (IORESOURCE_MEM | IORESOURCE_SYSRAM)

#define IORESOURCE_IRQ_HIGHEDGE (1 << 0)
#define IORESOURCE_IRQ_LOWEDGE (1 << 1)
#define IORESOURCE_IRQ_HIGHLEVEL (1 << 2)
#define IORESOURCE_IRQ_LOWLEVEL (1 << 3)
#define IORESOURCE_IRQ_SHAREABLE (1 << 4)
#define IORESOURCE_DMA_TYPE_MASK (3 << 0)
#define IORESOURCE_DMA_8BIT (0 << 0)
#define IORESOURCE_DMA_8AND16BIT (1 << 0)
#define IORESOURCE_DMA_16BIT (2 << 0)

enum {
	IORES_DESC_NONE = 0,
	IORES_DESC_CRASH_KERNEL = 1,
	IORES_DESC_ACPI_TABLES = 2,
	IORES_DESC_RESERVED = 7
};

#define DEFINE_RES_NAMED(_start, _size, _name, _flags)                                             \
	{                                                                                          \
		.start = (_start), .end = (_start) + (_size)-1, .name = (_name), .flags = (_flags) \
	}
#define DEFINE_RES_IO_NAMED(_start, _size, _name) \
	DEFINE_RES_NAMED((_start), (_size), (_name), IORESOURCE_IO)
#define DEFINE_RES_IO(_start, _size) DEFINE_RES_IO_NAMED((_start), (_size), NULL)
#define DEFINE_RES_MEM_NAMED(_start, _size, _name) \
	DEFINE_RES_NAMED((_start), (_size), (_name), IORESOURCE_MEM)
#define DEFINE_RES_MEM(_start, _size) DEFINE_RES_MEM_NAMED((_start), (_size), NULL)
#define DEFINE_RES_IRQ_NAMED(_irq, _name) DEFINE_RES_NAMED((_irq), 1, (_name), IORESOURCE_IRQ)
#define DEFINE_RES_IRQ(_irq) DEFINE_RES_IRQ_NAMED((_irq), NULL)
#define DEFINE_RES_DMA_NAMED(_dma, _name) DEFINE_RES_NAMED((_dma), 1, (_name), IORESOURCE_DMA)
#define DEFINE_RES_DMA(_dma) DEFINE_RES_DMA_NAMED((_dma), NULL)

/* The two roots: ports 0..0xffff, physical addresses 0..4 GiB-1. */
extern struct resource ioport_resource;
extern struct resource iomem_resource;

static inline resource_size_t resource_size(const struct resource *res)
{
	return res->end - res->start + 1;
}

static inline unsigned long resource_type(const struct resource *res)
{
	return res->flags & IORESOURCE_TYPE_BITS;
}

/* Whether r1 contains r2: same type, and r2's range within r1's. */
static inline bool resource_contains(struct resource *r1, struct resource *r2)
{
	return resource_type(r1) == resource_type(r2) &&
	       !((r1->flags | r2->flags) & IORESOURCE_UNSET) &&
	       range_contains(r1->start, r1->end, r2->start, r2->end);
}

static inline bool resource_overlaps(struct resource *r1, struct resource *r2)
{
	return range_overlaps(r1->start, r1->end, r2->start, r2->end);
}

/*
 * The functions below are called in process context and may sleep, save release_* (any context but irq).
 * A range is in the ledger of the module that called, and is taken back when that module goes.
 */

/*
 * request_resource - put a resource that the caller made directly into a tree
 * @root: tree or range to put it in; @res: start, end, name and flags set
 * Returns 0, or -EBUSY if it does not fit or overlaps what is there. The caller keeps res alive until
 * release_resource().
 */
int request_resource(struct resource *root, struct resource *res);

/* The same; returns NULL, or the resource that is in the way (root itself if res does not fit in it). */
struct resource *request_resource_conflict(struct resource *root, struct resource *res);

/* Takes a resource out of its tree. 0, or -EINVAL if it is in none. */
int release_resource(struct resource *res);

/* Like request_resource(), but res may lie in a deeper range, and takes in ranges that it covers. 0 or -EBUSY. */
int insert_resource(struct resource *parent, struct resource *res);
struct resource *insert_resource_conflict(struct resource *parent, struct resource *res);

/* Undoes insert_resource(): what res took in is put back in its place. 0 or -EINVAL. */
int remove_resource(struct resource *res);

/*
 * allocate_resource - find a free range and take it
 * @size: numbers wanted; @min, @max: bounds, inclusive; @align: power of two or 0
 * @alignf: moves a proposed start up (res describes the proposal), may be NULL; @alignf_data: for it
 * Returns 0 with res->start and res->end set, or -EBUSY.
 */
int allocate_resource(struct resource *root, struct resource *res, resource_size_t size,
		      resource_size_t min, resource_size_t max, resource_size_t align,
		      resource_size_t (*alignf)(void *data, const struct resource *res,
						resource_size_t size, resource_size_t align),
		      void *alignf_data);

/* Moves or resizes a resource in its place. 0, or -EBUSY if a neighbour, the parent or a child forbids it. */
int adjust_resource(struct resource *res, resource_size_t start, resource_size_t size);

/* The resource directly inside root that begins at start, or NULL. */
struct resource *lookup_resource(struct resource *root, resource_size_t start);

/*
 * __request_region - reserve a range for a driver
 * @parent: root; the range is put into the deepest range that contains it and is not busy
 * @start, @n: first number, count (n >= 1, no wrap)
 * @name: the driver's name, must stay valid while the range is held (usually a string constant of the module)
 * @flags: IORESOURCE_MUXED: wait until a holder that is muxed too lets go; IORESOURCE_EXCLUSIVE
 * Returns the new resource, busy; NULL if any part is held. The log then has the holder and the remedy:
 * "ioports: 0x220-0x22f: held by sb16 (since 3.2 s); rmmod sb16". resource_conflict() tells a driver the same.
 */
struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n,
				  const char *name, int flags);

/* Gives back a range that __request_region() made. A range not held, held in another extent or by another module is
 * reported and left alone. */
void __release_region(struct resource *parent, resource_size_t start, resource_size_t n);

#define request_region(start, n, name) __request_region(&ioport_resource, (start), (n), (name), 0)
#define request_muxed_region(start, n, name) \
	__request_region(&ioport_resource, (start), (n), (name), IORESOURCE_MUXED)
#define request_mem_region(start, n, name) \
	__request_region(&iomem_resource, (start), (n), (name), 0)
#define request_mem_region_exclusive(start, n, name) \
	__request_region(&iomem_resource, (start), (n), (name), IORESOURCE_EXCLUSIVE)
#define rename_region(region, newname) ((region)->name = (newname))
#define release_region(start, n) __release_region(&ioport_resource, (start), (n))
#define release_mem_region(start, n) __release_region(&iomem_resource, (start), (n))

/* Managed by a device: the range is given back when the driver is unbound from dev. */
struct resource *__devm_request_region(struct device *dev, struct resource *parent,
				       resource_size_t start, resource_size_t n, const char *name);
void __devm_release_region(struct device *dev, struct resource *parent, resource_size_t start,
			   resource_size_t n);
#define devm_request_region(dev, start, n, name) \
	__devm_request_region(dev, &ioport_resource, (start), (n), (name))
#define devm_request_mem_region(dev, start, n, name) \
	__devm_request_region(dev, &iomem_resource, (start), (n), (name))
#define devm_release_region(dev, start, n) \
	__devm_release_region(dev, &ioport_resource, (start), (n))
#define devm_release_mem_region(dev, start, n) \
	__devm_release_region(dev, &iomem_resource, (start), (n))
int devm_request_resource(struct device *dev, struct resource *root, struct resource *res);
void devm_release_resource(struct device *dev, struct resource *res);

/* What a driver that was refused can learn about the holder. */
struct resource_holder {
	resource_size_t start, end; /* the held range that is in the way */
	char name[32];		    /* name under which it is held */
	char module[56];	    /* module that holds it, "" for the kernel */
	u64 since;		    /* nanoseconds since boot */
};

/*
 * resource_conflict - who holds a busy range overlapping start..start+n-1
 * Returns true and fills *holder (lowest such range), or false if all of it is free. Any context but irq.
 */
bool resource_conflict(struct resource *parent, resource_size_t start, resource_size_t n,
		       struct resource_holder *holder);

#endif
