/*
 * The stage that asks who made the file: a signature behind it is checked and taken off before anything else reads it.
 *
 * What a bad signature is, is refused always. What has none, or one by a key that this kernel does not know, is
 * refused when module.sig_enforce=1 or the kernel is locked down, and else taints (E). The trusted certificates are in
 * the image, put there by the build (tools/build/certs.mk); their keys are prepared when the first signature comes.
 * Lock: keys_lock, for the preparation and the one work space.
 */
#include "module/module.h"
#include <linux/mutex.h>
#include <linux/security.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "sign/trailer.h"
#include "sign/verify.h"

/* Certificates in DER, one behind the other. */
extern const u8 module_certificates[], module_certificates_end[];

#define MAX_KEYS 16

struct keyring {
	unsigned int count;
	struct rsa_work work;
	struct sign_key keys[MAX_KEYS];
};

static DEFINE_MUTEX(keys_lock);
static struct keyring *keyring; /* NULL: not yet prepared */

/* One way: once set nothing turns it off. */
static bool sig_enforce;
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "module."
module_param(sig_enforce, bool_enable_only, 0644);

static void add_certificates(struct keyring *ring)
{
	struct der in = { module_certificates,
			  (size_t)(module_certificates_end - module_certificates) };

	while (in.size && ring->count < MAX_KEYS) {
		struct sign_key *key = &ring->keys[ring->count];
		const struct x509 *cert = &key->cert;

		if (!x509_take(&in, &key->cert)) {
			pr_err("module: certificate %u in the kernel is no X.509 certificate with "
			       "an RSA key; it and those behind it are ignored\n",
			       ring->count);
			return;
		}
		if (rsa_key_prepare(&key->rsa, cert->modulus.bytes, cert->modulus.size,
				    cert->exponent.bytes, cert->exponent.size))
			ring->count++;
		else
			pr_err("module: certificate '%.*s' is ignored: RSA keys have %u to %u "
			       "bits\n",
			       (int)cert->name.size, (const char *)cert->name.bytes, RSA_MIN_BITS,
			       RSA_MAX_BITS);
	}
}

static struct keyring *keyring_get(void)
{
	if (keyring)
		return keyring;
	keyring = kzalloc(sizeof(*keyring), GFP_KERNEL);
	if (keyring)
		add_certificates(keyring);
	return keyring;
}

static int refuse_signature(struct load *load, int error, const char *reason)
{
	return load_refuse(load, error, "its signature %s; get the file anew, or sign it again",
			   reason);
}

static int verify(struct load *load, const void *message, size_t size)
{
	const struct sign_key *signer;
	struct keyring *ring;
	enum sign_status status = SIGN_NO_KEY;

	mutex_lock(&keys_lock);
	ring = keyring_get();
	if (ring)
		status = sign_verify(load->file, load->size, message, size, ring->keys, ring->count,
				     &ring->work, &signer);
	mutex_unlock(&keys_lock);
	if (!ring)
		return -ENOMEM;
	switch (status) {
	case SIGN_OK:
		load->sig_ok = true;
		snprintf(load->signer, sizeof(load->signer), "%.*s", (int)signer->cert.name.size,
			 (const char *)signer->cert.name.bytes);
		return 0;
	case SIGN_MALFORMED:
		return refuse_signature(load, -EBADMSG, "is no detached PKCS #7 message");
	case SIGN_REJECTED:
		return refuse_signature(load, -EKEYREJECTED, "does not fit the file");
	case SIGN_UNSUPPORTED:
		return -ENOPKG;
	default:
		return -ENOKEY;
	}
}

/* 0, -ENODATA: none, -ENOKEY, -ENOPKG: not by one we can check; other errors are refusals. */
static int check_signature(struct load *load)
{
	size_t content, size;
	const u8 *message;

	switch (trailer_find(load->file, load->size, &content, &message, &size)) {
	case TRAILER_NONE:
		return -ENODATA;
	case TRAILER_LENGTH:
		return refuse_signature(load, -EBADMSG, "is longer than the file, or empty");
	case TRAILER_FIELDS:
		return refuse_signature(load, -EBADMSG, "has fields set that must be zero");
	case TRAILER_UNSUPPORTED:
		load->size = content;
		return -ENOPKG;
	default:
		load->size = content;
		return verify(load, message, size);
	}
}

int load_verify(struct load *load)
{
	int error = check_signature(load);
	const char *reason;

	/* A module that is loaded by force is not the module that was signed. */
	if (load->flags) {
		load->sig_ok = false;
		error = error ?: -ENODATA;
	}
	if (!error)
		return 0;
	if (error == -ENODATA)
		reason = load->flags ? "it is loaded by force" : "it is not signed";
	else if (error == -ENOKEY)
		reason = "it is signed with a key this kernel does not know";
	else if (error == -ENOPKG)
		reason = "it is not signed with RSA and SHA-256 in PKCS #7";
	else
		return error;
	if (sig_enforce)
		return load_refuse(
			load, -EKEYREJECTED,
			"module.sig_enforce=1 and %s; sign it with the kernel's key: make sign",
			reason);
	if (security_locked_down(LOCKDOWN_MODULE_SIGNATURE))
		return load_refuse(load, -EPERM,
				   "the kernel is locked down and %s; sign it with the kernel's "
				   "key: make sign",
				   reason);
	load->taints |= 1ul << TAINT_UNSIGNED_MODULE;
	return 0;
}
