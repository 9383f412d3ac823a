/*
 * Consoles: where log records are written as they come. A driver registers one; from then on its
 * write function may be called in any context, interrupts off, one call at a time (in a panic also
 * on top of itself): it must poll.
 */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

#include <linux/types.h>

struct module;
struct tty_driver;

/* flags */
#define CON_PRINTBUFFER 1 /* write the log from its beginning at registration */
#define CON_CONSDEV 2	  /* /dev/console leads here */
#define CON_ENABLED 4
#define CON_BOOT 8 /* until a real one with the same name and index registers */
#define CON_ANYTIME 16
#define CON_BRL 32
#define CON_EXTENDED 64

struct console {
	char name[16]; /* "ttyS", "tty" */
	/* text is not NUL-ended; a newline means carriage return too */
	void (*write)(struct console *con, const char *text, unsigned int length);
	int (*read)(struct console *con, char *text, unsigned int length);
	/* the tty driver and (in *index) line that /dev/console opens */
	struct tty_driver *(*device)(struct console *con, int *index);
	void (*unblank)(void);
	/* options: what follows the comma of console=; 0 or -errno */
	int (*setup)(struct console *con, char *options);
	int (*exit)(struct console *con);
	short flags;
	short index; /* -1: chosen by console=, 0 without */
	int cflag;
	void *data;
	u64 seq; /* next record to write; private */
	struct console *next;
};

/*
 * Registers if console= names it (or, without console=, if it is the first). Threads or boot. A
 * boot console of the same name goes.
 */
void register_console(struct console *con);
/* 0 or -ENODEV. */
int unregister_console(struct console *con);
/* Stop and go on writing to it. */
void console_stop(struct console *con);
void console_start(struct console *con);
/*
 * Taken by who must not be disturbed by console output; writes what has come meanwhile at unlock.
 */
void console_lock(void);
int console_trylock(void);
void console_unlock(void);
int is_console_locked(void);
/* The driver and line of the preferred console; NULL if none has a tty. */
struct tty_driver *console_device(int *index);
/* Name and index the last console= of the command line gives ("ttyS", 0); false: none given. */
bool console_preferred(char name[16], int *index);
/*
 * Consoles in the order of registration, the preferred first; for /proc/consoles. Hold
 * console_lock().
 */
extern struct console *console_drivers;
#define for_each_console(con) for (con = console_drivers; con; con = con->next)

#endif
