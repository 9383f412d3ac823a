// CFLAGS: -Ilibc -fno-builtin
/* libc/string and libc/ctype against the host's library on random texts. */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include "libc_random.h"
#include "unit.h"

size_t our_strlcpy(char *to, const char *from, size_t size);
#define memcpy our_memcpy
#define memmove our_memmove
#define mempcpy our_mempcpy
#define memset our_memset
#define explicit_bzero our_explicit_bzero
#define bzero our_bzero
#define bcopy our_bcopy
#define memcmp our_memcmp
#define bcmp our_bcmp
#define memchr our_memchr
#define memrchr our_memrchr
#define memccpy our_memccpy
#define memmem our_memmem
#define strlen our_strlen
#define strnlen our_strnlen
#define stpcpy our_stpcpy
#define strcpy our_strcpy
#define stpncpy our_stpncpy
#define strncpy our_strncpy
#define strcat our_strcat
#define strncat our_strncat
#define strlcpy our_strlcpy
#define strlcat our_strlcat
#define strxfrm our_strxfrm
#define strcmp our_strcmp
#define strcoll our_strcoll
#define strncmp our_strncmp
#define strcasecmp our_strcasecmp
#define strncasecmp our_strncasecmp
#define strverscmp our_strverscmp
#define strchrnul our_strchrnul
#define strchr our_strchr
#define index our_index
#define strrchr our_strrchr
#define rindex our_rindex
#define strspn our_strspn
#define strcspn our_strcspn
#define strpbrk our_strpbrk
#define strstr our_strstr
#define strcasestr our_strcasestr
#define strtok_r our_strtok_r
#define strtok our_strtok
#define strsep our_strsep
#define ffs our_ffs
#include "../../libc/string/memory.c"
#include "../../libc/string/copy.c"
#include "../../libc/string/compare.c"
#include "../../libc/string/find.c"
#undef memcpy
#undef memmove
#undef mempcpy
#undef memset
#undef memcmp
#undef memchr
#undef memrchr
#undef memccpy
#undef memmem
#undef strlen
#undef strnlen
#undef stpcpy
#undef strcpy
#undef stpncpy
#undef strncpy
#undef strcat
#undef strncat
#undef strcmp
#undef strncmp
#undef strcasecmp
#undef strncasecmp
#undef strverscmp
#undef strchrnul
#undef strchr
#undef strrchr
#undef strspn
#undef strcspn
#undef strpbrk
#undef strstr
#undef strcasestr
#undef strtok_r
#undef strsep
#undef ffs

#define ROUNDS 20000

static int sign(int i)
{
	return (i > 0) - (i < 0);
}

static void test_memory(void)
{
	unsigned char a[80], b[80];

	for (int round = 0; round < ROUNDS; round++) {
		size_t from = random_below(40), to = random_below(40), n = random_below(40);
		int c = random_below(4);

		for (size_t i = 0; i < sizeof(a); i++)
			a[i] = b[i] = random_below(4);
		CHECK(our_memchr(a + from, c, n) == memchr(a + from, c, n));
		CHECK(our_memrchr(a + from, c, n) == memrchr(a + from, c, n));
		CHECK_EQ(sign(our_memcmp(a + from, a + to, n)), sign(memcmp(a + from, a + to, n)));
		CHECK(our_memmem(a, sizeof(a), a + from, n / 8) ==
		      memmem(a, sizeof(a), a + from, n / 8));
		our_memmove(a + to, a + from, n);
		memmove(b + to, b + from, n);
		CHECK(memcmp(a, b, sizeof(a)) == 0);
		our_memset(a + to, c + 300, n);
		memset(b + to, c + 300, n);
		CHECK(memcmp(a, b, sizeof(a)) == 0);
		our_memcpy(a, a + 40, n);
		memcpy(b, b + 40, n);
		CHECK(memcmp(a, b, sizeof(a)) == 0);
	}
}

static void test_copy(void)
{
	char from[24], a[64], b[64];

	for (int round = 0; round < ROUNDS; round++) {
		size_t n = random_below(30);

		random_text(from, 20, "abc", 3);
		memset(a, 'x', sizeof(a));
		memset(b, 'x', sizeof(b));
		random_text(a, 20, "abc", 3);
		strcpy(b, a);
		CHECK_EQ(our_strlen(from), strlen(from));
		CHECK_EQ(our_strnlen(from, n), strnlen(from, n));
		our_strcat(a, from);
		strcat(b, from);
		CHECK_STR(a, b);
		our_strncat(a, from, n % 8);
		strncat(b, from, n % 8);
		CHECK_STR(a, b);
		CHECK_EQ(our_stpncpy(a, from, n) - a, stpncpy(b, from, n) - b);
		CHECK(memcmp(a, b, n) == 0);
		CHECK_EQ(our_stpcpy(a, from) - a, (long)strlen(from));
		CHECK_STR(a, from);
		CHECK_EQ(our_strlcpy(a, from, 8), strlen(from));
		CHECK_EQ(strlen(a), strlen(from) < 8 ? strlen(from) : 7);
	}
}

static void test_compare(void)
{
	char a[16], b[16];

	for (int round = 0; round < ROUNDS * 4; round++) {
		size_t n = random_below(16);

		random_text(a, 10, "abAB\xe9", 5);
		random_text(b, 10, "abAB\xe9", 5);
		CHECK_EQ(sign(our_strcmp(a, b)), sign(strcmp(a, b)));
		CHECK_EQ(sign(our_strncmp(a, b, n)), sign(strncmp(a, b, n)));
		CHECK_EQ(sign(our_strcasecmp(a, b)), sign(strcasecmp(a, b)));
		CHECK_EQ(sign(our_strncasecmp(a, b, n)), sign(strncasecmp(a, b, n)));
		random_text(a, 7, "a01209.", 7);
		random_text(b, 7, "a01209.", 7);
		CHECK_EQ(sign(our_strverscmp(a, b)), sign(strverscmp(a, b)));
		if (unit_test_failures) {
			printf("# '%s' '%s'\n", a, b);
			break;
		}
	}
}

static void test_find(void)
{
	char in[24], what[6], copy[24], copy2[24];

	for (int round = 0; round < ROUNDS * 2; round++) {
		int c = "abcA"[random_below(4)];
		char *state, *state2, *rest = copy, *rest2 = copy2, *token, *token2;

		random_text(in, 20, "abcA", 4);
		random_text(what, 4, "abcA", 4);
		CHECK(our_strchr(in, c) == strchr(in, c));
		CHECK(our_strchr(in, 0) == strchr(in, 0));
		CHECK(our_strchrnul(in, c) == strchrnul(in, c));
		CHECK(our_strrchr(in, c) == strrchr(in, c));
		CHECK_EQ(our_strspn(in, what), strspn(in, what));
		CHECK_EQ(our_strcspn(in, what), strcspn(in, what));
		CHECK(our_strpbrk(in, what) == strpbrk(in, what));
		CHECK(our_strstr(in, what) == strstr(in, what));
		CHECK(our_strcasestr(in, what) == strcasestr(in, what));
		strcpy(copy, in);
		strcpy(copy2, in);
		token = our_strtok_r(copy, what, &state);
		token2 = strtok_r(copy2, what, &state2);
		while (token && token2) {
			CHECK_STR(token, token2);
			token = our_strtok_r(NULL, what, &state);
			token2 = strtok_r(NULL, what, &state2);
		}
		CHECK(!token && !token2);
		strcpy(copy, in);
		strcpy(copy2, in);
		while ((token = our_strsep(&rest, what)) && (token2 = strsep(&rest2, what)))
			CHECK_STR(token, token2);
		CHECK(!rest && !rest2);
	}
	for (int i = 0; i < 1000; i++) {
		int x = random_next() & random_next() & random_next();

		CHECK_EQ(our_ffs(x), ffs(x));
	}
}

int main(void)
{
	RUN(test_memory);
	RUN(test_copy);
	RUN(test_compare);
	RUN(test_find);
	UNIT_END();
}
