/* Certificate ::= SEQUENCE { TBSCertificate, signatureAlgorithm, signature }, taken apart in the order of its fields. */
#include "sign/x509.h"
#include "lib/string.h"

#define OID_RSA "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
#define OID_COMMON_NAME "\x55\x04\x03"
#define OID_ORGANIZATION "\x55\x04\x0a"
#define OID_KEY_ID "\x55\x1d\x0e"
#define IS_OID(der, oid) der_equals(der, oid, sizeof(oid) - 1)

static bool take_text(struct der *in, struct der *text)
{
	return der_take(in, DER_UTF8_STRING, text) || der_take(in, DER_PRINTABLE_STRING, text);
}

/* Name ::= SEQUENCE OF SET OF SEQUENCE { type OID, value }. */
bool x509_name(struct der name, struct der *found)
{
	struct der set, pair, oid, text;

	while (name.size) {
		if (!der_take(&name, DER_SET, &set) || !der_take(&set, DER_SEQUENCE, &pair) ||
		    !der_take(&pair, DER_OID, &oid))
			return false;
		if (!take_text(&pair, &text))
			continue;
		if (IS_OID(&oid, OID_COMMON_NAME) ||
		    (IS_OID(&oid, OID_ORGANIZATION) && !found->size))
			*found = text;
	}
	return true;
}

/* SubjectPublicKeyInfo ::= SEQUENCE { algorithm, BIT STRING of SEQUENCE { modulus, exponent } }. */
static bool take_key(struct der *in, struct x509 *cert)
{
	struct der info, oid, bits, key;

	if (!der_take(in, DER_SEQUENCE, &info) || !der_take_algorithm(&info, &oid) ||
	    !IS_OID(&oid, OID_RSA) || !der_take(&info, DER_BIT_STRING, &bits) || info.size)
		return false;
	if (!bits.size || bits.bytes[0])
		return false;
	bits.bytes++;
	bits.size--;
	return der_take(&bits, DER_SEQUENCE, &key) && !bits.size &&
	       der_take_number(&key, &cert->modulus) && der_take_number(&key, &cert->exponent) &&
	       !key.size;
}

/* Extension ::= SEQUENCE { OID, critical BOOLEAN DEFAULT FALSE, OCTET STRING }. */
static bool take_extensions(struct der *in, struct x509 *cert)
{
	struct der outer, list, extension, oid, critical, value;

	if (!der_take(in, DER_CONTEXT_COMPOUND + 3, &outer))
		return true;
	if (!der_take(&outer, DER_SEQUENCE, &list))
		return false;
	while (list.size) {
		if (!der_take(&list, DER_SEQUENCE, &extension) ||
		    !der_take(&extension, DER_OID, &oid))
			return false;
		(void)der_take(&extension, DER_BOOLEAN, &critical);
		if (!der_take(&extension, DER_OCTET_STRING, &value))
			return false;
		if (IS_OID(&oid, OID_KEY_ID) && !der_take(&value, DER_OCTET_STRING, &cert->key_id))
			return false;
	}
	return true;
}

static bool take_fields(struct der tbs, struct x509 *cert)
{
	struct der version, oid, validity, subject;

	(void)der_take(&tbs, DER_CONTEXT_COMPOUND + 0, &version);
	if (!der_take(&tbs, DER_INTEGER, &cert->serial) || !der_take_algorithm(&tbs, &oid) ||
	    !der_take_whole(&tbs, DER_SEQUENCE, &cert->issuer) ||
	    !der_take(&tbs, DER_SEQUENCE, &validity) || !der_take(&tbs, DER_SEQUENCE, &subject))
		return false;
	return x509_name(subject, &cert->name) && take_key(&tbs, cert) &&
	       take_extensions(&tbs, cert);
}

bool x509_take(struct der *in, struct x509 *cert)
{
	struct der left = *in, whole, tbs, oid, signature;

	bytes_clear(cert, sizeof(*cert));
	if (!der_take(&left, DER_SEQUENCE, &whole) || !der_take(&whole, DER_SEQUENCE, &tbs) ||
	    !der_take_algorithm(&whole, &oid) || !der_take(&whole, DER_BIT_STRING, &signature) ||
	    whole.size || !take_fields(tbs, cert))
		return false;
	*in = left;
	return true;
}
