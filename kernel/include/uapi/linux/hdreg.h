/* Disk geometry. */
#ifndef _UAPI_LINUX_HDREG_H
#define _UAPI_LINUX_HDREG_H
struct hd_geometry {
	unsigned char heads;
	unsigned char sectors;
	unsigned short cylinders;
	unsigned long start; /* first sector of the partition */
};
#define HDIO_GETGEO 0x0301
#define HDIO_GET_IDENTITY 0x030d
#endif
