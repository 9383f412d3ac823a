// SOURCES: kernel/sign/der.c kernel/sign/rsa.c kernel/sign/x509.c kernel/sign/pkcs7.c kernel/sign/trailer.c
// SOURCES: kernel/sign/verify.c kernel/lib/sha256.c
/* Signatures against openssl: what it has made is accepted, anything changed is not. */
#include <unistd.h>
#include "sign/trailer.h"
#include "sign/verify.h"
#include "unit.h"

#define SIGN                                                                               \
	"openssl cms -sign -binary -noattr -nocerts -nosmimecap -md sha256 -signer k.pem " \
	"-outform DER -in m -out s"

struct bytes {
	uint8_t *at;
	size_t size;
};

static struct sign_key keys[4];
static unsigned int key_count;
static struct rsa_work work;

static struct bytes load(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct bytes b = { NULL, 0 };

	if (!f)
		return b;
	fseek(f, 0, SEEK_END);
	b.size = (size_t)ftell(f);
	rewind(f);
	b.at = malloc(b.size ? b.size : 1);
	if (fread(b.at, 1, b.size, f) != b.size)
		b.size = 0;
	fclose(f);
	return b;
}

static void store(const char *path, const void *bytes, size_t size)
{
	FILE *f = fopen(path, "wb");

	fwrite(bytes, 1, size, f);
	fclose(f);
}

static void run(const char *command)
{
	char line[600];

	snprintf(line, sizeof(line), "{ %s; } 2>log", command);
	CHECK_EQ(system(line), 0);
}

static void make_key(const char *algorithm)
{
	char line[400];

	snprintf(line, sizeof(line),
		 "openssl req -new -nodes -utf8 -sha256 -days 36500 -batch -x509 -newkey %s -subj "
		 "'/O=Rakit/CN=Unit test' "
		 "-out k.pem -keyout k.pem && openssl x509 -in k.pem -outform DER -out k.der",
		 algorithm);
	run(line);
}

/* The certificate of the present key, and no other. */
static void trust(void)
{
	static struct bytes b;
	struct der in;

	free(b.at);
	b = load("k.der");
	in = (struct der){ b.at, b.size };
	key_count = 0;
	while (in.size && key_count < 4 && x509_take(&in, &keys[key_count].cert)) {
		struct x509 *c = &keys[key_count].cert;

		CHECK(rsa_key_prepare(&keys[key_count].rsa, c->modulus.bytes, c->modulus.size,
				      c->exponent.bytes, c->exponent.size));
		key_count++;
	}
	CHECK_EQ(in.size, 0);
}

static enum sign_status verify(struct bytes content, struct bytes message)
{
	const struct sign_key *signer;
	/* Copies of their own, so that ASan sees one byte too many. */
	uint8_t *copy = malloc(message.size ? message.size : 1);
	enum sign_status status;

	memcpy(copy, message.at, message.size);
	status = sign_verify(content.at, content.size, copy, message.size, keys, key_count, &work,
			     &signer);
	free(copy);
	return status;
}

static void test_sha256(void)
{
	static const char *const lengths[] = { "0",  "1",  "55",  "56",	 "63",
					       "64", "65", "119", "120", "1000" };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		char line[200], hex[2 * SHA256_SIZE + 1];
		uint8_t digest[SHA256_SIZE];
		struct bytes m, expected;

		snprintf(line, sizeof(line),
			 "head -c %s /dev/zero | tr '\\0' a > m && openssl sha256 -r m | cut -c "
			 "1-64 > d",
			 lengths[i]);
		run(line);
		m = load("m");
		expected = load("d");
		sha256(m.at, m.size, digest);
		for (int n = 0; n < SHA256_SIZE; n++)
			sprintf(hex + 2 * n, "%02x", digest[n]);
		CHECK(!memcmp(hex, expected.at, 64));
		free(m.at);
		free(expected.at);
	}
}

/* Key sizes, also such that are no multiple of the word; exponents. */
static void test_keys(void)
{
	static const char *const algorithms[] = { "rsa:2048", "rsa:2056", "rsa:2049", "rsa:3072",
						  "rsa:2048 -pkeyopt rsa_keygen_pubexp:3" };

	store("m", "some bytes", 10);
	for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
		struct bytes m, s;

		make_key(algorithms[i]);
		trust();
		CHECK_EQ(key_count, 1);
		CHECK(der_equals(&keys[0].cert.name, "Unit test", 9));
		run(SIGN);
		m = load("m");
		s = load("s");
		CHECK_EQ(verify(m, s), SIGN_OK);
		m.at[3] ^= 1;
		CHECK_EQ(verify(m, s), SIGN_REJECTED);
		free(m.at);
		free(s.at);
	}
}

static void test_small_key(void)
{
	struct bytes b;
	struct der in;

	make_key("rsa:1024");
	b = load("k.der");
	in = (struct der){ b.at, b.size };
	CHECK(x509_take(&in, &keys[0].cert));
	CHECK(!rsa_key_prepare(&keys[0].rsa, keys[0].cert.modulus.bytes, keys[0].cert.modulus.size,
			       keys[0].cert.exponent.bytes, keys[0].cert.exponent.size));
	free(b.at);
}

static void test_other_key(void)
{
	struct bytes m = load("m"), s;

	make_key("rsa:2048");
	trust();
	run(SIGN " -keyid");
	s = load("s");
	CHECK_EQ(verify(m, s), SIGN_OK);
	free(s.at);
	make_key("rsa:2048");
	run(SIGN);
	s = load("s");
	CHECK_EQ(verify(m, s), SIGN_NO_KEY);
	trust();
	CHECK_EQ(verify(m, s), SIGN_OK);
	free(m.at);
	free(s.at);
}

/* Messages of other kinds than modules have. */
static void test_kinds(void)
{
	static const struct {
		const char *command;
		enum sign_status status;
	} kinds[] = {
		{ "openssl cms -sign -binary -nocerts -md sha256 -signer k.pem -outform DER -in m "
		  "-out s",
		  SIGN_REJECTED },
		{ "openssl cms -sign -binary -noattr -nocerts -md sha512 -signer k.pem -outform "
		  "DER -in m -out s",
		  SIGN_UNSUPPORTED },
		{ "openssl cms -sign -binary -noattr -nocerts -nodetach -md sha256 -signer k.pem "
		  "-outform DER -in m -out s",
		  SIGN_MALFORMED },
		{ "openssl cms -sign -binary -noattr -md sha256 -signer k.pem -outform DER -in m "
		  "-out s",
		  SIGN_OK },
		{ "openssl cms -sign -binary -noattr -nocerts -md sha256 -signer k.pem -keyopt "
		  "rsa_padding_mode:pss -outform DER -in m -out s",
		  SIGN_MALFORMED },
		{ "openssl smime -sign -binary -noattr -md sha256 -signer k.pem -outform DER -in m "
		  "-out s",
		  SIGN_OK },
	};
	struct bytes m = load("m");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct bytes s;

		run(kinds[i].command);
		s = load("s");
		CHECK_EQ(verify(m, s), kinds[i].status);
		free(s.at);
	}
	free(m.at);
}

/* No changed bit and no cut makes an accepted message of another; none is read beyond its end. */
static void test_damage(void)
{
	struct bytes m = load("m"), s;
	unsigned int accepted = 0;

	run(SIGN);
	s = load("s");
	CHECK_EQ(verify(m, s), SIGN_OK);
	for (size_t n = 0; n < s.size; n++)
		CHECK(verify(m, (struct bytes){ s.at, n }) != SIGN_OK);
	for (size_t i = 0; i < s.size * 8; i++) {
		s.at[i / 8] ^= 1 << i % 8;
		accepted += verify(m, s) == SIGN_OK;
		s.at[i / 8] ^= 1 << i % 8;
	}
	/* Two version numbers and the list of algorithms stand outside of what is signed and decide nothing. */
	CHECK(accepted <= 8 * (2 + 13));
	free(m.at);
	free(s.at);
}

static void test_trailer(void)
{
	uint8_t file[100] = { 0 };
	const size_t text = sizeof(SIGNATURE_TEXT) - 1, end = sizeof(file) - text;
	struct module_signature *s = (void *)(file + end - sizeof(*s));
	const uint8_t *message;
	size_t content, size;

	CHECK_EQ(trailer_find(file, sizeof(file), &content, &message, &size), TRAILER_NONE);
	memcpy(file + end, SIGNATURE_TEXT, text);
	CHECK_EQ(trailer_find(file + end + 1, text - 1, &content, &message, &size), TRAILER_NONE);
	CHECK_EQ(trailer_find(file + end, text, &content, &message, &size), TRAILER_LENGTH);
	CHECK_EQ(trailer_find(file + end - 12, text + 12, &content, &message, &size),
		 TRAILER_LENGTH);
	s->id_type = SIGNATURE_PKCS7;
	CHECK_EQ(trailer_find(file, sizeof(file), &content, &message, &size), TRAILER_LENGTH);
	s->length[3] = 20;
	CHECK_EQ(trailer_find(file, sizeof(file), &content, &message, &size), TRAILER_FOUND);
	CHECK_EQ(size, 20);
	CHECK_EQ(content, end - sizeof(*s) - 20);
	CHECK(message == file + content);
	s->length[0] = 0x80;
	CHECK_EQ(trailer_find(file, sizeof(file), &content, &message, &size), TRAILER_LENGTH);
	s->length[0] = 0;
	s->length[3] = (uint8_t)(end - sizeof(*s));
	CHECK_EQ(trailer_find(file, sizeof(file), &content, &message, &size), TRAILER_LENGTH);
	s->length[3]--;
	CHECK_EQ(trailer_find(file, sizeof(file), &content, &message, &size), TRAILER_FOUND);
	s->hash = 4;
	CHECK_EQ(trailer_find(file, sizeof(file), &content, &message, &size), TRAILER_FIELDS);
	s->id_type = SIGNATURE_X509;
	CHECK_EQ(trailer_find(file, sizeof(file), &content, &message, &size), TRAILER_UNSUPPORTED);
}

int main(void)
{
	char folder[] = "/tmp/rakit-sign-XXXXXX", line[100];

	if (!mkdtemp(folder) || chdir(folder))
		return 1;
	RUN(test_sha256);
	RUN(test_keys);
	RUN(test_small_key);
	RUN(test_other_key);
	RUN(test_kinds);
	RUN(test_damage);
	RUN(test_trailer);
	snprintf(line, sizeof(line), "rm -rf %s", folder);
	(void)!system(line);
	UNIT_END();
}
