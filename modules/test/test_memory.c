/* Heap, pages, mapped memory, atomic and bit operations, 64-bit division, user access with bad addresses. */
#include <linux/bitops.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <rakit/expect.h>

static void heap_keeps_content(struct test *test)
{
	static u8 *objects[64];
	unsigned int i, j, wrong = 0;

	for (i = 0; i < 64; i++) {
		objects[i] = kmalloc(1 + i * 61, GFP_KERNEL);
		REQUIRE(test, objects[i]);
		EXPECT(test, IS_ALIGNED((unsigned long)objects[i], ARCH_KMALLOC_MINALIGN));
		memset(objects[i], (int)i, 1 + i * 61);
	}
	for (i = 0; i < 64; i++) {
		for (j = 0; j < 1 + i * 61; j++)
			wrong += objects[i][j] != (u8)i;
		kfree(objects[i]);
	}
	EXPECT_EQ(test, wrong, 0);
}

static void heap_edges(struct test *test)
{
	u8 *p = kzalloc(100, GFP_KERNEL);

	REQUIRE(test, p);
	EXPECT(test, !memchr_inv(p, 0, 100));
	EXPECT_GE(test, ksize(p), 100);
	memset(p, 7, 100);
	p = krealloc(p, 3000, GFP_KERNEL);
	REQUIRE(test, p);
	EXPECT(test, !memchr_inv(p, 7, 100));
	p = krealloc(p, 10, GFP_KERNEL);
	EXPECT(test, p && !memchr_inv(p, 7, 10));
	kfree(p);
	kfree(NULL);
	EXPECT(test, kmalloc(0, GFP_KERNEL) == ZERO_SIZE_PTR);
	kfree(ZERO_SIZE_PTR);
	EXPECT(test, !kmalloc_array(0x10000, 0x10001, GFP_KERNEL));
	EXPECT(test, !kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL));
}

struct thing {
	u32 number;
	u8 rest[100];
};

static void thing_make(void *p)
{
	((struct thing *)p)->number = 42;
}

static void cache_constructs(struct test *test)
{
	struct kmem_cache *cache = kmem_cache_create("test_thing", sizeof(struct thing), 64, 0,
						     thing_make);
	struct thing *things[100];
	unsigned int i, bad = 0;

	REQUIRE(test, cache);
	EXPECT_EQ(test, kmem_cache_size(cache), sizeof(struct thing));
	for (i = 0; i < 100; i++) {
		things[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		REQUIRE(test, things[i]);
		bad += things[i]->number != 42 || !IS_ALIGNED((unsigned long)things[i], 64);
	}
	for (i = 0; i < 100; i++)
		kmem_cache_free(cache, things[i]);
	EXPECT_EQ(test, bad, 0);
	kmem_cache_destroy(cache);
}

static void pages_are_aligned(struct test *test)
{
	unsigned int order;
	unsigned long addr;

	for (order = 0; order < 6; order++) {
		addr = __get_free_pages(GFP_KERNEL | __GFP_ZERO, order);
		REQUIRE(test, addr);
		EXPECT(test, IS_ALIGNED(addr, PAGE_SIZE << order));
		EXPECT(test, !memchr_inv((void *)addr, 0, PAGE_SIZE << order));
		free_pages(addr, order);
	}
	addr = __get_dma_pages(GFP_KERNEL, 2);
	REQUIRE(test, addr);
	EXPECT_LT(test, virt_to_phys((void *)addr), 16u << 20);
	free_pages(addr, 2);
}

static void mapped_memory(struct test *test)
{
	u8 *p = vmalloc(3 * PAGE_SIZE + 1);
	u8 byte;

	REQUIRE(test, p);
	EXPECT(test, is_vmalloc_addr(p) && PAGE_ALIGNED(p));
	memset(p, 1, 4 * PAGE_SIZE);
	EXPECT(test, vmalloc_to_page(p) != vmalloc_to_page(p + PAGE_SIZE));
	EXPECT_EQ(test, copy_from_kernel_nofault(&byte, p + 4 * PAGE_SIZE - 1, 1), 0);
	EXPECT_EQ(test, copy_from_kernel_nofault(&byte, p + 4 * PAGE_SIZE, 1),
		  -EFAULT); /* guard page */
	vfree(p);
	EXPECT_EQ(test, copy_from_kernel_nofault(&byte, p, 1), -EFAULT);
	vfree(NULL);
}

static void kernel_text_is_read_only(struct test *test)
{
	u32 word = 0, zero = 0;
	void *text = (void *)kmalloc;

	EXPECT_EQ(test, copy_from_kernel_nofault(&word, text, sizeof(word)), 0);
	EXPECT_EQ(test, copy_to_kernel_nofault(text, &zero, sizeof(zero)), -EFAULT);
}

static void user_addresses(struct test *test)
{
	u32 word = 7;

	EXPECT_EQ(test, copy_from_user(&word, (void __user *)0xc0100000, 4), 4);
	EXPECT_EQ(test, word, 0);
	EXPECT_EQ(test, copy_to_user((void __user *)0xbffffffe, &word, 4), 4);
	EXPECT_EQ(test, copy_to_user(NULL, &word, 4), 4);
	EXPECT_EQ(test, put_user(word, (u32 __user *)0xfffffffe), -EFAULT);
	EXPECT(test, access_ok(0, 0xc0000000));
	EXPECT(test, !access_ok(1, 0xc0000000));
	EXPECT(test, !access_ok(0xffffffff, 2));
}

static void division(struct test *test)
{
	u64 n = 12345678901234567ULL, d = 5028818946ULL;

	EXPECT_EQ(test, n / d, 2454985ULL);
	EXPECT_EQ(test, n % d, n - (n / d) * d);
	EXPECT_EQ(test, (s64)-n / 1000, -12345678901234LL);
	EXPECT_EQ(test, ~0ULL / ~0ULL, 1);
	EXPECT_EQ(test, ~0ULL / 0x100000001ULL, 0xffffffff);
	EXPECT_EQ(test, mul_u64_u32_shr(1ULL << 40, 3, 20), 3ULL << 20);
	EXPECT_EQ(test, do_div(n, 10), 7);
}

static void bits_and_counters(struct test *test)
{
	unsigned long map[3] = {};
	refcount_t refs = REFCOUNT_INIT(1);
	atomic64_t wide = ATOMIC64_INIT(0xffffffff);

	EXPECT(test, !test_and_set_bit(40, map) && test_and_set_bit(40, map));
	EXPECT_EQ(test, map[1], 1UL << 8);
	EXPECT_EQ(test, find_first_bit(map, 96), 40);
	EXPECT_EQ(test, find_next_zero_bit(map, 96, 40), 41);
	EXPECT_EQ(test, hweight32(0xf0f0f0f0), 16);
	EXPECT_EQ(test, fls(0x80000000), 32);
	refcount_inc(&refs);
	EXPECT(test, !refcount_dec_and_test(&refs) && refcount_dec_and_test(&refs));
	EXPECT(test, !refcount_inc_not_zero(&refs));
	atomic64_inc(&wide);
	EXPECT_EQ(test, atomic64_read(&wide), 0x100000000LL);
}

static const struct test_case cases[] = {
	TEST_CASE(heap_keeps_content), TEST_CASE(heap_edges),
	TEST_CASE(cache_constructs),   TEST_CASE(pages_are_aligned),
	TEST_CASE(mapped_memory),      TEST_CASE(kernel_text_is_read_only),
	TEST_CASE(user_addresses),     TEST_CASE(division),
	TEST_CASE(bits_and_counters),  {},
};
TEST_SUITE(memory, cases);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Tests of memory management and basic operations");
