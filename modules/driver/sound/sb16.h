/* Inside of sb16, shared by its files. */
#ifndef SB16_H
#define SB16_H

#include <linux/cdev.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <linux/wait.h>

#define SB_PORTS 16
#define SB_BUFFER_SIZE 65536u /* ISA DMA reaches no further without crossing a 64 KiB line */
#define SB_FRAGMENT_MIN 256u
#define SB_FRAGMENT_DEFAULT 4096u
#define SB_RATE_MIN 5000
#define SB_RATE_MAX 44100

enum sb_state {
	SB_IDLE, /* no transfer */
	SB_RING, /* auto-init: round and round the buffer, an interrupt per fragment */
	SB_ONCE, /* one stretch of the buffer, an interrupt at its end */
};

struct sb16 {
	unsigned int port; /* base */
	unsigned int irq;
	unsigned int dma8;    /* channel for 8-bit samples */
	int dma16;	      /* channel for 16-bit samples, negative: none */
	unsigned int version; /* of the DSP: major << 8 | minor */

	struct mutex mutex;    /* one program call at a time; protects the format below */
	unsigned int rate;     /* samples per second */
	unsigned int format;   /* AFMT_* */
	unsigned int channels; /* 1 or 2 */
	unsigned long opened;  /* bit 0: somebody has /dev/dsp open */

	spinlock_t lock;	/* protects what follows and the DSP; taken in irq context */
	wait_queue_head_t room; /* woken when something has been played */
	char *buffer;		/* SB_BUFFER_SIZE bytes that DMA can reach */
	dma_addr_t buffer_bus;
	enum sb_state state;
	unsigned int size;     /* bytes of buffer in use as ring: a multiple of fragment */
	unsigned int fragment; /* bytes */
	unsigned int in;       /* offset where the next byte is put */
	unsigned int out;      /* offset of the first byte not known to be played */
	unsigned int queued;   /* bytes from out to in */
	unsigned int stretch;  /* SB_ONCE: bytes of the transfer */
	u64 played;	       /* bytes since open */
	u64 reported;	       /* played at the last SNDCTL_DSP_GETOPTR */

	dev_t devt;
	struct class *class;
	struct cdev cdev;
	struct device *device;
};

extern const struct file_operations sb_file_operations;

/* sb16_dsp.c: the chip. Under sb->lock, save reset and identify, which sleep. */
int sb_dsp_identify(struct sb16 *sb); /* reset, version: 0, -ENODEV (no answer, or no SB16) */
int sb_dsp_select(
	struct sb16 *sb); /* program line and channels: 0, -EINVAL (not a choice of the card) */
void sb_dsp_start(struct sb16 *sb, unsigned int bytes, bool ring);
void sb_dsp_halt(struct sb16 *sb);
bool sb_dsp_acknowledge(struct sb16 *sb); /* whether the card had interrupted */

/* sb16_play.c. */
bool sb_is_wide(const struct sb16 *sb); /* 16-bit samples */
void sb_play_rewind(struct sb16 *sb);	/* empty ring, geometry by fragment; idle only */
void sb_play_interrupt(struct sb16 *sb);
/* Copies up to count bytes from the program into the ring; bytes taken or -EFAULT. */
ssize_t sb_play_put(struct sb16 *sb, const char __user *buf, size_t count);
/* Puts silence behind what is queued: 0, -ERESTARTSYS. */
int sb_play_silence(struct sb16 *sb, unsigned int milliseconds);
int sb_play_drain(struct sb16 *sb);	     /* waits until all is played: 0, -ERESTARTSYS, -EIO */
void sb_play_stop(struct sb16 *sb);	     /* at once; what is queued is dropped */
void sb_play_kick(struct sb16 *sb);	     /* play now even if it is little */
unsigned int sb_play_space(struct sb16 *sb); /* bytes that fit, after a look at the hardware */

#endif
