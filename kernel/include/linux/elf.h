/* ELF numbers and structs (32-bit) for code that reads or writes such files. */
#ifndef _LINUX_ELF_H
#define _LINUX_ELF_H
#include <linux/types.h>
#include <uapi/linux/elf.h>
#endif
