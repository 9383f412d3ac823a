/*
 * exec: running a syntax tree.
 *
 * Every function returns the command's status and leaves it in sh.status. Leaving early (break,
 * return, exit, an error, ^C) sets sh.unwind, and every level returns as soon as it sees that.
 * `flags` has EXEC_LAST where the process has nothing to do afterwards, so a program replaces it
 * instead of being forked.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../../lib/pattern.h"
#include "sh.h"

#define CALLS_MAX 1000 /* functions inside each other */

struct function {
	struct function *next;
	const struct node *node; /* its arena is held */
};

static struct function *functions;

static bool aborting(void)
{
	return sh.unwind == UNWIND_ABORT || sh.unwind == UNWIND_EXIT;
}

/* ---- functions ---- */

struct node *function_find(const char *name)
{
	for (struct function *f = functions; f; f = f->next)
		if (!strcmp(f->node->name, name))
			return (struct node *)f->node;
	return NULL;
}

bool function_unset(const char *name)
{
	struct function **at = &functions, *f;

	while (*at && strcmp((*at)->node->name, name))
		at = &(*at)->next;
	f = *at;
	if (!f)
		return false;
	*at = f->next;
	arena_drop(f->node->arena);
	free(f);
	return true;
}

void function_each(void (*use)(const char *name, void *data), void *data)
{
	for (struct function *f = functions; f; f = f->next)
		use(f->node->name, data);
}

static int function_define(const struct node *node)
{
	struct function *f = memory_get(sizeof(*f));

	arena_hold(node->arena);
	function_unset(node->name);
	f->node = node;
	f->next = functions;
	functions = f;
	return 0;
}

int function_call(const struct node *function, int argc, char **argv)
{
	char **args = sh.args, **args_owned = sh.args_owned;
	int arg_count = sh.arg_count, loops = sh.loops, status;
	struct local *frame = NULL, **outer = local_frame;

	if (sh.functions >= CALLS_MAX)
		return sh_error(2, "%s: functions nested too deeply", function->name);
	arena_hold(function->arena);
	sh.args = argv + 1;
	sh.args_owned = NULL;
	sh.arg_count = argc - 1;
	sh.loops = 0;
	sh.functions++;
	local_frame = &frame;
	status = exec_node(function->child, 0);
	if (sh.unwind == UNWIND_RETURN) {
		sh.unwind = UNWIND_NONE;
		status = sh.status;
	}
	local_restore(&frame);
	local_frame = outer;
	sh.functions--;
	sh.loops = loops;
	args_set(args, arg_count, args_owned);
	arena_drop(function->arena);
	return status;
}

/* ---- simple commands ---- */

static void trace(const struct assign *assigns, char **values, char **argv)
{
	struct strbuf kept = sh.out;

	memset(&sh.out, 0, sizeof(sh.out));
	strbuf_puts(&sh.out, var_get_or("PS4", "+ "));
	for (; assigns; assigns = assigns->next, values++) {
		strbuf_printf(&sh.out, "%s=", assigns->name);
		quoted_print(*values);
		strbuf_puts(&sh.out, assigns->next || *argv ? " " : "");
	}
	for (; *argv; argv++) {
		quoted_print(*argv);
		if (argv[1])
			strbuf_putc(&sh.out, ' ');
	}
	strbuf_putc(&sh.out, '\n');
	write_all(2, sh.out.data, sh.out.length);
	strbuf_free(&sh.out);
	sh.out = kept;
}

static bool assigns_set(const struct assign *assigns, char **values, unsigned int flags,
			struct local **frame)
{
	for (; assigns; assigns = assigns->next) {
		if (frame)
			local_save(frame, assigns->name);
		if (!var_set_flags(assigns->name, *values++, flags))
			return false;
	}
	return true;
}

static int builtin_run(const struct builtin *builtin, int argc, char **argv)
{
	int status = builtin->run(argc, argv);

	if (!out_flush() && !status)
		status = 1;
	return status;
}

/* A builtin or function with its redirections and assignments. */
static int run_inside(const struct node *node, char **values, const struct builtin *builtin,
		      const struct node *function, int argc, char **argv)
{
	struct saved_fd *saved = NULL;
	struct local *frame = NULL;
	bool keep = builtin && builtin->special;
	bool is_exec = builtin && !strcmp(argv[0], "exec");
	int status = 1;

	if (!redirect(node->redirs, is_exec ? NULL : &saved)) {
		if (keep && !aborting())
			sh_leave(1);
	} else if (!assigns_set(node->assigns, values, keep ? 0 : VAR_EXPORT,
				keep ? NULL : &frame)) {
		status = 2;
	} else if (function) {
		status = function_call(function, argc, argv);
	} else {
		status = builtin_run(builtin, argc, argv);
	}
	local_restore(&frame);
	redirect_undo(&saved);
	return status;
}

_Noreturn static void run_program(const struct node *node, char **values, char **argv)
{
	if (!redirect(node->redirs, NULL))
		_exit(1);
	assigns_set(node->assigns, values, VAR_EXPORT, NULL);
	path_exec(argv);
}

static int run_outside(const struct node *node, char **values, char **argv, int flags)
{
	struct job *job;
	pid_t pid;

	if (flags & EXEC_LAST && !trap_pending())
		run_program(node, values, argv);
	path_find(argv[0]); /* remembered here, not only in the child */
	job = job_new(node->text ? node->text : argv[0]);
	pid = job_fork(job, false);
	if (!pid)
		run_program(node, values, argv);
	if (pid < 0)
		return sh_error(2, "%s: cannot fork: %s", argv[0], strerror(errno));
	return job_wait(job);
}

/* Assignments and redirections without a command. */
static int run_nothing(const struct node *node, char **values)
{
	struct saved_fd *saved = NULL;
	bool fine = redirect(node->redirs, &saved);

	redirect_undo(&saved);
	if (!fine)
		return 1;
	if (!assigns_set(node->assigns, values, 0, NULL))
		return sh.status;
	return sh.substitution_status;
}

static char **values_expand(const struct assign *assigns)
{
	size_t count = 0;
	char **values;

	for (const struct assign *a = assigns; a; a = a->next)
		count++;
	values = arena_get(&sh.scratch, (count + 1) * sizeof(*values));
	count = 0;
	for (const struct assign *a = assigns; a && !aborting(); a = a->next)
		values[count++] = expand_parts(a->value, EXPAND_ASSIGN);
	return values;
}

static int simple_run(const struct node *node, int flags)
{
	const struct builtin *builtin;
	const struct node *function;
	char **argv, **values;
	int argc;

	sh.substitution_status = 0;
	argv = expand_words(node->words, &argc);
	if (!argc && node->assigns && node->assigns->next && !node->redirs) {
		/* One after the other, each seeing those before it. */
		for (const struct assign *a = node->assigns; a && !aborting(); a = a->next) {
			struct assign one = { .name = a->name, .value = a->value };
			struct node part = { .kind = NODE_SIMPLE, .assigns = &one };

			values = values_expand(&one);
			if (sh.options[OPTION_XTRACE] && !aborting())
				trace(&one, values, argv);
			if (!aborting())
				run_nothing(&part, values);
		}
		return aborting() ? sh.status : sh.substitution_status;
	}
	values = values_expand(node->assigns);
	if (aborting())
		return sh.status;
	if (sh.options[OPTION_XTRACE])
		trace(node->assigns, values, argv);
	if (!argc)
		return run_nothing(node, values);
	builtin = builtin_find(argv[0]);
	function = builtin && builtin->special ? NULL : function_find(argv[0]);
	if (builtin || function)
		return run_inside(node, values, function ? NULL : builtin, function, argc, argv);
	return run_outside(node, values, argv, flags);
}

int exec_argv(char **argv, int flags)
{
	struct node node = { .kind = NODE_SIMPLE };
	const struct builtin *builtin = builtin_find(argv[0]);
	char *none = NULL;
	int argc = 0;

	while (argv[argc])
		argc++;
	if (builtin)
		return builtin->run(argc, argv);
	return run_outside(&node, &none, argv, flags);
}

/* ---- pipelines and background ---- */

void subshell_begin(void)
{
	sh.subshell = true;
	sh.interactive = false;
	sh.options[OPTION_MONITOR] = false;
	sh.loops = 0;
	strbuf_reset(&sh.out);
	jobs_inherit();
	trap_subshell();
}

_Noreturn static void child_run(const struct node *node)
{
	sh.status = exec_node(node, EXEC_LAST);
	sh_exit();
}

static void pipe_connect(int in, int fds[2])
{
	if (in >= 0) {
		dup2(in, 0);
		close(in);
	}
	if (fds[1] >= 0) {
		close(fds[0]);
		if (fds[1] != 1) {
			dup2(fds[1], 1);
			close(fds[1]);
		}
	}
}

static int pipeline_run(const struct node *node)
{
	struct job *job = job_new(node->text ? node->text : "pipeline");
	int in = -1;

	for (const struct node *command = node->child; command; command = command->next) {
		int fds[2] = { -1, -1 };
		pid_t pid;

		if ((command->next && pipe(fds) < 0) || (pid = job_fork(job, false)) < 0) {
			sh_error(2, "cannot start the pipeline: %s", strerror(errno));
			break;
		}
		if (!pid) {
			pipe_connect(in, fds);
			child_run(command);
		}
		if (in >= 0)
			close(in);
		if (fds[1] >= 0)
			close(fds[1]);
		in = fds[0];
	}
	if (in >= 0)
		close(in);
	return job_wait(job);
}

static int async_run(const struct node *node)
{
	struct job *job = job_new(node->text ? node->text : "background");
	pid_t pid = job_fork(job, true);

	if (pid < 0)
		return sh_error(2, "cannot fork: %s", strerror(errno));
	if (!pid)
		child_run(node->child);
	sh.async_pid = pid;
	job_announce_background(job);
	return 0;
}

static int subshell_run(const struct node *node, int flags)
{
	struct job *job;
	pid_t pid;

	if (flags & EXEC_LAST) {
		subshell_begin();
		return redirect(node->redirs, NULL) ? exec_node(node->child, flags) : 1;
	}
	job = job_new(node->text ? node->text : "( )");
	pid = job_fork(job, false);
	if (pid < 0)
		return sh_error(2, "cannot fork: %s", strerror(errno));
	if (!pid) {
		if (!redirect(node->redirs, NULL))
			_exit(1);
		child_run(node->child);
	}
	return job_wait(job);
}

/* ---- compound commands ---- */

/* After a loop's body: true if the loop must end. */
static bool loop_left(void)
{
	if (sh.unwind != UNWIND_BREAK && sh.unwind != UNWIND_CONTINUE)
		return sh.unwind != UNWIND_NONE;
	if (sh.unwind_levels > 1) {
		sh.unwind_levels--;
		return true;
	}
	bool leave = sh.unwind == UNWIND_BREAK;

	sh.unwind = UNWIND_NONE;
	return leave;
}

static int while_run(const struct node *node)
{
	int status = 0;

	sh.loops++;
	for (;;) {
		bool go;

		sh.tested++;
		go = (exec_node(node->test, 0) == 0) == (node->kind == NODE_WHILE);
		sh.tested--;
		if (sh.unwind ? loop_left() : !go)
			break;
		status = exec_node(node->child, 0);
		if (sh.unwind && loop_left())
			break;
	}
	sh.loops--;
	return sh.unwind ? sh.status : status;
}

static int for_run(const struct node *node)
{
	char **items = sh.args;
	int count = sh.arg_count, status = 0;

	if (node->words_given) {
		items = expand_words(node->words, &count);
	} else {
		/* The body may change the parameters: go by a copy. */
		items = arena_get(&sh.scratch, (size_t)(count + 1) * sizeof(*items));
		for (int i = 0; i < count; i++)
			items[i] = arena_copy(&sh.scratch, sh.args[i], strlen(sh.args[i]));
	}
	if (aborting())
		return sh.status;
	sh.loops++;
	for (int i = 0; i < count; i++) {
		if (!var_set(node->name, items[i]))
			break;
		status = exec_node(node->child, 0);
		if (sh.unwind && loop_left())
			break;
	}
	sh.loops--;
	return sh.unwind ? sh.status : status;
}

static int case_run(const struct node *node, int flags)
{
	const char *subject = expand_parts(node->words->parts, EXPAND_TEXT);

	for (const struct case_item *item = node->items; item && !aborting(); item = item->next)
		for (const struct word *word = item->patterns; word; word = word->next) {
			const char *pattern = expand_parts(word->parts, EXPAND_PATTERN);

			if (aborting())
				break;
			if (pattern_match(pattern, subject, strlen(subject)))
				return item->body ? exec_node(item->body, flags) : 0;
		}
	return aborting() ? sh.status : 0;
}

static int if_run(const struct node *node, int flags)
{
	int status;

	sh.tested++;
	status = exec_node(node->test, 0);
	sh.tested--;
	if (sh.unwind)
		return status;
	if (!status)
		return exec_node(node->child, flags);
	return node->other ? exec_node(node->other, flags) : 0;
}

static int and_or_run(const struct node *node, int flags)
{
	int status;

	sh.tested++;
	status = exec_node(node->child, 0);
	sh.tested--;
	if (sh.unwind || (status == 0) != (node->kind == NODE_AND))
		return status;
	return exec_node(node->other, flags);
}

static int not_run(const struct node *node)
{
	int status;

	sh.tested++;
	status = exec_node(node->child, 0);
	sh.tested--;
	return sh.unwind ? status : !status;
}

static int list_run(const struct node *node, int flags)
{
	int status = 0;

	for (const struct node *child = node->child; child && !sh.unwind; child = child->next)
		status = exec_node(child, child->next ? 0 : flags);
	return status;
}

static int compound_run(const struct node *node, int flags)
{
	switch (node->kind) {
	case NODE_GROUP:
		return exec_node(node->child, flags);
	case NODE_IF:
		return if_run(node, flags);
	case NODE_WHILE:
	case NODE_UNTIL:
		return while_run(node);
	case NODE_FOR:
		return for_run(node);
	case NODE_CASE:
		return case_run(node, flags);
	default:
		return 0;
	}
}

static int compound_redirected(const struct node *node, int flags)
{
	struct saved_fd *saved = NULL;
	int status = 1;

	if (!node->redirs)
		return compound_run(node, flags);
	if (redirect(node->redirs, &saved))
		status = compound_run(node, 0);
	redirect_undo(&saved);
	return status;
}

static int node_run(const struct node *node, int flags)
{
	switch (node->kind) {
	case NODE_SIMPLE:
		sh.line = node->line;
		return simple_run(node, flags);
	case NODE_PIPELINE:
		return pipeline_run(node);
	case NODE_NOT:
		return not_run(node);
	case NODE_AND:
	case NODE_OR:
		return and_or_run(node, flags);
	case NODE_LIST:
		return list_run(node, flags);
	case NODE_ASYNC:
		return async_run(node);
	case NODE_SUBSHELL:
		return subshell_run(node, flags);
	case NODE_FUNCTION:
		return function_define(node);
	default:
		return compound_redirected(node, flags);
	}
}

/* Does -e look at the status of this kind of command itself (and not only at its parts)? */
static bool errexit_applies(enum node_kind kind)
{
	return kind == NODE_SIMPLE || kind == NODE_PIPELINE || kind == NODE_SUBSHELL;
}

int exec_node(const struct node *node, int flags)
{
	struct arena_mark mark;

	if (!node || sh.unwind || sh.options[OPTION_NOEXEC])
		return sh.status;
	mark = arena_mark(&sh.scratch);
	sh.status = node_run(node, flags);
	arena_release(&sh.scratch, mark);
	if (sh.status && !sh.unwind && sh.options[OPTION_ERREXIT] && !sh.tested &&
	    errexit_applies(node->kind))
		sh.unwind = UNWIND_EXIT;
	if (trap_pending())
		trap_run_pending();
	return sh.status;
}
