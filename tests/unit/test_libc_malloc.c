// CFLAGS: -Ilibc
/*
 * libc's heap on a heap of its own: blocks keep their contents, do not overlap, memory is given back, and misuse is
 * found. The program break is simulated, so that the host's heap goes on beside it.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "libc_random.h"
#include "unit.h"

#define AREA (64u << 20)
#define __libc_noreturn __attribute__((__noreturn__))

static char area[AREA] __attribute__((__aligned__(4096)));
static char *area_break = area;
static size_t area_most;

static void *our_sbrk(intptr_t by)
{
	char *old = area_break;

	if (area_break + by < area || area_break + by > area + AREA)
		return (void *)-1;
	area_break += by;
	if ((size_t)(area_break - area) > area_most)
		area_most = area_break - area;
	return old;
}

#define sbrk our_sbrk
#define malloc our_malloc
#define free our_free
#define calloc our_calloc
#define realloc our_realloc
#define reallocarray our_reallocarray
#define aligned_alloc our_aligned_alloc
#define posix_memalign our_posix_memalign
#define malloc_usable_size our_malloc_usable_size
#define move move_block
void *our_malloc(size_t);
void our_free(void *);
void *our_realloc(void *, size_t);
void *our_calloc(size_t, size_t);
void *our_aligned_alloc(size_t, size_t);
#include "../../libc/stdlib/malloc.c"

#define BLOCKS 300

static struct {
	unsigned char *at;
	size_t size;
	unsigned char fill;
} blocks[BLOCKS];

static size_t random_size(void)
{
	return random_below(1u << random_below(random_below(20) ? 12 : 20));
}

static void fill(int i, unsigned char *at, size_t size)
{
	blocks[i].at = at;
	blocks[i].size = size;
	blocks[i].fill = random_next();
	memset(at, blocks[i].fill, size);
}

static void verify(int i, size_t size)
{
	for (size_t k = 0; k < size; k++)
		if (blocks[i].at[k] != blocks[i].fill) {
			CHECK(!"contents changed");
			return;
		}
}

static void test_random(void)
{
	for (int round = 0; round < 200000 && !unit_test_failures; round++) {
		int i = random_below(BLOCKS);
		size_t size = random_size();

		if (!blocks[i].at) {
			size_t alignment = 16u << random_below(4);
			unsigned char *at;

			switch (random_below(3)) {
			case 0:
				at = our_calloc(1, size);
				for (size_t k = 0; k < size; k++)
					CHECK_EQ(at[k], 0);
				break;
			case 1:
				at = our_aligned_alloc(alignment, size);
				CHECK_EQ((uintptr_t)at % alignment, 0);
				break;
			default:
				at = our_malloc(size);
			}
			CHECK(at && (uintptr_t)at % 16 == 0);
			fill(i, at, size);
		} else if (random_below(2)) {
			verify(i, blocks[i].size);
			our_free(blocks[i].at);
			blocks[i].at = NULL;
		} else {
			size_t kept = blocks[i].size < size ? blocks[i].size : size;

			blocks[i].at = our_realloc(blocks[i].at, size);
			verify(i, kept);
			fill(i, blocks[i].at, size);
		}
	}
	for (int i = 0; i < BLOCKS; i++)
		if (blocks[i].at) {
			verify(i, blocks[i].size);
			our_free(blocks[i].at);
			blocks[i].at = NULL;
		}
}

static void test_given_back(void)
{
	void *block[100];

	for (int i = 0; i < 100; i++)
		block[i] = our_malloc(20000);
	CHECK(area_most > 100 * 20000);
	for (int i = 0; i < 100; i++)
		our_free(block[i]);
	CHECK((size_t)(area_break - area) < (256u << 10));
}

static void test_limits(void)
{
	errno = 0;
	CHECK(!our_malloc(SIZE_MAX));
	CHECK_EQ(errno, ENOMEM);
	CHECK(!our_calloc(SIZE_MAX / 2, 3));
	CHECK(!our_realloc(NULL, SIZE_MAX - 8));
	CHECK(!our_aligned_alloc(3, 10));
	CHECK(!our_aligned_alloc(4096, SIZE_MAX - 4096));
	void *a = our_malloc(0), *b = our_malloc(0);

	CHECK(a && b && a != b);
	our_free(a);
	our_free(b);
	our_free(NULL);
}

static void twice(void)
{
	void *p = our_malloc(100);

	our_free(p);
	our_free(p);
}

static void beyond(void)
{
	char *p = our_malloc(100);

	p[100] = 0;
	our_free(p);
}

static void before(void)
{
	char *p = our_malloc(100);

	p[-1] ^= 0x55;
	our_free(p);
}

static void wild(void)
{
	static char not_ours[64] __attribute__((__aligned__(16)));

	our_free(not_ours + 48);
}

static void inside(void)
{
	our_free((char *)our_malloc(100) + 16);
}

static void grown_beyond(void)
{
	char *p = our_malloc(200000);

	p[200000] = 0;
	p = our_realloc(p, 300000);
	our_free(p);
}

static void test_misuse(void)
{
	static void (*const cases[])(void) = { twice, beyond, before, wild, inside, grown_beyond };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int status;

		fflush(stdout);
		if (fork() == 0) {
			signal(SIGABRT, SIG_DFL);
			close(2);
			cases[i]();
			_exit(0);
		}
		wait(&status);
		CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
		if (unit_test_failures)
			printf("# case %d\n", (int)i);
	}
}

int main(void)
{
	RUN(test_random);
	RUN(test_given_back);
	RUN(test_limits);
	RUN(test_misuse);
	UNIT_END();
}
