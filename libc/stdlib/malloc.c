/*
 * The heap.
 *
 * Blocks lie one after the other in memory from brk(); each has a 16-byte header in front with its
 * size and the size of the block before it, so that a freed block merges with free neighbours at
 * once. Free blocks hang in bins: one per 16 bytes up to 512, then one per power of two, with a bit
 * map of those that are not empty. A segment ends with a header of its own that is never free.
 * Requests of MAP_FROM bytes and more get a mapping each.
 *
 * Misuse is looked for in free() and realloc(): the header's check word is derived from address and
 * requested size, and the bytes between the requested and the real end hold TAIL. What is found is
 * said on descriptor 2, then abort().
 *
 * Given back to the kernel: mappings when freed; the end of the heap when TRIM_FROM bytes are free
 * there. Not safe in signal handlers or threads.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define UNIT 16u
#define USED 1u
#define MAPPED 2u
#define FLAGS (UNIT - 1)
#define MAP_FROM (128u << 10)
#define TRIM_FROM (128u << 10)
#define GROW_BY (16u << 10)
#define PAGE 4096u
#define TAIL 0xa5
#define TAIL_LEAST 4u
#define CHECK_USED 0x6d616c6cu
#define CHECK_FREE 0x66726565u
#define SMALL_BINS 32u /* exact sizes up to 31 * 16 */
#define BINS 44u

struct block {
	size_t before;	/* size of the block before; 0: first of a segment; mapping: offset in it */
	size_t size;	/* with the header, | USED | MAPPED */
	size_t request; /* bytes asked for */
	size_t check;
	/* In free blocks only: */
	struct block *next;
	struct block **link; /* what points here */
};

#define HEADER offsetof(struct block, next)
#define LEAST ((sizeof(struct block) + UNIT - 1) & ~(size_t)FLAGS)

static struct block *bins[BINS];
static uint32_t bin_map[2];
static struct block *heap_end; /* the fence at the current break */

static struct block *block_of(void *payload)
{
	return (struct block *)((char *)payload - HEADER);
}

static void *payload_of(struct block *b)
{
	return (char *)b + HEADER;
}

static size_t size_of(const struct block *b)
{
	return b->size & ~(size_t)FLAGS;
}

static struct block *block_after(struct block *b)
{
	return (struct block *)((char *)b + size_of(b));
}

static size_t check_of(const struct block *b)
{
	return CHECK_USED ^ (size_t)b ^ b->request;
}

static void misuse(const char *call, void *payload, const char *what) __libc_noreturn;
static void misuse(const char *call, void *payload, const char *what)
{
	char hex[] = "(0x00000000): ";
	size_t address = (size_t)payload;

	for (int i = 10; i > 2; i--, address >>= 4)
		hex[i] = "0123456789abcdef"[address & 15];
	write(2, program_invocation_short_name, strlen(program_invocation_short_name));
	write(2, ": ", 2);
	write(2, call, strlen(call));
	write(2, hex, sizeof(hex) - 1);
	write(2, what, strlen(what));
	abort();
}

static void check(const char *call, void *payload)
{
	struct block *b = block_of(payload);

	if ((size_t)payload % UNIT || (size_t)payload < PAGE)
		misuse(call, payload, "not a block from malloc\n");
	if (b->check == (CHECK_FREE ^ (size_t)b))
		misuse(call, payload, "freed before\n");
	if (b->check != check_of(b) || !(b->size & USED))
		misuse(call, payload, "not a block from malloc, or written before its start\n");
	const unsigned char *end = (const unsigned char *)block_after(b);

	for (const unsigned char *p = (unsigned char *)payload + b->request; p < end; p++)
		if (*p != TAIL)
			misuse(call, payload, "written past the end\n");
}

static unsigned int bin_of(size_t size)
{
	if (size < SMALL_BINS * UNIT)
		return size / UNIT;
	unsigned int bin = SMALL_BINS + (31 - __builtin_clz((uint32_t)size)) - 9;

	return bin < BINS ? bin : BINS - 1;
}

static void bin_insert(struct block *b)
{
	unsigned int bin = bin_of(b->size);

	b->check = CHECK_FREE ^ (size_t)b;
	b->next = bins[bin];
	b->link = &bins[bin];
	if (b->next)
		b->next->link = &b->next;
	bins[bin] = b;
	bin_map[bin / 32] |= 1u << bin % 32;
}

static void bin_remove(struct block *b)
{
	*b->link = b->next;
	if (b->next)
		b->next->link = b->link;
	if (b->link >= bins && b->link < bins + BINS && !*b->link) {
		unsigned int bin = b->link - bins;

		bin_map[bin / 32] &= ~(1u << bin % 32);
	}
}

/* The smallest block of the request's bin that is large enough, else any of the next bin. */
static struct block *bin_find(size_t size)
{
	unsigned int bin = bin_of(size);
	struct block *best = NULL;

	for (struct block *b = bins[bin]; b; b = b->next)
		if (b->size >= size && (!best || b->size < best->size)) {
			best = b;
			if (best->size == size)
				break;
		}
	if (best)
		return best;
	for (unsigned int i = bin + 1; i < BINS; i = (i | 31) + 1) {
		uint32_t map = bin_map[i / 32] & ~0u << i % 32;

		if (map)
			return bins[(i & ~31u) + __builtin_ctz(map)];
	}
	return NULL;
}

static void use(struct block *b, size_t request)
{
	b->size |= USED;
	b->request = request;
	b->check = check_of(b);
	char *tail = (char *)payload_of(b) + request;

	memset(tail, TAIL, (char *)block_after(b) - tail);
}

/* Joins b, which is in no bin and marked neither used nor mapped, with its free neighbours. */
static struct block *merge(struct block *b)
{
	struct block *after = block_after(b);

	if (!(after->size & USED)) {
		bin_remove(after);
		b->size += after->size;
	}
	if (b->before) {
		struct block *before = (struct block *)((char *)b - b->before);

		if (!(before->size & USED)) {
			bin_remove(before);
			before->size += b->size;
			b = before;
		}
	}
	block_after(b)->before = b->size;
	return b;
}

static void release(struct block *b)
{
	bin_insert(merge(b));
}

/* Gives most of b back to the kernel, if it is large and the last. */
static void trim(struct block *b)
{
	if (block_after(b) != heap_end || b->size < TRIM_FROM ||
	    (char *)sbrk(0) != (char *)heap_end + HEADER)
		return;
	size_t give = (b->size - GROW_BY) & ~(size_t)(PAGE - 1);

	if (sbrk(-(intptr_t)give) == (void *)-1)
		return;
	b->size -= give;
	heap_end = block_after(b);
	heap_end->size = USED | HEADER;
	heap_end->before = b->size;
}

/* Cuts b to size if what is left can be a block. */
static void cut(struct block *b, size_t size)
{
	size_t rest = size_of(b) - size;

	if (rest < LEAST)
		return;
	struct block *r = (struct block *)((char *)b + size);

	b->size = size | (b->size & FLAGS);
	r->before = size;
	r->size = rest;
	release(r);
}

/* More heap: a free block of at least size bytes at its end. */
static struct block *grow(size_t size)
{
	size_t more = (size + 2 * HEADER + GROW_BY + PAGE - 1) & ~(size_t)(PAGE - 1);
	char *fresh = sbrk(more);

	if (fresh == (void *)-1)
		return NULL;
	struct block *b;

	if (heap_end && fresh == (char *)heap_end + HEADER) {
		b = heap_end; /* the fence becomes the new block's header */
		b->size = more;
	} else {
		size_t skip = -(size_t)fresh % UNIT;

		b = (struct block *)(fresh + skip);
		b->before = 0;
		b->size = (more - skip - HEADER) & ~(size_t)FLAGS;
	}
	heap_end = block_after(b);
	heap_end->before = b->size;
	heap_end->size = USED | HEADER;
	release(b);
	b = (struct block *)((char *)heap_end - heap_end->before);
	return b->size >= size ? b : NULL;
}

static void *map(size_t request)
{
	size_t size = (request + TAIL_LEAST + HEADER + PAGE - 1) & ~(size_t)(PAGE - 1);
	struct block *b = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			       0);

	if (b == MAP_FAILED)
		return NULL;
	b->before = 0;
	b->size = size | MAPPED;
	use(b, request);
	return payload_of(b);
}

static size_t block_size(size_t request)
{
	size_t size = (request + TAIL_LEAST + HEADER + UNIT - 1) & ~(size_t)FLAGS;

	return size < LEAST ? LEAST : size;
}

void *malloc(size_t request)
{
	if (request > SIZE_MAX / 2 - 2 * PAGE) {
		errno = ENOMEM;
		return NULL;
	}
	if (request >= MAP_FROM)
		return map(request);
	size_t size = block_size(request);
	struct block *b = bin_find(size);

	if (!b)
		b = grow(size);
	if (!b) {
		errno = ENOMEM;
		return NULL;
	}
	bin_remove(b);
	b->size |= USED;
	cut(b, size);
	use(b, request);
	return payload_of(b);
}

void free(void *payload)
{
	if (!payload)
		return;
	int error = errno;
	struct block *b = block_of(payload);

	check("free", payload);
	if (b->size & MAPPED) {
		munmap((char *)b - b->before, size_of(b) + b->before);
	} else {
		b->size &= ~(size_t)FLAGS;
		b = merge(b);
		trim(b);
		bin_insert(b);
	}
	errno = error;
}

/* Grows a heap block into the free one after it. */
static int extend(struct block *b, size_t size)
{
	struct block *after = block_after(b);

	if ((after->size & USED) || size_of(b) + after->size < size)
		return 0;
	bin_remove(after);
	b->size += after->size;
	block_after(b)->before = size_of(b);
	return 1;
}

static void *move(void *payload, size_t request)
{
	struct block *b = block_of(payload);
	void *to = malloc(request);

	if (to) {
		memcpy(to, payload, b->request < request ? b->request : request);
		free(payload);
	}
	return to;
}

void *realloc(void *payload, size_t request)
{
	if (!payload)
		return malloc(request);
	struct block *b = block_of(payload);

	check("realloc", payload);
	if (request > SIZE_MAX / 2 - 2 * PAGE) {
		errno = ENOMEM;
		return NULL;
	}
	if ((b->size & MAPPED) || request >= MAP_FROM) {
		if ((b->size & MAPPED) && request + TAIL_LEAST + HEADER <= size_of(b) &&
		    request > size_of(b) / 2) {
			use(b, request);
			return payload;
		}
		return move(payload, request);
	}
	size_t size = block_size(request);

	if (size > size_of(b) && !extend(b, size))
		return move(payload, request);
	cut(b, size);
	use(b, request);
	return payload;
}

void *calloc(size_t count, size_t size)
{
	size_t request;

	if (__builtin_mul_overflow(count, size, &request)) {
		errno = ENOMEM;
		return NULL;
	}
	void *payload = malloc(request);

	if (payload && !(block_of(payload)->size & MAPPED))
		memset(payload, 0, request);
	return payload;
}

void *reallocarray(void *payload, size_t count, size_t size)
{
	size_t request;

	if (__builtin_mul_overflow(count, size, &request)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(payload, request);
}

void *aligned_alloc(size_t alignment, size_t request)
{
	if (alignment & (alignment - 1) || alignment == 0) {
		errno = EINVAL;
		return NULL;
	}
	if (alignment <= UNIT)
		return malloc(request);
	if (request > SIZE_MAX / 2 - 2 * PAGE - alignment) {
		errno = ENOMEM;
		return NULL;
	}
	char *payload = malloc(request + alignment + LEAST);

	if (!payload)
		return NULL;
	struct block *b = block_of(payload);
	char *aligned = (char *)(((size_t)payload + alignment - 1) & ~(alignment - 1));

	if (aligned != payload && (size_t)(aligned - payload) < LEAST)
		aligned += alignment;
	size_t skip = aligned - payload;

	if (b->size & MAPPED) {
		struct block *a = block_of(aligned);
		size_t size = size_of(b) - skip;

		a->before = skip; /* to the start of the mapping */
		a->size = size | MAPPED;
		use(a, request);
		return aligned;
	}
	if (skip) {
		struct block *a = block_of(aligned);

		a->before = skip;
		a->size = (size_of(b) - skip) | USED;
		block_after(a)->before = size_of(a);
		b->size = skip;
		release(b);
		b = a;
	}
	cut(b, block_size(request));
	use(b, request);
	return payload_of(b);
}

int posix_memalign(void **block, size_t alignment, size_t size)
{
	if (alignment < sizeof(void *) || alignment & (alignment - 1))
		return EINVAL;
	*block = aligned_alloc(alignment, size);
	return *block ? 0 : ENOMEM;
}

size_t malloc_usable_size(void *payload)
{
	return payload ? block_of(payload)->request : 0;
}
