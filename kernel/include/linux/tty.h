/*
 * Terminals: what is opened (tty_struct), the hardware side that outlives opens (tty_port), and job control. Source: Linux
 * 5.10 tty.h. Context: process unless stated.
 */
#ifndef _LINUX_TTY_H
#define _LINUX_TTY_H

#include <linux/fs.h>
#include <linux/kfifo.h>
#include <linux/major.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/tty_driver.h>
#include <linux/tty_ldisc.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <uapi/asm/termios.h>
#include <uapi/linux/tty.h>

struct device;
struct pid;
struct signal_struct;
struct task_struct;

/* Flags of received characters. */
#define TTY_NORMAL 0
#define TTY_BREAK 1
#define TTY_FRAME 2
#define TTY_PARITY 3
#define TTY_OVERRUN 4

struct tty_port_operations {
	int (*carrier_raised)(struct tty_port *port);
	void (*dtr_rts)(struct tty_port *port, int raise);
	void (*shutdown)(struct tty_port *port); /* the last close, or hangup */
	int (*activate)(struct tty_port *port, struct tty_struct *tty); /* the first open */
	void (*destruct)(struct tty_port *port);
};

#define TTY_FLIP_SIZE 4096 /* characters between interrupt handler and line discipline */

/* Received characters, each followed by its flag; written by the driver in any context, read by the work item. */
struct tty_bufhead {
	struct work_struct work;
	spinlock_t lock;	 /* head, tail */
	unsigned int head, tail; /* counted in characters, free-running */
	unsigned char *chars;	 /* [TTY_FLIP_SIZE]; made by the first open */
	char *flags;		 /* [TTY_FLIP_SIZE] */
	unsigned long dropped;	 /* no room: lost */
};

struct tty_port {
	struct tty_bufhead buf;
	struct tty_struct *tty; /* that is open, or NULL */
	const struct tty_port_operations *ops;
	spinlock_t lock; /* count, flags, tty */
	int count;	 /* opens */
	int blocked_open;
	wait_queue_head_t open_wait;
	wait_queue_head_t delta_msr_wait;
	unsigned long flags;
	unsigned char console : 1; /* also the kernel's console: never shut down */
	struct mutex mutex;	   /* opening and closing */
	unsigned char *xmit_buf;
	unsigned int close_delay, closing_wait; /* jiffies / 10 ms */
	int drain_delay;
	struct kref kref;
	void *client_data;
};
#define TTY_PORT_INITIALIZED 0
#define TTY_PORT_ACTIVE 2

struct tty_struct {
	int magic;
	struct kref kref;
	struct device *dev;
	struct tty_driver *driver;
	const struct tty_operations *ops;
	int index;
	struct tty_ldisc *ldisc;
	struct rw_semaphore ldisc_sem;	   /* ldisc: read while it is used */
	struct mutex atomic_write_lock;	   /* one write(2) at a time */
	struct mutex legacy_mutex;	   /* opening and closing */
	struct rw_semaphore termios_rwsem; /* termios */
	spinlock_t ctrl_lock;		   /* pgrp, session, stopped */
	struct ktermios termios, termios_locked;
	char name[64];
	struct pid *pgrp;    /* foreground process group (counted) */
	struct pid *session; /* whose controlling terminal it is (counted) */
	unsigned long flags; /* TTY_* bits below */
	int count;	     /* open files */
	struct winsize winsize;
	bool stopped; /* by ^S or TCOOFF */
	bool flow_stopped;
	bool packet;
	unsigned char ctrl_status;
	struct tty_struct *link; /* pty: the other side */
	wait_queue_head_t write_wait;
	wait_queue_head_t read_wait;
	struct work_struct hangup_work;
	void *disc_data;	    /* the line discipline's */
	void *driver_data;	    /* the driver's */
	struct list_head tty_files; /* struct file */
	unsigned char closing : 1;
	struct tty_port *port;
	unsigned int receive_room;
	int column; /* where output stands; line discipline */
};
#define TTY_MAGIC 0x5401

#define TTY_THROTTLED 0
#define TTY_IO_ERROR 1 /* no hardware: read and write fail */
#define TTY_OTHER_CLOSED 2
#define TTY_EXCLUSIVE 3
#define TTY_DO_WRITE_WAKEUP 5
#define TTY_PTY_LOCK 16
#define TTY_NO_WRITE_SPLIT 17
#define TTY_HUPPED 18
#define TTY_HUPPING 19

/* Settings, by name: L_ECHO(tty) and so on. */
#define _I_FLAG(tty, f) ((tty)->termios.c_iflag & (f))
#define _O_FLAG(tty, f) ((tty)->termios.c_oflag & (f))
#define _C_FLAG(tty, f) ((tty)->termios.c_cflag & (f))
#define _L_FLAG(tty, f) ((tty)->termios.c_lflag & (f))
#define I_IGNBRK(tty) _I_FLAG((tty), IGNBRK)
#define I_BRKINT(tty) _I_FLAG((tty), BRKINT)
#define I_IXON(tty) _I_FLAG((tty), IXON)
#define I_IXOFF(tty) _I_FLAG((tty), IXOFF)
#define C_CRTSCTS(tty) _C_FLAG((tty), CRTSCTS)
#define C_CLOCAL(tty) _C_FLAG((tty), CLOCAL)
#define C_HUPCL(tty) _C_FLAG((tty), HUPCL)
#define C_BAUD(tty) _C_FLAG((tty), CBAUD)
#define C_CSIZE(tty) _C_FLAG((tty), CSIZE)
#define C_PARENB(tty) _C_FLAG((tty), PARENB)
#define L_ISIG(tty) _L_FLAG((tty), ISIG)
#define L_ICANON(tty) _L_FLAG((tty), ICANON)
#define L_ECHO(tty) _L_FLAG((tty), ECHO)
#define L_TOSTOP(tty) _L_FLAG((tty), TOSTOP)

/* The usual settings: 9600 baud (38400), 8 bits, echo, line editing. */
extern struct ktermios tty_std_termios;

/* Ports. link: the line index of driver uses port (before the driver is registered or the device made). */
void tty_port_init(struct tty_port *port);
/* Memory for what is received; the first open does it. 0 or -ENOMEM. */
int tty_port_alloc_buffer(struct tty_port *port);
void tty_port_destroy(struct tty_port *port);
void tty_port_link_device(struct tty_port *port, struct tty_driver *driver, unsigned int index);
struct device *tty_port_register_device(struct tty_port *port, struct tty_driver *driver,
					unsigned int index, struct device *device);
void tty_port_unregister_device(struct tty_port *port, struct tty_driver *driver,
				unsigned int index);
int tty_port_open(struct tty_port *port, struct tty_struct *tty, struct file *filp);
void tty_port_close(struct tty_port *port, struct tty_struct *tty, struct file *filp);
void tty_port_hangup(struct tty_port *port);
void tty_port_tty_wakeup(struct tty_port *port); /* any context */
void tty_port_tty_hangup(struct tty_port *port, bool check_clocal);
/* The open terminal of a port with a reference, or NULL. Any context. */
struct tty_struct *tty_port_tty_get(struct tty_port *port);
int tty_port_install(struct tty_port *port, struct tty_driver *driver, struct tty_struct *tty);
static inline bool tty_port_initialized(struct tty_port *port)
{
	return test_bit(TTY_PORT_INITIALIZED, &port->flags);
}

/* References on a tty_struct. Any context. */
struct tty_struct *tty_kref_get(struct tty_struct *tty);
void tty_kref_put(struct tty_struct *tty);
/* The caller's controlling terminal, with a reference (tty_kref_put()), or NULL. Threads. */
struct tty_struct *get_current_tty(void);
const char *tty_name(const struct tty_struct *tty);
dev_t tty_devnum(struct tty_struct *tty);

/* There is room for output again: wakes writers. Any context. */
void tty_wakeup(struct tty_struct *tty);
/* Output stops / goes on (^S, ^Q). */
void stop_tty(struct tty_struct *tty);
void start_tty(struct tty_struct *tty);
void tty_throttle(struct tty_struct *tty);
void tty_unthrottle(struct tty_struct *tty);
int tty_write_room(struct tty_struct *tty);
int tty_chars_in_buffer(struct tty_struct *tty);
int tty_put_char(struct tty_struct *tty, unsigned char ch);
void tty_driver_flush_buffer(struct tty_struct *tty);
void tty_wait_until_sent(struct tty_struct *tty, long timeout);
/* The line went away: all that have it open get end of file and -EIO, its session SIGHUP and SIGCONT. */
void tty_hangup(struct tty_struct *tty);
void tty_vhangup(struct tty_struct *tty);
int tty_hung_up_p(struct file *filp);
/* -ERESTARTSYS after sending sig, if the current task is in the background of its controlling terminal; 0 else; -EIO for
 * an orphaned group. */
int tty_check_change(struct tty_struct *tty);
int tty_set_termios(struct tty_struct *tty, struct ktermios *new_termios);
int tty_do_resize(struct tty_struct *tty, struct winsize *ws);
/* Speeds of a termios in baud. */
speed_t tty_termios_baud_rate(struct ktermios *termios);
speed_t tty_get_baud_rate(struct tty_struct *tty);
void tty_encode_baud_rate(struct tty_struct *tty, speed_t ibaud, speed_t obaud);
void tty_termios_encode_baud_rate(struct ktermios *termios, speed_t ibaud, speed_t obaud);
void tty_termios_copy_hw(struct ktermios *new, struct ktermios *old);

/*
 * What terminals have to do when a session ends. The core calls it for the end of a session leader; it is set by the tty
 * module while that is loaded. Process context.
 */
struct tty_session_ops {
	struct module *owner;
	/* The current task, a session leader, gives up its controlling terminal (on_exit: because it ends). */
	void (*disassociate)(bool on_exit);
};
/* 0 or -EBUSY. / back; no call runs after it returns. */
int tty_session_register(const struct tty_session_ops *ops);
void tty_session_unregister(const struct tty_session_ops *ops);
/* No task's controlling terminal is tty any more. */
void session_forget_tty(struct tty_struct *tty);

#endif
