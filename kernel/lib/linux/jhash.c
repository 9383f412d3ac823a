/*
 * Bob Jenkins' lookup3 mixing (public domain, burtleburtle.net/bob/c/lookup3.c, 2006): three words
 * in, well mixed words out.
 */
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/jhash.h>
#include <linux/string.h>

struct mix {
	u32 a, b, c;
};

static void mix(struct mix *m)
{
	m->a -= m->c, m->a ^= rol32(m->c, 4), m->c += m->b;
	m->b -= m->a, m->b ^= rol32(m->a, 6), m->a += m->c;
	m->c -= m->b, m->c ^= rol32(m->b, 8), m->b += m->a;
	m->a -= m->c, m->a ^= rol32(m->c, 16), m->c += m->b;
	m->b -= m->a, m->b ^= rol32(m->a, 19), m->a += m->c;
	m->c -= m->b, m->c ^= rol32(m->b, 4), m->b += m->a;
}

static u32 finish(struct mix *m)
{
	m->c ^= m->b, m->c -= rol32(m->b, 14);
	m->a ^= m->c, m->a -= rol32(m->c, 11);
	m->b ^= m->a, m->b -= rol32(m->a, 25);
	m->c ^= m->b, m->c -= rol32(m->b, 16);
	m->a ^= m->c, m->a -= rol32(m->c, 4);
	m->b ^= m->a, m->b -= rol32(m->a, 14);
	m->c ^= m->b, m->c -= rol32(m->b, 24);
	return m->c;
}

u32 jhash(const void *key, u32 length, u32 initval)
{
	u32 start = JHASH_INITVAL + length + initval;
	struct mix m = { start, start, start };
	const u8 *p = key;
	u32 words[3];

	for (; length > 12; length -= 12, p += 12) {
		memcpy(words, p, 12);
		m.a += words[0], m.b += words[1], m.c += words[2];
		mix(&m);
	}
	if (!length)
		return m.c;
	memset(words, 0, sizeof(words));
	memcpy(words, p, length);
	m.a += words[0], m.b += words[1], m.c += words[2];
	return finish(&m);
}
EXPORT_SYMBOL(jhash);

u32 jhash2(const u32 *k, u32 length, u32 initval)
{
	return jhash(k, length * sizeof(u32), initval);
}
EXPORT_SYMBOL(jhash2);

u32 jhash_3words(u32 a, u32 b, u32 c, u32 initval)
{
	struct mix m = { a + JHASH_INITVAL + initval, b + JHASH_INITVAL + initval,
			 c + JHASH_INITVAL + initval };

	return finish(&m);
}
EXPORT_SYMBOL(jhash_3words);
