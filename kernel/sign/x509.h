/*
 * Certificates, as far as checking a module's signature needs them: who issued it under which number, its key and the
 * key's identifier. Dates, uses and the certificate's own signature are not looked at: what is in the kernel's image is
 * trusted because it is there. Source: RFC 5280, 4.1.
 */
#ifndef SIGN_X509_H
#define SIGN_X509_H

#include "sign/der.h"

/* Parts of the caller's bytes. */
struct x509 {
	struct der issuer; /* Name, encoded whole */
	struct der serial;
	struct der modulus, exponent; /* of its RSA key, the highest byte first */
	struct der key_id;	      /* subject key identifier; size 0: none */
	struct der name; /* common name, else organization of the subject; size 0: none */
};

/* Name, the content of its SEQUENCE: the common name, else the organization; size 0: neither. false: malformed. */
bool x509_name(struct der name, struct der *found);

/*
 * Takes one certificate off in (they may stand one behind the other). false: it is malformed, or its key is no RSA
 * key; in is unchanged then.
 */
bool x509_take(struct der *in, struct x509 *cert);

#endif
