/* errno: why the last failed call failed. Calls that succeed leave it as it was. */
#ifndef _ERRNO_H
#define _ERRNO_H
#include <features.h>
#include <linux/errno.h>
#ifndef ENOTSUP
#define ENOTSUP EOPNOTSUPP
#endif
__BEGIN_DECLS
extern int errno;
extern char *program_invocation_name;	    /* argv[0] */
extern char *program_invocation_short_name; /* its last component */
__END_DECLS
#endif
