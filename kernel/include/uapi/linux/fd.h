/* Floppy disks: fd(4). */
#ifndef _UAPI_LINUX_FD_H
#define _UAPI_LINUX_FD_H

#include <linux/ioctl.h>

/* A medium's geometry. */
struct floppy_struct {
	unsigned int size;	/* sectors of 512 bytes */
	unsigned int sect;	/* sectors per track */
	unsigned int head;	/* sides */
	unsigned int track;	/* tracks per side */
	unsigned int stretch;	/* bit 0: step twice per track */
	unsigned char gap;	/* gap 3 of read and write */
	unsigned char rate;	/* data rate code */
	unsigned char spec1;	/* step rate and head unload time of the SPECIFY command */
	unsigned char fmt_gap;	/* gap 3 of format */
	const char *name;
};

#define FDCLRPRM _IO(2, 0x41)
#define FDSETPRM _IOW(2, 0x42, struct floppy_struct)
#define FDGETPRM _IOR(2, 0x04, struct floppy_struct) /* geometry of the medium */
#define FDMSGON _IO(2, 0x45)
#define FDMSGOFF _IO(2, 0x46)
#define FDFLUSH _IO(2, 0x4b) /* drop what is cached: the medium may have been changed */
#define FDRESET _IO(2, 0x54) /* reset the controller */

typedef char floppy_drive_name[16];
#define FDGETDRVTYP _IOR(2, 0x0f, floppy_drive_name)

#endif
