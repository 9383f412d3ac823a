/* Reading numbers from text. */
#ifndef LIB_NUMBER_H
#define LIB_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

enum number_status { NUMBER_OK, NUMBER_NONE, NUMBER_TOO_LARGE };

/*
 * Reads an unsigned number at s; *end is set behind its last digit (to s when there is none). base 0: 0x and 0X begin
 * hexadecimal, 0 octal; base 16 allows the 0x. No sign, no white space.
 */
enum number_status number_read(const char *s, unsigned int base, uint64_t *value, const char **end);
/*
 * A whole text that is one number, with at most one newline behind it. A plus sign is allowed; number_signed also
 * takes a minus sign.
 */
enum number_status number_unsigned(const char *s, unsigned int base, uint64_t *value);
enum number_status number_signed(const char *s, unsigned int base, int64_t *value);

#endif
