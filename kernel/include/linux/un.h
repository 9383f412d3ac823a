/* Addresses of AF_UNIX sockets. */
#ifndef _LINUX_UN_H
#define _LINUX_UN_H
#include <linux/socket.h>
#include <uapi/linux/un.h>
#endif
