/*
 * Terminal drivers: a range of device numbers, each a line, and the operations that move characters to the hardware.
 * Source: Linux 5.10 tty_driver.h. Context: process unless stated.
 */
#ifndef _LINUX_TTY_DRIVER_H
#define _LINUX_TTY_DRIVER_H

#include <linux/cdev.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/types.h>
#include <uapi/asm/termios.h>

struct device;
struct seq_file;
struct serial_icounter_struct;
struct serial_struct;
struct tty_driver;
struct tty_port;
struct tty_struct;

/* All may be NULL except where said. "atomic": called with interrupts off or a spinlock held, must not sleep. */
struct tty_operations {
	struct tty_struct *(*lookup)(struct tty_driver *driver, struct file *file, int idx);
	int (*install)(struct tty_driver *driver, struct tty_struct *tty);
	void (*remove)(struct tty_driver *driver, struct tty_struct *tty);
	int (*open)(struct tty_struct *tty, struct file *filp); /* each open(2); needed */
	void (*close)(struct tty_struct *tty,
		      struct file *filp); /* each last close of a file; needed */
	void (*shutdown)(struct tty_struct *tty);
	void (*cleanup)(struct tty_struct *tty);
	/* Takes up to count characters: how many were accepted. atomic; needed */
	int (*write)(struct tty_struct *tty, const unsigned char *buf, int count);
	int (*put_char)(struct tty_struct *tty, unsigned char ch); /* one; 1 or 0. atomic */
	void (*flush_chars)(struct tty_struct *tty); /* start what put_char queued. atomic */
	int (*write_room)(struct tty_struct *tty); /* how many write() would take. atomic; needed */
	int (*chars_in_buffer)(struct tty_struct *tty); /* accepted, not yet sent. atomic */
	int (*ioctl)(struct tty_struct *tty, unsigned int cmd,
		     unsigned long arg); /* -ENOIOCTLCMD: not mine */
	long (*compat_ioctl)(struct tty_struct *tty, unsigned int cmd, unsigned long arg);
	void (*set_termios)(struct tty_struct *tty, struct ktermios *old);
	void (*throttle)(struct tty_struct *tty);   /* the reader does not keep up: stop sending */
	void (*unthrottle)(struct tty_struct *tty); /* go on */
	void (*stop)(struct tty_struct *tty);	    /* stop output. atomic */
	void (*start)(struct tty_struct *tty);	    /* go on. atomic */
	void (*hangup)(struct tty_struct *tty);
	int (*break_ctl)(struct tty_struct *tty, int state); /* -1 on, 0 off */
	void (*flush_buffer)(struct tty_struct *tty);	     /* forget accepted output. atomic */
	void (*set_ldisc)(struct tty_struct *tty);
	void (*wait_until_sent)(struct tty_struct *tty, int timeout); /* jiffies */
	void (*send_xchar)(struct tty_struct *tty, char ch);	      /* before all queued output */
	int (*tiocmget)(struct tty_struct *tty);		      /* TIOCM_* or -errno */
	int (*tiocmset)(struct tty_struct *tty, unsigned int set, unsigned int clear);
	int (*resize)(struct tty_struct *tty, struct winsize *ws);
	int (*get_icount)(struct tty_struct *tty, struct serial_icounter_struct *icount);
	int (*get_serial)(struct tty_struct *tty, struct serial_struct *p);
	int (*set_serial)(struct tty_struct *tty, struct serial_struct *p);
	void (*show_fdinfo)(struct tty_struct *tty, struct seq_file *m);
	int (*proc_show)(struct seq_file *m, void *v);
};

struct tty_driver {
	int magic;
	struct kref kref;
	struct cdev **cdevs; /* one, for the whole range */
	struct module *owner;
	const char *driver_name; /* in /proc/tty/drivers */
	const char *name;	 /* of device nodes, before the number */
	int name_base;		 /* number of line 0 in names */
	int major;		 /* 0: chosen at registration */
	int minor_start;
	unsigned int num; /* lines */
	short type;	  /* TTY_DRIVER_TYPE_* */
	short subtype;
	struct ktermios init_termios;
	unsigned long flags;	  /* TTY_DRIVER_* */
	struct tty_driver *other; /* pty: the other side */
	struct tty_struct **ttys; /* [num], NULL: never opened */
	struct tty_port **ports;  /* [num] */
	struct ktermios **termios;
	void *driver_state;
	const struct tty_operations *ops;
	struct list_head tty_drivers; /* of all */
};

#define TTY_DRIVER_MAGIC 0x5402
#define TTY_DRIVER_INSTALLED 0x0001
#define TTY_DRIVER_RESET_TERMIOS 0x0002 /* init_termios again at each first open */
#define TTY_DRIVER_REAL_RAW 0x0004
#define TTY_DRIVER_DYNAMIC_DEV 0x0008 /* nodes by tty_register_device() only */
#define TTY_DRIVER_DEVPTS_MEM 0x0010
#define TTY_DRIVER_HARDWARE_BREAK 0x0020
#define TTY_DRIVER_DYNAMIC_ALLOC 0x0040
#define TTY_DRIVER_UNNUMBERED_NODE 0x0080 /* name without number */
#define TTY_DRIVER_TYPE_SYSTEM 0x0001
#define TTY_DRIVER_TYPE_CONSOLE 0x0002
#define TTY_DRIVER_TYPE_SERIAL 0x0003
#define TTY_DRIVER_TYPE_PTY 0x0004
#define SERIAL_TYPE_NORMAL 1
#define SYSTEM_TYPE_TTY 0x0001
#define SYSTEM_TYPE_CONSOLE 0x0002
#define PTY_TYPE_MASTER 0x0001
#define PTY_TYPE_SLAVE 0x0002

/*
 * A driver in four steps: allocate (ERR_PTR(-EINVAL, -ENOMEM)), fill in, tty_set_operations(), tty_register_driver()
 * (0, -EBUSY: numbers taken, -ENOMEM). Back: tty_unregister_driver() hangs up what is open, put_tty_driver() frees.
 */
struct tty_driver *__tty_alloc_driver(unsigned int lines, struct module *owner,
				      unsigned long flags);
#define tty_alloc_driver(lines, flags) __tty_alloc_driver((lines), THIS_MODULE, (flags))
#define alloc_tty_driver(lines)                                        \
	({                                                             \
		struct tty_driver *__d = tty_alloc_driver((lines), 0); \
		IS_ERR(__d) ? NULL : __d;                              \
	})
void put_tty_driver(struct tty_driver *driver);
void tty_driver_kref_put(struct tty_driver *driver);
void tty_set_operations(struct tty_driver *driver, const struct tty_operations *op);
int tty_register_driver(struct tty_driver *driver);
int tty_unregister_driver(struct tty_driver *driver);
/* Node for one line of a TTY_DRIVER_DYNAMIC_DEV driver; ERR_PTR on failure. */
struct device *tty_register_device(struct tty_driver *driver, unsigned int index,
				   struct device *device);
void tty_unregister_device(struct tty_driver *driver, unsigned int index);

#endif
