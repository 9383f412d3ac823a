/* mode: permissions to text and back. */
#include <string.h>
#include "mode.h"

void mode_format(char text[12], mode_t mode)
{
	static const char letters[] = "rwxrwxrwx";

	text[0] = S_ISDIR(mode)	   ? 'd'
		  : S_ISLNK(mode)  ? 'l'
		  : S_ISCHR(mode)  ? 'c'
		  : S_ISBLK(mode)  ? 'b'
		  : S_ISFIFO(mode) ? 'p'
		  : S_ISSOCK(mode) ? 's'
				   : '-';
	for (int i = 0; i < 9; i++)
		text[i + 1] = mode & (0400u >> i) ? letters[i] : '-';
	if (mode & S_ISUID)
		text[3] = mode & S_IXUSR ? 's' : 'S';
	if (mode & S_ISGID)
		text[6] = mode & S_IXGRP ? 's' : 'S';
	if (mode & S_ISVTX)
		text[9] = mode & S_IXOTH ? 't' : 'T';
	text[10] = '\0';
}

/*
 * The bits that rwxXst or a copy from u, g, o stand for, for those in `who`. *p is moved behind
 * them.
 */
static mode_t permissions(const char **p, mode_t mode, mode_t who)
{
	mode_t bits = 0;

	for (;; (*p)++) {
		switch (**p) {
		case 'r':
			bits |= 0444;
			break;
		case 'w':
			bits |= 0222;
			break;
		case 'x':
			bits |= 0111;
			break;
		case 'X':
			bits |= S_ISDIR(mode) || mode & 0111 ? 0111 : 0;
			break;
		case 's':
			bits |= S_ISUID | S_ISGID;
			break;
		case 't':
			bits |= S_ISVTX;
			break;
		case 'u':
			bits |= (mode >> 6 & 7) * 0111;
			break;
		case 'g':
			bits |= (mode >> 3 & 7) * 0111;
			break;
		case 'o':
			bits |= (mode & 7) * 0111;
			break;
		default:
			return bits & who;
		}
	}
}

/* One clause: who, then operators with permissions. */
static bool clause(const char **p, mode_t *mode, mode_t mask)
{
	mode_t who = 0, keep = 07777;

	for (; **p && strchr("ugoa", **p); (*p)++)
		who |= **p == 'u' ? 04700 : **p == 'g' ? 02070 : **p == 'o' ? 01007 : 07777;
	if (!who) {
		who = 07777;
		keep = ~mask;
	}
	if (!**p || !strchr("+-=", **p))
		return false;
	while (**p && strchr("+-=", **p)) {
		char op = *(*p)++;
		mode_t bits = permissions(p, *mode, who) & keep;

		if (op == '+')
			*mode |= bits;
		else if (op == '-')
			*mode &= ~bits;
		else
			*mode = (*mode & ~(who & (S_ISDIR(*mode) ? 01777 : 07777))) | bits;
	}
	return true;
}

bool mode_change(const char *spec, mode_t mode, mode_t mask, mode_t *result)
{
	mode_t octal = 0;

	if (*spec >= '0' && *spec <= '7') {
		for (; *spec >= '0' && *spec <= '7' && octal <= 07777; spec++)
			octal = octal * 8 + (mode_t)(*spec - '0');
		*result = octal;
		return !*spec && octal <= 07777;
	}
	do {
		if (!clause(&spec, &mode, mask))
			return false;
	} while (*spec == ',' && spec++);
	*result = mode & 07777;
	return !*spec;
}
