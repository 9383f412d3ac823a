/*
 * Virtual terminals on the VGA text screen: tty1..tty4, tty0 being the one in front.
 *
 * Each terminal has its screen in memory (screen.c); the one in front is copied, what has changed of it, to the card after
 * each write. Alt-F1..F4 bring another to the front. The kernel's console "tty" writes to the one in front. One lock for
 * all of it: vt_lock, taken with interrupts off. Source: IBM VGA technical reference (CRT controller registers 0x0a..0x0f).
 */
#include <linux/console.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include <linux/uaccess.h>
#include <uapi/linux/kd.h>
#include "screen.h"
#include "vt.h"

#define VGA_TEXT 0xb8000u
#define VGA_PORTS 0x3c0u
#define VGA_PORT_COUNT 32u
#define CRTC_INDEX 0x3d4
#define CRTC_DATA 0x3d5
enum {
	CRTC_CURSOR_START = 0x0a,
	CRTC_ADDRESS_HIGH = 0x0c,
	CRTC_ADDRESS_LOW = 0x0d,
	CRTC_CURSOR_HIGH = 0x0e,
	CRTC_CURSOR_LOW = 0x0f
};
#define CURSOR_OFF 0x20
#define CURSOR_FROM_LINE 14

static DEFINE_SPINLOCK(vt_lock);
static struct screen *screens[VT_COUNT];
static unsigned int front; /* index of the one that is seen */
static u16 __iomem *vga;
static struct tty_port
	ports[VT_COUNT + 1]; /* by line: 0 is unused, its input goes to the front's */
static struct tty_driver *vt_driver;

static void crtc(u8 index, u8 value)
{
	outb(index, CRTC_INDEX);
	outb(value, CRTC_DATA);
}

static void show_cursor(const struct screen *s)
{
	u16 at = (u16)(s->y * SCREEN_COLUMNS + s->x);

	crtc(CRTC_CURSOR_START, s->cursor_hidden ? CURSOR_OFF : CURSOR_FROM_LINE);
	crtc(CRTC_CURSOR_HIGH, (u8)(at >> 8));
	crtc(CRTC_CURSOR_LOW, (u8)at);
}

/* Bring the card up to date with the screen in front. vt_lock held. */
static void flush(struct screen *s)
{
	u32 i;

	for (i = s->dirty_first; i <= s->dirty_last && i < SCREEN_CELLS; i++)
		writew(s->cells[i], &vga[i]);
	screen_clean(s);
	show_cursor(s);
}

/* Line 0 is whichever is in front. */
static unsigned int screen_of_line(int line)
{
	return line ? (unsigned int)line - 1 : READ_ONCE(front);
}

static void print(unsigned int which, const unsigned char *bytes, size_t count)
{
	struct screen *s = screens[which];
	unsigned long flags;

	spin_lock_irqsave(&vt_lock, flags);
	screen_write(s, bytes, count);
	if (which == front)
		flush(s);
	if (s->reply_length) {
		tty_insert_flip_string(&ports[which + 1], (const unsigned char *)s->reply,
				       s->reply_length);
		tty_flip_buffer_push(&ports[which + 1]);
		s->reply_length = 0;
	}
	spin_unlock_irqrestore(&vt_lock, flags);
}

void vt_to_front(unsigned int which)
{
	unsigned long flags;

	if (which >= VT_COUNT)
		return;
	spin_lock_irqsave(&vt_lock, flags);
	front = which;
	screens[which]->dirty_first = 0;
	screens[which]->dirty_last = SCREEN_CELLS - 1;
	flush(screens[which]);
	spin_unlock_irqrestore(&vt_lock, flags);
}

bool vt_application_keys(void)
{
	return screens[READ_ONCE(front)]->application_keys;
}

void vt_input(const char *bytes, size_t count)
{
	unsigned int line = READ_ONCE(front) + 1;

	/* Whoever opened tty0 reads from it; else it is the terminal's own. */
	if (!ports[line].tty && ports[0].tty)
		line = 0;
	tty_insert_flip_string(&ports[line], (const unsigned char *)bytes, count);
	tty_flip_buffer_push(&ports[line]);
}

static int vt_open(struct tty_struct *tty, struct file *file)
{
	if (!tty->winsize.ws_col) {
		tty->winsize.ws_col = SCREEN_COLUMNS;
		tty->winsize.ws_row = SCREEN_ROWS;
	}
	return 0;
}

static void vt_close(struct tty_struct *tty, struct file *file)
{
}

static int vt_write(struct tty_struct *tty, const unsigned char *bytes, int count)
{
	print(screen_of_line(tty->index), bytes, (size_t)count);
	return count;
}

static int vt_write_room(struct tty_struct *tty)
{
	return 32768;
}

static int vt_ioctl(struct tty_struct *tty, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case KDGETMODE:
		return put_user(KD_TEXT, (int __user *)arg);
	case KDGKBTYPE:
		return put_user((char)KB_101, (char __user *)arg);
	case KDSETMODE:
		return arg == KD_TEXT ? 0 : -EINVAL;
	}
	return -ENOIOCTLCMD;
}

static const struct tty_operations vt_operations = {
	.open = vt_open,
	.close = vt_close,
	.write = vt_write,
	.write_room = vt_write_room,
	.ioctl = vt_ioctl,
};

static void console_write(struct console *con, const char *text, unsigned int length)
{
	unsigned int begin = 0, i;

	for (i = 0; i <= length; i++) {
		if (i < length && text[i] != '\n')
			continue;
		print(front, (const unsigned char *)text + begin, i - begin);
		if (i < length)
			print(front, (const unsigned char *)"\r\n", 2);
		begin = i + 1;
	}
}

static struct tty_driver *console_tty(struct console *con, int *index)
{
	*index = 0;
	return vt_driver;
}

static struct console vt_console = {
	.name = "tty",
	.write = console_write,
	.device = console_tty,
	.index = -1,
};

/* What the boot has printed stays: the first terminal begins with what the card shows. */
static void adopt_screen(void)
{
	struct screen *s = screens[0];
	u32 i, last = 0;

	for (i = 0; i < SCREEN_CELLS; i++) {
		s->cells[i] = readw(&vga[i]);
		if ((s->cells[i] & 0xff) != ' ' && s->cells[i] & 0xff)
			last = i;
	}
	s->y = min(last / SCREEN_COLUMNS + (last != 0), SCREEN_ROWS - 1);
	screen_clean(s);
	show_cursor(s);
}

static void screens_free(void)
{
	unsigned int i;

	for (i = 0; i < VT_COUNT; i++)
		kfree(screens[i]);
}

static int screens_make(void)
{
	unsigned int i;

	for (i = 0; i < VT_COUNT; i++) {
		screens[i] = kmalloc(sizeof(*screens[i]), GFP_KERNEL);
		if (!screens[i])
			return -ENOMEM;
		screen_reset(screens[i]);
	}
	return 0;
}

static int driver_make(void)
{
	unsigned int i;

	vt_driver = tty_alloc_driver(VT_COUNT + 1, TTY_DRIVER_REAL_RAW);
	if (IS_ERR(vt_driver))
		return (int)PTR_ERR(vt_driver);
	vt_driver->driver_name = "vt";
	vt_driver->name = "tty";
	vt_driver->major = TTY_MAJOR;
	vt_driver->minor_start = 0;
	vt_driver->type = TTY_DRIVER_TYPE_CONSOLE;
	vt_driver->init_termios = tty_std_termios;
	vt_driver->init_termios.c_iflag |= IUTF8;
	tty_set_operations(vt_driver, &vt_operations);
	for (i = 0; i <= VT_COUNT; i++) {
		tty_port_init(&ports[i]);
		tty_port_link_device(&ports[i], vt_driver, i);
	}
	return 0;
}

static void driver_drop(void)
{
	unsigned int i;

	for (i = 0; i <= VT_COUNT; i++)
		tty_port_destroy(&ports[i]);
	put_tty_driver(vt_driver);
}

static int __init vt_init(void)
{
	int err = screens_make();

	if (err)
		goto undo_screens;
	err = -EBUSY;
	if (!request_region(VGA_PORTS, VGA_PORT_COUNT, "vga+"))
		goto undo_screens;
	err = -ENOMEM;
	vga = ioremap(VGA_TEXT, SCREEN_CELLS * sizeof(*vga));
	if (!vga)
		goto undo_region;
	err = driver_make();
	if (err)
		goto undo_map;
	adopt_screen();
	err = tty_register_driver(vt_driver);
	if (err)
		goto undo_driver;
	err = keyboard_start();
	if (err)
		pr_info("vt: no keyboard: error %d\n", err);
	register_console(&vt_console);
	return 0;
undo_driver:
	driver_drop();
undo_map:
	iounmap(vga);
undo_region:
	release_region(VGA_PORTS, VGA_PORT_COUNT);
undo_screens:
	screens_free();
	return err;
}

static void __exit vt_exit(void)
{
	unregister_console(&vt_console);
	keyboard_stop();
	tty_unregister_driver(vt_driver);
	driver_drop();
	iounmap(vga);
	release_region(VGA_PORTS, VGA_PORT_COUNT);
	screens_free();
}

module_init(vt_init);
module_exit(vt_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("The Rakit authors");
MODULE_DESCRIPTION("virtual terminals on VGA text, with PC keyboard");
