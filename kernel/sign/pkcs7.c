/* ContentInfo ::= SEQUENCE { signedData OID, [0] SignedData }; certificates and revocation lists in it are passed over. */
#include "sign/pkcs7.h"
#include "lib/string.h"

#define OID_SIGNED_DATA "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
#define OID_DATA "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
#define OID_SHA256 "\x60\x86\x48\x01\x65\x03\x04\x02\x01"
#define OID_RSA "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
#define OID_RSA_SHA256 "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b"
#define IS_OID(der, oid) der_equals(der, oid, sizeof(oid) - 1)

static bool take_signed_data(struct der in, struct der *data)
{
	struct der info, oid, content;

	return der_take(&in, DER_SEQUENCE, &info) && !in.size && der_take(&info, DER_OID, &oid) &&
	       IS_OID(&oid, OID_SIGNED_DATA) &&
	       der_take(&info, DER_CONTEXT_COMPOUND + 0, &content) && !info.size &&
	       der_take(&content, DER_SEQUENCE, data) && !content.size;
}

bool pkcs7_parse(struct pkcs7 *message, const void *bytes, size_t size)
{
	struct der data, version, algorithms, content, oid;

	if (!take_signed_data((struct der){ bytes, size }, &data) ||
	    !der_take(&data, DER_INTEGER, &version) || !der_take(&data, DER_SET, &algorithms) ||
	    !der_take(&data, DER_SEQUENCE, &content))
		return false;
	if (!der_take(&content, DER_OID, &oid) || !IS_OID(&oid, OID_DATA) || content.size)
		return false;
	for (uint8_t i = 0; i < 2; i++)
		if (der_is(&data, DER_CONTEXT_COMPOUND + i) && !der_skip(&data))
			return false;
	return der_take(&data, DER_SET, &message->signers) && !data.size && message->signers.size;
}

/* SignerIdentifier ::= CHOICE { SEQUENCE { issuer, serial }, [0] key identifier }. */
static bool take_identity(struct der *in, struct pkcs7_signer *signer)
{
	struct der pair;

	if (der_take(in, DER_CONTEXT + 0, &signer->key_id))
		return signer->key_id.size;
	return der_take(in, DER_SEQUENCE, &pair) &&
	       der_take_whole(&pair, DER_SEQUENCE, &signer->issuer) &&
	       der_take(&pair, DER_INTEGER, &signer->serial) && !pair.size;
}

static bool take_signer(struct der in, struct pkcs7_signer *signer)
{
	struct der version, digest, cipher;

	if (!der_take(&in, DER_INTEGER, &version) || !take_identity(&in, signer) ||
	    !der_take_algorithm(&in, &digest))
		return false;
	signer->has_attributes = der_is(&in, DER_CONTEXT_COMPOUND + 0);
	if (signer->has_attributes && !der_skip(&in))
		return false;
	if (!der_take_algorithm(&in, &cipher) ||
	    !der_take(&in, DER_OCTET_STRING, &signer->signature))
		return false;
	if (der_is(&in, DER_CONTEXT_COMPOUND + 1) && !der_skip(&in))
		return false;
	signer->supported = IS_OID(&digest, OID_SHA256) &&
			    (IS_OID(&cipher, OID_RSA) || IS_OID(&cipher, OID_RSA_SHA256));
	return !in.size;
}

int pkcs7_next(struct pkcs7 *message, struct pkcs7_signer *signer)
{
	struct der one;

	if (!message->signers.size)
		return 0;
	bytes_clear(signer, sizeof(*signer));
	return der_take(&message->signers, DER_SEQUENCE, &one) && take_signer(one, signer) ? 1 : -1;
}

bool pkcs7_is_signer(const struct pkcs7_signer *signer, const struct x509 *cert)
{
	if (signer->key_id.size)
		return der_equal(&signer->key_id, &cert->key_id);
	return der_equal(&signer->issuer, &cert->issuer) &&
	       der_equal(&signer->serial, &cert->serial);
}
