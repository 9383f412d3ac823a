/* ELF: see linux/elf.h. */
#ifndef _ELF_H
#define _ELF_H
#include <stdint.h>
#include <linux/elf.h>
#include <linux/auxvec.h>
#endif
