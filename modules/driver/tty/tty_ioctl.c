/* Terminals: settings. Numbers and structs: ioctl_tty(2), Linux i386. */
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include <uapi/asm/ioctls.h>
#include "tty_private.h"

static const struct {
	tcflag_t code;
	speed_t baud;
} speeds[] = {
	{ B0, 0 },
	{ B50, 50 },
	{ B75, 75 },
	{ B110, 110 },
	{ B134, 134 },
	{ B150, 150 },
	{ B200, 200 },
	{ B300, 300 },
	{ B600, 600 },
	{ B1200, 1200 },
	{ B1800, 1800 },
	{ B2400, 2400 },
	{ B4800, 4800 },
	{ B9600, 9600 },
	{ B19200, 19200 },
	{ B38400, 38400 },
	{ B57600, 57600 },
	{ B115200, 115200 },
	{ B230400, 230400 },
	{ B460800, 460800 },
	{ B500000, 500000 },
	{ B576000, 576000 },
	{ B921600, 921600 },
	{ B1000000, 1000000 },
	{ B1152000, 1152000 },
	{ B1500000, 1500000 },
	{ B2000000, 2000000 },
	{ B2500000, 2500000 },
	{ B3000000, 3000000 },
	{ B3500000, 3500000 },
	{ B4000000, 4000000 },
};

speed_t tty_termios_baud_rate(struct ktermios *termios)
{
	tcflag_t code = termios->c_cflag & CBAUD;
	unsigned int i;

	if (code == BOTHER)
		return termios->c_ospeed;
	for (i = 0; i < ARRAY_SIZE(speeds); i++)
		if (speeds[i].code == code)
			return speeds[i].baud;
	return 0;
}
EXPORT_SYMBOL(tty_termios_baud_rate);

speed_t tty_get_baud_rate(struct tty_struct *tty)
{
	return tty_termios_baud_rate(&tty->termios);
}
EXPORT_SYMBOL(tty_get_baud_rate);

int tty_set_termios(struct tty_struct *tty, struct ktermios *new_termios)
{
	struct tty_disc *disc = tty_disc(tty);
	struct ktermios old;
	unsigned long flags;

	down_write(&tty->termios_rwsem);
	spin_lock_irqsave(&disc->lock, flags);
	old = tty->termios;
	tty->termios = *new_termios;
	tty->termios.c_ospeed = tty->termios.c_ispeed = tty_termios_baud_rate(&tty->termios);
	ntty_mode_changed(&disc->state, &old, &tty->termios);
	spin_unlock_irqrestore(&disc->lock, flags);
	if (tty->ops->set_termios)
		tty->ops->set_termios(tty, &old);
	up_write(&tty->termios_rwsem);
	if (old.c_iflag & IXON && !(tty->termios.c_iflag & IXON) && tty->stopped)
		start_tty(tty);
	wake_up_interruptible(&tty->read_wait);
	return 0;
}
EXPORT_SYMBOL(tty_set_termios);

static void flush_input(struct tty_struct *tty)
{
	struct tty_disc *disc = tty_disc(tty);
	unsigned long flags;

	spin_lock_irqsave(&disc->lock, flags);
	ntty_flush(&disc->state);
	spin_unlock_irqrestore(&disc->lock, flags);
}

static int flush(struct tty_struct *tty, unsigned long which)
{
	if (which > TCIOFLUSH)
		return -EINVAL;
	if (which != TCOFLUSH)
		flush_input(tty);
	if (which != TCIFLUSH && tty->ops->flush_buffer)
		tty->ops->flush_buffer(tty);
	return 0;
}

/* struct termios (c_ispeed and c_ospeed left out) is the beginning of struct ktermios. */
static int get_termios(struct tty_struct *tty, void __user *to, size_t size)
{
	struct ktermios copy;

	down_read(&tty->termios_rwsem);
	copy = tty->termios;
	up_read(&tty->termios_rwsem);
	return copy_to_user(to, &copy, size) ? -EFAULT : 0;
}

static int set_termios(struct tty_struct *tty, const void __user *from, size_t size, bool drain,
		       bool flush_too)
{
	struct ktermios copy = tty->termios;
	int err = tty_check_change(tty);

	if (err)
		return err;
	if (copy_from_user(&copy, from, size))
		return -EFAULT;
	if (drain || flush_too)
		tty_wait_until_sent(tty, 0);
	if (signal_pending(current) && drain)
		return -ERESTARTSYS;
	if (flush_too)
		flush_input(tty);
	return tty_set_termios(tty, &copy);
}

/* System V's struct termio: 16-bit flags. */
static int get_termio(struct tty_struct *tty, struct termio __user *to)
{
	struct termio copy = { 0 };

	copy.c_iflag = (unsigned short)tty->termios.c_iflag;
	copy.c_oflag = (unsigned short)tty->termios.c_oflag;
	copy.c_cflag = (unsigned short)tty->termios.c_cflag;
	copy.c_lflag = (unsigned short)tty->termios.c_lflag;
	memcpy(copy.c_cc, tty->termios.c_cc, NCC);
	return copy_to_user(to, &copy, sizeof(copy)) ? -EFAULT : 0;
}

static int set_termio(struct tty_struct *tty, const struct termio __user *from)
{
	struct ktermios full = tty->termios;
	struct termio copy;
	int err = tty_check_change(tty);

	if (err)
		return err;
	if (copy_from_user(&copy, from, sizeof(copy)))
		return -EFAULT;
	full.c_iflag = (full.c_iflag & ~0xffffu) | copy.c_iflag;
	full.c_oflag = (full.c_oflag & ~0xffffu) | copy.c_oflag;
	full.c_cflag = (full.c_cflag & ~0xffffu) | copy.c_cflag;
	full.c_lflag = (full.c_lflag & ~0xffffu) | copy.c_lflag;
	memcpy(full.c_cc, copy.c_cc, NCC);
	return tty_set_termios(tty, &full);
}

int tty_do_resize(struct tty_struct *tty, struct winsize *ws)
{
	bool changed;

	down_write(&tty->termios_rwsem);
	changed = memcmp(ws, &tty->winsize, sizeof(*ws)) != 0;
	tty->winsize = *ws;
	up_write(&tty->termios_rwsem);
	if (changed)
		tty_signal_group(tty, SIGWINCH);
	return 0;
}
EXPORT_SYMBOL(tty_do_resize);

static int set_winsize(struct tty_struct *tty, const struct winsize __user *from)
{
	struct winsize ws;

	if (copy_from_user(&ws, from, sizeof(ws)))
		return -EFAULT;
	return tty->ops->resize ? tty->ops->resize(tty, &ws) : tty_do_resize(tty, &ws);
}

static int flow(struct tty_struct *tty, unsigned long what)
{
	int err = tty_check_change(tty);
	unsigned char c;

	if (err)
		return err;
	switch (what) {
	case TCOOFF:
		stop_tty(tty);
		return 0;
	case TCOON:
		start_tty(tty);
		return 0;
	case TCIOFF:
	case TCION:
		c = tty->termios.c_cc[what == TCIOFF ? VSTOP : VSTART];
		return c ? min((int)tty_send(tty, &c, 1, false), 0) : 0;
	}
	return -EINVAL;
}

/* TIOCSTI: as if the byte had been typed. */
static int type_byte(struct tty_struct *tty, const char __user *from)
{
	unsigned char c;

	if (tty_of_current() != tty && !capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (get_user(c, from))
		return -EFAULT;
	if (!tty->port || !tty_insert_flip_char(tty->port, c, TTY_NORMAL))
		return -EIO;
	tty_flip_buffer_push(tty->port);
	return 0;
}

static int modem(struct tty_struct *tty, unsigned int cmd, unsigned int __user *where)
{
	unsigned int value;
	int now;

	if (!tty->ops->tiocmget || !tty->ops->tiocmset)
		return -ENOTTY;
	if (cmd == TIOCMGET) {
		now = tty->ops->tiocmget(tty);
		return now < 0 ? now : put_user(now, where);
	}
	if (get_user(value, where))
		return -EFAULT;
	return tty->ops->tiocmset(tty, cmd == TIOCMBIC ? 0 : value,
				  cmd == TIOCMBIS   ? 0
				  : cmd == TIOCMBIC ? value
						    : ~value);
}

static int send_break(struct tty_struct *tty, unsigned int milliseconds)
{
	int err = tty_check_change(tty);

	if (err)
		return err;
	tty_wait_until_sent(tty, 0);
	if (!milliseconds || !tty->ops->break_ctl)
		return 0;
	err = tty->ops->break_ctl(tty, -1);
	if (!err) {
		msleep_interruptible(milliseconds);
		err = tty->ops->break_ctl(tty, 0);
	}
	return err;
}

static int count_input(struct tty_struct *tty, int __user *to)
{
	struct tty_disc *disc = tty_disc(tty);
	unsigned long flags;
	size_t count;

	spin_lock_irqsave(&disc->lock, flags);
	count = ntty_available(&disc->state, &tty->termios);
	spin_unlock_irqrestore(&disc->lock, flags);
	return put_user((int)count, to);
}

/* TCGETS and its many relatives: -ENOIOCTLCMD for what is none. */
static int termios_ioctl(struct tty_struct *tty, unsigned int cmd, void __user *p)
{
	switch (cmd) {
	case TCGETS:
		return get_termios(tty, p, sizeof(struct termios));
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
		return set_termios(tty, p, sizeof(struct termios), cmd != TCSETS, cmd == TCSETSF);
	case TCGETS2:
		return get_termios(tty, p, sizeof(struct termios2));
	case TCSETS2:
	case TCSETSW2:
	case TCSETSF2:
		return set_termios(tty, p, sizeof(struct termios2), cmd != TCSETS2,
				   cmd == TCSETSF2);
	case TCGETA:
		return get_termio(tty, p);
	case TCSETA:
	case TCSETAW:
	case TCSETAF:
		return set_termio(tty, p);
	}
	return -ENOIOCTLCMD;
}

static int line_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	void __user *p = (void __user *)arg;

	switch (cmd) {
	case TIOCGWINSZ:
		return copy_to_user(p, &tty->winsize, sizeof(tty->winsize)) ? -EFAULT : 0;
	case TIOCSWINSZ:
		return set_winsize(tty, p);
	case TCFLSH:
		return tty_check_change(tty) ?: flush(tty, arg);
	case TCXONC:
		return flow(tty, arg);
	case TCSBRK:
		return send_break(tty, arg ? 0 : 250);
	case TCSBRKP:
		return send_break(tty, arg ? (unsigned int)arg * 100 : 250);
	case TIOCOUTQ:
		return put_user(tty_chars_in_buffer(tty), (int __user *)p);
	case FIONREAD:
		return count_input(tty, p);
	case TIOCSTI:
		return type_byte(tty, p);
	case TIOCGETD:
		return put_user(N_TTY, (int __user *)p);
	case TIOCEXCL:
		set_bit(TTY_EXCLUSIVE, &tty->flags);
		return 0;
	case TIOCNXCL:
		clear_bit(TTY_EXCLUSIVE, &tty->flags);
		return 0;
	case TIOCMGET:
	case TIOCMSET:
	case TIOCMBIS:
	case TIOCMBIC:
		return modem(tty, cmd, p);
	}
	return -ENOIOCTLCMD;
}

long tty_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct tty_struct *tty = file->private_data;
	int ret;

	if (test_bit(TTY_HUPPED, &tty->flags))
		return cmd == TIOCSPGRP ? -ENOTTY : -EIO;
	ret = termios_ioctl(tty, cmd, (void __user *)arg);
	if (ret == -ENOIOCTLCMD)
		ret = line_ioctl(tty, cmd, arg);
	if (ret == -ENOIOCTLCMD)
		ret = tty_job_ioctl(tty, file, cmd, arg);
	if (ret == -ENOIOCTLCMD && tty->ops->ioctl)
		ret = tty->ops->ioctl(tty, cmd, arg);
	return ret == -ENOIOCTLCMD ? -ENOTTY : ret;
}
