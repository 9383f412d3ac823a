/* Private to kernel/net. */
#ifndef NET_NET_H
#define NET_NET_H

#include <linux/net.h>

/* Called once by net_init(). */
void skbuff_init(void);
/*
 * The messages of sendmsg(2) and recvmsg(2): with flags as the calls have them; ancillary data is
 * in user memory.
 */
int sock_user_sendmsg(struct socket *sock, struct user_msghdr __user *umsg, unsigned int flags);
int sock_user_recvmsg(struct socket *sock, struct user_msghdr __user *umsg, unsigned int flags);

#endif
