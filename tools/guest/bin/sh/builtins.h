/* The builtins, for the table. Each takes argc and argv as main() does and returns its status. */
#ifndef SH_BUILTINS_H
#define SH_BUILTINS_H

#include "sh.h"

int builtin_true(int argc, char **argv);
int builtin_false(int argc, char **argv);
int builtin_break(int argc, char **argv);
int builtin_continue(int argc, char **argv);
int builtin_return(int argc, char **argv);
int builtin_exit(int argc, char **argv);
int builtin_eval(int argc, char **argv);
int builtin_source(int argc, char **argv);
int builtin_exec(int argc, char **argv);
int builtin_command(int argc, char **argv);
/* builtins_vars.c */
int builtin_export(int argc, char **argv);
int builtin_readonly(int argc, char **argv);
int builtin_local(int argc, char **argv);
int builtin_unset(int argc, char **argv);
int builtin_set(int argc, char **argv);
int builtin_shift(int argc, char **argv);
int builtin_getopts(int argc, char **argv);
int builtin_read(int argc, char **argv);
/* builtins_process.c */
int builtin_cd(int argc, char **argv);
int builtin_pwd(int argc, char **argv);
int builtin_umask(int argc, char **argv);
int builtin_ulimit(int argc, char **argv);
int builtin_times(int argc, char **argv);
/* builtins_programs.c */
int builtin_echo(int argc, char **argv);
int builtin_printf(int argc, char **argv);
int builtin_test(int argc, char **argv);
/* help.c */
int builtin_help(int argc, char **argv);
int builtin_type(int argc, char **argv);
/* What each name means, for `type` and `command -v`. */
int names_explain(char **names, bool in_words);

#endif
