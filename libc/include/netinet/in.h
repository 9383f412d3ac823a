/* Internet addresses. Ports and addresses are in network byte order. */
#ifndef _NETINET_IN_H
#define _NETINET_IN_H
#include <stdint.h>
#include <sys/socket.h>
#include <linux/in.h>
typedef uint16_t in_port_t;
typedef uint32_t in_addr_t;
#define INET_ADDRSTRLEN 16
#define htons(x) ((uint16_t)__builtin_bswap16(x))
#define ntohs(x) ((uint16_t)__builtin_bswap16(x))
#define htonl(x) ((uint32_t)__builtin_bswap32(x))
#define ntohl(x) ((uint32_t)__builtin_bswap32(x))
#endif
