/* Numbers of the line disciplines. */
#ifndef _UAPI_LINUX_TTY_H
#define _UAPI_LINUX_TTY_H
#define N_TTY 0
#define N_SLIP 1
#define N_MOUSE 2
#define N_PPP 3
#define N_STRIP 4
#define N_AX25 5
#define N_HDLC 13
#define N_NULL 27
#define NR_LDISCS 30
#endif
