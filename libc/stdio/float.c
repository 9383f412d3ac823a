/*
 * printf's floating point, exact. A double is m * 2^e with m an integer of 53 bits: its decimal
 * expansion ends. All its digits are made (the integer part by repeated division by 10^9 of a big
 * integer, the fraction by repeated multiplication), then cut at the wanted place, to nearest, ties
 * to even. A long double is printed as the nearest double.
 */
#include <stdint.h>
#include <string.h>
#include "stdio/stream.h"

/* A reference to it makes the linker take this file (stdio.h). */
extern const char __stdio_link_float;
const char __stdio_link_float = 1;

#define WORDS 36   /* 32 bits each: 1,024 + 53 and more */
#define BEFORE 310 /* digits before the point, at most 309 */
#define AFTER 1080 /* digits after it, at most 1,074 */

struct decimal {
	char digit[BEFORE + AFTER]; /* values 0..9; the point is before digit[BEFORE] */
	int first, last; /* of the digits that are not 0; first > last: the number is 0 */
};

static void expand_integer(struct decimal *d, uint32_t *word, int count)
{
	for (int at = BEFORE; count > 0;) {
		uint64_t rest = 0;

		for (int i = count; i-- > 0;) {
			rest = rest << 32 | word[i];
			word[i] = rest / 1000000000;
			rest %= 1000000000;
		}
		while (count > 0 && word[count - 1] == 0)
			count--;
		uint32_t nine = rest;

		for (int i = 0; i < 9 && at > 0; i++, nine /= 10)
			d->digit[--at] = nine % 10;
	}
}

/* word: a binary fraction, the point after the highest word */
static void expand_fraction(struct decimal *d, uint32_t *word, int count)
{
	int low = 0;

	for (int at = BEFORE; at < BEFORE + AFTER; at += 9) {
		uint64_t carry = 0;

		while (low < count && word[low] == 0)
			low++;
		if (low == count)
			break;
		for (int i = low; i < count; i++) {
			carry += (uint64_t)word[i] * 1000000000;
			word[i] = carry;
			carry >>= 32;
		}
		uint32_t nine = carry;

		for (int i = 9; i-- > 0; nine /= 10)
			if (at + i < BEFORE + AFTER)
				d->digit[at + i] = nine % 10;
	}
}

/* Adds m << shift to the words. */
static void place(uint32_t *word, int count, uint64_t m, int shift)
{
	int i = shift / 32;
	unsigned int bits = shift % 32;
	uint32_t part[3] = { (uint32_t)m << bits, (uint32_t)((m << bits) >> 32),
			     bits ? (uint32_t)(m >> (64 - bits)) : 0 };

	for (int k = 0; k < 3; k++)
		if (i + k < count)
			word[i + k] |= part[k];
}

static void find_ends(struct decimal *d)
{
	d->first = 0;
	d->last = BEFORE + AFTER - 1;
	while (d->first <= d->last && d->digit[d->first] == 0)
		d->first++;
	while (d->last >= d->first && d->digit[d->last] == 0)
		d->last--;
}

/* mantissa * 2^exponent, exponent -1074..971 */
static void expand(struct decimal *d, uint64_t mantissa, int exponent)
{
	uint32_t word[WORDS];

	memset(d->digit, 0, sizeof(d->digit));
	memset(word, 0, sizeof(word));
	if (exponent >= 0) {
		place(word, WORDS, mantissa, exponent);
		expand_integer(d, word, WORDS);
	} else {
		uint64_t whole = exponent > -53 ? mantissa >> -exponent : 0;
		uint64_t fraction = exponent > -53 ? mantissa & ((1ULL << -exponent) - 1)
						   : mantissa;

		place(word, WORDS, whole, 0);
		expand_integer(d, word, 2);
		memset(word, 0, sizeof(word));
		place(word, WORDS, fraction, WORDS * 32 + exponent);
		expand_fraction(d, word, WORDS);
	}
	find_ends(d);
}

/* Rounds so that digit[keep] is the last one. */
static void round_at(struct decimal *d, int keep)
{
	if (keep >= d->last)
		return;
	int next = keep + 1 >= 0 ? d->digit[keep + 1] : 0;
	int odd = keep >= 0 && (d->digit[keep] & 1);
	int up = next > 5 || (next == 5 && (d->last > keep + 1 || odd));

	for (int i = keep + 1 > 0 ? keep + 1 : 0; i <= d->last; i++)
		d->digit[i] = 0;
	for (int i = keep; up && i >= 0; i--) {
		up = d->digit[i] == 9;
		d->digit[i] = up ? 0 : d->digit[i] + 1;
	}
	find_ends(d);
}

static void emit_digits(struct sink *sink, const struct decimal *d, int from, int count)
{
	for (; count > 0; count--, from++) {
		char c = '0' + (from >= 0 && from < BEFORE + AFTER ? d->digit[from] : 0);

		sink->write(sink, &c, 1);
	}
}

static void pad_before(struct sink *sink, const struct conversion *c, const char *sign, int size)
{
	int pad = c->width - size - (int)strlen(sign);

	if (!c->left && !c->zero)
		sink_fill(sink, ' ', pad);
	sink->write(sink, sign, strlen(sign));
	if (!c->left && c->zero)
		sink_fill(sink, '0', pad);
}

static void pad_after(struct sink *sink, const struct conversion *c, const char *sign, int size)
{
	if (c->left)
		sink_fill(sink, ' ', c->width - size - (int)strlen(sign));
}

static void emit_fixed(struct sink *sink, const struct conversion *c, const char *sign,
		       const struct decimal *d, int precision)
{
	int before = d->first <= d->last && d->first < BEFORE ? BEFORE - d->first : 1;
	int point = precision > 0 || c->alternate;
	int size = before + point + precision;

	pad_before(sink, c, sign, size);
	emit_digits(sink, d, BEFORE - before, before);
	if (point)
		sink->write(sink, ".", 1);
	emit_digits(sink, d, BEFORE, precision);
	pad_after(sink, c, sign, size);
}

static int exponent_of(const struct decimal *d)
{
	return d->first > d->last ? 0 : BEFORE - 1 - d->first;
}

/* "e+05" or "p-3"; returns the size */
static int exponent_text(char *to, char letter, int exponent, int least)
{
	char reversed[8];
	int n = 0, size = 2;

	to[0] = letter;
	to[1] = exponent < 0 ? '-' : '+';
	for (unsigned int e = exponent < 0 ? -exponent : exponent; e || n < least; e /= 10)
		reversed[n++] = '0' + e % 10;
	while (n)
		to[size++] = reversed[--n];
	return size;
}

static void emit_exponential(struct sink *sink, const struct conversion *c, const char *sign,
			     const struct decimal *d, int precision)
{
	char tail[12];
	int from = d->first > d->last ? BEFORE : d->first;
	int tail_size = exponent_text(tail, c->type & 32 ? 'e' : 'E', exponent_of(d), 2);
	int point = precision > 0 || c->alternate;
	int size = 1 + point + precision + tail_size;

	pad_before(sink, c, sign, size);
	emit_digits(sink, d, from, 1);
	if (point)
		sink->write(sink, ".", 1);
	emit_digits(sink, d, from + 1, precision);
	sink->write(sink, tail, tail_size);
	pad_after(sink, c, sign, size);
}

static void emit_general(struct sink *sink, const struct conversion *c, const char *sign,
			 struct decimal *d, int precision)
{
	if (precision == 0)
		precision = 1;
	if (d->first <= d->last)
		round_at(d, d->first + precision - 1);
	int exponent = exponent_of(d);
	int fixed = exponent >= -4 && exponent < precision;
	int digits = fixed ? precision - 1 - exponent : precision - 1;

	if (!c->alternate) {
		/* without trailing zeros */
		int significant = d->first > d->last ? 0
				  : fixed	     ? d->last - BEFORE + 1
						     : d->last - d->first;

		if (significant < 0)
			significant = 0;
		if (digits > significant)
			digits = significant;
	}
	if (fixed)
		emit_fixed(sink, c, sign, d, digits);
	else
		emit_exponential(sink, c, sign, d, digits);
}

static void emit_hexadecimal(struct sink *sink, const struct conversion *c, const char *minus,
			     uint64_t mantissa, int exponent)
{
	char text[48], sign[4];
	const char *set = c->type == 'a' ? "0123456789abcdef" : "0123456789ABCDEF";
	int n = 0, precision = c->precision;

	/* 1 bit before the point, 13 digits after it */
	if (mantissa == 0)
		exponent = 0;
	else if (mantissa >> 52)
		exponent += 52;
	else
		exponent = -1022;
	if (precision >= 0 && precision < 13) {
		uint64_t unit = 1ULL << (52 - 4 * precision);
		uint64_t rest = mantissa & (unit - 1);

		mantissa -= rest;
		if (rest > unit / 2 || (rest == unit / 2 && unit > 1 && (mantissa & unit)))
			mantissa += unit;
	}
	text[n++] = set[mantissa >> 52];
	uint64_t digits = mantissa << 12;

	if (digits || precision > 0 || c->alternate)
		text[n++] = '.';
	for (int i = 0; i < 13 && (precision < 0 ? digits != 0 : i < precision); i++, digits <<= 4)
		text[n++] = set[digits >> 60];
	int zeros = precision > 13 ? precision - 13 : 0;
	char tail[12];
	int tail_size = exponent_text(tail, c->type == 'a' ? 'p' : 'P', exponent, 1);

	strcpy(sign, minus);
	strcat(sign, c->type == 'a' ? "0x" : "0X");
	pad_before(sink, c, sign, n + zeros + tail_size);
	sink->write(sink, text, n);
	sink_fill(sink, '0', zeros);
	sink->write(sink, tail, tail_size);
	pad_after(sink, c, sign, n + zeros + tail_size);
}

static void emit_finite(struct sink *sink, const struct conversion *c, const char *sign,
			uint64_t mantissa, int exponent)
{
	struct decimal d;
	int precision = c->precision < 0 ? 6 : c->precision;
	int most = BEFORE + AFTER;

	expand(&d, mantissa, exponent);
	switch (c->type | 32) {
	case 'f':
		round_at(&d, precision < most ? BEFORE + precision - 1 : most);
		emit_fixed(sink, c, sign, &d, precision);
		break;
	case 'e':
		if (d.first <= d.last)
			round_at(&d, precision < most ? d.first + precision : most);
		emit_exponential(sink, c, sign, &d, precision);
		break;
	default:
		emit_general(sink, c, sign, &d, precision < most ? precision : most);
	}
}

void format_float(struct sink *sink, const struct conversion *c, long double value)
{
	union {
		double value;
		uint64_t bits;
	} u = { .value = value };
	int exponent = u.bits >> 52 & 0x7ff;
	uint64_t mantissa = u.bits & ((1ULL << 52) - 1);
	const char *sign = u.bits >> 63 ? "-" : c->plus ? "+" : c->space ? " " : "";

	if (exponent == 0x7ff) {
		struct conversion plain = *c;
		int lower = c->type & 32;

		plain.zero = 0;
		format_padded(sink, &plain, sign, 0,
			      mantissa ? lower ? "nan" : "NAN"
			      : lower  ? "inf"
				       : "INF",
			      3);
		return;
	}
	if (exponent)
		mantissa |= 1ULL << 52;
	else
		exponent = 1;
	if ((c->type | 32) == 'a')
		emit_hexadecimal(sink, c, sign, mantissa, exponent - 1075);
	else
		emit_finite(sink, c, sign, mantissa, exponent - 1075);
}
