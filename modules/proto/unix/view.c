/* /proc/net/unix, in Linux's format. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "unix.h"

/* The name; a NUL is shown as @. */
static void show_name(struct seq_file *m, const struct unix_address *addr)
{
	int n = addr->len - offsetof(struct sockaddr_un, sun_path);
	bool abstract = !addr->name.sun_path[0];

	seq_putc(m, ' ');
	if (!abstract)
		n--;
	for (int i = 0; i < n; i++)
		seq_putc(m, addr->name.sun_path[i] ? addr->name.sun_path[i] : '@');
}

static void show_sock(struct seq_file *m, struct unix_sock *u)
{
	struct sock *sk = &u->sk;
	struct socket *sock = sk->sk_socket;
	int state = sock ? sk->sk_state == TCP_ESTABLISHED ? SS_CONNECTED : SS_UNCONNECTED
		    : sk->sk_state == TCP_ESTABLISHED ? SS_CONNECTING
						      : SS_DISCONNECTING;

	seq_printf(m, "%08lx: %08X %08X %08X %04X %02X %5lu", (unsigned long)0,
		   refcount_read(&sk->sk_refcnt), 0,
		   sk->sk_state == TCP_LISTEN ? __SO_ACCEPTCON : 0, sk->sk_type, state,
		   sock ? SOCK_INODE(sock)->i_ino : 0UL);
	if (u->addr)
		show_name(m, u->addr);
	seq_putc(m, '\n');
}

static int show(struct seq_file *m, void *unused)
{
	struct unix_sock *u;

	seq_puts(m, "Num       RefCount Protocol Flags    Type St Inode Path\n");
	spin_lock(&unix_table_lock);
	list_for_each_entry(u, &unix_all, all)
		show_sock(m, u);
	spin_unlock(&unix_table_lock);
	return 0;
}

int unix_view_create(void)
{
	return proc_create_single("unix", 0444, init_net.proc_net, show) ? 0 : -ENOMEM;
}

void unix_view_remove(void)
{
	remove_proc_entry("unix", init_net.proc_net);
}
