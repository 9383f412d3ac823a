/*
 * two_stage FILE NAME: create_module, query_module and the second stage as the manual pages have them: what they refuse,
 * that they write nothing beyond what they are given, that each byte of a linked image is checked, and that a loader
 * that ends leaves nothing. FILE is an unsigned module that exports something.
 */
#include <fcntl.h>
#include <modlink.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/module.h>
#include "check.h"

#define FILE_MAX (64 * 1024)
#define FILLER 0x5a

static const char *path, *name;
static uint8_t file[FILE_MAX] __attribute__((aligned(4)));
static struct modlink *module;
static struct module_linked_symbol symbols[64];
static struct module_linked linked = { .symbols = symbols, .args = "" };

/* The kernel's exports, sorted by nobody: few are asked for. */
static struct module_symbol *kernel_symbols;
static size_t kernel_symbol_count;

static int lookup(void *context, const char *wanted, int weak, uint32_t *value)
{
	for (size_t i = 0; i < kernel_symbol_count; i++) {
		if (strcmp((char *)kernel_symbols + kernel_symbols[i].name, wanted))
			continue;
		*value = kernel_symbols[i].value;
		return 1;
	}
	return 0;
}

static void read_kernel_symbols(void)
{
	size_t size = 0;

	CHECK(query_module(NULL, QM_SYMBOLS, NULL, 0, &size) == -1 && errno == ENOSPC &&
		      size > 10000,
	      "QM_SYMBOLS of the kernel says how much it needs");
	kernel_symbols = malloc(size);
	CHECK(!query_module(NULL, QM_SYMBOLS, kernel_symbols, size, &kernel_symbol_count) &&
		      kernel_symbol_count > 500,
	      "QM_SYMBOLS of the kernel");
}

/* The first stage, with the symbol table. */
static bool link_again(void)
{
	const uint8_t *image;
	uint32_t value;
	void *address = create_module(name, modlink_size(module));

	if (address == (void *)-1)
		return false;
	linked.address = (unsigned long)address;
	linked.size = modlink_size(module);
	image = modlink_at(module, linked.address, lookup, NULL);
	linked.image = image;
	for (linked.symbol_count = 0; modlink_export(module, linked.symbol_count,
						     &symbols[linked.symbol_count].name, &value);
	     linked.symbol_count++)
		symbols[linked.symbol_count].value = value;
	return image != NULL;
}

static int hand_over(void)
{
	int fd = open(path, O_RDONLY), result;

	result = finit_module(fd, (const char *)&linked, MODULE_INIT_LINKED);
	close(fd);
	return result;
}

static bool is_refused(void)
{
	bool refused = hand_over() == -1;

	delete_module(name, O_NONBLOCK);
	return refused && create_module(name, 4096) != (void *)-1 && !delete_module(name, 0);
}

static void test_create(void)
{
	void *address = create_module(name, 12345);

	CHECK(address != (void *)-1 && !((unsigned long)address & 4095), "create_module");
	CHECK(create_module(name, 12345) == (void *)-1 && errno == EEXIST, "EEXIST");
	CHECK(create_module("other", 8) == (void *)-1 && errno == EINVAL, "EINVAL: size");
	CHECK(create_module("../x", 4096) == (void *)-1 && errno == EINVAL, "EINVAL: name");
	CHECK(create_module("", 4096) == (void *)-1 && errno == EINVAL, "EINVAL: no name");
	CHECK(create_module("other", 1u << 30) == (void *)-1 && errno == ENOMEM, "ENOMEM");
	CHECK(create_module((char *)8, 4096) == (void *)-1 && errno == EFAULT, "EFAULT");
	CHECK(!delete_module(name, 0), "delete_module gives a reservation back");
	CHECK(delete_module(name, 0) == -1 && errno == ENOENT, "once");
}

static void test_unprivileged(void)
{
	int status = -1;
	pid_t pid = fork();

	if (!pid) {
		struct module_symbol *table = malloc(1 << 20);
		size_t count = 0;
		int bad = setuid(1000) != 0;

		bad |= create_module("other", 4096) != (void *)-1 || errno != EPERM;
		bad |= query_module(NULL, QM_SYMBOLS, table, 1 << 20, &count) || !count ||
		       table[0].value;
		_exit(bad);
	}
	waitpid(pid, &status, 0);
	CHECK(status == 0, "without privilege: EPERM, and no addresses");
}

static void test_query(void)
{
	char buffer[64];
	size_t count = 77;
	struct module_info info;

	memset(buffer, FILLER, sizeof(buffer));
	CHECK(!query_module(NULL, 0, NULL, 0, &count), "query_module is there");
	CHECK(query_module(name, QM_DEPS, buffer, 64, &count) == -1 && errno == ENOENT, "ENOENT");
	CHECK(query_module(NULL, QM_INFO, buffer, 64, &count) == -1 && errno == EINVAL,
	      "EINVAL: not about the kernel");
	CHECK(query_module(NULL, 99, buffer, 64, &count) == -1 && errno == EINVAL, "EINVAL: what");
	CHECK(link_again() && !hand_over(), "a linked image is installed");
	CHECK(query_module(NULL, QM_MODULES, buffer, 3, &count) == -1 && errno == ENOSPC &&
		      count >= strlen(name) + 1 && buffer[0] == FILLER,
	      "ENOSPC writes nothing");
	CHECK(!query_module(NULL, QM_MODULES, buffer, 63, &count) && count == 1 &&
		      !strcmp(buffer, name) && buffer[strlen(name) + 1] == FILLER,
	      "QM_MODULES");
	CHECK(query_module(NULL, QM_MODULES, (void *)8, 63, &count) == -1 && errno == EFAULT,
	      "EFAULT: buffer");
	CHECK(query_module(NULL, QM_MODULES, buffer, 63, (void *)8) == -1 && errno == EFAULT,
	      "EFAULT: ret");
	CHECK(!query_module(name, QM_REFS, buffer, 63, &count) && count == 0, "QM_REFS");
	CHECK(!query_module(name, QM_INFO, &info, sizeof(info), &count) && count == sizeof(info) &&
		      info.addr == linked.address && info.flags == MOD_RUNNING &&
		      info.usecount == 0,
	      "QM_INFO");
	CHECK(!query_module(name, QM_SYMBOLS, buffer, 64, &count) && count == linked.symbol_count &&
		      ((struct module_symbol *)buffer)->value == symbols[0].value,
	      "QM_SYMBOLS of a module");
	CHECK(create_module(name, 4096) == (void *)-1 && errno == EEXIST, "EEXIST: it is loaded");
	CHECK(!delete_module(name, O_NONBLOCK), "and goes");
}

static void test_refusals(void)
{
	CHECK(link_again() && ((linked.address += 4096), is_refused()), "another address");
	CHECK(link_again() && ((linked.size -= 4096), is_refused()), "another size");
	CHECK(link_again() && ((linked.image = (void *)64), is_refused()), "no image");
	CHECK(link_again() && (symbols[0].value++, is_refused()), "a wrong value in the table");
	CHECK(link_again() && ((symbols[0].name = "strlen"), is_refused()), "a wrong name in it");
	CHECK(link_again() && (linked.symbol_count--, is_refused()), "a symbol too few");
	CHECK(link_again() && !delete_module(name, 0) && is_refused(), "no reservation");
	CHECK(create_module(name, modlink_size(module) + 4096) != (void *)-1 && is_refused(),
	      "too much reserved");
}

/* Bytes that linking leaves alone keep what was there before. */
static bool is_padding(uint8_t *image, uint32_t offset)
{
	image[offset] = FILLER;
	modlink_at(module, linked.address, lookup, NULL);
	if (image[offset] != FILLER)
		return false;
	image[offset] = (uint8_t)~FILLER;
	modlink_at(module, linked.address, lookup, NULL);
	return image[offset] == (uint8_t)~FILLER;
}

static void test_every_byte(void)
{
	unsigned int refused = 0, padding = 0, wrong = 0, step = 1;

	for (uint32_t offset = 0; offset < modlink_size(module); offset += step) {
		uint8_t *image;
		bool unused;

		if (!link_again())
			break;
		image = (uint8_t *)linked.image;
		unused = is_padding(image, offset);
		image[offset] ^= 0x40;
		if (hand_over()) {
			wrong += unused;
			refused++;
		} else {
			wrong += !unused;
			padding++;
			delete_module(name, O_NONBLOCK);
		}
		step = unused ? 509 : 1;
	}
	printf("# %u bytes refused, %u of padding not looked at\n", refused, padding);
	CHECK(!wrong && refused > 300 && padding > 5, "every byte is checked");
}

static long free_kilobytes(void)
{
	char line[128];
	long value = -1;
	FILE *in = fopen("/proc/meminfo", "r");

	while (value < 0 && fgets(line, sizeof(line), in))
		if (!strncmp(line, "MemFree:", 8))
			value = strtol(line + 8, NULL, 10);
	fclose(in);
	return value;
}

/* A loader reserves much, tells that it has, and ends: by a signal, by itself, or in another program. */
static int abandon(int how)
{
	int ready[2], status;
	pid_t pid;
	char c;

	pipe(ready);
	pid = fork();
	if (!pid) {
		for (int i = 0; i < 4; i++) {
			char other[] = "reserved_0";

			other[9] = (char)('0' + i);
			if (create_module(other, 1 << 20) == (void *)-1)
				_exit(9);
		}
		write(ready[1], "x", 1);
		if (how == 1)
			_exit(0);
		if (how == 2)
			execl("/bin/true", "true", (char *)NULL);
		for (;;)
			pause();
	}
	read(ready[0], &c, 1);
	if (how == 0)
		kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	close(ready[0]);
	close(ready[1]);
	return status;
}

static void test_abandoned(void)
{
	static const char *const ways[] = { "killed", "ended", "executed another program" };
	long before;

	for (int how = 0; how < 3; how++)
		abandon(how); /* fills caches */
	before = free_kilobytes();
	for (int i = 0; i < 12; i++)
		abandon(i % 3);
	printf("# %ld kB free before, %ld after\n", before, free_kilobytes());
	CHECK(before - free_kilobytes() < 1024, "a loader that ends leaves no memory");
	for (int how = 0; how < 3; how++) {
		abandon(how);
		CHECK(create_module("reserved_0", 4096) != (void *)-1 &&
			      !delete_module("reserved_0", 0),
		      ways[how]);
	}
}

int main(int argc, char **argv)
{
	FILE *in = fopen(argv[1], "r");
	size_t size = fread(file, 1, sizeof(file), in);

	fclose(in);
	path = argv[1];
	name = argv[2];
	module = modlink_open(file, size);
	CHECK(module && !modlink_error(module), "the module is well-formed");
	read_kernel_symbols();
	test_create();
	test_unprivileged();
	test_query();
	test_refusals();
	test_every_byte();
	test_abandoned();
	return check_end();
}
