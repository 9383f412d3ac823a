/* Whether somebody whose certificate is known has signed these bytes. */
#ifndef SIGN_VERIFY_H
#define SIGN_VERIFY_H

#include "sign/pkcs7.h"
#include "sign/rsa.h"
#include "sign/x509.h"

/* A trusted certificate with its key ready for use. */
struct sign_key {
	struct x509 cert;
	struct rsa_key rsa;
};

enum sign_status {
	SIGN_OK,
	SIGN_MALFORMED,	  /* the message is no detached PKCS #7 signature */
	SIGN_UNSUPPORTED, /* made with other algorithms than SHA-256 and RSA */
	SIGN_NO_KEY,	  /* made with a key that is not among the trusted */
	SIGN_REJECTED,	  /* made for other bytes, or not with the key it names */
};

/*
 * Each signer with a trusted key must have signed the bytes; one is enough. *signer is the last such, whose key
 * it is that fits or does not; NULL: there is none.
 */
enum sign_status sign_verify(const void *bytes, size_t size, const void *message,
			     size_t message_size, const struct sign_key *keys, unsigned int count,
			     struct rsa_work *work, const struct sign_key **signer);

#endif
