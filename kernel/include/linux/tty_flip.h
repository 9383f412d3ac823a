/* Characters from a driver's interrupt handler on their way to the line discipline. Any context. */
#ifndef _LINUX_TTY_FLIP_H
#define _LINUX_TTY_FLIP_H

#include <linux/tty.h>

/* Queue characters, all with one flag / each with its own: how many there was room for. */
int tty_insert_flip_string_fixed_flag(struct tty_port *port, const unsigned char *chars, char flag,
				      size_t size);
int tty_insert_flip_string_flags(struct tty_port *port, const unsigned char *chars,
				 const char *flags, size_t size);
int tty_insert_flip_char(struct tty_port *port, unsigned char ch, char flag);
#define tty_insert_flip_string(port, chars, size) \
	tty_insert_flip_string_fixed_flag((port), (chars), TTY_NORMAL, (size))
int tty_buffer_request_room(struct tty_port *port, size_t size);
/* Let the line discipline have them (in a work item). */
void tty_flip_buffer_push(struct tty_port *port);
void tty_schedule_flip(struct tty_port *port);

#endif
