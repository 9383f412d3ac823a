// SOURCES: tools/guest/lib/digest.c kernel/lib/sha256.c
/* Digests: the vectors of RFC 1321, RFC 3174 and FIPS 180-4, in pieces of all sizes. */
#include "guest/lib/digest.h"
#include "unit.h"

static const char *hash(const struct digest_kind *kind, const char *text, size_t piece)
{
	static char hex[65];
	unsigned char result[32];
	size_t size = strlen(text);
	struct digest d;

	digest_start(&d, kind);
	for (size_t at = 0; at < size; at += piece)
		digest_add(&d, text + at, size - at < piece ? size - at : piece);
	digest_finish(&d, result);
	for (size_t i = 0; i < kind->size; i++)
		snprintf(hex + 2 * i, 3, "%02x", result[i]);
	return hex;
}

static void test_vectors(void)
{
	static const char text[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

	CHECK_STR(hash(&digest_md5, "", 1), "d41d8cd98f00b204e9800998ecf8427e");
	CHECK_STR(hash(&digest_md5, "message digest", 3), "f96b697d7cb7938d525a2f31aaf161d0");
	CHECK_STR(hash(&digest_sha1, "abc", 1), "a9993e364706816aba3e25717850c26c9cd0d89d");
	CHECK_STR(hash(&digest_sha1, text, 7), "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
	CHECK_STR(hash(&digest_sha256, "abc", 3),
		  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	CHECK_STR(hash(&digest_sha256, text, 64),
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void test_pieces(void)
{
	char text[300], whole[65];

	memset(text, 'x', sizeof(text));
	for (size_t size = 0; size < sizeof(text); size += 13) {
		text[size] = '\0';
		strcpy(whole, hash(&digest_sha256, text, 1000));
		for (size_t piece = 1; piece < 70; piece += 3)
			CHECK_STR(hash(&digest_sha256, text, piece), whole);
		text[size] = 'x';
	}
}

int main(void)
{
	RUN(test_vectors);
	RUN(test_pieces);
	UNIT_END();
}
