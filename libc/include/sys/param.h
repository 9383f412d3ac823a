/* Small numbers that old programs expect here. */
#ifndef _SYS_PARAM_H
#define _SYS_PARAM_H
#include <limits.h>
#include <endian.h>
#include <linux/param.h>
#define MAXPATHLEN 4096
#define MAXSYMLINKS 40
#define NBBY 8
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define howmany(x, y) (((x) + ((y)-1)) / (y))
#define roundup(x, y) (howmany(x, y) * (y))
#define DEV_BSIZE 512
#endif
