/*
 * Universally unique identifiers (RFC 4122): uuid_t with its fields in network order, guid_t with the first three in the
 * processor's. Pure; any context. Source: Linux 5.10 uuid.h.
 */
#ifndef _LINUX_UUID_H
#define _LINUX_UUID_H

#include <linux/string.h>
#include <linux/types.h>

#define UUID_SIZE 16
#define UUID_STRING_LEN 36

typedef struct {
	__u8 b[UUID_SIZE];
} uuid_t;
typedef struct {
	__u8 b[UUID_SIZE];
} guid_t;

/* The order of the bytes in a text such as 00112233-4455-6677-8899-aabbccddeeff. */
extern const u8 uuid_index[16];
extern const u8 guid_index[16];
extern const uuid_t uuid_null;
extern const guid_t guid_null;

static inline bool uuid_equal(const uuid_t *a, const uuid_t *b)
{
	return !memcmp(a, b, sizeof(*a));
}
static inline void uuid_copy(uuid_t *to, const uuid_t *from)
{
	*to = *from;
}
static inline bool uuid_is_null(const uuid_t *uuid)
{
	return uuid_equal(uuid, &uuid_null);
}
static inline bool guid_equal(const guid_t *a, const guid_t *b)
{
	return !memcmp(a, b, sizeof(*a));
}
static inline void guid_copy(guid_t *to, const guid_t *from)
{
	*to = *from;
}
static inline bool guid_is_null(const guid_t *guid)
{
	return guid_equal(guid, &guid_null);
}

/* A fresh random one (version 4), as bytes in network order. */
void generate_random_uuid(unsigned char uuid[UUID_SIZE]);
void uuid_gen(uuid_t *uuid);
void guid_gen(guid_t *guid);

/* Does the text begin with one? Its 36 characters are hexadecimal digits and hyphens in their places. */
bool uuid_is_valid(const char *text);
/* From text: 0 or -EINVAL. */
int uuid_parse(const char *text, uuid_t *uuid);
int guid_parse(const char *text, guid_t *guid);

#endif
