/* The OSS sound interface, /dev/dsp: the part that playback needs. Source: OSS 3.8 Programmer's Guide. */
#ifndef _UAPI_LINUX_SOUNDCARD_H
#define _UAPI_LINUX_SOUNDCARD_H

#include <linux/ioctl.h>

#define SOUND_VERSION 0x030802
#define OSS_GETVERSION _IOR('M', 118, int)

#define _SIO _IO
#define _SIOR _IOR
#define _SIOW _IOW
#define _SIOWR _IOWR

#define SNDCTL_DSP_RESET _SIO('P', 0) /* stop at once, drop what is queued */
#define SNDCTL_DSP_SYNC _SIO('P', 1)  /* wait until all is played */
#define SNDCTL_DSP_SPEED _SIOWR('P', 2, int)	/* samples per second; gives back the rate that is set */
#define SNDCTL_DSP_STEREO _SIOWR('P', 3, int)	/* 0 mono, 1 stereo */
#define SNDCTL_DSP_GETBLKSIZE _SIOWR('P', 4, int) /* bytes of a fragment */
#define SNDCTL_DSP_SETFMT _SIOWR('P', 5, int)	/* AFMT_*; gives back the format that is set */
#define SNDCTL_DSP_SAMPLESIZE SNDCTL_DSP_SETFMT
#define SNDCTL_DSP_CHANNELS _SIOWR('P', 6, int) /* 1 or 2 */
#define SOUND_PCM_WRITE_CHANNELS SNDCTL_DSP_CHANNELS
#define SNDCTL_DSP_POST _SIO('P', 8)
#define SNDCTL_DSP_SUBDIVIDE _SIOWR('P', 9, int)
#define SNDCTL_DSP_SETFRAGMENT _SIOWR('P', 10, int) /* 0xMMMMSSSS: MMMM fragments of 2^SSSS bytes */
#define SNDCTL_DSP_GETFMTS _SIOR('P', 11, int)	    /* mask of AFMT_* */
#define SNDCTL_DSP_GETOSPACE _SIOR('P', 12, audio_buf_info)
#define SNDCTL_DSP_NONBLOCK _SIO('P', 14)
#define SNDCTL_DSP_GETCAPS _SIOR('P', 15, int)
#define SNDCTL_DSP_GETTRIGGER _SIOR('P', 16, int)
#define SNDCTL_DSP_SETTRIGGER _SIOW('P', 16, int)
#define SNDCTL_DSP_GETOPTR _SIOR('P', 18, count_info)
#define SNDCTL_DSP_GETODELAY _SIOR('P', 23, int) /* bytes written and not yet played */
#define SOUND_PCM_READ_RATE _SIOR('P', 2, int)
#define SOUND_PCM_READ_CHANNELS _SIOR('P', 6, int)
#define SOUND_PCM_READ_BITS _SIOR('P', 5, int)

#define AFMT_QUERY 0x00000000
#define AFMT_MU_LAW 0x00000001
#define AFMT_A_LAW 0x00000002
#define AFMT_U8 0x00000008
#define AFMT_S16_LE 0x00000010
#define AFMT_S16_BE 0x00000020
#define AFMT_S8 0x00000040
#define AFMT_U16_LE 0x00000080
#define AFMT_S16_NE AFMT_S16_LE

#define DSP_CAP_REVISION 0x000000ff
#define DSP_CAP_DUPLEX 0x00000100
#define DSP_CAP_REALTIME 0x00000200
#define DSP_CAP_TRIGGER 0x00001000
#define PCM_ENABLE_INPUT 0x00000001
#define PCM_ENABLE_OUTPUT 0x00000002

typedef struct audio_buf_info {
	int fragments;	/* whole fragments that can be written without blocking */
	int fragstotal; /* fragments there are */
	int fragsize;	/* bytes of each */
	int bytes;	/* bytes that can be written without blocking */
} audio_buf_info;

typedef struct count_info {
	int bytes;  /* bytes played since open */
	int blocks; /* fragments played since the last call */
	int ptr;    /* position in the buffer */
} count_info;

#endif
