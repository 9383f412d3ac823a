/* Serial ports: TIOCGSERIAL and TIOCGICOUNT. */
#ifndef _UAPI_LINUX_SERIAL_H
#define _UAPI_LINUX_SERIAL_H

#include <linux/types.h>

struct serial_struct {
	int type; /* PORT_* */
	int line;
	unsigned int port; /* first I/O port */
	int irq;
	int flags;
	int xmit_fifo_size; /* bytes */
	int custom_divisor;
	int baud_base;
	unsigned short close_delay; /* 1/100 s */
	char io_type;
	char reserved_char[1];
	int hub6;
	unsigned short closing_wait; /* 1/100 s */
	unsigned short closing_wait2;
	unsigned char *iomem_base;
	unsigned short iomem_reg_shift;
	unsigned int port_high;
	unsigned long iomap_base;
};

#define PORT_UNKNOWN 0
#define PORT_8250 1
#define PORT_16450 2
#define PORT_16550 3
#define PORT_16550A 4

struct serial_icounter_struct {
	int cts, dsr, rng, dcd;
	int rx, tx;
	int frame, overrun, parity, brk;
	int buf_overrun;
	int reserved[9];
};

#endif
