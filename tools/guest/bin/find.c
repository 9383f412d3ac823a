/* find: look for files in folders */
/*
 * The expression is parsed into a tree of tests once; each file is put to it. -delete and -depth
 * visit a folder after what is in it. Source: POSIX.1-2017, XCU find; -iname, -maxdepth, -mindepth,
 * -empty, -delete, -print0, -regex left to GNU's habits.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <ctype.h>
#include <dirent.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "../lib/mode.h"
#include "../lib/number.h"
#include "../lib/owner.h"
#include "../lib/path.h"
#include "../lib/pattern.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"
#include "../lib/tree.h"

USAGE("[-HL] [FOLDER]... [! ( ) -a -o] [-name P] [-iname P] [-path P] [-type T] [-size N] [-mtime "
      "N] [-mmin N] [-newer F] "
      "[-perm M] [-user U] [-group G] [-links N] [-inum N] [-empty] [-maxdepth N] [-mindepth N] "
      "[-depth] [-xdev] [-prune] "
      "[-print] [-print0] [-ls] [-delete] [-quit] [-exec|-ok PROGRAM... ;|+]");

struct expr {
	bool (*test)(const struct expr *e, const struct tree_entry *entry);
	const struct expr *left, *right;
	const char *text;
	char **argv; /* of -exec, without the ; or + */
	long long number;
	char compare; /* + - or 0: greater, less, equal */
	bool flag;
	struct timespec when; /* of -newer */
};

static char **words;
static bool depth_first, one_system, has_action, pruned, quit;
static long max_depth = 1 << 30, min_depth;
static time_t now;
static dev_t top_device;

static const struct expr *parse_or(void);

static struct expr *expr_new(bool (*test)(const struct expr *, const struct tree_entry *))
{
	struct expr *e = memory_get(sizeof(*e));

	memset(e, 0, sizeof(*e));
	e->test = test;
	return e;
}

static bool compare_number(const struct expr *e, long long value)
{
	return e->compare == '+'   ? value > e->number
	       : e->compare == '-' ? value < e->number
				   : value == e->number;
}

static bool evaluate(const struct expr *e, const struct tree_entry *entry)
{
	return e->test(e, entry);
}

/* ---- tests ---- */

static bool test_and(const struct expr *e, const struct tree_entry *entry)
{
	return evaluate(e->left, entry) && evaluate(e->right, entry);
}

static bool test_or(const struct expr *e, const struct tree_entry *entry)
{
	return evaluate(e->left, entry) || evaluate(e->right, entry);
}

static bool test_not(const struct expr *e, const struct tree_entry *entry)
{
	return !evaluate(e->left, entry);
}

static bool test_true(const struct expr *e, const struct tree_entry *entry)
{
	return !e->flag;
}

static char *lowered(const char *text)
{
	char *copy = memory_copy(text);

	for (char *c = copy; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

static bool match(const char *pattern, const char *text, bool fold)
{
	char *p = fold ? lowered(pattern) : NULL, *t = fold ? lowered(text) : NULL;
	bool matched = fold ? pattern_match(p, t, strlen(t))
			    : pattern_match(pattern, text, strlen(text));

	free(p);
	free(t);
	return matched;
}

static bool test_name(const struct expr *e, const struct tree_entry *entry)
{
	char *base = entry->depth ? NULL : path_base(entry->path);
	bool matched = match(e->text, base ? base : entry->name, e->flag);

	free(base);
	return matched;
}

static bool test_path(const struct expr *e, const struct tree_entry *entry)
{
	return match(e->text, entry->path, e->flag);
}

static bool test_type(const struct expr *e, const struct tree_entry *entry)
{
	static const char letters[] = "fdlcbps";
	static const mode_t types[] = { S_IFREG, S_IFDIR, S_IFLNK, S_IFCHR,
					S_IFBLK, S_IFIFO, S_IFSOCK };

	for (const char *c = e->text; *c; c++) {
		const char *at = strchr(letters, *c);

		if (at && (entry->st.st_mode & S_IFMT) == types[at - letters])
			return true;
	}
	return false;
}

static bool test_size(const struct expr *e, const struct tree_entry *entry)
{
	long long unit = strtoll(e->text, NULL, 10);

	return compare_number(e, (entry->st.st_size + unit - 1) / unit);
}

static bool test_time(const struct expr *e, const struct tree_entry *entry)
{
	time_t when = e->text[0] == 'a'	  ? entry->st.st_atime
		      : e->text[0] == 'c' ? entry->st.st_ctime
					  : entry->st.st_mtime;

	return compare_number(e, (now - when) / (e->flag ? 60 : 86400));
}

static bool test_newer(const struct expr *e, const struct tree_entry *entry)
{
	const struct timespec *when = &entry->st.st_mtim;

	return when->tv_sec > e->when.tv_sec ||
	       (when->tv_sec == e->when.tv_sec && when->tv_nsec > e->when.tv_nsec);
}

static bool test_perm(const struct expr *e, const struct tree_entry *entry)
{
	mode_t mode = entry->st.st_mode & 07777, wanted = (mode_t)e->number;

	return e->compare == '-'   ? (mode & wanted) == wanted
	       : e->compare == '/' ? !wanted || mode & wanted
				   : mode == wanted;
}

static bool test_user(const struct expr *e, const struct tree_entry *entry)
{
	return entry->st.st_uid == (uid_t)e->number;
}

static bool test_group(const struct expr *e, const struct tree_entry *entry)
{
	return entry->st.st_gid == (gid_t)e->number;
}

static bool test_links(const struct expr *e, const struct tree_entry *entry)
{
	return compare_number(e, (long long)entry->st.st_nlink);
}

static bool test_inode(const struct expr *e, const struct tree_entry *entry)
{
	return compare_number(e, (long long)entry->st.st_ino);
}

static bool test_empty(const struct expr *e, const struct tree_entry *entry)
{
	const struct dirent *in;
	bool empty = true;
	DIR *dir;

	if (S_ISREG(entry->st.st_mode))
		return !entry->st.st_size;
	dir = S_ISDIR(entry->st.st_mode) ? opendir(entry->path) : NULL;
	if (!dir)
		return false;
	while (empty && (in = readdir(dir)))
		empty = !strcmp(in->d_name, ".") || !strcmp(in->d_name, "..");
	closedir(dir);
	return empty;
}

/* ---- actions ---- */

static bool action_prune(const struct expr *e, const struct tree_entry *entry)
{
	pruned = true;
	return true;
}

static bool action_quit(const struct expr *e, const struct tree_entry *entry)
{
	quit = true;
	return true;
}

static bool action_print(const struct expr *e, const struct tree_entry *entry)
{
	fputs(entry->path, stdout);
	putchar(e->flag ? '\0' : '\n');
	return true;
}

static bool action_ls(const struct expr *e, const struct tree_entry *entry)
{
	char mode[12], when[32];

	mode_format(mode, entry->st.st_mode);
	strftime(when, sizeof(when), "%b %e %H:%M", localtime(&entry->st.st_mtime));
	printf("%8llu %6llu %s %3lu %-8s %-8s %10lld %s %s\n", (unsigned long long)entry->st.st_ino,
	       ((unsigned long long)entry->st.st_blocks + 1) / 2, mode,
	       (unsigned long)entry->st.st_nlink, user_name(entry->st.st_uid),
	       group_name(entry->st.st_gid), (long long)entry->st.st_size, when, entry->path);
	return true;
}

static bool action_delete(const struct expr *e, const struct tree_entry *entry)
{
	if (!strcmp(entry->path, "."))
		return true;
	if (entry->event == TREE_FILE ? !unlink(entry->path) : !rmdir(entry->path))
		return true;
	warn_errno(entry->path);
	return false;
}

static bool run(char **argv)
{
	int status = -1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		execvp(argv[0], argv);
		warn_errno(argv[0]);
		_exit(127);
	}
	if (pid < 0)
		warn_errno("fork");
	else
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	return !status;
}

static bool action_exec(const struct expr *e, const struct tree_entry *entry)
{
	int count = 0;
	char **argv;
	bool fine;

	if (e->flag && !ask(e->argv[0], entry->path))
		return false;
	while (e->argv[count])
		count++;
	argv = memory_get((size_t)(count + 1) * sizeof(*argv));
	for (int i = 0; i < count; i++) {
		struct strbuf text = { 0 };
		const char *p = e->argv[i], *found;

		for (; (found = strstr(p, "{}")); p = found + 2) {
			strbuf_add(&text, p, (size_t)(found - p));
			strbuf_puts(&text, entry->path);
		}
		strbuf_puts(&text, p);
		argv[i] = strbuf_take(&text);
	}
	argv[count] = NULL;
	fine = run(argv);
	while (count--)
		free(argv[count]);
	free(argv);
	return fine;
}

/* -exec ... {} +: collected, run when there are many, and at the end. */
static struct batch {
	struct batch *next;
	char **argv;
	size_t fixed, count;
} * batches;

#define BATCH_MAX 200

static void batch_run(struct batch *b)
{
	if (b->count == b->fixed)
		return;
	b->argv[b->count] = NULL;
	if (!run(b->argv))
		program_status = 1;
	while (b->count > b->fixed)
		free(b->argv[--b->count]);
}

static bool action_exec_many(const struct expr *e, const struct tree_entry *entry)
{
	struct batch *b = batches;

	while (b->argv != e->argv)
		b = b->next;
	b->argv[b->count++] = memory_copy(entry->path);
	if (b->count == b->fixed + BATCH_MAX)
		batch_run(b);
	return true;
}

/* ---- parsing ---- */

static const char *argument(const char *name)
{
	if (!*words)
		die(1, "%s: an argument is missing", name);
	return *words++;
}

static void number_set(struct expr *e, const char *text)
{
	unsigned long long value;

	if (*text == '+' || *text == '-')
		e->compare = *text++;
	if (!number_parse(text, &value))
		die(1, "%s: not a number", text);
	e->number = (long long)value;
}

static const struct expr *parse_size(const char *text)
{
	static const char suffixes[] = "cwbkMG";
	static const char *const units[] = { "1", "2", "512", "1024", "1048576", "1073741824" };
	struct expr *e = expr_new(test_size);
	size_t n = strlen(text);
	const char *suffix = n ? strchr(suffixes, text[n - 1]) : NULL;
	char *copy = memory_copy(text);

	e->text = suffix ? units[suffix - suffixes] : "512";
	if (suffix)
		copy[n - 1] = '\0';
	number_set(e, copy);
	free(copy);
	return e;
}

static const struct expr *parse_exec(bool confirm)
{
	struct expr *e = expr_new(action_exec);
	size_t count = 0;

	e->flag = confirm;
	has_action = true;
	while (words[count] && strcmp(words[count], ";") &&
	       !(!strcmp(words[count], "+") && count && !strcmp(words[count - 1], "{}")))
		count++;
	if (!words[count] || !count)
		die(1, "-exec: ; or {} + is missing");
	e->argv = memory_get((count + BATCH_MAX + 2) * sizeof(*e->argv));
	memcpy(e->argv, words, count * sizeof(*e->argv));
	e->argv[count] = NULL;
	if (!strcmp(words[count], "+")) {
		struct batch *b = memory_get(sizeof(*b));

		e->test = action_exec_many;
		*b = (struct batch){ batches, e->argv, count - 1, count - 1 };
		batches = b;
	}
	words += count + 1;
	return e;
}

static const struct expr *parse_perm(const char *text)
{
	struct expr *e = expr_new(test_perm);
	mode_t mode;

	if (*text == '-' || *text == '/')
		e->compare = *text++;
	if (!mode_change(text, 0, 0, &mode))
		die(1, "%s: not a mode", text);
	e->number = mode;
	return e;
}

static const struct expr *parse_owner(const char *name, const char *text)
{
	struct expr *e = expr_new(name[1] == 'u' ? test_user : test_group);
	uid_t uid;
	gid_t gid;

	if (name[1] == 'u' ? !user_id(text, &uid) : !group_id(text, &gid))
		die(1, "%s: no such %s", text, name + 1);
	e->number = name[1] == 'u' ? (long long)uid : (long long)gid;
	return e;
}

static const struct expr *with_number(bool (*test)(const struct expr *, const struct tree_entry *),
				      const char *name, const char *kind, bool flag)
{
	struct expr *e = expr_new(test);

	e->text = kind;
	e->flag = flag;
	number_set(e, argument(name));
	return e;
}

static const struct expr *with_text(bool (*test)(const struct expr *, const struct tree_entry *),
				    const char *name, bool flag)
{
	struct expr *e = expr_new(test);

	e->text = argument(name);
	e->flag = flag;
	return e;
}

static const struct expr *action(bool (*test)(const struct expr *, const struct tree_entry *),
				 bool flag)
{
	struct expr *e = expr_new(test);

	e->flag = flag;
	has_action = true;
	return e;
}

static const struct expr *parse_newer(const char *path)
{
	struct expr *e = expr_new(test_newer);
	struct stat st;

	if (stat(path, &st))
		die_errno(1, path);
	e->when = st.st_mtim;
	return e;
}

static const struct expr *parse_test(const char *w)
{
	if (!strcmp(w, "-name") || !strcmp(w, "-iname"))
		return with_text(test_name, w, w[1] == 'i');
	if (!strcmp(w, "-path") || !strcmp(w, "-wholename") || !strcmp(w, "-ipath"))
		return with_text(test_path, w, w[1] == 'i');
	if (!strcmp(w, "-type"))
		return with_text(test_type, w, false);
	if (!strcmp(w, "-size"))
		return parse_size(argument(w));
	if (!strcmp(w, "-mtime") || !strcmp(w, "-atime") || !strcmp(w, "-ctime"))
		return with_number(test_time, w, w + 1, false);
	if (!strcmp(w, "-mmin") || !strcmp(w, "-amin") || !strcmp(w, "-cmin"))
		return with_number(test_time, w, w + 1, true);
	if (!strcmp(w, "-newer"))
		return parse_newer(argument(w));
	if (!strcmp(w, "-perm"))
		return parse_perm(argument(w));
	if (!strcmp(w, "-user") || !strcmp(w, "-group"))
		return parse_owner(w, argument(w));
	if (!strcmp(w, "-links"))
		return with_number(test_links, w, "", false);
	if (!strcmp(w, "-inum"))
		return with_number(test_inode, w, "", false);
	if (!strcmp(w, "-empty"))
		return expr_new(test_empty);
	if (!strcmp(w, "-true") || !strcmp(w, "-false")) {
		struct expr *e = expr_new(test_true);

		e->flag = w[1] == 'f';
		return e;
	}
	if (!strcmp(w, "-prune"))
		return expr_new(action_prune);
	if (!strcmp(w, "-quit"))
		return action(action_quit, false);
	if (!strcmp(w, "-print") || !strcmp(w, "-print0"))
		return action(action_print, w[6] == '0');
	if (!strcmp(w, "-ls"))
		return action(action_ls, false);
	if (!strcmp(w, "-delete")) {
		depth_first = true;
		return action(action_delete, false);
	}
	if (!strcmp(w, "-exec") || !strcmp(w, "-ok"))
		return parse_exec(w[1] == 'o');
	if (!strcmp(w, "-maxdepth"))
		max_depth = (long)number_or_die(argument(w));
	else if (!strcmp(w, "-mindepth"))
		min_depth = (long)number_or_die(argument(w));
	else if (!strcmp(w, "-depth"))
		depth_first = true;
	else if (!strcmp(w, "-xdev") || !strcmp(w, "-mount"))
		one_system = true;
	else
		die(1, "%s: no such test or action", w);
	return expr_new(test_true);
}

static const struct expr *parse_primary(void)
{
	const char *w = argument("expression");

	if (!strcmp(w, "!") || !strcmp(w, "-not")) {
		struct expr *e = expr_new(test_not);

		e->left = parse_primary();
		return e;
	}
	if (!strcmp(w, "(")) {
		const struct expr *e = parse_or();

		if (!*words || strcmp(*words, ")"))
			die(1, ") is missing");
		words++;
		return e;
	}
	return parse_test(w);
}

static const struct expr *pair(bool (*test)(const struct expr *, const struct tree_entry *),
			       const struct expr *left, const struct expr *right)
{
	struct expr *e = expr_new(test);

	e->left = left;
	e->right = right;
	return e;
}

static const struct expr *parse_and(void)
{
	const struct expr *e = parse_primary();

	while (*words && strcmp(*words, "-o") && strcmp(*words, "-or") && strcmp(*words, ")")) {
		if (!strcmp(*words, "-a") || !strcmp(*words, "-and"))
			words++;
		e = pair(test_and, e, parse_primary());
	}
	return e;
}

static const struct expr *parse_or(void)
{
	const struct expr *e = parse_and();

	while (*words && (!strcmp(*words, "-o") || !strcmp(*words, "-or"))) {
		words++;
		e = pair(test_or, e, parse_and());
	}
	return e;
}

static enum tree_answer visit(struct tree_entry *entry, void *data)
{
	const struct expr *e = data;
	bool now_tested = entry->event == TREE_FILE || (entry->event == TREE_LEAVE) == depth_first;

	if (!entry->depth)
		top_device = entry->st.st_dev;
	pruned = false;
	if (now_tested && entry->depth >= min_depth)
		evaluate(e, entry);
	if (quit)
		return TREE_STOP;
	if (entry->event != TREE_ENTER)
		return TREE_GO;
	if ((pruned && !depth_first) || entry->depth >= max_depth ||
	    (one_system && entry->st.st_dev != top_device)) {
		if (depth_first && entry->depth >= min_depth)
			evaluate(e, entry);
		return TREE_SKIP;
	}
	return TREE_GO;
}

int main(int argc, char **argv)
{
	static char *here[] = { (char *)".", NULL };
	const struct expr *e = NULL;
	char **paths, **end;
	int flags = 0;

	program_start(argv);
	now = time(NULL);
	for (argv++;
	     *argv && (!strcmp(*argv, "-H") || !strcmp(*argv, "-L") || !strcmp(*argv, "-P"));
	     argv++)
		flags = (*argv)[1] == 'L' ? TREE_FOLLOW : (*argv)[1] == 'H' ? TREE_FOLLOW_TOP : 0;
	paths = argv;
	while (*argv && **argv != '-' && strcmp(*argv, "(") && strcmp(*argv, "!"))
		argv++;
	end = argv;
	words = argv;
	if (*words)
		e = parse_or();
	if (*words)
		die(1, "%s: unexpected", *words);
	if (!e)
		e = action(action_print, false);
	else if (!has_action)
		e = pair(test_and, e, action(action_print, false));
	if (paths == end) {
		paths = here;
		end = here + 1;
	}
	for (; paths < end && !quit; paths++)
		tree_walk(*paths, flags, visit, (void *)e);
	for (struct batch *b = batches; b; b = b->next)
		batch_run(b);
	return program_finish(program_status);
}
