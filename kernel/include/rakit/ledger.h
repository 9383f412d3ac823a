/*
 * The ledger: what each module holds. Every function of the kernel that acquires something on behalf of a module
 * adds one entry; the function that releases it removes the entry. A failed init, an unload and a crash all end
 * in ledger_release_all(), which takes back whatever is left, newest first, and reports it.
 *
 * Heap objects of kmalloc() are not entries: the heap keeps owner and call site in each object's header, and the
 * ledger asks the heap.
 */
#ifndef _RAKIT_LEDGER_H
#define _RAKIT_LEDGER_H

#include <linux/types.h>

struct module;
struct seq_file;

enum ledger_kind {
	LEDGER_MEMORY, /* heap objects; kept by the heap itself */
	LEDGER_PAGES, /* pages from alloc_pages(): object struct page, key page number, size in bytes */
	LEDGER_VMALLOC, /* vmalloc() and ioremap() ranges: object address, size in bytes */
	LEDGER_PORTS,	/* I/O ports: object struct resource, key first port, size in ports */
	LEDGER_IOMEM, /* physical memory ranges: object struct resource, key first address, size in bytes */
	LEDGER_IRQ,	  /* interrupt handlers: object irqaction, key line */
	LEDGER_DMA,	  /* ISA DMA channels: object channel, key its number */
	LEDGER_REGISTRY,  /* entries of the registry: object entry, key kind */
	LEDGER_CHRDEV,	  /* character device numbers and cdevs: key dev_t, size in minors */
	LEDGER_BLKDEV,	  /* block device majors: key major */
	LEDGER_NODE,	  /* nodes in /proc, /sys, debugfs: object pnode */
	LEDGER_DEVICE,	  /* struct device */
	LEDGER_CLASS,	  /* struct class */
	LEDGER_BUS,	  /* struct bus_type */
	LEDGER_DRIVER,	  /* struct device_driver */
	LEDGER_TIMER,	  /* pending timers */
	LEDGER_WORK,	  /* queued work items */
	LEDGER_WORKQUEUE, /* struct workqueue_struct */
	LEDGER_THREAD,	  /* kernel threads */
	LEDGER_TASKLET,	  /* scheduled tasklets */
	LEDGER_SOCKET,	  /* kernel sockets */
	LEDGER_REF,	  /* references on other owners */
	LEDGER_LOCK,	  /* locks held */
	LEDGER_CACHE,	  /* struct kmem_cache */
	LEDGER_NOTIFIER,  /* notifier blocks */
	LEDGER_DISK,	  /* gendisks in the system */
	LEDGER_MISCDEV,	  /* misc devices: object struct miscdevice, key minor */
	LEDGER_SYSCTL,	  /* tables in /proc/sys: object ctl_table_header */
	LEDGER_SYSRQ,	  /* magic keys: object sysrq_key_op, key the character */
	LEDGER_MISC,	  /* what has no kind of its own; name says what it is */
	LEDGER_KINDS
};

/* When in the owner's life something was acquired. */
enum ledger_phase { LEDGER_INIT, LEDGER_LIVE, LEDGER_EXIT };

struct ledger_entry {
	struct hlist_node hash;	 /* by (kind, object); private */
	struct list_head owned;	 /* in the owner's list, oldest first; private */
	struct module *owner;	 /* who holds it; never NULL */
	enum ledger_kind kind;	 /* what it is */
	enum ledger_phase phase; /* when it was acquired */
	const void *object;	 /* the thing; with kind the identity of the entry */
	u64 key;		 /* number a person knows it by: port, line, device number */
	size_t size;		 /* extent in the kind's unit; 0 where there is none */
	const char *name;	 /* name given at acquisition; copied, never NULL */
	unsigned long site;	 /* address of the call that acquired it */
	u64 time;		 /* when: nanoseconds since boot */
};

struct ledger_kind_ops {
	const char *name; /* plural noun of reports: "ports", "irq" */
	/* Takes the thing back. Process context, may sleep, no lock held; the entry is already out of the ledger
	 * and is freed afterwards. NULL: the entry is only reported. */
	void (*release)(const struct ledger_entry *entry);
	/* Writes what identifies the entry ("0x220-0x22f") into buf of size bytes. NULL: name, or key in hex. */
	void (*describe)(const struct ledger_entry *entry, char *buf, size_t size);
};

/*
 * ledger_kind_register - say how things of a kind are described and taken back
 * @kind: LEDGER_*; @ops: kept, must stay valid for ever.
 * Context: any; once per kind, before its first release.
 */
void ledger_kind_register(enum ledger_kind kind, const struct ledger_kind_ops *ops);

/*
 * ledger_add - record that owner holds object
 * @owner: the module, or NULL for the kernel (nothing is recorded, 0 is returned)
 * @object: identity; at most one entry per (kind, object)
 * @key, @size, @name: see struct ledger_entry; name may be NULL, at most 31 characters are kept
 * @site: return address of the acquiring call, _RET_IP_
 * Returns 0, -ENOMEM, or -EEXIST if (kind, object) is recorded already. On an error the caller undoes the
 * acquisition and fails. Context: any, irq included.
 */
int ledger_add(struct module *owner, enum ledger_kind kind, const void *object, u64 key,
	       size_t size, const char *name, unsigned long site);

/* Forgets (kind, object); does nothing if it is not recorded. Any context, O(1). */
void ledger_remove(enum ledger_kind kind, const void *object);

/* The module that holds (kind, object), or NULL. Any context, O(1). */
struct module *ledger_holder(enum ledger_kind kind, const void *object);

/*
 * ledger_owner_of - the module whose text contains an address
 * @address: usually _RET_IP_ of an exported function
 * Returns NULL for kernel addresses. Any context, O(1).
 */
struct module *ledger_owner_of(unsigned long address);

/*
 * ledger_release_all - take back everything that owner holds, newest first
 * @report: print one line per thing (a module should have released it); false after a crash whose report lists
 *   them already
 * Returns the number of things taken back. The owner's view in /sys/kernel/rakit/ledger vanishes.
 * Context: process, may sleep, no lock held; nothing of the owner runs any more.
 */
unsigned int ledger_release_all(struct module *owner, bool report);

/*
 * ledger_open - make the owner's view /sys/kernel/rakit/ledger/<module>
 * Called by the loader before init runs. Returns 0 or -errno of the view. Process context.
 */
int ledger_open(struct module *owner);

/* Number of entries that owner holds, heap objects not counted. Any context. */
unsigned int ledger_count(struct module *owner);

/* Calls fn(entry, data) for each entry of owner, oldest first, until it returns non-zero, which is returned.
 * fn runs under the ledger's lock: it may not sleep nor call the ledger. Any context. */
int ledger_for_each(struct module *owner, int (*fn)(const struct ledger_entry *entry, void *data),
		    void *data);

/* One line about an entry: "ports 0x220-0x22f". */
void ledger_describe(const struct ledger_entry *entry, char *buf, size_t size);

#endif
