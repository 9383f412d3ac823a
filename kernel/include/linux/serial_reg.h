/* Registers of the 8250 family of serial chips. Source: National Semiconductor PC16550D data sheet. */
#ifndef _LINUX_SERIAL_REG_H
#define _LINUX_SERIAL_REG_H

/* offsets from the first port */
#define UART_RX 0  /* received byte (read) */
#define UART_TX 0  /* byte to send (write) */
#define UART_DLL 0 /* divisor, low half, when UART_LCR_DLAB is set */
#define UART_DLM 1 /* divisor, high half */
#define UART_IER 1 /* which interrupts */
#define UART_IIR 2 /* which interrupt (read) */
#define UART_FCR 2 /* FIFO control (write) */
#define UART_LCR 3 /* format of a character */
#define UART_MCR 4 /* modem lines out */
#define UART_LSR 5 /* state of the line */
#define UART_MSR 6 /* modem lines in */
#define UART_SCR 7 /* scratch */

#define UART_IER_RDI 0x01  /* received data */
#define UART_IER_THRI 0x02 /* transmitter empty */
#define UART_IER_RLSI 0x04 /* line status */
#define UART_IER_MSI 0x08  /* modem status */

#define UART_IIR_NO_INT 0x01
#define UART_IIR_ID 0x0e
#define UART_IIR_FIFO 0xc0 /* both set: 16550A */

#define UART_FCR_ENABLE_FIFO 0x01
#define UART_FCR_CLEAR_RCVR 0x02
#define UART_FCR_CLEAR_XMIT 0x04
#define UART_FCR_TRIGGER_8 0x80

#define UART_LCR_WLEN5 0x00
#define UART_LCR_WLEN6 0x01
#define UART_LCR_WLEN7 0x02
#define UART_LCR_WLEN8 0x03
#define UART_LCR_STOP 0x04
#define UART_LCR_PARITY 0x08
#define UART_LCR_EPAR 0x10
#define UART_LCR_SBC 0x40 /* break */
#define UART_LCR_DLAB 0x80

#define UART_MCR_DTR 0x01
#define UART_MCR_RTS 0x02
#define UART_MCR_OUT1 0x04
#define UART_MCR_OUT2 0x08 /* lets the interrupt through on PCs */
#define UART_MCR_LOOP 0x10

#define UART_LSR_DR 0x01   /* a byte is there */
#define UART_LSR_OE 0x02   /* overrun */
#define UART_LSR_PE 0x04   /* parity */
#define UART_LSR_FE 0x08   /* framing */
#define UART_LSR_BI 0x10   /* break */
#define UART_LSR_THRE 0x20 /* FIFO empty */
#define UART_LSR_TEMT 0x40 /* and the shift register */
#define UART_LSR_BRK_ERROR_BITS 0x1e

#define UART_MSR_DCD 0x80
#define UART_MSR_RI 0x40
#define UART_MSR_DSR 0x20
#define UART_MSR_CTS 0x10

#endif
