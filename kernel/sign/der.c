/* DER values: a header is checked against what is left before anything of the value is looked at. */
#include "sign/der.h"
#include "lib/string.h"

#define LENGTH_BYTES 3 /* more than 16 MiB is nothing that is signed or certified */

/* Length of tag and length, and the value's length; false: no DER, or it does not fit. */
static bool header(const struct der *in, size_t *head, size_t *length)
{
	size_t n;

	if (in->size < 2 || (in->bytes[0] & 0x1f) == 0x1f)
		return false;
	*head = 2;
	*length = in->bytes[1];
	if (*length >= 0x80) {
		n = *length & 0x7f;
		if (!n || n > LENGTH_BYTES || in->size < 2 + n || !in->bytes[2])
			return false;
		*length = 0;
		for (*head += n; n; n--)
			*length = *length << 8 | in->bytes[*head - n];
		if (*length < 0x80)
			return false;
	}
	return *length <= in->size - *head;
}

bool der_is(const struct der *in, uint8_t tag)
{
	return in->size && in->bytes[0] == tag;
}

static bool take(struct der *in, uint8_t tag, struct der *value, bool whole)
{
	size_t head, length;

	if (!der_is(in, tag) || !header(in, &head, &length))
		return false;
	*value = whole ? (struct der){ in->bytes, head + length }
		       : (struct der){ in->bytes + head, length };
	in->bytes += head + length;
	in->size -= head + length;
	return true;
}

bool der_take(struct der *in, uint8_t tag, struct der *value)
{
	return take(in, tag, value, false);
}

bool der_take_whole(struct der *in, uint8_t tag, struct der *value)
{
	return take(in, tag, value, true);
}

bool der_skip(struct der *in)
{
	struct der value;

	return in->size && take(in, in->bytes[0], &value, false);
}

bool der_equal(const struct der *a, const struct der *b)
{
	return a->size == b->size && bytes_equal(a->bytes, b->bytes, a->size);
}

bool der_equals(const struct der *a, const char *bytes, size_t size)
{
	return a->size == size && bytes_equal(a->bytes, bytes, size);
}

bool der_take_number(struct der *in, struct der *value)
{
	if (!der_take(in, DER_INTEGER, value) || !value->size || value->bytes[0] & 0x80)
		return false;
	if (value->size > 1 && !value->bytes[0]) {
		if (!(value->bytes[1] & 0x80))
			return false;
		value->bytes++;
		value->size--;
	}
	return true;
}

bool der_take_algorithm(struct der *in, struct der *oid)
{
	struct der algorithm, nothing;

	if (!der_take(in, DER_SEQUENCE, &algorithm) || !der_take(&algorithm, DER_OID, oid))
		return false;
	if (algorithm.size && (!der_take(&algorithm, DER_NULL, &nothing) || nothing.size))
		return false;
	return !algorithm.size;
}
