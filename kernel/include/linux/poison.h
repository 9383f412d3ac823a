/* Values that mark memory nobody may use: seen in a fault address they tell what went wrong. */
#ifndef _LINUX_POISON_H
#define _LINUX_POISON_H
#define LIST_POISON1 ((void *)0x100) /* ->next of a removed list entry */
#define LIST_POISON2 ((void *)0x122) /* ->prev of a removed list entry */
#define POISON_INUSE 0x5a	     /* allocated, never written */
#define POISON_FREE 0x6b	     /* freed */
#define POISON_END 0xa5		     /* last byte of a freed object */
#endif
