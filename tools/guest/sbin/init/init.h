/* What the parts of init share. */
#ifndef GUEST_INIT_H
#define GUEST_INIT_H

#include <stddef.h>
#include <sys/types.h>

/* One line on the console: "init: TEXT". */
void say(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));
/* The value of "name=value" on the kernel's command line, copied to text; "" for a bare word. NULL: not there. */
const char *boot_option(const char *name, char *text, size_t size);
/* The whole file in memory from malloc with a NUL behind it, and its size (NULL: not wanted). NULL: errno. */
char *file_read(const char *path, size_t *size);

/* Runs a program in a session of its own with these descriptors; 0 for the environment. The process id, or -1. */
pid_t spawn(const char *path, char *const argv[], int in, int out, int terminal);
/* Waits for this child and buries all others meanwhile. Its wait status, -1: there is no such child. */
int wait_for(pid_t pid);

/* boot.c */
void boot_mounts(void);	  /* /proc /sys /dev and what /etc/fstab names */
void boot_hostname(void); /* from /etc/hostname */
void boot_script(void);	  /* /etc/rc */

/* modules.c: kmodd, and the modules of modules-load.d. */
void boot_modules(void);

/* harness.c: runs the one command of `tools/rakit exec`, reports, and turns the machine off. */
void harness_run(void) __attribute__((__noreturn__));

/* console.c: shells on the console, for ever. */
void console_run(void) __attribute__((__noreturn__));

/* rescue.c: a prompt without any other program, for when there is no shell. Returns when the user asks to try again. */
void rescue_prompt(int terminal);

/* shutdown.c */
void shutdown_signals(void); /* SIGTERM and SIGINT reboot, SIGUSR2 powers off, SIGUSR1 halts */
void shutdown_check(void);   /* does what such a signal asked for */
void shutdown_machine(int command) __attribute__((__noreturn__)); /* RB_* */

#endif
