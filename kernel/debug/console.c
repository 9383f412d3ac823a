/*
 * Consoles: who shows the log.
 *
 * 1. console_flush() writes every record that a console has not shown to it, record by record, each
 *    with interrupts off. One context at a time does that (console_busy); a printk() that comes on
 *    top only stores its record and leaves the writing to the one below. So a console's write
 *    function is never entered twice.
 * 2. In a panic the consoles are taken from whoever had them.
 * 3. Before log_init() has seen the command line both built-in consoles (first serial line and VGA
 *    text) are boot consoles and show everything. `console=` names the ones that stay; without it
 *    both do. A driver that registers a console of the same name replaces the built-in one. The
 *    last `console=` is the preferred one, where /dev/console leads. The list changes with
 *    console_lock held, which keeps the writing away.
 */
#include <linux/console.h>
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <rakit/boot_info.h>
#include "debug/log.h"

#define CONSOLES_NAMED_MAX 4

static struct named_console {
	char name[8];
	int index;
	char *options;
} named[CONSOLES_NAMED_MAX];
static unsigned int named_count;
static char command_line_copy[512];

struct console *console_drivers;
static bool console_busy; /* somebody writes, or holds console_lock() */
static bool ignore_loglevel;

static bool shows(const struct console *con, const struct log_record *record)
{
	return (con->flags & CON_ENABLED) && con->write &&
	       (ignore_loglevel || record->level < console_loglevel);
}

static bool write_next_record(struct console *con, char *text, char *line, size_t size)
{
	struct log_record record;

	if (!log_read(con->seq, &record, text, LOG_TEXT_MAX))
		return false;
	con->seq = record.seq + 1;
	if (shows(con, &record))
		con->write(con, line, log_format(&record, text, line, size, false, true));
	return true;
}

static void write_pending(void)
{
	/* Guarded by console_busy. */
	static char text[LOG_TEXT_MAX], line[LOG_TEXT_MAX + 512];
	struct console *con;
	unsigned long flags;
	bool more;

	do {
		more = false;
		for_each_console(con)
		{
			local_irq_save(flags);
			more |= write_next_record(con, text, line, sizeof(line));
			local_irq_restore(flags);
		}
	} while (more);
}

void console_flush(void)
{
	preempt_disable();
	while (!console_busy) {
		u64 seen;

		console_busy = true;
		barrier();
		write_pending();
		seen = log_next_seq();
		console_busy = false;
		barrier();
		if (log_next_seq() == seen)
			break;
	}
	preempt_enable_no_resched();
}

void console_flush_on_panic(void)
{
	log_flush_continued();
	console_busy = true;
	write_pending();
	console_busy = false;
}

void console_write_all(const char *text, size_t length)
{
	struct console *con;

	for_each_console(con) if ((con->flags & CON_ENABLED) && con->write)
		con->write(con, text, length);
}

void console_lock(void)
{
	while (!console_trylock())
		schedule_timeout_uninterruptible(1);
}
EXPORT_SYMBOL(console_lock);

int console_trylock(void)
{
	unsigned long flags;
	bool got;

	local_irq_save(flags);
	got = !console_busy;
	console_busy = true;
	local_irq_restore(flags);
	return got;
}
EXPORT_SYMBOL(console_trylock);

void console_unlock(void)
{
	console_busy = false;
	console_flush();
}
EXPORT_SYMBOL(console_unlock);

int is_console_locked(void)
{
	return console_busy;
}
EXPORT_SYMBOL(is_console_locked);

bool console_preferred(char name[16], int *index)
{
	if (!named_count)
		return false;
	strscpy(name, named[named_count - 1].name, 16);
	*index = named[named_count - 1].index;
	return true;
}

static struct named_console *find_named(const struct console *con)
{
	for (unsigned int i = 0; i < named_count; i++)
		if (!strcmp(named[i].name, con->name) &&
		    (con->index < 0 || con->index == named[i].index))
			return &named[i];
	return NULL;
}

static void unlink_console(struct console *con)
{
	for (struct console **link = &console_drivers; *link; link = &(*link)->next) {
		if (*link == con) {
			*link = con->next;
			con->next = NULL;
			return;
		}
	}
}

/* The preferred one first, the others at the end. */
static void link_console(struct console *con)
{
	struct console **link = &console_drivers;

	if (!(con->flags & CON_CONSDEV))
		while (*link)
			link = &(*link)->next;
	con->next = *link;
	*link = con;
}

/* The boot console of the same name goes; its successor goes on where it was. */
static void replace_boot_console(struct console *con)
{
	struct console *old;

	for_each_console(old)
	{
		if (old != con && (old->flags & CON_BOOT) && !strcmp(old->name, con->name) &&
		    old->index == con->index) {
			con->seq = old->seq;
			con->flags &= ~CON_PRINTBUFFER;
			unlink_console(old);
			return;
		}
	}
}

void register_console(struct console *con)
{
	struct named_console *name = find_named(con);
	bool locked;

	if (named_count && !name && !(con->flags & (CON_BOOT | CON_ENABLED)))
		return;
	if (con->index < 0)
		con->index = name ? name->index : 0;
	if (con->setup && con->setup(con, name ? name->options : NULL))
		return;
	con->flags |= CON_ENABLED;
	if (name ? name == &named[named_count - 1] : !console_drivers)
		con->flags |= CON_CONSDEV;
	locked = console_trylock();
	con->seq = con->flags & CON_PRINTBUFFER ? 0 : log_next_seq();
	replace_boot_console(con);
	link_console(con);
	if (locked)
		console_unlock();
}
EXPORT_SYMBOL(register_console);

int unregister_console(struct console *con)
{
	struct console *other;
	int error = -ENODEV;

	console_lock();
	for_each_console(other) if (other == con) error = 0;
	unlink_console(con);
	con->flags &= ~CON_ENABLED;
	console_unlock();
	if (!error && con->exit)
		error = con->exit(con);
	return error;
}
EXPORT_SYMBOL(unregister_console);

void console_stop(struct console *con)
{
	con->flags &= ~CON_ENABLED;
}
EXPORT_SYMBOL(console_stop);

void console_start(struct console *con)
{
	con->flags |= CON_ENABLED;
}
EXPORT_SYMBOL(console_start);

struct tty_driver *console_device(int *index)
{
	struct tty_driver *driver = NULL;
	struct console *con;

	for_each_console(con)
	{
		if (con->device) {
			driver = con->device(con, index);
			if (driver)
				break;
		}
	}
	return driver;
}

/* "ttyS0,115200": name, number, options. */
static void name_console(char *value)
{
	struct named_console *entry = &named[named_count];
	char *options = strchr(value, ',');
	size_t n;

	if (named_count == CONSOLES_NAMED_MAX)
		return;
	if (options)
		*options++ = 0;
	for (n = strlen(value); n && isdigit(value[n - 1]); n--)
		;
	if (!n || n >= sizeof(entry->name))
		return;
	memcpy(entry->name, value, n);
	entry->name[n] = 0;
	entry->index = simple_strtoul(value + n, NULL, 10);
	entry->options = options;
	named_count++;
}

static void take_option(char *option)
{
	if (!strncmp(option, "console=", 8))
		name_console(option + 8);
	else if (!strcmp(option, "quiet"))
		console_loglevel = CONSOLE_LOGLEVEL_QUIET;
	else if (!strcmp(option, "debug"))
		console_loglevel = CONSOLE_LOGLEVEL_DEBUG;
	else if (!strncmp(option, "loglevel=", 9))
		console_loglevel = simple_strtoul(option + 9, NULL, 10);
	else if (!strcmp(option, "ignore_loglevel"))
		ignore_loglevel = true;
	else if (!strncmp(option, "panic=", 6))
		panic_timeout = simple_strtol(option + 6, NULL, 10);
	else if (!strncmp(option, "oops=panic", 10))
		panic_on_oops = 1;
	else if (!strcmp(option, "panic_on_warn"))
		panic_on_warn = 1;
}

void log_init(void)
{
	struct console *boot[] = { &serial_console, &vga_console };
	char *rest = command_line_copy, *option;

	strscpy(command_line_copy, boot_info.cmdline, sizeof(command_line_copy));
	while ((option = strsep(&rest, " \t\n")))
		take_option(option);
	for (unsigned int i = 0; named_count && i < ARRAY_SIZE(boot); i++) {
		struct named_console *name = find_named(boot[i]);

		unlink_console(boot[i]);
		if (!name)
			continue;
		if (boot[i]->setup)
			boot[i]->setup(boot[i], name->options);
		if (name == &named[named_count - 1])
			boot[i]->flags |= CON_CONSDEV;
		else
			boot[i]->flags &= ~CON_CONSDEV;
		link_console(boot[i]);
	}
}

void console_early_init(void)
{
	register_console(&serial_console);
	register_console(&vga_console);
}
