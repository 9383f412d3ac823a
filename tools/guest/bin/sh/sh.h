/* What the parts of the shell share: its state, and one block of functions per file. */
#ifndef SH_SH_H
#define SH_SH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "syntax.h"

/* Options of `set`, in the order of the table in options.c. */
enum option {
	OPTION_ALLEXPORT,
	OPTION_NOTIFY,
	OPTION_NOCLOBBER,
	OPTION_ERREXIT,
	OPTION_NOGLOB,
	OPTION_MONITOR,
	OPTION_NOEXEC,
	OPTION_STDIN,
	OPTION_NOUNSET,
	OPTION_VERBOSE,
	OPTION_XTRACE,
	OPTION_INTERACTIVE,
	OPTION_IGNOREEOF,
	OPTION_PIPEFAIL,
	OPTION_COUNT,
};

/* Why commands are being left without finishing. */
enum unwind {
	UNWIND_NONE,
	UNWIND_BREAK, /* unwind_levels loops */
	UNWIND_CONTINUE,
	UNWIND_RETURN, /* the function or sourced file */
	UNWIND_ABORT,  /* to the prompt: an error or ^C */
	UNWIND_EXIT,   /* the shell */
};

struct shell {
	int status; /* $? */
	enum unwind unwind;
	int unwind_levels;
	int loops;		 /* loops around the running command, in this function */
	int functions;		 /* functions and sourced files around it */
	int tested;		 /* >0: a failure is looked at, so -e does not apply */
	int substitution_status; /* of the last $(...) */
	bool options[OPTION_COUNT];
	bool interactive;     /* prompts and edits */
	bool subshell;	      /* a forked copy of the shell */
	bool line_known;      /* messages name the line */
	int line;	      /* of the running command */
	pid_t pid;	      /* $$ */
	pid_t async_pid;      /* $! or 0 */
	const char *name;     /* $0 */
	char **args;	      /* $1 ... */
	char **args_owned;    /* array and strings, freed when args changes; may be NULL */
	int arg_count;	      /* $# */
	struct arena scratch; /* a stack of expansion results */
	struct strbuf out;    /* standard output of the running builtin */
};

extern struct shell sh;

/* ---- main.c ---- */

/* `sh: text` on standard error. */
void sh_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
/*
 * As sh_warn, then leave the command with `status`: to the prompt, or out of a script. Returns
 * status.
 */
int sh_error(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Text on standard error as it is, in one write. */
void sh_notice(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Only leave. */
int sh_leave(int status);
/* Run all commands of a source with `arena`-per-command; returns the last status. */
int run_source(struct source *source, bool interactive);
int run_text(const char *text, size_t size);
int run_file(const char *path, int fd);
/* Run the EXIT trap and leave with sh.status. */
_Noreturn void sh_exit(void);
void write_all(int fd, const char *bytes, size_t size);
/* Send what a builtin printed. Returns false and warns if that failed. */
bool out_flush(void);

/* ---- options.c ---- */
bool option_set_letter(int letter, bool on);
bool option_set_name(const char *name, bool on);
/* Make the positional parameters a copy of args; or hand over what function_call kept. */
void args_copy(char **args, int count);
void args_set(char **args, int count, char **owned);
void options_print(bool as_commands);
void options_letters(char letters[OPTION_COUNT + 1]);
/*
 * The options in front of argv, as `set` and the shell itself take them. Returns how many words
 * they were, -1 on error.
 */
int options_parse(char **argv, bool at_start, const char **command, bool *help);

/* ---- vars.c ---- */
enum { VAR_EXPORT = 1, VAR_READONLY = 2, VAR_UNSET = 4 };

struct var {
	struct var *next;
	unsigned int flags;
	char *value; /* NULL when unset (but exported or readonly) */
	char name[];
};

void vars_init(char **environment);
struct var *var_find(const char *name);
const char *var_get(const char *name); /* NULL: unset */
const char *var_get_or(const char *name, const char *otherwise);
bool var_set(const char *name, const char *value); /* false and a message: readonly */
bool var_set_flags(const char *name, const char *value, unsigned int flags);
bool var_unset(const char *name);
void var_print_all(unsigned int flags, const char *command); /* with all of flags set */
char **var_environment(void); /* for execve; valid until a variable changes */
void var_each(void (*use)(const char *name, void *data), void *data);
/* Values to be put back when a function or command with assignments ends. */
struct local;
void local_save(struct local **frame, const char *name);
void local_restore(struct local **frame);
extern struct local **local_frame;   /* of the running function; NULL outside */
void quoted_print(const char *text); /* to sh.out so that the shell reads it back */

/* ---- alias.c ---- */
struct alias *alias_find(const char *name);
struct source *alias_source(const char *name, const struct source *inside);
void alias_done(struct source *source);
int builtin_alias(int argc, char **argv);
int builtin_unalias(int argc, char **argv);
void alias_each(void (*use)(const char *name, void *data), void *data);

/* ---- expand.c ---- */
enum expand_mode {
	EXPAND_TEXT,	/* one string: no splitting, no file names */
	EXPAND_ASSIGN,	/* as EXPAND_TEXT, with ~ also behind colons */
	EXPAND_PATTERN, /* one string in which quoted characters have a backslash */
	EXPAND_PROMPT,	/* as EXPAND_TEXT, where nothing is quoted */
};
/* All results are in sh.scratch. On an error sh.unwind is set and the result is of no use. */
char *expand_parts(const struct part *parts, enum expand_mode mode);
/* Words to fields, NULL-ended. */
char **expand_words(const struct word *words, int *count);

/* ---- param.c ---- */
/*
 * The value of a variable, positional or special parameter; NULL when unset. May be in *room or in
 * sh.scratch.
 */
const char *param_value(const char *name, char room[32]);

/* ---- arith.c ---- */
/* Evaluate; false and a message on error. */
bool arith_evaluate(const char *text, long long *result);

/* ---- glob.c ---- */
/* Growing list of strings that live in sh.scratch. */
struct strlist {
	char **items;
	int count, room;
};
void strlist_add(struct strlist *list, char *item);
/* Add the files that match a pattern, sorted. False: none does. */
bool glob_expand(const char *pattern, struct strlist *list);
/* Remove the backslashes of a pattern in place. */
void pattern_unescape(char *text);

/* ---- redirect.c ---- */
struct saved_fd {
	struct saved_fd *next;
	int fd, copy; /* copy -1: fd was closed */
};
/*
 * Apply in order. `saved` NULL: for good. On failure a message, and false; what was done is in
 * `saved`.
 */
bool redirect(const struct redir *redirs, struct saved_fd **saved);
void redirect_undo(struct saved_fd **saved);
/* Move a descriptor of the shell's own out of the way of 0..9, closed by exec. */
int fd_move_up(int fd);

/* ---- exec.c ---- */
enum { EXEC_LAST = 1 }; /* the process ends with this command: no need to fork */
int exec_node(const struct node *node, int flags);
int exec_argv(char **argv, int flags); /* as `command`: no functions */
int function_call(const struct node *function, int argc, char **argv);
struct node *function_find(const char *name);
bool function_unset(const char *name);
void function_each(void (*use)(const char *name, void *data), void *data);
/* In a fork: be a shell of its own. */
void subshell_begin(void);

/* ---- path.c ---- */
/* Where a program is: a path (in sh.scratch or remembered), or NULL. */
const char *path_find(const char *name);
const char *path_find_in(const char *name, const char *path);
void path_forget(void);
int builtin_hash(int argc, char **argv);
_Noreturn void path_exec(char **argv);

/* ---- builtins ---- */
struct builtin {
	const char *name;
	int (*run)(int argc, char **argv);
	bool special;	  /* POSIX special builtin: found before functions, errors end a script */
	const char *help; /* one line */
};
extern const struct builtin builtins[];
const struct builtin *builtin_find(const char *name);

/* ---- jobs.c ---- */
struct job;
void jobs_init(void);
struct job *job_new(const char *text);
/* Fork a process of the job. As fork(). */
pid_t job_fork(struct job *job, bool background);
/* Wait until it ended or stopped; takes the terminal back. Returns its status. */
int job_wait(struct job *job);
void job_announce_background(struct job *job);
void jobs_notify(void);
void jobs_inherit(void); /* in a subshell: the jobs so far are the parent's */
int jobs_stopped(void);
bool job_own(pid_t pid, int status);
int builtin_jobs(int argc, char **argv);
int builtin_fg(int argc, char **argv);
int builtin_bg(int argc, char **argv);
int builtin_wait(int argc, char **argv);
int builtin_kill(int argc, char **argv);
void job_set_monitor(bool on);

/* ---- trap.c ---- */
void trap_init(void);
void trap_subshell(void); /* traps are reset, ignored signals stay ignored */
void trap_run_pending(void);
bool trap_interrupt_take(void); /* was there a ^C for the shell itself? It counts as handled */
bool trap_pending(void);
int trap_pending_signal(void);
void trap_run_exit(void);
bool interrupted(void); /* ^C since the last call; clears it */
int builtin_trap(int argc, char **argv);
void signals_default(void); /* before exec */

/* ---- edit.c, history.c, complete.c ---- */
/* Read a line with editing into `line`, with its newline. False: end of input. */
bool edit_line(const char *prompt, struct strbuf *line);
void history_add(const char *line);
const char *history_get(int back); /* 1: the newest; NULL: none */
int history_count(void);
void history_load(void);
int builtin_history(int argc, char **argv);
/*
 * What the text before the cursor can be completed to: full words, sorted. *start: where the word
 * begins.
 */
void complete(const char *text, size_t cursor, size_t *start, struct strlist *list);
bool terminal_refill(struct source *source, bool continuation);

#endif
