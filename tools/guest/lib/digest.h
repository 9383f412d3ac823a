/* Check sums: MD5 (RFC 1321), SHA-1 (RFC 3174), SHA-256 (FIPS 180-4), POSIX cksum. */
#ifndef GUEST_DIGEST_H
#define GUEST_DIGEST_H

#include <stddef.h>
#include <stdint.h>

struct digest;

/* How one kind of digest works. */
struct digest_kind {
	const char *name; /* MD5, SHA1, SHA256 */
	size_t size;	  /* bytes of the result */
	int words;	  /* of state */
	int big_endian;
	const uint32_t *start;
	void (*block)(uint32_t *state, const uint32_t *words);
};

extern const struct digest_kind digest_md5, digest_sha1, digest_sha256;

struct digest {
	const struct digest_kind *kind;
	uint32_t state[8];
	uint64_t length; /* bytes so far */
	unsigned char block[64];
};

void digest_start(struct digest *d, const struct digest_kind *kind);
void digest_add(struct digest *d, const void *bytes, size_t size);
/* `result` has room for kind->size bytes. */
void digest_finish(struct digest *d, unsigned char *result);

/* Extend the CRC that cksum(1) uses; begin with 0. Its length has to be added as POSIX says. */
uint32_t cksum_add(uint32_t crc, const void *bytes, size_t size);

/* Extend the CRC-32 of gzip and zip; begin with 0. */
uint32_t crc32_add(uint32_t crc, const void *bytes, size_t size);

#endif
