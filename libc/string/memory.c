/*
 * Memory blocks by the string instructions of the CPU: the shortest code, and the fewest instructions
 * under an emulator. The direction flag is clear by the ABI.
 */
#include <string.h>

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
#ifdef __i386__
	void *d = to;
	size_t words = size / 4;

	__asm__ volatile("rep movsl\n\t"
			 "movl %3, %%ecx\n\t"
			 "rep movsb"
			 : "+&D"(d), "+&S"(from), "+&c"(words)
			 : "g"(size & 3)
			 : "memory");
#else
	unsigned char *d = to;
	const unsigned char *s = from;

	while (size--)
		*d++ = *s++;
#endif
	return to;
}

void *mempcpy(void *restrict to, const void *restrict from, size_t size)
{
	return (char *)memcpy(to, from, size) + size;
}

void *memmove(void *to, const void *from, size_t size)
{
	if ((size_t)to - (size_t)from >= size)
		return memcpy(to, from, size);
#ifdef __i386__
	void *d = (char *)to + size - 1;
	const void *s = (const char *)from + size - 1;

	__asm__ volatile("std\n\t"
			 "rep movsb\n\t"
			 "cld"
			 : "+D"(d), "+S"(s), "+c"(size)
			 :
			 : "memory");
#else
	while (size--)
		((unsigned char *)to)[size] = ((const unsigned char *)from)[size];
#endif
	return to;
}

void *memset(void *to, int c, size_t size)
{
#ifdef __i386__
	void *d = to;
	size_t words = size / 4;

	__asm__ volatile("rep stosl\n\t"
			 "movl %3, %%ecx\n\t"
			 "rep stosb"
			 : "+&D"(d), "+&c"(words)
			 : "a"((c & 0xff) * 0x01010101U), "g"(size & 3)
			 : "memory");
#else
	for (volatile unsigned char *d = to; size--;)
		*d++ = c;
#endif
	return to;
}

void explicit_bzero(void *to, size_t size)
{
	memset(to, 0, size);
	__asm__ volatile("" : : "r"(to) : "memory");
}

void bzero(void *to, size_t size)
{
	memset(to, 0, size);
}

void bcopy(const void *from, void *to, size_t size)
{
	memmove(to, from, size);
}

int memcmp(const void *a, const void *b, size_t size)
{
	const unsigned char *p = a, *q = b;

	for (; size; size--, p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

int bcmp(const void *a, const void *b, size_t size)
{
	return memcmp(a, b, size);
}

void *memchr(const void *in, int c, size_t size)
{
	const unsigned char *p = in;

	for (; size; size--, p++)
		if (*p == (unsigned char)c)
			return (void *)p;
	return NULL;
}

void *memrchr(const void *in, int c, size_t size)
{
	const unsigned char *p = in;

	while (size--)
		if (p[size] == (unsigned char)c)
			return (void *)(p + size);
	return NULL;
}

void *memccpy(void *restrict to, const void *restrict from, int c, size_t size)
{
	const unsigned char *s = from;
	unsigned char *d = to;

	while (size--)
		if ((*d++ = *s++) == (unsigned char)c)
			return d;
	return NULL;
}

void *memmem(const void *in, size_t in_size, const void *what, size_t what_size)
{
	const char *p = in;

	if (what_size == 0)
		return (void *)in;
	for (; in_size >= what_size; in_size--, p++)
		if (*p == *(const char *)what && memcmp(p, what, what_size) == 0)
			return (void *)p;
	return NULL;
}
