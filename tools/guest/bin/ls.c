/* ls: list files */
/*
 * Entries are read into an array with their lstat, sorted, and printed as rows, a list or long
 * lines. Without options a terminal gets columns, everything else one name per line.
 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>
#include "../lib/mode.h"
#include "../lib/number.h"
#include "../lib/owner.h"
#include "../lib/path.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-1aACdFghiklLnopqrRsStuU] [FILE]...");

struct file {
	char *name;
	char *path;
	char *link; /* where a symbolic link points, for -l */
	struct stat st;
};

struct list {
	struct file *files;
	size_t count, room;
};

static bool all, almost_all, columns, folder_itself, classify, human, inode, long_form, numeric,
	reverse, recursive, blocks, follow, no_owner, no_group, slash, hide_codes, one_per_line,
	no_order;
static char sort_by = 'n', time_of = 'm';

static const struct timespec *time_shown(const struct stat *st)
{
	return time_of == 'a' ? &st->st_atim : time_of == 'c' ? &st->st_ctim : &st->st_mtim;
}

static int compare(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	const struct timespec *s = time_shown(&x->st), *t = time_shown(&y->st);
	int order = 0;

	if (sort_by == 't' && s->tv_sec != t->tv_sec)
		order = s->tv_sec < t->tv_sec ? 1 : -1;
	else if (sort_by == 't' && s->tv_nsec != t->tv_nsec)
		order = s->tv_nsec < t->tv_nsec ? 1 : -1;
	else if (sort_by == 'S' && x->st.st_size != y->st.st_size)
		order = x->st.st_size < y->st.st_size ? 1 : -1;
	if (!order)
		order = strcmp(x->name, y->name);
	return reverse ? -order : order;
}

static char *link_target(const char *path)
{
	char target[1024];
	ssize_t n = readlink(path, target, sizeof(target));

	return n < 0 ? NULL : memory_copy_n(target, (size_t)n);
}

/* Add a file; both strings are taken over. False after a warning. */
static bool list_add(struct list *list, char *name, char *path, bool follow_link)
{
	struct file file = { .name = name, .path = path };

	if ((!follow_link || stat(path, &file.st)) && lstat(path, &file.st)) {
		warn_errno(path);
		program_status = 2;
		free(name);
		free(path);
		return false;
	}
	if (long_form && S_ISLNK(file.st.st_mode))
		file.link = link_target(path);
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 16;
		list->files = memory_resize(list->files, list->room * sizeof(*list->files));
	}
	list->files[list->count++] = file;
	return true;
}

static void list_free(struct list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->files[i].name);
		free(list->files[i].path);
		free(list->files[i].link);
	}
	free(list->files);
}

/* The name as it is shown, with its mark. Returns its columns. */
static int name_format(const struct file *file, struct strbuf *out)
{
	mode_t mode = file->st.st_mode;
	size_t before = out->length;
	char mark = 0;

	for (const char *c = file->name; *c; c++)
		strbuf_putc(out, hide_codes && (unsigned char)*c < 32 ? '?' : *c);
	if (S_ISDIR(mode) && (classify || slash))
		mark = '/';
	else if (classify)
		mark = S_ISLNK(mode)		      ? '@'
		       : S_ISFIFO(mode)		      ? '|'
		       : S_ISSOCK(mode)		      ? '='
		       : S_ISREG(mode) && mode & 0111 ? '*'
						      : 0;
	if (mark && !(mark == '@' && long_form))
		strbuf_putc(out, mark);
	return (int)(out->length - before);
}

static void prefix_format(const struct file *file, struct strbuf *out, int inode_width,
			  int block_width)
{
	unsigned long long kib = ((unsigned long long)file->st.st_blocks + 1) / 2;
	char room[24];

	if (inode)
		strbuf_printf(out, "%*llu ", inode_width, (unsigned long long)file->st.st_ino);
	if (blocks && human)
		strbuf_printf(out, "%*s ", block_width, size_human(room, kib * 1024));
	else if (blocks)
		strbuf_printf(out, "%*llu ", block_width, kib);
}

static void time_format(const struct stat *st, char text[32])
{
	time_t now = time(NULL), when = time_shown(st)->tv_sec;
	bool recent = when <= now + 3600 && now - when < 182 * 86400L;
	struct tm *local = localtime(&when);

	if (!local || !strftime(text, 32, recent ? "%b %e %H:%M" : "%b %e  %Y", local))
		strcpy(text, "?");
}

static int minor_width; /* of the list that is printed */

static void size_format(const struct stat *st, char text[24])
{
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		snprintf(text, 24, "%u, %*u", (unsigned int)major(st->st_rdev), minor_width,
			 (unsigned int)minor(st->st_rdev));
	else if (human)
		size_human(text, (unsigned long long)st->st_size);
	else
		snprintf(text, 24, "%llu", (unsigned long long)st->st_size);
}

static const char *owner_text(const struct file *file, bool group, char room[24])
{
	if (!numeric)
		return group ? group_name(file->st.st_gid) : user_name(file->st.st_uid);
	snprintf(room, 24, "%lu", (unsigned long)(group ? file->st.st_gid : file->st.st_uid));
	return room;
}

struct widths {
	int links, user, group, size, inode, blocks;
};

static int longer(int width, const char *text)
{
	int n = (int)strlen(text);

	return n > width ? n : width;
}

static struct widths widths_find(const struct list *list)
{
	struct widths w = { 0 };
	char text[24];

	minor_width = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct stat *st = &list->files[i].st;

		snprintf(text, sizeof(text), "%u", (unsigned int)minor(st->st_rdev));
		if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
			minor_width = longer(minor_width, text);
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct file *file = &list->files[i];

		snprintf(text, sizeof(text), "%lu", (unsigned long)file->st.st_nlink);
		w.links = longer(w.links, text);
		w.user = longer(w.user, owner_text(file, false, text));
		w.group = longer(w.group, owner_text(file, true, text));
		size_format(&file->st, text);
		w.size = longer(w.size, text);
		snprintf(text, sizeof(text), "%llu", (unsigned long long)file->st.st_ino);
		w.inode = longer(w.inode, text);
		snprintf(text, sizeof(text), "%llu",
			 ((unsigned long long)file->st.st_blocks + 1) / 2);
		w.blocks = longer(w.blocks, text);
	}
	return w;
}

static void print_long(const struct list *list)
{
	struct widths w = widths_find(list);

	for (size_t i = 0; i < list->count; i++) {
		const struct file *file = &list->files[i];
		char mode[12], when[32], size[24], room[24];
		struct strbuf out = { 0 };

		prefix_format(file, &out, w.inode, w.blocks);
		mode_format(mode, file->st.st_mode);
		strbuf_printf(&out, "%s %*lu ", mode, w.links, (unsigned long)file->st.st_nlink);
		if (!no_owner)
			strbuf_printf(&out, "%-*s ", w.user, owner_text(file, false, room));
		if (!no_group)
			strbuf_printf(&out, "%-*s ", w.group, owner_text(file, true, room));
		size_format(&file->st, size);
		time_format(&file->st, when);
		strbuf_printf(&out, "%*s %s ", w.size, size, when);
		name_format(file, &out);
		if (file->link)
			strbuf_printf(&out, " -> %s", file->link);
		puts(strbuf_text(&out));
		strbuf_free(&out);
	}
}

static int screen_width(void)
{
	struct winsize size;
	const char *value = getenv("COLUMNS");

	if (value && atoi(value) > 0)
		return atoi(value);
	return !ioctl(1, TIOCGWINSZ, &size) && size.ws_col ? size.ws_col : 80;
}

static void print_short(const struct list *list)
{
	struct widths w = widths_find(list);
	char **texts = memory_get((list->count + 1) * sizeof(*texts));
	size_t width = 1, per_line, lines;

	for (size_t i = 0; i < list->count; i++) {
		struct strbuf out = { 0 };

		prefix_format(&list->files[i], &out, w.inode, w.blocks);
		name_format(&list->files[i], &out);
		texts[i] = strbuf_take(&out);
		if (strlen(texts[i]) + 2 > width)
			width = strlen(texts[i]) + 2;
	}
	per_line = columns ? (size_t)screen_width() / width : 1;
	per_line = per_line ? per_line : 1;
	lines = (list->count + per_line - 1) / per_line;
	for (size_t line = 0; line < lines; line++) {
		for (size_t i = line; i < list->count; i += lines)
			printf("%-*s", i + lines < list->count ? (int)width : 0, texts[i]);
		putchar('\n');
	}
	for (size_t i = 0; i < list->count; i++)
		free(texts[i]);
	free(texts);
}

static void list_print(struct list *list)
{
	if (!no_order && list->count)
		qsort(list->files, list->count, sizeof(*list->files), compare);
	if (long_form)
		print_long(list);
	else
		print_short(list);
}

static void total_print(const struct list *list)
{
	unsigned long long total = 0;
	char room[24];

	for (size_t i = 0; i < list->count; i++)
		total += (unsigned long long)list->files[i].st.st_blocks;
	if (human)
		printf("total %s\n", size_human(room, total * 512));
	else
		printf("total %llu\n", (total + 1) / 2);
}

static bool shown(const char *name)
{
	if (all || *name != '.')
		return true;
	return almost_all && strcmp(name, ".") && strcmp(name, "..");
}

static void folder_print(const char *path, bool heading)
{
	static bool printed;
	struct list list = { 0 };
	const struct dirent *entry;
	DIR *dir = opendir(path);

	if (!dir) {
		warn_errno(path);
		return;
	}
	while ((entry = readdir(dir)))
		if (shown(entry->d_name))
			list_add(&list, memory_copy(entry->d_name), path_join(path, entry->d_name),
				 follow);
	closedir(dir);
	if (heading)
		printf("%s%s:\n", printed ? "\n" : "", path);
	printed = true;
	if (long_form || blocks)
		total_print(&list);
	list_print(&list);
	for (size_t i = 0; recursive && i < list.count; i++) {
		const char *name = list.files[i].name;

		if (S_ISDIR(list.files[i].st.st_mode) && strcmp(name, ".") && strcmp(name, ".."))
			folder_print(list.files[i].path, true);
	}
	list_free(&list);
}

static void options_read(int argc, char **argv)
{
	int c;

	columns = isatty(1);
	hide_codes = columns;
	while ((c = getopt(argc, argv, "1aACdfFghiklLnopqrRsStucUx")) != -1) {
		switch (c) {
		case '1':
			one_per_line = true;
			break;
		case 'a':
			all = true;
			break;
		case 'A':
			almost_all = true;
			break;
		case 'C':
		case 'x':
			columns = true;
			long_form = false;
			break;
		case 'd':
			folder_itself = true;
			break;
		case 'f':
			all = no_order = true;
			break;
		case 'F':
			classify = true;
			break;
		case 'g':
			long_form = no_owner = true;
			break;
		case 'h':
			human = true;
			break;
		case 'i':
			inode = true;
			break;
		case 'k':
			break;
		case 'l':
			long_form = true;
			break;
		case 'L':
			follow = true;
			break;
		case 'n':
			long_form = numeric = true;
			break;
		case 'o':
			long_form = no_group = true;
			break;
		case 'p':
			slash = true;
			break;
		case 'q':
			hide_codes = true;
			break;
		case 'r':
			reverse = true;
			break;
		case 'R':
			recursive = true;
			break;
		case 's':
			blocks = true;
			break;
		case 'S':
			sort_by = 'S';
			break;
		case 't':
			sort_by = 't';
			break;
		case 'u':
			time_of = 'a';
			break;
		case 'c':
			time_of = 'c';
			break;
		case 'U':
			no_order = true;
			break;
		default:
			die_usage(2);
		}
	}
	if (one_per_line)
		columns = false;
}

int main(int argc, char **argv)
{
	static char *here[] = { (char *)".", NULL };
	struct list plain = { 0 }, folders = { 0 };
	bool several;

	program_start(argv);
	options_read(argc, argv);
	argv += optind;
	several = *argv && argv[1];
	if (!*argv)
		argv = here;
	for (; *argv; argv++) {
		/* A link to a folder is followed on the command line, but not for -l, -d, -F. */
		bool enter = follow || (!long_form && !folder_itself && !classify);
		struct stat st;
		bool folder = !folder_itself && !(enter ? stat(*argv, &st) : lstat(*argv, &st)) &&
			      S_ISDIR(st.st_mode);

		list_add(folder ? &folders : &plain, memory_copy(*argv), memory_copy(*argv),
			 follow);
	}
	if (plain.count)
		list_print(&plain);
	if (plain.count && folders.count)
		putchar('\n');
	if (!no_order && folders.count)
		qsort(folders.files, folders.count, sizeof(*folders.files), compare);
	for (size_t i = 0; i < folders.count; i++)
		folder_print(folders.files[i].path, several || recursive);
	list_free(&plain);
	list_free(&folders);
	return program_finish(program_status);
}
