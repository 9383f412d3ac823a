/*
 * What stands behind a signed module: the PKCS #7 message, a struct module_signature, and a text that says so. Source:
 * Linux 5.10 include/linux/module_signature.h.
 */
#ifndef SIGN_TRAILER_H
#define SIGN_TRAILER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIGNATURE_TEXT "~Module signature appended~\n"

struct module_signature {
	uint8_t algorithm;     /* 0 */
	uint8_t hash;	       /* 0 */
	uint8_t id_type;       /* SIGNATURE_PKCS7 */
	uint8_t signer_length; /* 0 */
	uint8_t key_id_length; /* 0 */
	uint8_t padding[3];    /* 0 */
	uint8_t length[4];     /* of the message, the highest byte first */
};

_Static_assert(sizeof(struct module_signature) == 12, "as Linux lays it out");

enum { SIGNATURE_PGP = 0, SIGNATURE_X509 = 1, SIGNATURE_PKCS7 = 2 };

enum trailer_status {
	TRAILER_NONE, /* no signature */
	TRAILER_FOUND,
	TRAILER_LENGTH,	     /* the message would begin before the file */
	TRAILER_FIELDS,	     /* fields that must be zero are not */
	TRAILER_UNSUPPORTED, /* not PKCS #7 */
};

/*
 * Finds the message of a file of size bytes; *content is the size of what is signed. All three are set unless the
 * status is TRAILER_NONE or TRAILER_LENGTH.
 */
enum trailer_status trailer_find(const uint8_t *file, size_t size, size_t *content,
				 const uint8_t **message, size_t *message_size);

#endif
