/*
 * Shared by the files of the terminal layer: tty_core.c (drivers, lines, ports), tty_io.c (open, read, write, poll, close),
 * tty_ioctl.c (settings), tty_job.c (sessions and job control). ntty.h is the line discipline.
 */
#ifndef TTY_PRIVATE_H
#define TTY_PRIVATE_H

#include <linux/device.h>
#include <linux/poll.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include "ntty.h"

/* The line discipline of an open terminal (tty->disc_data). */
struct tty_disc {
	spinlock_t lock; /* all of it, and tty->termios for readers that may not sleep */
	struct ntty state;
};

static inline struct tty_disc *tty_disc(struct tty_struct *tty)
{
	return tty->disc_data;
}

extern struct mutex tty_mutex; /* drivers, lines, counts of opens */
extern const struct file_operations tty_fops;
extern struct class *tty_class;

/* The driver and line of a device number; NULL: none. tty_mutex held. */
struct tty_driver *tty_driver_find(dev_t number, int *index);
/* The open terminal of a line with one more open file, made at the first; ERR_PTR. tty_mutex held. */
struct tty_struct *tty_line_get(struct tty_driver *driver, int index);
/* One open file less. tty_mutex held. */
void tty_line_put(struct tty_struct *tty);

/* Bytes for the terminal as they are; waits for room. Process context: how many, or -errno. */
ssize_t tty_send(struct tty_struct *tty, const unsigned char *bytes, size_t count, bool nonblock);
long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

/* Job control. */
void tty_open_session(struct tty_struct *tty, struct file *file);
int tty_check_read(struct tty_struct *tty);
int tty_job_ioctl(struct tty_struct *tty, struct file *file, unsigned int cmd, unsigned long arg);
void tty_signal_group(struct tty_struct *tty, int sig);
void tty_session_clear(struct tty_struct *tty);
struct tty_struct *tty_of_current(void);
int tty_job_init(void);
void tty_job_exit(void);

#endif
