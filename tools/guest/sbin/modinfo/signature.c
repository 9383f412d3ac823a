/* The signature behind a module file: who signed, with which key, how, and the signature itself, as kmod shows them. */
#include <stdlib.h>
#include <string.h>
#include "guest/sbin/modinfo/modinfo.h"
#include "sign/pkcs7.h"
#include "sign/trailer.h"

#define BYTES_PER_LINE 20

/* "27:57:…", continued lines with two tabs in front. */
static char *hex(struct der bytes)
{
	char *text = kmod_need(malloc(bytes.size * 3 + bytes.size / BYTES_PER_LINE * 3 + 1)),
	     *p = text;

	for (size_t i = 0; i < bytes.size; i++) {
		p += sprintf(p, "%02X", bytes.bytes[i]);
		if (i + 1 < bytes.size)
			*p++ = ':';
		if (i + 1 < bytes.size && (i + 1) % BYTES_PER_LINE == 0)
			p += sprintf(p, "\n\t\t");
	}
	*p = 0;
	return text;
}

static void show_signer(const struct pkcs7_signer *signer)
{
	struct der issuer = signer->issuer, content, name = { NULL, 0 }, serial = signer->serial;

	if (der_take(&issuer, DER_SEQUENCE, &content) && x509_name(content, &name) && name.size)
		show("signer", kmod_text("%.*s", (int)name.size, (const char *)name.bytes));
	while (serial.size > 1 && !*serial.bytes) {
		serial.bytes++;
		serial.size--;
	}
	show("sig_key", hex(signer->key_id.size ? signer->key_id : serial));
	show("sig_hashalgo", signer->supported ? "sha256" : "unknown");
	show("signature", hex(signer->signature));
}

void show_signature(const struct kmod_file *file)
{
	struct pkcs7 message;
	struct pkcs7_signer signer;
	const uint8_t *bytes;
	size_t content, size;

	if (trailer_find((const uint8_t *)file->bytes, file->whole_size, &content, &bytes, &size) !=
	    TRAILER_FOUND)
		return;
	show("sig_id", "PKCS#7");
	if (pkcs7_parse(&message, bytes, size) && pkcs7_next(&message, &signer) > 0)
		show_signer(&signer);
}
