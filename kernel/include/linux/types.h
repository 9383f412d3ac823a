/* Basic integer types and the list heads under Linux's names (i386: int, long and pointers are 32 bits). */
#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H

#include <stddef.h>
#include <linux/compiler.h>

typedef _Bool bool;
enum { false = 0, true = 1 };

typedef signed char __s8;
typedef unsigned char __u8;
typedef signed short __s16;
typedef unsigned short __u16;
typedef signed int __s32;
typedef unsigned int __u32;
typedef signed long long __s64;
typedef unsigned long long __u64;

typedef __s8 s8;
typedef __u8 u8;
typedef __s16 s16;
typedef __u16 u16;
typedef __s32 s32;
typedef __u32 u32;
typedef __s64 s64;
typedef __u64 u64;

typedef __s8 int8_t;
typedef __u8 uint8_t;
typedef __s16 int16_t;
typedef __u16 uint16_t;
typedef __s32 int32_t;
typedef __u32 uint32_t;
typedef __s64 int64_t;
typedef __u64 uint64_t;
typedef __INTPTR_TYPE__ intptr_t;
typedef __UINTPTR_TYPE__ uintptr_t;

typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef unsigned char unchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;
typedef __u8 u_int8_t;
typedef __u16 u_int16_t;
typedef __u32 u_int32_t;
typedef __u64 u_int64_t;

typedef __u16 __le16;
typedef __u16 __be16;
typedef __u32 __le32;
typedef __u32 __be32;
typedef __u64 __le64;
typedef __u64 __be64;
typedef __u16 __sum16;
typedef __u32 __wsum;

typedef long ssize_t;
typedef long __kernel_long_t;
typedef unsigned long __kernel_ulong_t;
typedef long long loff_t;
typedef long off_t;
typedef int pid_t;
typedef __u32 uid_t;
typedef __u32 gid_t;
typedef __u32 dev_t; /* internal form: 12 bits major, 20 bits minor (linux/kdev_t.h) */
typedef unsigned short umode_t;
typedef __u32 nlink_t;
typedef __u64 ino64_t;
typedef unsigned long ino_t;
typedef long long time64_t;
typedef long clock_t;
typedef int clockid_t;
typedef int timer_t;
typedef int key_t;
typedef char *caddr_t;

typedef __u64 sector_t; /* in units of 512 bytes */
typedef __u64 blkcnt_t;
typedef __u32 phys_addr_t;
typedef __u32 dma_addr_t;
typedef phys_addr_t resource_size_t;
typedef unsigned int gfp_t;
typedef unsigned int slab_flags_t;
typedef unsigned int fmode_t;
typedef unsigned long pgoff_t;
typedef unsigned int __poll_t;
typedef unsigned long irq_hw_number_t;

typedef struct {
	int counter;
} atomic_t;

typedef struct {
	s64 counter;
} __aligned(8) atomic64_t;

typedef atomic_t atomic_long_t;

struct list_head {
	struct list_head *next, *prev;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct hlist_head {
	struct hlist_node *first;
};

struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *head);
};
#define rcu_head callback_head

#define DECLARE_BITMAP(name, bits) unsigned long name[((bits) + 31) / 32]

#endif
