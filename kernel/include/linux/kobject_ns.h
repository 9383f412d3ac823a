/* Namespaces of kobjects: Rakit has one. Source: Linux 5.10 kobject_ns.h. */
#ifndef _LINUX_KOBJECT_NS_H
#define _LINUX_KOBJECT_NS_H
struct sock;
struct kobject;
#endif
