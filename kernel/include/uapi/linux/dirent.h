/* Records that getdents64 writes one after the other. */
#ifndef _UAPI_LINUX_DIRENT_H
#define _UAPI_LINUX_DIRENT_H

#include <linux/types.h>

struct linux_dirent64 {
	__u64 d_ino;
	__s64 d_off;		 /* lseek() here to go on with the next record */
	unsigned short d_reclen; /* bytes of this record, a multiple of 8 */
	unsigned char d_type;	 /* DT_* */
	char d_name[];		 /* NUL-terminated */
};

#ifndef DT_UNKNOWN
#define DT_UNKNOWN 0
#define DT_FIFO 1
#define DT_CHR 2
#define DT_DIR 4
#define DT_BLK 6
#define DT_REG 8
#define DT_LNK 10
#define DT_SOCK 12
#define DT_WHT 14
#endif

#endif
