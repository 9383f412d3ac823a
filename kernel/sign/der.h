/*
 * Reading DER: the encoding of certificates and signatures as nested values, each a tag, a length and that many
 * bytes. Only what DER allows is read: definite lengths in their shortest form, tags of one byte. Source: ITU-T X.690.
 */
#ifndef SIGN_DER_H
#define SIGN_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DER_BOOLEAN = 0x01,
	DER_INTEGER = 0x02,
	DER_BIT_STRING = 0x03,
	DER_OCTET_STRING = 0x04,
	DER_NULL = 0x05,
	DER_OID = 0x06,
	DER_UTF8_STRING = 0x0c,
	DER_PRINTABLE_STRING = 0x13,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT = 0x80,	     /* + number: context-specific, primitive */
	DER_CONTEXT_COMPOUND = 0xa0, /* + number: context-specific, constructed */
};

/* Bytes inside the caller's buffer. */
struct der {
	const uint8_t *bytes;
	size_t size;
};

/* Takes the next value off in: its content into *value. false: it has another tag, or is no DER; in is unchanged. */
bool der_take(struct der *in, uint8_t tag, struct der *value);
/* The same with tag and length: the value as it is encoded. */
bool der_take_whole(struct der *in, uint8_t tag, struct der *value);
/* Takes the next value off, whatever it is. */
bool der_skip(struct der *in);
/* Whether in begins with this tag. */
bool der_is(const struct der *in, uint8_t tag);
bool der_equal(const struct der *a, const struct der *b);
/* The same for bytes known to the caller, as from a string literal. */
bool der_equals(const struct der *a, const char *bytes, size_t size);
/* Takes a positive INTEGER: its bytes without leading zeros; at least one. */
bool der_take_number(struct der *in, struct der *value);

/* Takes an AlgorithmIdentifier (SEQUENCE of OID and parameters); parameters may only be absent or NULL. */
bool der_take_algorithm(struct der *in, struct der *oid);

#endif
