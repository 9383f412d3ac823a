/* Whole-file locks. */
#ifndef _SYS_FILE_H
#define _SYS_FILE_H
#include <features.h>
#include <fcntl.h>
__BEGIN_DECLS
int flock(int fd, int operation); /* LOCK_SH, LOCK_EX, LOCK_UN, | LOCK_NB */
__END_DECLS
#endif
