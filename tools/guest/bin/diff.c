/* diff: show how two files or folders differ */
/*
 * Myers' O(ND) greedy algorithm on line numbers of equal lines, after cutting off what is equal at
 * both ends. The trace of each step is kept to walk back; a limit on D bounds memory, beyond which
 * the rest counts as changed.
 */
#include <ctype.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "../lib/input.h"
#include "../lib/number.h"
#include "../lib/path.h"
#include "../lib/program.h"
#include "../lib/strbuf.h"

USAGE("[-abBiNqrsTuw] [-U LINES] [-L LABEL]... FILE1 FILE2");

#define COST_MAX 3000

struct file {
	const char *name;
	char *text;
	size_t size;
	char **lines; /* starts; lines[count] is the end */
	unsigned int *hashes;
	bool *changed;
	int count;
};

static bool ignore_case, ignore_amount, ignore_space, ignore_blank_lines, brief, recursive,
	same_too, unified, new_files;
static int context = 3;
static const char *labels[2];
static int label_count;
static struct strbuf options_given; /* as on the command line, with a blank behind each */

static int normal_next(const char **p, const char *end)
{
	int c;

	if ((ignore_space || ignore_amount) && *p < end && isspace((unsigned char)**p)) {
		while (*p < end && isspace((unsigned char)**p))
			++*p;
		if (ignore_amount && *p < end)
			return ' ';
	}
	if (*p >= end)
		return EOF;
	c = (unsigned char)*(*p)++;
	return ignore_case ? tolower(c) : c;
}

static unsigned int line_hash(const char *p, const char *end)
{
	unsigned int hash = 5381;
	int c;

	while ((c = normal_next(&p, end)) != EOF)
		hash = hash * 33 ^ (unsigned int)c;
	return hash;
}

static bool line_same(const struct file *a, int i, const struct file *b, int j)
{
	const char *p = a->lines[i], *q = b->lines[j];
	int c;

	if (a->hashes[i] != b->hashes[j])
		return false;
	do {
		c = normal_next(&p, a->lines[i + 1]);
		if (c != normal_next(&q, b->lines[j + 1]))
			return false;
	} while (c != EOF);
	return true;
}

static bool file_read(struct file *f, const char *name)
{
	size_t lines = 0;
	char *p;

	f->name = name;
	f->text = new_files && access(name, F_OK) ? memory_copy("") : input_all(name, &f->size);
	if (!f->text)
		return false;
	for (size_t i = 0; i < f->size; i++)
		lines += f->text[i] == '\n';
	f->lines = memory_get((lines + 2) * sizeof(*f->lines));
	for (p = f->text; p < f->text + f->size;) {
		char *newline = memchr(p, '\n', (size_t)(f->text + f->size - p));

		f->lines[f->count++] = p;
		p = newline ? newline + 1 : f->text + f->size;
	}
	f->lines[f->count] = f->text + f->size;
	f->hashes = memory_get((size_t)(f->count + 1) * sizeof(*f->hashes));
	for (int i = 0; i < f->count; i++)
		f->hashes[i] = line_hash(f->lines[i], f->lines[i + 1]);
	f->changed = calloc((size_t)f->count + 1, 1);
	if (!f->changed)
		die(2, "out of memory");
	return true;
}

static void file_free(struct file *f)
{
	free(f->text);
	free(f->lines);
	free(f->hashes);
	free(f->changed);
}

static void mark_all(struct file *f, int from, int to)
{
	for (int i = from; i < to; i++)
		f->changed[i] = true;
}

/*
 * Walk the trace back from (x, y), marking the lines that are in one file only. traces[d] has 2d+1
 * entries around k = 0.
 */
static void trace_back(struct file *a, int a0, struct file *b, int b0, int **traces, int d, int x,
		       int y)
{
	for (; d > 0; d--) {
		const int *v = traces[d - 1] + d - 1;
		int k = x - y;
		bool down = k == -d || (k != d && v[k - 1] < v[k + 1]);
		int previous = down ? k + 1 : k - 1, px = v[previous], py = px - previous;

		if (down)
			b->changed[b0 + py] = true;
		else
			a->changed[a0 + px] = true;
		x = px;
		y = py;
	}
}

/* Mark the changed lines among a[a0..a1) and b[b0..b1). */
static void compare_middle(struct file *a, int a0, int a1, struct file *b, int b0, int b1)
{
	int n = a1 - a0, m = b1 - b0, limit = n + m < COST_MAX ? n + m : COST_MAX, d = 0;
	int **traces = memory_get((size_t)(limit + 1) * sizeof(*traces));
	bool found = false;

	for (; d <= limit && !found; d++) {
		int *v = memory_get((size_t)(2 * d + 1) * sizeof(*v));
		int *now = v + d, *before = d ? traces[d - 1] + d - 1 : NULL;

		traces[d] = v;
		for (int k = -d; k <= d; k += 2) {
			int x = !d ? 0
				: k == -d || (k != d && before[k - 1] < before[k + 1])
					? before[k + 1]
					: before[k - 1] + 1;
			int y = x - k;

			while (x < n && y < m && x >= 0 && y >= 0 &&
			       line_same(a, a0 + x, b, b0 + y))
				x++, y++;
			now[k] = x;
			if (x >= n && y >= m) {
				trace_back(a, a0, b, b0, traces, d, n, m);
				found = true;
				break;
			}
		}
	}
	if (!found) {
		mark_all(a, a0, a1);
		mark_all(b, b0, b1);
	}
	while (d-- > 0)
		free(traces[d]);
	free(traces);
}

static void files_compare(struct file *a, struct file *b)
{
	int start = 0, end_a = a->count, end_b = b->count;

	while (start < end_a && start < end_b && line_same(a, start, b, start))
		start++;
	while (end_a > start && end_b > start && line_same(a, end_a - 1, b, end_b - 1))
		end_a--, end_b--;
	if (start == end_a || start == end_b) {
		mark_all(a, start, end_a);
		mark_all(b, start, end_b);
	} else {
		compare_middle(a, start, end_a, b, start, end_b);
	}
}

/* ---- printing ---- */

static void line_print(const struct file *f, int i, const char *prefix)
{
	size_t size = (size_t)(f->lines[i + 1] - f->lines[i]);

	fputs(prefix, stdout);
	fwrite(f->lines[i], 1, size, stdout);
	if (!size || f->lines[i][size - 1] != '\n')
		puts("\n\\ No newline at end of file");
}

struct hunk {
	int a0, a1, b0, b1; /* changed lines, ends exclusive */
};

static bool is_blank(const struct file *f, int i)
{
	return f->lines[i + 1] - f->lines[i] == 1 && *f->lines[i] == '\n';
}

static bool all_blank(const struct file *f, int from, int to)
{
	while (from < to && is_blank(f, from))
		from++;
	return from >= to;
}

/* The next stretch of changed lines at or behind (*i, *j). */
static bool hunk_next(const struct file *a, const struct file *b, int *i, int *j, struct hunk *h)
{
	for (;;) {
		while (*i < a->count && *j < b->count && !a->changed[*i] && !b->changed[*j])
			++*i, ++*j;
		h->a0 = *i;
		h->b0 = *j;
		while (*i < a->count && a->changed[*i])
			++*i;
		while (*j < b->count && b->changed[*j])
			++*j;
		h->a1 = *i;
		h->b1 = *j;
		if (h->a0 == h->a1 && h->b0 == h->b1)
			return false;
		if (!ignore_blank_lines || !all_blank(a, h->a0, h->a1) ||
		    !all_blank(b, h->b0, h->b1))
			return true;
	}
}

static void range_print(int from, int to)
{
	if (to - from > 1)
		printf("%d,%d", from + 1, to);
	else
		printf("%d", to > from ? from + 1 : from);
}

static void normal_print(const struct file *a, const struct file *b)
{
	struct hunk h;
	int i = 0, j = 0;

	while (hunk_next(a, b, &i, &j, &h)) {
		range_print(h.a0, h.a1);
		putchar(h.a0 == h.a1 ? 'a' : h.b0 == h.b1 ? 'd' : 'c');
		range_print(h.b0, h.b1);
		putchar('\n');
		for (int n = h.a0; n < h.a1; n++)
			line_print(a, n, "< ");
		if (h.a0 < h.a1 && h.b0 < h.b1)
			puts("---");
		for (int n = h.b0; n < h.b1; n++)
			line_print(b, n, "> ");
	}
}

static void unified_range(int from, int to)
{
	if (to - from == 1)
		printf("%d", from + 1);
	else
		printf("%d,%d", to > from ? from + 1 : from, to - from);
}

static void unified_group(const struct file *a, const struct file *b, const struct hunk *hunks,
			  int count)
{
	int lead = hunks[0].a0 < context ? hunks[0].a0 : context;
	int i, j, a_end = hunks[count - 1].a1 + context, b_end;

	a_end = a_end < a->count ? a_end : a->count;
	b_end = hunks[count - 1].b1 + a_end - hunks[count - 1].a1;
	i = hunks[0].a0 - lead;
	j = hunks[0].b0 - lead;
	fputs("@@ -", stdout);
	unified_range(i, a_end);
	fputs(" +", stdout);
	unified_range(j, b_end);
	puts(" @@");
	for (int n = 0; n < count; n++) {
		while (i < hunks[n].a0)
			line_print(a, i++, " ");
		while (i < hunks[n].a1)
			line_print(a, i++, "-");
		for (j = hunks[n].b0; j < hunks[n].b1; j++)
			line_print(b, j, "+");
	}
	while (i < a_end)
		line_print(a, i++, " ");
}

static void header_print(const char *mark, const struct file *f, int which)
{
	struct stat st;
	char when[40] = "", zone[10] = "";

	if (which < label_count) {
		printf("%s %s\n", mark, labels[which]);
		return;
	}
	if (!stat(f->name, &st)) {
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", localtime(&st.st_mtime));
		strftime(zone, sizeof(zone), "%z", localtime(&st.st_mtime));
		printf("%s %s\t%s.%09ld %s\n", mark, f->name, when, (long)st.st_mtim.tv_nsec, zone);
	} else {
		printf("%s %s\n", mark, f->name);
	}
}

static void unified_print(const struct file *a, const struct file *b)
{
	struct hunk *hunks = NULL, h;
	int count = 0, i = 0, j = 0;

	while (hunk_next(a, b, &i, &j, &h)) {
		if (count && h.a0 - hunks[count - 1].a1 > 2 * context) {
			unified_group(a, b, hunks, count);
			count = 0;
		}
		hunks = memory_resize(hunks, sizeof(*hunks) * (size_t)(count + 1));
		hunks[count++] = h;
	}
	if (count)
		unified_group(a, b, hunks, count);
	free(hunks);
}

static bool is_binary(const struct file *f)
{
	return memchr(f->text, 0, f->size < 4096 ? f->size : 4096) != NULL;
}

static int files_diff(const char *name_a, const char *name_b, bool say_command)
{
	struct file a = { 0 }, b = { 0 };
	struct hunk h;
	int i = 0, j = 0, status = 2;

	if (file_read(&a, name_a) && file_read(&b, name_b)) {
		status = 1;
		if (a.size == b.size && !memcmp(a.text, b.text, a.size)) {
			status = 0;
		} else if (is_binary(&a) || is_binary(&b)) {
			printf("Binary files %s and %s differ\n", name_a, name_b);
		} else {
			files_compare(&a, &b);
			status = hunk_next(&a, &b, &i, &j, &h);
			if (status && say_command && !brief)
				printf("diff %s%s %s\n", strbuf_text(&options_given), name_a,
				       name_b);
			if (status && brief)
				printf("Files %s and %s differ\n", name_a, name_b);
			else if (status && unified)
				header_print("---", &a, 0), header_print("+++", &b, 1),
					unified_print(&a, &b);
			else if (status)
				normal_print(&a, &b);
		}
		if (!status && same_too)
			printf("Files %s and %s are identical\n", name_a, name_b);
	}
	file_free(&a);
	file_free(&b);
	return status;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char **folder_read(const char *path, size_t *count)
{
	const struct dirent *entry;
	char **names = NULL;
	DIR *dir = opendir(path);

	*count = 0;
	if (!dir)
		die_errno(2, path);
	while ((entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		names = memory_resize(names, (*count + 1) * sizeof(*names));
		names[(*count)++] = memory_copy(entry->d_name);
	}
	closedir(dir);
	if (*count)
		qsort(names, *count, sizeof(*names), compare_names);
	return names;
}

static int paths_diff(const char *a, const char *b, bool inside);

static int folders_diff(const char *a, const char *b)
{
	size_t count_a, count_b, i = 0, j = 0;
	char **in_a = folder_read(a, &count_a), **in_b = folder_read(b, &count_b);
	int status = 0;

	while (i < count_a || j < count_b) {
		int order = i == count_a ? 1 : j == count_b ? -1 : strcmp(in_a[i], in_b[j]);
		const char *name = order <= 0 ? in_a[i] : in_b[j];
		char *path_a = path_join(a, name), *path_b = path_join(b, name);

		if (order && !new_files) {
			printf("Only in %s: %s\n", order < 0 ? a : b, name);
			status |= 1;
		} else {
			status |= paths_diff(path_a, path_b, true);
		}
		free(path_a);
		free(path_b);
		if (order <= 0)
			free(in_a[i++]);
		if (order >= 0)
			free(in_b[j++]);
	}
	free(in_a);
	free(in_b);
	return status;
}

static int paths_diff(const char *a, const char *b, bool inside)
{
	bool folder_a = path_is_folder(a), folder_b = path_is_folder(b);
	char *base, *path;
	int status;

	if (folder_a && folder_b) {
		if (!inside || recursive)
			return folders_diff(a, b);
		printf("Common subdirectories: %s and %s\n", a, b);
		return 0;
	}
	if (inside && folder_a != folder_b && !new_files) {
		printf("File %s is a %s while file %s is a %s\n", a,
		       folder_a ? "directory" : "regular file", b,
		       folder_b ? "directory" : "regular file");
		return 1;
	}
	if (!folder_a && !folder_b)
		return files_diff(a, b, inside);
	base = path_base(folder_a ? b : a);
	path = path_join(folder_a ? a : b, base);
	status = folder_a ? files_diff(path, b, false) : files_diff(a, path, false);
	free(base);
	free(path);
	return status;
}

int main(int argc, char **argv)
{
	int c, status;

	program_start(argv);
	while ((c = getopt(argc, argv, "abBdiL:NqrsTuU:w")) != -1) {
		switch (c) {
		case 'a':
		case 'd':
		case 'T':
			break;
		case 'b':
			ignore_amount = true;
			break;
		case 'B':
			ignore_blank_lines = true;
			break;
		case 'i':
			ignore_case = true;
			break;
		case 'L':
			if (label_count < 2)
				labels[label_count++] = optarg;
			break;
		case 'N':
			new_files = true;
			break;
		case 'q':
			brief = true;
			break;
		case 'r':
			recursive = true;
			break;
		case 's':
			same_too = true;
			break;
		case 'u':
			unified = true;
			break;
		case 'U':
			unified = true;
			context = (int)number_or_die(optarg);
			break;
		case 'w':
			ignore_space = true;
			break;
		default:
			die_usage(2);
		}
	}
	if (argc - optind != 2)
		die_usage(2);
	for (int i = 1; i < optind; i++)
		strbuf_printf(&options_given, "%s ", argv[i]);
	status = paths_diff(argv[optind], argv[optind + 1], false);
	if (program_finish(0))
		return 2;
	return program_status ? 2 : status;
}
