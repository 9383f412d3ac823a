/* Joins the parts: message, signers, certificates, digest, RSA. The digest is made when a key for it is there. */
#include "sign/verify.h"

/* What is signed, and its digest once that is needed. */
struct content {
	const void *bytes;
	size_t size;
	bool digested;
	uint8_t digest[SHA256_SIZE];
};

static const struct sign_key *find_key(const struct pkcs7_signer *signer,
				       const struct sign_key *keys, unsigned int count)
{
	for (; count; count--, keys++)
		if (pkcs7_is_signer(signer, &keys->cert))
			return keys;
	return NULL;
}

static enum sign_status check(const struct pkcs7_signer *signer, const struct sign_key *key,
			      struct content *content, struct rsa_work *work)
{
	if (signer->has_attributes)
		return SIGN_REJECTED;
	if (!content->digested)
		sha256(content->bytes, content->size, content->digest);
	content->digested = true;
	return rsa_verify(&key->rsa, signer->signature.bytes, signer->signature.size,
			  content->digest, work)
		       ? SIGN_OK
		       : SIGN_REJECTED;
}

enum sign_status sign_verify(const void *bytes, size_t size, const void *message,
			     size_t message_size, const struct sign_key *keys, unsigned int count,
			     struct rsa_work *work, const struct sign_key **signer)
{
	struct content content = { .bytes = bytes, .size = size };
	enum sign_status status = SIGN_NO_KEY;
	struct pkcs7_signer one;
	struct pkcs7 parsed;
	int more;

	*signer = NULL;
	if (!pkcs7_parse(&parsed, message, message_size))
		return SIGN_MALFORMED;
	while ((more = pkcs7_next(&parsed, &one)) > 0) {
		const struct sign_key *key = find_key(&one, keys, count);

		if (!one.supported) {
			status = status == SIGN_OK ? SIGN_OK : SIGN_UNSUPPORTED;
		} else if (key) {
			*signer = key;
			status = check(&one, key, &content, work);
			if (status)
				return status;
		}
	}
	return more ? SIGN_MALFORMED : status;
}
