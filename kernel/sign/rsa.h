/* Checking RSA signatures: PKCS #1 v1.5 over SHA-256. Source: RFC 8017, 8.2.2 and 9.2. */
#ifndef SIGN_RSA_H
#define SIGN_RSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "lib/sha256.h"

#define RSA_MIN_BITS 2048u
#define RSA_MAX_BITS 4096u
#define RSA_MAX_WORDS (RSA_MAX_BITS / 32)

/* A public key, prepared: numbers are words, the lowest first. */
struct rsa_key {
	uint32_t words;	   /* of the modulus, a multiple of 4 */
	uint32_t size;	   /* bytes of the modulus and of a signature */
	uint32_t exponent; /* odd, at least 3 */
	uint32_t inverse;  /* -1 / modulus modulo 2^32 */
	uint32_t modulus[RSA_MAX_WORDS];
	uint32_t square[RSA_MAX_WORDS]; /* R * R modulo the modulus, R = 2^(32 * words) */
};

/* Numbers as bytes, the highest first, without leading zeros. false: even, too small or too large. */
bool rsa_key_prepare(struct rsa_key *key, const uint8_t *modulus, size_t modulus_size,
		     const uint8_t *exponent, size_t exponent_size);

/* Work space of rsa_verify, too large for a kernel stack. */
struct rsa_work {
	uint32_t signature[RSA_MAX_WORDS];
	uint32_t power[RSA_MAX_WORDS];
	uint32_t product[2 * RSA_MAX_WORDS];
	uint8_t message[RSA_MAX_BITS / 8];
};

/* Whether signature is the key owner's for a message with this digest. */
bool rsa_verify(const struct rsa_key *key, const uint8_t *signature, size_t size,
		const uint8_t digest[SHA256_SIZE], struct rsa_work *work);

#endif
