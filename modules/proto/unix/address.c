/*
 * Names of sockets. A name is a path (a node of the file system, found by its inode) or abstract
 * (bytes behind a leading NUL, found by hash). All named sockets are in one table of 256 chains, by
 * inode or by hash; the table lock protects it. A socket gets a name once and keeps it.
 */
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/hash.h>
#include <linux/jhash.h>
#include <linux/kernel.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/slab.h>
#include "unix.h"

#define TABLE_BITS 8
#define AUTOBIND_TRIES (1 << 20)

static struct hlist_head names[1 << TABLE_BITS];
#define NAME_OFFSET offsetof(struct sockaddr_un, sun_path)

static u32 inode_slot(const struct inode *inode)
{
	return hash_ptr(inode, TABLE_BITS);
}

static u32 abstract_slot(u32 hash, int type)
{
	return hash_32(hash ^ type, TABLE_BITS);
}

void unix_address_put(struct unix_address *addr)
{
	if (refcount_dec_and_test(&addr->refcnt))
		kfree(addr);
}

/* Checks a name: its length with a path's closing NUL. */
static int check_name(struct sockaddr_un *name, int len)
{
	if (len <= (int)NAME_OFFSET || len > (int)sizeof(*name) || name->sun_family != AF_UNIX)
		return -EINVAL;
	if (!name->sun_path[0])
		return len;
	return NAME_OFFSET + strnlen(name->sun_path, len - NAME_OFFSET) + 1;
}

/* The path of a name as a string that surely ends. */
static void copy_path(char *path, const struct sockaddr_un *name, int len)
{
	int n = min_t(int, len - NAME_OFFSET, UNIX_PATH_MAX);

	memcpy(path, name->sun_path, n);
	path[n] = 0;
}

static struct unix_sock *find_abstract(const struct sockaddr_un *name, int len, u32 hash, int type)
{
	struct unix_sock *u;

	hlist_for_each_entry(u, &names[abstract_slot(hash, type)], named)
		if (!u->path.dentry && u->addr && u->addr->len == len && u->sk.sk_type == type &&
		    !memcmp(&u->addr->name, name, len))
			return u;
	return NULL;
}

static struct sock *look_up_abstract(const struct sockaddr_un *name, int len, int type)
{
	u32 hash = jhash(name, len, 0);
	struct unix_sock *u;

	spin_lock(&unix_table_lock);
	u = find_abstract(name, len, hash, type);
	if (u)
		sock_hold(&u->sk);
	spin_unlock(&unix_table_lock);
	return u ? &u->sk : ERR_PTR(-ECONNREFUSED);
}

static struct sock *look_up_inode(const struct inode *inode)
{
	struct unix_sock *u;
	struct sock *found = NULL;

	spin_lock(&unix_table_lock);
	hlist_for_each_entry(u, &names[inode_slot(inode)], named) {
		if (u->path.dentry && d_inode(u->path.dentry) == inode) {
			found = &u->sk;
			sock_hold(found);
			break;
		}
	}
	spin_unlock(&unix_table_lock);
	return found ? found : ERR_PTR(-ECONNREFUSED);
}

static struct sock *look_up_path(const struct sockaddr_un *name, int len, int type)
{
	char string[UNIX_PATH_MAX + 1];
	struct path path;
	struct sock *sk;
	int error;

	copy_path(string, name, len);
	error = kern_path(string, LOOKUP_FOLLOW, &path);
	if (error)
		return ERR_PTR(error);
	error = inode_permission(d_inode(path.dentry), MAY_WRITE);
	if (error)
		sk = ERR_PTR(error);
	else if (!S_ISSOCK(d_inode(path.dentry)->i_mode))
		sk = ERR_PTR(-ECONNREFUSED);
	else
		sk = look_up_inode(d_inode(path.dentry));
	path_put(&path);
	if (!IS_ERR(sk) && sk->sk_type != type) {
		sock_put(sk);
		sk = ERR_PTR(-EPROTOTYPE);
	}
	return sk;
}

struct sock *unix_find(struct sockaddr_un *name, int len, int type)
{
	len = check_name(name, len);
	if (len < 0)
		return ERR_PTR(len);
	return name->sun_path[0] ? look_up_path(name, len, type)
				 : look_up_abstract(name, len, type);
}

static struct unix_address *make_address(const struct sockaddr_un *name, int len)
{
	struct unix_address *addr = kzalloc(sizeof(*addr), GFP_KERNEL);

	if (!addr)
		return NULL;
	refcount_set(&addr->refcnt, 1);
	addr->len = len;
	memcpy(&addr->name, name, min_t(int, len, sizeof(addr->name)));
	addr->hash = jhash(&addr->name, len, 0);
	return addr;
}

/* Enters u under an abstract name: -EADDRINUSE if it is taken. */
static int enter_abstract(struct unix_sock *u, struct unix_address *addr)
{
	int error = 0;

	spin_lock(&unix_table_lock);
	if (find_abstract(&addr->name, addr->len, addr->hash, u->sk.sk_type)) {
		error = -EADDRINUSE;
	} else {
		u->addr = addr;
		hlist_add_head(&u->named, &names[abstract_slot(addr->hash, u->sk.sk_type)]);
	}
	spin_unlock(&unix_table_lock);
	return error;
}

/* Makes the node and enters u under its inode. */
static int enter_path(struct unix_sock *u, struct unix_address *addr)
{
	umode_t mode = S_IFSOCK | (SOCK_INODE(u->sk.sk_socket)->i_mode & ~current_umask());
	char string[UNIX_PATH_MAX + 1];
	struct dentry *dentry;
	struct path parent;
	int error;

	copy_path(string, &addr->name, addr->len);
	dentry = kern_path_create(AT_FDCWD, string, &parent, 0);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry) == -EEXIST ? -EADDRINUSE : PTR_ERR(dentry);
	error = vfs_mknod(d_inode(parent.dentry), dentry, mode, 0);
	if (!error) {
		spin_lock(&unix_table_lock);
		u->path.mnt = mntget(parent.mnt);
		u->path.dentry = dget(dentry);
		u->addr = addr;
		hlist_add_head(&u->named, &names[inode_slot(d_inode(dentry))]);
		spin_unlock(&unix_table_lock);
	}
	done_path_create(&parent, dentry);
	return error;
}

int unix_bind(struct socket *sock, struct sockaddr *uaddr, int addr_len)
{
	struct sockaddr_un *name = (struct sockaddr_un *)uaddr;
	struct unix_sock *u = unix_sk(sock->sk);
	struct unix_address *addr;
	int len, error;

	if (addr_len == (int)NAME_OFFSET && name->sun_family == AF_UNIX)
		return unix_autobind(sock->sk);
	len = check_name(name, addr_len);
	if (len < 0)
		return len;
	addr = make_address(name, len);
	if (!addr)
		return -ENOMEM;
	mutex_lock(&u->bindlock);
	if (u->addr)
		error = -EINVAL;
	else
		error = name->sun_path[0] ? enter_path(u, addr) : enter_abstract(u, addr);
	mutex_unlock(&u->bindlock);
	if (error)
		unix_address_put(addr);
	return error;
}

/* Five hexadecimal digits behind a NUL. */
int unix_autobind(struct sock *sk)
{
	static u32 next;
	struct unix_sock *u = unix_sk(sk);
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	struct unix_address *addr;
	int error = 0;

	mutex_lock(&u->bindlock);
	for (int tries = 0; !u->addr && tries < AUTOBIND_TRIES; tries++) {
		snprintf(name.sun_path + 1, sizeof(name.sun_path) - 1, "%05x", next++ & 0xfffff);
		addr = make_address(&name, NAME_OFFSET + 6);
		error = addr ? enter_abstract(u, addr) : -ENOMEM;
		if (!error || error != -EADDRINUSE)
			break;
		unix_address_put(addr);
	}
	mutex_unlock(&u->bindlock);
	return error;
}

/* The name stays with the socket, for those who ask; nobody finds it any more. */
void unix_forget_name(struct unix_sock *u)
{
	spin_lock(&unix_table_lock);
	if (!hlist_unhashed(&u->named))
		hlist_del_init(&u->named);
	list_del(&u->all);
	spin_unlock(&unix_table_lock);
}

int unix_getname(struct socket *sock, struct sockaddr *uaddr, int peer)
{
	struct sockaddr_un *name = (struct sockaddr_un *)uaddr;
	struct sock *sk = sock->sk;
	struct unix_address *addr;
	int len = sizeof(name->sun_family);

	if (peer) {
		sk = unix_peer_get(sk);
		if (!sk)
			return peer == 2 ? len : -ENOTCONN;
	}
	name->sun_family = AF_UNIX;
	addr = READ_ONCE(unix_sk(sk)->addr);
	if (addr) {
		len = addr->len;
		memcpy(name, &addr->name, min_t(int, len, sizeof(*name)));
	}
	if (peer)
		sock_put(sk);
	return len;
}
