/* Addresses of AF_UNIX sockets. */
#ifndef _UAPI_LINUX_UN_H
#define _UAPI_LINUX_UN_H

#include <linux/socket.h>

#define UNIX_PATH_MAX 108

struct sockaddr_un {
	__kernel_sa_family_t sun_family; /* AF_UNIX */
	char sun_path[UNIX_PATH_MAX];	 /* path; a leading NUL: abstract name */
};

#define SIOCUNIXFILE 0x89E0

#endif
