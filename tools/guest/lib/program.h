/*
 * What every small program does alike: its name, `--help`, and errors of the form `name: subject:
 * reason`.
 *
 * A program's source begins with `/` `* name: what it does *` `/` on its first line and has one
 * USAGE("..."); the build collects both into /usr/share/rakit/help, which `help` of the shell and
 * `--help` print.
 */
#ifndef GUEST_PROGRAM_H
#define GUEST_PROGRAM_H

/* The arguments a program takes, as its manual page's synopsis without the name. */
#define USAGE(text) const char program_usage[] = text

extern const char program_usage[];

/* Base name of argv[0]; the prefix of all messages. */
extern const char *program_name;

/* Status the program will exit with: 0 until warn_errno or warn_text sets it to 1. */
extern int program_status;

/* First call in main(): sets program_name; a sole argument `--help` prints the help and exits 0. */
void program_start(char **argv);

/*
 * Last call in main(): flushes standard output. Returns `status`, or 1 with a message when writing
 * failed.
 */
int program_finish(int status);

/* Print `name: subject: strerror(errno)` on standard error and set program_status to 1. */
void warn_errno(const char *subject);

/* Print `name: text` on standard error and set program_status to 1. */
void warn_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* As warn_errno and warn_text, then exit with `status`. */
_Noreturn void die_errno(int status, const char *subject);
_Noreturn void die(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Print the usage line on standard error and exit with `status`. For getopt's '?'. */
_Noreturn void die_usage(int status);

#endif
