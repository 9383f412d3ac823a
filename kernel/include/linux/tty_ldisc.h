/*
 * Line disciplines: what happens to characters between driver and reader. n_tty is the one for people. Source: Linux 5.10
 * tty_ldisc.h.
 */
#ifndef _LINUX_TTY_LDISC_H
#define _LINUX_TTY_LDISC_H

#include <linux/fs.h>
#include <linux/wait.h>
#include <uapi/linux/tty.h>

struct tty_struct;
struct ktermios;

struct tty_ldisc_ops {
	int magic;
	char *name;
	int num; /* N_* */
	int flags;
	/* process context */
	int (*open)(struct tty_struct *tty);
	void (*close)(struct tty_struct *tty);
	void (*flush_buffer)(struct tty_struct *tty);
	ssize_t (*read)(struct tty_struct *tty, struct file *file, unsigned char *buf, size_t nr,
			void **cookie, unsigned long offset);
	ssize_t (*write)(struct tty_struct *tty, struct file *file, const unsigned char *buf,
			 size_t nr);
	int (*ioctl)(struct tty_struct *tty, struct file *file, unsigned int cmd,
		     unsigned long arg);
	void (*set_termios)(struct tty_struct *tty, struct ktermios *old);
	__poll_t (*poll)(struct tty_struct *tty, struct file *file, struct poll_table_struct *wait);
	int (*hangup)(struct tty_struct *tty);
	/* from the driver's work: count characters, each with a TTY_* flag (fp NULL: all normal) */
	void (*receive_buf)(struct tty_struct *tty, const unsigned char *cp, char *fp, int count);
	void (*write_wakeup)(struct tty_struct *tty); /* there is room again; any context */
	void (*dcd_change)(struct tty_struct *tty, unsigned int status);
	int (*receive_buf2)(struct tty_struct *tty, const unsigned char *cp, char *fp, int count);
	struct module *owner;
	int refcount;
};

struct tty_ldisc {
	struct tty_ldisc_ops *ops;
	struct tty_struct *tty;
};
#define TTY_LDISC_MAGIC 0x5403

/* 0, -EINVAL (number), -EBUSY. Process context. */
int tty_register_ldisc(int disc, struct tty_ldisc_ops *new_ldisc);
int tty_unregister_ldisc(int disc);
void n_tty_inherit_ops(struct tty_ldisc_ops *ops);
/* The discipline, kept from changing until _deref; NULL: hung up. */
struct tty_ldisc *tty_ldisc_ref(struct tty_struct *tty);
struct tty_ldisc *tty_ldisc_ref_wait(struct tty_struct *tty);
void tty_ldisc_deref(struct tty_ldisc *ld);
void tty_ldisc_flush(struct tty_struct *tty);
int tty_set_ldisc(struct tty_struct *tty, int disc);

#endif
