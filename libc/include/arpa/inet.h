/* Internet addresses as text. */
#ifndef _ARPA_INET_H
#define _ARPA_INET_H
#include <features.h>
#include <netinet/in.h>
__BEGIN_DECLS
in_addr_t inet_addr(const char *text);			  /* INADDR_NONE: not an address */
int inet_aton(const char *text, struct in_addr *address); /* 1, or 0 for not an address */
char *inet_ntoa(struct in_addr address);		  /* static */
int inet_pton(int family, const char *text,
	      void *address); /* AF_INET only; 1, 0 or -1 EAFNOSUPPORT */
const char *inet_ntop(int family, const void *address, char *text, socklen_t size);
__END_DECLS
#endif
