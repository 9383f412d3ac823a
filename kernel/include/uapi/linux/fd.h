/* Floppy disks: geometry, drive parameters and state, and their ioctls. */
#ifndef _UAPI_LINUX_FD_H
#define _UAPI_LINUX_FD_H

#include <linux/ioctl.h>

struct floppy_struct {
	unsigned int size;    /* sectors of 512 bytes in all */
	unsigned int sect;    /* sectors per track */
	unsigned int head;    /* heads */
	unsigned int track;   /* tracks */
	unsigned int stretch; /* FD_* below */
#define FD_STRETCH 1
#define FD_SWAPSIDES 2
#define FD_ZEROBASED 4
#define FD_SECTBASEMASK 0x3FC
#define FD_MKSECTBASE(s) (((s) ^ 1) << 2)
#define FD_SECTBASE(floppy) ((((floppy)->stretch & FD_SECTBASEMASK) >> 2) ^ 1)
	unsigned char gap;  /* gap 1 size */
	unsigned char rate; /* data rate, |= 0x40 for perpendicular */
#define FD_2M 0x4
#define FD_SIZECODEMASK 0x38
#define FD_SIZECODE(floppy) (((((floppy)->rate & FD_SIZECODEMASK) >> 3) + 2) % 8)
#define FD_SECTSIZE(floppy) ((floppy)->rate & FD_2M ? 512 : 128 << FD_SIZECODE(floppy))
#define FD_PERP 0x40
	unsigned char spec1;   /* stepping rate, head unload time */
	unsigned char fmt_gap; /* gap 2 size, for formatting */
	const char *name;      /* used only for predefined formats */
};

#define FDCLRPRM _IO(2, 0x41)
#define FDSETPRM _IOW(2, 0x42, struct floppy_struct)
#define FDSETMEDIAPRM FDSETPRM
#define FDDEFPRM _IOW(2, 0x43, struct floppy_struct)
#define FDGETPRM _IOR(2, 0x04, struct floppy_struct)
#define FDDEFMEDIAPRM FDDEFPRM
#define FDGETMEDIAPRM FDGETPRM
#define FDMSGON _IO(2, 0x45)
#define FDMSGOFF _IO(2, 0x46)
#define FD_FILL_BYTE 0xF6
struct format_descr {
	unsigned int device, head, track;
};
#define FDFMTBEG _IO(2, 0x47)
#define FDFMTTRK _IOW(2, 0x48, struct format_descr)
#define FDFMTEND _IO(2, 0x49)
#define FDSETEMSGTRESH _IO(2, 0x4a)
#define FDFLUSH _IO(2, 0x4b)
struct floppy_max_errors {
	unsigned int abort, read_track, reset, recal, reporting;
};
#define FDSETMAXERRS _IOW(2, 0x4c, struct floppy_max_errors)
#define FDGETMAXERRS _IOR(2, 0x0e, struct floppy_max_errors)
typedef char floppy_drive_name[16];
#define FDGETDRVTYP _IOR(2, 0x0f, floppy_drive_name)
struct floppy_drive_params {
	signed char cmos;
	unsigned long max_dtr; /* bits per second */
	unsigned long hlt;     /* ms */
	unsigned long hut;     /* ms */
	unsigned long srt;     /* µs */
	unsigned long spinup;  /* jiffies */
	unsigned long spindown;
	unsigned char spindown_offset;
	unsigned char select_delay;
	unsigned char rps;
	unsigned char tracks;
	unsigned long timeout;
	unsigned char interleave_sect;
	struct floppy_max_errors max_errors;
	char flags;
#define FTD_MSG 0x10
#define FD_BROKEN_DCL 0x20
#define FD_DEBUG 0x02
#define FD_SILENT_DCL_CLEAR 0x4
#define FD_INVERTED_DCL 0x80
	char read_track;
#define FD_AUTODETECT_SIZE 8
	short autodetect[FD_AUTODETECT_SIZE];
	int checkfreq;
	int native_format;
};
enum {
	FD_NEED_TWADDLE_BIT,
	FD_VERIFY_BIT,
	FD_DISK_NEWCHANGE_BIT,
	FD_UNUSED_BIT,
	FD_DISK_CHANGED_BIT,
	FD_DISK_WRITABLE_BIT,
	FD_OPEN_SHOULD_FAIL_BIT
};
#define FDSETDRVPRM _IOW(2, 0x90, struct floppy_drive_params)
#define FDGETDRVPRM _IOR(2, 0x11, struct floppy_drive_params)
struct floppy_drive_struct {
	unsigned long flags;
#define FD_NEED_TWADDLE (1 << FD_NEED_TWADDLE_BIT)
#define FD_VERIFY (1 << FD_VERIFY_BIT)
#define FD_DISK_NEWCHANGE (1 << FD_DISK_NEWCHANGE_BIT)
#define FD_DISK_CHANGED (1 << FD_DISK_CHANGED_BIT)
#define FD_DISK_WRITABLE (1 << FD_DISK_WRITABLE_BIT)
	unsigned long spinup_date;
	unsigned long select_date;
	unsigned long first_read_date;
	short probed_format;
	short track;
	short maxblock;
	short maxtrack;
	int generation;
	int keep_data;
	int fd_ref;
	int fd_device;
	unsigned long last_checked;
	char *dmabuf;
	int bufblocks;
};
#define FDGETDRVSTAT _IOR(2, 0x12, struct floppy_drive_struct)
#define FDPOLLDRVSTAT _IOR(2, 0x13, struct floppy_drive_struct)
enum reset_mode { FD_RESET_IF_NEEDED, FD_RESET_IF_RAWCMD, FD_RESET_ALWAYS };
#define FDRESET _IO(2, 0x54)
struct floppy_fdc_state {
	int spec1;
	int spec2;
	int dtr;
	unsigned char version;
	unsigned char dor;
	unsigned long address; /* first port */
	unsigned int rawcmd : 2;
	unsigned int reset : 1;
	unsigned int need_configure : 1;
	unsigned int perp_mode : 2;
	unsigned int has_fifo : 1;
	unsigned int driver_version;
	unsigned char track[4];
};
#define FDGETFDCSTAT _IOR(2, 0x15, struct floppy_fdc_state)
#define FDTWADDLE _IO(2, 0x59)
#define FDEJECT _IO(2, 0x5a)

#endif
