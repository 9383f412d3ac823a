/* Network namespaces: there is one. */
#ifndef _NET_NET_NAMESPACE_H
#define _NET_NET_NAMESPACE_H

#include <linux/types.h>

struct proc_dir_entry;

struct net {
	struct proc_dir_entry *proc_net; /* /proc/net */
};
extern struct net init_net;

static inline int net_eq(const struct net *a, const struct net *b)
{
	return a == b;
}
#define get_net(net) (net)
#define put_net(net) ((void)(net))
#define current_net() (&init_net)

#endif
