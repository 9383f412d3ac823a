/* Addresses of AF_UNIX sockets. */
#ifndef _SYS_UN_H
#define _SYS_UN_H
#include <sys/socket.h>
#include <linux/un.h>
#define SUN_LEN(address) \
	(__builtin_offsetof(struct sockaddr_un, sun_path) + __builtin_strlen((address)->sun_path))
#endif
