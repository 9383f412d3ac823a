/*
 * PKCS #7 messages that sign something outside of them: who signed, how, and the signature. Source: RFC 5652, 5.1,
 * 5.3 (signed-data of the older RFC 2315 is a subset).
 */
#ifndef SIGN_PKCS7_H
#define SIGN_PKCS7_H

#include "sign/der.h"
#include "sign/x509.h"

/* The list of signers of one message. */
struct pkcs7 {
	struct der signers; /* those not yet taken */
};

struct pkcs7_signer {
	struct der issuer, serial; /* of its certificate, or */
	struct der key_id; /* the identifier of its key; size 0: issuer and serial are set */
	struct der signature;
	bool supported;	     /* SHA-256 and RSA */
	bool has_attributes; /* the signature is over attributes, not over the content */
};

/* false: malformed, holds its content itself, or nobody has signed. */
bool pkcs7_parse(struct pkcs7 *message, const void *bytes, size_t size);
/* The next signer, in order. 1, 0: no more, -1: malformed. */
int pkcs7_next(struct pkcs7 *message, struct pkcs7_signer *signer);
/* Whether the certificate is the signer's. */
bool pkcs7_is_signer(const struct pkcs7_signer *signer, const struct x509 *cert);

#endif
