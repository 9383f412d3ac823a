/*
 * RSA with the public exponent, by Montgomery's multiplication: a product a * b / R modulo the modulus costs no
 * division. Everything here is public, so that the time it takes may depend on the numbers.
 *
 * Products are built row by row with 32 x 32 -> 64 bit multiplications; a square needs only the half of the rows above
 * the diagonal, doubled. Source: Menezes, van Oorschot, Vanstone: Handbook of Applied Cryptography, 14.16, 14.32.
 */
#include "sign/rsa.h"
#include "sign/row.h"
#include "lib/string.h"

/* sum[] += a[] * b; the carry. */
static uint32_t add_row(uint32_t *sum, const uint32_t *a, uint32_t b, uint32_t n)
{
	uint32_t carry = 0;

	for (; n >= 4; n -= 4, a += 4, sum += 4)
		carry = row_steps4(sum, a, b, carry);
	for (; n; n--, a++, sum++)
		carry = row_step(sum, a, b, carry);
	return carry;
}

static bool less(const uint32_t *a, const uint32_t *b, uint32_t n)
{
	while (n--)
		if (a[n] != b[n])
			return a[n] < b[n];
	return false;
}

static void subtract(uint32_t *a, const uint32_t *b, uint32_t n)
{
	uint32_t borrow = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint64_t t = (uint64_t)a[i] - b[i] - borrow;

		a[i] = (uint32_t)t;
		borrow = (uint32_t)(t >> 32) & 1;
	}
}

/* a = 2 * a; the bit that falls out. */
static uint32_t double_number(uint32_t *a, uint32_t n)
{
	uint32_t carry = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t out = a[i] >> 31;

		a[i] = a[i] << 1 | carry;
		carry = out;
	}
	return carry;
}

/* result = product / R modulo the modulus; uses product up. */
static void reduce(const struct rsa_key *key, uint32_t *result, uint32_t *product)
{
	uint32_t n = key->words, over = 0;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t carry = add_row(product + i, key->modulus, product[i] * key->inverse, n);
		uint64_t t = (uint64_t)product[i + n] + carry + over;

		product[i + n] = (uint32_t)t;
		over = (uint32_t)(t >> 32);
	}
	if (over || !less(product + n, key->modulus, n))
		subtract(product + n, key->modulus, n);
	bytes_copy(result, product + n, n * sizeof(*result));
}

static void multiply(const struct rsa_key *key, uint32_t *result, const uint32_t *a,
		     const uint32_t *b, uint32_t *product)
{
	uint32_t n = key->words;

	bytes_clear(product, 2 * n * sizeof(*product));
	for (uint32_t i = 0; i < n; i++)
		product[i + n] = add_row(product + i, a, b[i], n);
	reduce(key, result, product);
}

static void square(const struct rsa_key *key, uint32_t *a, uint32_t *product)
{
	uint32_t n = key->words, carry = 0;

	bytes_clear(product, 2 * n * sizeof(*product));
	for (uint32_t i = 0; i < n; i++)
		product[i + n] = add_row(product + 2 * i + 1, a + i + 1, a[i], n - i - 1);
	double_number(product, 2 * n);
	for (uint32_t i = 0; i < n; i++) {
		uint64_t t = (uint64_t)a[i] * a[i] + product[2 * i] + carry;

		product[2 * i] = (uint32_t)t;
		t = (t >> 32) + product[2 * i + 1];
		product[2 * i + 1] = (uint32_t)t;
		carry = (uint32_t)(t >> 32);
	}
	reduce(key, a, product);
}

/* Bytes, the highest first, into words, the lowest first. */
static void to_words(uint32_t *words, uint32_t n, const uint8_t *bytes, size_t size)
{
	bytes_clear(words, n * sizeof(*words));
	for (size_t i = 0; i < size; i++)
		words[i / 4] |= (uint32_t)bytes[size - 1 - i] << (i % 4 * 8);
}

static void to_bytes(uint8_t *bytes, size_t size, const uint32_t *words)
{
	for (size_t i = 0; i < size; i++)
		bytes[size - 1 - i] = (uint8_t)(words[i / 4] >> (i % 4 * 8));
}

/* Newton's iteration doubles the number of right bits. */
static uint32_t negative_inverse(uint32_t odd)
{
	uint32_t x = odd;

	for (int i = 0; i < 5; i++)
		x *= 2 - odd * x;
	return -x;
}

static void double_modulo(const struct rsa_key *key, uint32_t *a)
{
	if (double_number(a, key->words) || !less(a, key->modulus, key->words))
		subtract(a, key->modulus, key->words);
}

/*
 * R * R: the Montgomery form of R = 2^(32 * words). From the form of 1 (R modulo the modulus) by doubling it gets
 * that of 2^odd, by squaring that of 2^(odd * 2^k).
 */
static void prepare_square(struct rsa_key *key)
{
	uint32_t product[2 * RSA_MAX_WORDS], power = key->words * 32, squarings = 0;
	uint32_t top = 31 - (uint32_t)__builtin_clz(key->modulus[(key->size - 1) / 4]);
	uint32_t bits = (key->size - 1) / 4 * 32 + top;

	for (; !(power & 1); power >>= 1)
		squarings++;
	bytes_clear(key->square, sizeof(key->square));
	key->square[bits / 32] = 1u << (bits % 32);
	for (uint32_t i = bits; i < key->words * 32 + power; i++)
		double_modulo(key, key->square);
	for (; squarings; squarings--)
		square(key, key->square, product);
}

bool rsa_key_prepare(struct rsa_key *key, const uint8_t *modulus, size_t modulus_size,
		     const uint8_t *exponent, size_t exponent_size)
{
	if (modulus_size < RSA_MIN_BITS / 8 || modulus_size > RSA_MAX_BITS / 8 || !modulus[0] ||
	    !(modulus[modulus_size - 1] & 1))
		return false;
	if (!exponent_size || exponent_size > sizeof(key->exponent))
		return false;
	bytes_clear(key, sizeof(*key));
	to_words(&key->exponent, 1, exponent, exponent_size);
	if (key->exponent < 3 || !(key->exponent & 1))
		return false;
	key->size = (uint32_t)modulus_size;
	key->words = (key->size + 15) / 16 * 4;
	to_words(key->modulus, key->words, modulus, modulus_size);
	key->inverse = negative_inverse(key->modulus[0]);
	prepare_square(key);
	return true;
}

/* work->power = work->signature ^ exponent: from the highest bit down; the last step leaves Montgomery's form. */
static void raise(const struct rsa_key *key, struct rsa_work *work)
{
	uint32_t form[RSA_MAX_WORDS];

	multiply(key, form, work->signature, key->square, work->product);
	bytes_copy(work->power, form, sizeof(form));
	for (int bit = 30 - __builtin_clz(key->exponent); bit >= 0; bit--) {
		square(key, work->power, work->product);
		if (key->exponent >> bit & 1)
			multiply(key, work->power, work->power, bit ? form : work->signature,
				 work->product);
	}
}

/* EMSA-PKCS1-v1_5: 00 01 ff … ff 00, DigestInfo of SHA-256, digest. */
static bool is_encoded(const uint8_t *message, size_t size, const uint8_t *digest)
{
	static const uint8_t info[] = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
					0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };
	size_t padding = size - 3 - sizeof(info) - SHA256_SIZE;

	if (message[0] != 0 || message[1] != 1 || message[2 + padding] != 0)
		return false;
	for (size_t i = 0; i < padding; i++)
		if (message[2 + i] != 0xff)
			return false;
	message += 3 + padding;
	return bytes_equal(message, info, sizeof(info)) &&
	       bytes_equal(message + sizeof(info), digest, SHA256_SIZE);
}

bool rsa_verify(const struct rsa_key *key, const uint8_t *signature, size_t size,
		const uint8_t digest[SHA256_SIZE], struct rsa_work *work)
{
	if (size != key->size)
		return false;
	to_words(work->signature, key->words, signature, size);
	if (!less(work->signature, key->modulus, key->words))
		return false;
	raise(key, work);
	to_bytes(work->message, size, work->power);
	return is_encoded(work->message, size, digest);
}
