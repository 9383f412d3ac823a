/*
 * Tests inside the kernel: runs a suite's cases one after the other and keeps their TAP 14
 * document, which a view publishes until the suite is taken away. A document grows in one buffer;
 * what no longer fits is counted and noted at the end, and the suite then counts as failed.
 * suites_mutex protects the list of suites; a running suite belongs to the thread that runs it.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <rakit/expect.h>
#include <rakit/view.h>

#define DOCUMENT_SIZE 32768
#define SUITE_NAME_MAX 32

struct test {
	struct list_head entry; /* in suites */
	char name[SUITE_NAME_MAX];
	char *text; /* the document */
	size_t length;
	unsigned int lost;   /* characters that did not fit */
	unsigned int number; /* of the case that runs, from 1 */
	unsigned int failed;
	bool case_failed, case_skipped;
	char reason[96]; /* of a skip */
	struct pnode *view;
};

static DEFINE_MUTEX(suites_mutex);
static LIST_HEAD(suites);

static __printf(2, 0) void vput(struct test *test, const char *fmt, va_list args)
{
	size_t room = DOCUMENT_SIZE - test->length;
	size_t n = vsnprintf(test->text + test->length, room, fmt, args);

	if (n >= room) {
		test->lost += n - room + 1;
		n = room - 1;
	}
	test->length += n;
}

static __printf(2, 3) void put(struct test *test, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vput(test, fmt, args);
	va_end(args);
}

void test_note(struct test *test, const char *fmt, ...)
{
	va_list args;

	put(test, "# ");
	va_start(args, fmt);
	vput(test, fmt, args);
	va_end(args);
	put(test, "\n");
}
EXPORT_SYMBOL_GPL(test_note);

bool test_expect(struct test *test, bool ok, const char *file, int line, const char *fmt, ...)
{
	va_list args;

	if (ok)
		return true;
	test->case_failed = true;
	put(test, "# %s:%d: expected ", kbasename(file), line);
	va_start(args, fmt);
	vput(test, fmt, args);
	va_end(args);
	put(test, "\n");
	return false;
}
EXPORT_SYMBOL_GPL(test_expect);

bool test_expect_text(struct test *test, const char *a, const char *b, const char *file, int line)
{
	return test_expect(test, !strcmp(a, b), file, line, "\"%s\" to be \"%s\"", a, b);
}
EXPORT_SYMBOL_GPL(test_expect_text);

void test_skip(struct test *test, const char *fmt, ...)
{
	va_list args;

	test->case_skipped = true;
	va_start(args, fmt);
	vscnprintf(test->reason, sizeof(test->reason), fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(test_skip);

/* What a case must leave as it found it. */
static void check_context(struct test *test, int preempt)
{
	test_expect(test, preempt_count() == preempt, __FILE__, __LINE__,
		    "preempt_count %08x after the case, it is %08x", preempt, preempt_count());
	test_expect(test, !irqs_disabled(), __FILE__, __LINE__, "interrupts on after the case");
}

static void run_case(struct test *test, const struct test_case *c)
{
	int preempt = preempt_count();
	u64 start = ktime_get_ns();

	test->number++;
	test->case_failed = test->case_skipped = false;
	c->run(test);
	check_context(test, preempt);
	if (test->case_failed)
		test->failed++;
	put(test, "%sok %u - %s", test->case_failed ? "not " : "", test->number, c->name);
	if (test->case_skipped && !test->case_failed)
		put(test, " # SKIP %s", test->reason);
	put(test, "\n  ---\n  duration_us: %llu\n  ...\n",
	    div_u64(ktime_get_ns() - start, NSEC_PER_USEC));
}

static int show(struct seq_file *m, void *data)
{
	struct test *test = data;

	seq_write(m, test->text, test->length);
	return 0;
}

static struct test *find_suite(const char *name)
{
	struct test *test;

	list_for_each_entry(test, &suites, entry)
		if (!strcmp(test->name, name))
			return test;
	return NULL;
}

static void suite_free(struct test *test)
{
	vfree(test->text);
	kfree(test);
}

static struct test *suite_alloc(const char *name)
{
	struct test *test = kzalloc(sizeof(*test), GFP_KERNEL);

	if (!test)
		return NULL;
	strscpy(test->name, name, sizeof(test->name));
	test->text = vzalloc(DOCUMENT_SIZE);
	if (!test->text) {
		kfree(test);
		return NULL;
	}
	return test;
}

static int publish(struct test *test)
{
	char path[SUITE_NAME_MAX + 8];

	snprintf(path, sizeof(path), "test/%s", test->name);
	test->view = rakit_view_create(path, show, test);
	return PTR_ERR_OR_ZERO(test->view);
}

int test_suite_run(const char *suite, const struct test_case *cases, struct module *owner)
{
	unsigned int count = 0;
	struct test *test;
	int error = 0;

	mutex_lock(&suites_mutex);
	if (find_suite(suite))
		error = -EEXIST;
	mutex_unlock(&suites_mutex);
	if (error)
		return error;
	test = suite_alloc(suite);
	if (!test)
		return -ENOMEM;
	while (cases[count].run)
		count++;
	put(test, "TAP version 14\n1..%u\n", count);
	for (unsigned int i = 0; i < count; i++)
		run_case(test, &cases[i]);
	if (test->lost)
		put(test, "Bail out! %u characters lost\n", test->lost);
	pr_info("test: %s: %u of %u failed\n", suite, test->failed, count);
	error = publish(test);
	if (error) {
		suite_free(test);
		return error;
	}
	mutex_lock(&suites_mutex);
	list_add(&test->entry, &suites);
	mutex_unlock(&suites_mutex);
	return 0;
}
EXPORT_SYMBOL_GPL(test_suite_run);

void test_suite_remove(const char *suite)
{
	struct test *test;

	mutex_lock(&suites_mutex);
	test = find_suite(suite);
	if (test)
		list_del(&test->entry);
	mutex_unlock(&suites_mutex);
	if (!test)
		return;
	rakit_view_remove(test->view);
	suite_free(test);
}
EXPORT_SYMBOL_GPL(test_suite_remove);
