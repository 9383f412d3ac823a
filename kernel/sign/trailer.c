/* From the end of the file backwards; each length is checked against what is left. */
#include "sign/trailer.h"
#include "lib/string.h"

#define TEXT_SIZE (sizeof(SIGNATURE_TEXT) - 1)

static bool fields_are_zero(const struct module_signature *s)
{
	return !(s->algorithm | s->hash | s->signer_length | s->key_id_length | s->padding[0] |
		 s->padding[1] | s->padding[2]);
}

enum trailer_status trailer_find(const uint8_t *file, size_t size, size_t *content,
				 const uint8_t **message, size_t *message_size)
{
	struct module_signature signature;
	size_t length;

	if (size < TEXT_SIZE || !bytes_equal(file + size - TEXT_SIZE, SIGNATURE_TEXT, TEXT_SIZE))
		return TRAILER_NONE;
	size -= TEXT_SIZE;
	if (size <= sizeof(signature))
		return TRAILER_LENGTH;
	size -= sizeof(signature);
	bytes_copy(&signature, file + size, sizeof(signature));
	length = (size_t)signature.length[0] << 24 | signature.length[1] << 16 |
		 signature.length[2] << 8 | signature.length[3];
	if (!length || length >= size)
		return TRAILER_LENGTH;
	*content = size - length;
	*message = file + *content;
	*message_size = length;
	if (signature.id_type != SIGNATURE_PKCS7)
		return TRAILER_UNSUPPORTED;
	if (!fields_are_zero(&signature))
		return TRAILER_FIELDS;
	return TRAILER_FOUND;
}
