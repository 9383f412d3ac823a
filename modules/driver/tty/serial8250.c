/*
 * Serial ports with an 8250, 16450 or 16550A: ttyS0..ttyS3 at the PC's four addresses.
 *
 * Each port that is there has its eight I/O ports reserved from the start and its interrupt line (shared) while it is
 * open. Receiving is by interrupt; sending polls the transmitter and fills its FIFO, and when the line is slow gives up after
 * a while and goes on when the transmitter interrupts. The same port may be the kernel's console, which polls under the
 * same lock. Source: National Semiconductor PC16550D data sheet (1995).
 */
#include <linux/console.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include <linux/major.h>

/* Registers, by offset; with DLAB in LCR the first two are the divisor. */
enum {
	RBR = 0,
	THR = 0,
	DLL = 0,
	IER = 1,
	DLM = 1,
	IIR = 2,
	FCR = 2,
	LCR = 3,
	MCR = 4,
	LSR = 5,
	MSR = 6,
	SCR = 7
};
enum { IER_RX = 0x01, IER_TX = 0x02, IER_LINE = 0x04 };
enum { IIR_NONE = 0x01 };
enum { FCR_ENABLE = 0x01, FCR_CLEAR_RX = 0x02, FCR_CLEAR_TX = 0x04, FCR_TRIGGER_8 = 0x80 };
enum { LCR_STOP2 = 0x04, LCR_PARITY = 0x08, LCR_EVEN = 0x10, LCR_BREAK = 0x40, LCR_DLAB = 0x80 };
enum { MCR_DTR = 0x01, MCR_RTS = 0x02, MCR_OUT2 = 0x08, MCR_LOOP = 0x10 };
enum {
	LSR_DATA = 0x01,
	LSR_OVERRUN = 0x02,
	LSR_PARITY = 0x04,
	LSR_FRAME = 0x08,
	LSR_BREAK = 0x10,
	LSR_EMPTY = 0x20,
	LSR_IDLE = 0x40
};
enum { MSR_CTS = 0x10, MSR_DSR = 0x20, MSR_RI = 0x40, MSR_DCD = 0x80 };

#define PORT_COUNT 4u
#define PORT_SIZE 8u
#define FIFO_BYTES 16u
#define BAUD_BASE 115200u
#define SPIN_LIMIT 20000u /* polls of a transmitter that does not empty: some ms */

struct serial_port {
	struct tty_port tty;
	unsigned int base; /* first I/O port */
	unsigned int irq;
	bool present;
	unsigned int fifo;  /* bytes the transmitter takes at once */
	unsigned int opens; /* tty core's mutex */
	u8 ier, lcr, mcr;   /* as last written (lock) */
	spinlock_t lock;    /* the chip */
};

static struct serial_port ports[PORT_COUNT] = {
	{ .base = 0x3f8, .irq = 4 },
	{ .base = 0x2f8, .irq = 3 },
	{ .base = 0x3e8, .irq = 4 },
	{ .base = 0x2e8, .irq = 3 },
};
static struct tty_driver *serial_driver;

static u8 get(struct serial_port *port, unsigned int reg)
{
	return inb((u16)(port->base + reg));
}

static void set(struct serial_port *port, unsigned int reg, u8 value)
{
	outb(value, (u16)(port->base + reg));
}

/* A chip is there if its interrupt-enable register keeps what fits and the loopback mode works. */
static bool detect(struct serial_port *port)
{
	u8 old_mcr, status;

	set(port, IER, 0);
	if (get(port, IER))
		return false;
	set(port, IER, 0x0f);
	if ((get(port, IER) & 0x0f) != 0x0f)
		return false;
	set(port, IER, 0);
	old_mcr = get(port, MCR);
	set(port, MCR, MCR_LOOP | MCR_OUT2 | MCR_RTS);
	status = get(port, MSR) & 0xf0;
	set(port, MCR, old_mcr);
	return status == (MSR_DCD | MSR_CTS);
}

static void chip_start(struct serial_port *port)
{
	set(port, FCR, FCR_ENABLE | FCR_CLEAR_RX | FCR_TRIGGER_8);
	port->fifo = (get(port, IIR) & 0xc0) == 0xc0 ? FIFO_BYTES : 1;
	port->mcr = MCR_DTR | MCR_RTS | MCR_OUT2;
	port->lcr = 0x03;
	set(port, LCR, port->lcr);
	set(port, MCR, port->mcr);
}

/* Wait until the transmitter is empty: false after SPIN_LIMIT polls. */
static bool wait_empty(struct serial_port *port)
{
	unsigned int spins;

	for (spins = 0; spins < SPIN_LIMIT; spins++)
		if (get(port, LSR) & LSR_EMPTY)
			return true;
	return false;
}

static size_t send(struct serial_port *port, const unsigned char *bytes, size_t count)
{
	size_t done = 0, piece;

	while (done < count && wait_empty(port)) {
		piece = min_t(size_t, port->fifo, count - done);
		outsb((u16)(port->base + THR), bytes + done, piece);
		done += piece;
	}
	return done;
}

static struct serial_port *tty_port_of(struct tty_struct *tty)
{
	return &ports[tty->index];
}

static void enable(struct serial_port *port, u8 ier)
{
	port->ier = ier;
	set(port, IER, ier);
}

static int serial_write(struct tty_struct *tty, const unsigned char *bytes, int count)
{
	struct serial_port *port = tty_port_of(tty);
	unsigned long flags;
	size_t done;

	spin_lock_irqsave(&port->lock, flags);
	done = send(port, bytes, (size_t)count);
	if (done < (size_t)count)
		enable(port, port->ier | IER_TX);
	spin_unlock_irqrestore(&port->lock, flags);
	return (int)done;
}

static int serial_write_room(struct tty_struct *tty)
{
	struct serial_port *port = tty_port_of(tty);
	unsigned long flags;
	int room;

	spin_lock_irqsave(&port->lock, flags);
	room = get(port, LSR) & LSR_EMPTY ? (int)port->fifo : 0;
	if (!room)
		enable(port, port->ier | IER_TX);
	spin_unlock_irqrestore(&port->lock, flags);
	return room;
}

static void receive(struct serial_port *port, u8 status)
{
	do {
		char flag = TTY_NORMAL;

		if (status & LSR_BREAK)
			flag = TTY_BREAK;
		else if (status & LSR_PARITY)
			flag = TTY_PARITY;
		else if (status & LSR_FRAME)
			flag = TTY_FRAME;
		tty_insert_flip_char(&port->tty, get(port, RBR), flag);
		status = get(port, LSR);
	} while (status & LSR_DATA);
	tty_flip_buffer_push(&port->tty);
}

static irqreturn_t serial_interrupt(int irq, void *device)
{
	struct serial_port *port = device;
	bool wake = false;
	unsigned long flags;
	u8 status;

	spin_lock_irqsave(&port->lock, flags);
	if (get(port, IIR) & IIR_NONE) {
		spin_unlock_irqrestore(&port->lock, flags);
		return IRQ_NONE;
	}
	status = get(port, LSR);
	if (status & (LSR_DATA | LSR_BREAK))
		receive(port, status);
	if (status & LSR_EMPTY && port->ier & IER_TX) {
		enable(port, port->ier & (u8)~IER_TX);
		wake = true;
	}
	get(port, MSR);
	spin_unlock_irqrestore(&port->lock, flags);
	if (wake)
		tty_port_tty_wakeup(&port->tty);
	return IRQ_HANDLED;
}

static int serial_open(struct tty_struct *tty, struct file *file)
{
	struct serial_port *port = tty_port_of(tty);
	unsigned long flags;
	int err;

	if (!port->present)
		return -ENXIO;
	if (port->opens++)
		return 0;
	err = request_irq(port->irq, serial_interrupt, IRQF_SHARED, "serial", port);
	if (err) {
		port->opens--;
		return err;
	}
	spin_lock_irqsave(&port->lock, flags);
	while (get(port, LSR) & LSR_DATA)
		get(port, RBR);
	enable(port, IER_RX | IER_LINE);
	spin_unlock_irqrestore(&port->lock, flags);
	return 0;
}

static void serial_close(struct tty_struct *tty, struct file *file)
{
	struct serial_port *port = tty_port_of(tty);
	unsigned long flags;

	if (!port->present || --port->opens)
		return;
	spin_lock_irqsave(&port->lock, flags);
	enable(port, 0);
	spin_unlock_irqrestore(&port->lock, flags);
	free_irq(port->irq, port);
}

static void set_line(struct serial_port *port, unsigned int baud, u8 lcr)
{
	unsigned int divisor = baud ? max(BAUD_BASE / baud, 1u) : 0;

	port->lcr = lcr;
	if (divisor) {
		set(port, LCR, lcr | LCR_DLAB);
		set(port, DLL, (u8)divisor);
		set(port, DLM, (u8)(divisor >> 8));
	}
	set(port, LCR, lcr);
}

static void serial_set_termios(struct tty_struct *tty, struct ktermios *old)
{
	struct serial_port *port = tty_port_of(tty);
	tcflag_t c = tty->termios.c_cflag;
	u8 lcr = (u8)((c & CSIZE) >> 4);
	unsigned long flags;

	if (old && old->c_cflag == c)
		return;
	if (c & CSTOPB)
		lcr |= LCR_STOP2;
	if (c & PARENB)
		lcr |= LCR_PARITY | (c & PARODD ? 0 : LCR_EVEN);
	spin_lock_irqsave(&port->lock, flags);
	set_line(port, tty_get_baud_rate(tty), lcr);
	spin_unlock_irqrestore(&port->lock, flags);
}

static int serial_break(struct tty_struct *tty, int state)
{
	struct serial_port *port = tty_port_of(tty);
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	port->lcr = state ? port->lcr | LCR_BREAK : port->lcr & (u8)~LCR_BREAK;
	set(port, LCR, port->lcr);
	spin_unlock_irqrestore(&port->lock, flags);
	return 0;
}

static int serial_tiocmget(struct tty_struct *tty)
{
	struct serial_port *port = tty_port_of(tty);
	u8 status = get(port, MSR);

	return (port->mcr & MCR_DTR ? TIOCM_DTR : 0) | (port->mcr & MCR_RTS ? TIOCM_RTS : 0) |
	       (status & MSR_CTS ? TIOCM_CTS : 0) | (status & MSR_DSR ? TIOCM_DSR : 0) |
	       (status & MSR_RI ? TIOCM_RI : 0) | (status & MSR_DCD ? TIOCM_CAR : 0);
}

static int serial_tiocmset(struct tty_struct *tty, unsigned int on, unsigned int off)
{
	struct serial_port *port = tty_port_of(tty);
	u8 set_bits = (u8)((on & TIOCM_DTR ? MCR_DTR : 0) | (on & TIOCM_RTS ? MCR_RTS : 0));
	u8 clear_bits = (u8)((off & TIOCM_DTR ? MCR_DTR : 0) | (off & TIOCM_RTS ? MCR_RTS : 0));
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	port->mcr = (u8)((port->mcr & ~clear_bits) | set_bits);
	set(port, MCR, port->mcr);
	spin_unlock_irqrestore(&port->lock, flags);
	return 0;
}

static void serial_wait_until_sent(struct tty_struct *tty, int timeout)
{
	struct serial_port *port = tty_port_of(tty);
	unsigned int spins;

	for (spins = 0; spins < SPIN_LIMIT && !(get(port, LSR) & LSR_IDLE); spins++)
		cond_resched();
}

static const struct tty_operations serial_operations = {
	.open = serial_open,
	.close = serial_close,
	.write = serial_write,
	.write_room = serial_write_room,
	.set_termios = serial_set_termios,
	.break_ctl = serial_break,
	.tiocmget = serial_tiocmget,
	.tiocmset = serial_tiocmset,
	.wait_until_sent = serial_wait_until_sent,
};

/* The kernel's console. */

static void console_write(struct console *con, const char *text, unsigned int length)
{
	struct serial_port *port = &ports[con->index];
	unsigned int begin = 0, i;
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	for (i = 0; i < length; i++) {
		if (text[i] != '\n')
			continue;
		send(port, (const unsigned char *)text + begin, i - begin);
		send(port, (const unsigned char *)"\r\n", 2);
		begin = i + 1;
	}
	send(port, (const unsigned char *)text + begin, length - begin);
	spin_unlock_irqrestore(&port->lock, flags);
}

static struct tty_driver *console_tty(struct console *con, int *index)
{
	*index = con->index;
	return serial_driver;
}

static int console_setup(struct console *con, char *options)
{
	unsigned long baud = options ? simple_strtoul(options, NULL, 10) : 0;

	if (con->index < 0 || con->index >= (int)PORT_COUNT || !ports[con->index].present)
		return -ENODEV;
	if (baud)
		set_line(&ports[con->index], (unsigned int)baud, ports[con->index].lcr);
	return 0;
}

static struct console serial_console = {
	.name = "ttyS",
	.write = console_write,
	.device = console_tty,
	.setup = console_setup,
	.flags = 0,
	.index = -1,
};

static void ports_release(void)
{
	unsigned int i;

	for (i = 0; i < PORT_COUNT; i++) {
		tty_port_destroy(&ports[i].tty);
		if (ports[i].present)
			release_region(ports[i].base, PORT_SIZE);
	}
}

static void ports_find(void)
{
	unsigned int i;

	for (i = 0; i < PORT_COUNT; i++) {
		struct serial_port *port = &ports[i];

		tty_port_init(&port->tty);
		spin_lock_init(&port->lock);
		tty_port_link_device(&port->tty, serial_driver, i);
		if (!request_region(port->base, PORT_SIZE, "serial"))
			continue;
		port->present = detect(port);
		if (!port->present) {
			release_region(port->base, PORT_SIZE);
			continue;
		}
		chip_start(port);
		pr_info("serial8250: ttyS%u: ports %#x, irq %u, %s\n", i, port->base, port->irq,
			port->fifo > 1 ? "16550A" : "8250");
	}
}

static int __init serial_init(void)
{
	int err;

	serial_driver = tty_alloc_driver(PORT_COUNT, TTY_DRIVER_REAL_RAW);
	if (IS_ERR(serial_driver))
		return (int)PTR_ERR(serial_driver);
	serial_driver->driver_name = "serial";
	serial_driver->name = "ttyS";
	serial_driver->major = TTY_MAJOR;
	serial_driver->minor_start = 64;
	serial_driver->type = TTY_DRIVER_TYPE_SERIAL;
	serial_driver->subtype = SERIAL_TYPE_NORMAL;
	serial_driver->init_termios = tty_std_termios;
	serial_driver->init_termios.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL;
	tty_set_operations(serial_driver, &serial_operations);
	ports_find();
	err = tty_register_driver(serial_driver);
	if (err) {
		ports_release();
		put_tty_driver(serial_driver);
		return err;
	}
	register_console(&serial_console);
	return 0;
}

static void __exit serial_exit(void)
{
	unregister_console(&serial_console);
	tty_unregister_driver(serial_driver);
	ports_release();
	put_tty_driver(serial_driver);
}

module_init(serial_init);
module_exit(serial_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_AUTHOR("The Rakit authors");
MODULE_DESCRIPTION("serial ports: 8250, 16450, 16550A");
