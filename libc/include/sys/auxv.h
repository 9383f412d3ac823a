/* The auxiliary vector. */
#ifndef _SYS_AUXV_H
#define _SYS_AUXV_H
#include <features.h>
#include <linux/auxvec.h>
__BEGIN_DECLS
unsigned long getauxval(unsigned long type); /* 0 and ENOENT: not there */
__END_DECLS
#endif
