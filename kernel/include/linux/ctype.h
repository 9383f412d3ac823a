/* Classes of ASCII characters; any context. Arguments are taken as unsigned char; others than ASCII are in no class. */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

static inline int isdigit(int c)
{
	return (unsigned int)(c - '0') < 10;
}

static inline int isupper(int c)
{
	return (unsigned int)(c - 'A') < 26;
}

static inline int islower(int c)
{
	return (unsigned int)(c - 'a') < 26;
}

static inline int isalpha(int c)
{
	return (unsigned int)((c | 0x20) - 'a') < 26;
}

static inline int isalnum(int c)
{
	return isalpha(c) || isdigit(c);
}

static inline int isspace(int c)
{
	return c == ' ' || (unsigned int)(c - '\t') < 5;
}

static inline int isxdigit(int c)
{
	return isdigit(c) || (unsigned int)((c | 0x20) - 'a') < 6;
}

static inline int iscntrl(int c)
{
	return (unsigned char)c < 0x20 || (unsigned char)c == 0x7f;
}

static inline int isprint(int c)
{
	return (unsigned int)((unsigned char)c - 0x20) < 0x5f;
}

static inline int isgraph(int c)
{
	return (unsigned int)((unsigned char)c - 0x21) < 0x5e;
}

static inline int ispunct(int c)
{
	return isgraph(c) && !isalnum(c);
}

static inline int isascii(int c)
{
	return (unsigned char)c < 0x80;
}

static inline unsigned char toascii(unsigned char c)
{
	return c & 0x7f;
}

static inline int tolower(int c)
{
	return isupper(c) ? c + 0x20 : c;
}

static inline int toupper(int c)
{
	return islower(c) ? c - 0x20 : c;
}

#endif
