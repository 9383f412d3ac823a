/* The ChaCha20 block function (RFC 8439, section 2.3). Pure. */
#ifndef LIB_CHACHA_H
#define LIB_CHACHA_H

#include <stdint.h>

#define CHACHA_BLOCK 64 /* bytes */

/* out: the key stream block for the state (constants, 8 words of key, counter, 3 words of nonce). */
void chacha20_block(const uint32_t state[16], uint32_t out[16]);
/* The four constant words "expand 32-byte k". */
extern const uint32_t chacha20_constants[4];

#endif
