// SOURCES: kernel/sign/der.c kernel/sign/rsa.c kernel/sign/x509.c kernel/sign/pkcs7.c kernel/sign/trailer.c
// SOURCES: kernel/sign/verify.c kernel/lib/sha256.c
/*
 * What stands behind a module, as the kernel takes it apart: trailer, PKCS #7 message, certificates. The input is one
 * of each: a file with a trailer, or (first byte) a message, or certificates.
 */
#include <stdlib.h>
#include <string.h>
#include "sign/trailer.h"
#include "sign/verify.h"

#define MAX_KEYS 4

static struct sign_key keys[MAX_KEYS];
static unsigned int key_count;
static struct rsa_work work;

static unsigned int sum(const struct der *der)
{
	unsigned int n = 0;

	for (size_t i = 0; i < der->size; i++)
		n += der->bytes[i];
	return n;
}

static void read_certificates(const uint8_t *bytes, size_t size)
{
	struct der in = { bytes, size };
	volatile unsigned int all = 0;

	key_count = 0;
	while (in.size && key_count < MAX_KEYS && x509_take(&in, &keys[key_count].cert)) {
		const struct x509 *c = &keys[key_count].cert;

		all += sum(&c->issuer) + sum(&c->serial) + sum(&c->key_id) + sum(&c->name);
		if (rsa_key_prepare(&keys[key_count].rsa, c->modulus.bytes, c->modulus.size,
				    c->exponent.bytes, c->exponent.size))
			key_count++;
	}
}

static void verify(const uint8_t *bytes, size_t size, const uint8_t *message, size_t message_size)
{
	const struct sign_key *signer;

	if (sign_verify(bytes, size, message, message_size, keys, key_count, &work, &signer) ==
	    SIGN_OK)
		abort(); /* none of the keys is in the corpus */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *message;
	size_t content, message_size;
	uint8_t *file;

	if (!size)
		return 0;
	file = malloc(size);
	memcpy(file, data + 1, --size);
	if (*data & 1)
		read_certificates(file, size);
	verify((const uint8_t *)"", 0, file, size);
	if (trailer_find(file, size, &content, &message, &message_size) == TRAILER_FOUND)
		verify(file, content, message, message_size);
	key_count = 0;
	free(file);
	return 0;
}
