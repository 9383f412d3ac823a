/* Network interfaces. */
#ifndef _NET_IF_H
#define _NET_IF_H
#include <sys/socket.h>
#include <linux/if.h>
#define IF_NAMESIZE IFNAMSIZ
#endif
