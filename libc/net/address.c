/* Internet addresses as text: a.b.c.d, and inet_aton's older forms with fewer parts. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <ctype.h>
#include <string.h>

int inet_aton(const char *text, struct in_addr *address)
{
	unsigned long part[4];
	int count = 0;

	for (;;) {
		char *end;

		if (count == 4 || !isdigit((unsigned char)*text))
			return 0;
		part[count++] = strtoul(text, &end, 0);
		text = end;
		if (*text != '.')
			break;
		text++;
	}
	if (*text && !isspace((unsigned char)*text))
		return 0;
	uint32_t value = part[count - 1];

	if (count > 1 && value >> (8 * (5 - count)))
		return 0;
	for (int i = 0; i < count - 1; i++) {
		if (part[i] > 255)
			return 0;
		value |= part[i] << (24 - 8 * i);
	}
	address->s_addr = htonl(value);
	return 1;
}

in_addr_t inet_addr(const char *text)
{
	struct in_addr address;

	return inet_aton(text, &address) ? address.s_addr : INADDR_NONE;
}

const char *inet_ntop(int family, const void *address, char *text, socklen_t size)
{
	const unsigned char *b = address;

	if (family != AF_INET) {
		errno = EAFNOSUPPORT;
		return NULL;
	}
	if ((socklen_t)snprintf(text, size, "%u.%u.%u.%u", b[0], b[1], b[2], b[3]) >= size) {
		errno = ENOSPC;
		return NULL;
	}
	return text;
}

char *inet_ntoa(struct in_addr address)
{
	static char text[INET_ADDRSTRLEN];

	return (char *)inet_ntop(AF_INET, &address, text, sizeof(text));
}

int inet_pton(int family, const char *text, void *address)
{
	unsigned char b[4];

	if (family != AF_INET) {
		errno = EAFNOSUPPORT;
		return -1;
	}
	for (int i = 0; i < 4; i++) {
		int value = 0, digits = 0;

		for (; isdigit((unsigned char)*text) && digits < 3; digits++)
			value = value * 10 + *text++ - '0';
		if (!digits || value > 255 || *text++ != (i < 3 ? '.' : 0))
			return 0;
		b[i] = value;
	}
	memcpy(address, b, 4);
	return 1;
}
