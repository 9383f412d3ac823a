/*
 * /dev/dsp: the OSS interface, playback. One open at a time. Changing the format waits until what is queued is played.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/soundcard.h>
#include <linux/uaccess.h>
#include "sb16.h"

#define TAIL_MS 250 /* silence behind the last sample at close: pushes it out of what buffers it */

static int sb_open(struct inode *inode, struct file *file)
{
	struct sb16 *sb = container_of(inode->i_cdev, struct sb16, cdev);

	if (file->f_mode & FMODE_READ && !(file->f_mode & FMODE_WRITE))
		return -ENODEV;
	if (test_and_set_bit(0, &sb->opened))
		return -EBUSY;
	file->private_data = sb;
	sb->rate = 8000;
	sb->format = AFMT_U8;
	sb->channels = 1;
	sb->fragment = SB_FRAGMENT_DEFAULT;
	sb->played = 0;
	sb->reported = 0;
	sb_play_rewind(sb);
	return stream_open(inode, file);
}

static int sb_release(struct inode *inode, struct file *file)
{
	struct sb16 *sb = file->private_data;

	if (sb->queued || sb->played)
		sb_play_silence(sb, TAIL_MS);
	sb_play_drain(sb);
	clear_bit(0, &sb->opened);
	return 0;
}

/* Waits until there is room for something. */
static int sb_wait_room(struct sb16 *sb, bool nonblock)
{
	if (sb_play_space(sb))
		return 0;
	if (nonblock)
		return -EAGAIN;
	sb_play_kick(sb);
	return wait_event_interruptible(sb->room, sb_play_space(sb));
}

static ssize_t sb_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct sb16 *sb = file->private_data;
	size_t done = 0;
	ssize_t step = mutex_lock_interruptible(&sb->mutex);

	if (step)
		return step;
	while (done < count) {
		step = sb_wait_room(sb, file->f_flags & O_NONBLOCK);
		if (!step)
			step = sb_play_put(sb, buf + done, count - done);
		if (step < 0)
			break;
		done += step;
	}
	mutex_unlock(&sb->mutex);
	return done ? (ssize_t)done : step;
}

static __poll_t sb_poll(struct file *file, struct poll_table_struct *wait)
{
	struct sb16 *sb = file->private_data;

	poll_wait(file, &sb->room, wait);
	return sb_play_space(sb) >= sb->fragment ? EPOLLOUT | EPOLLWRNORM : 0;
}

/* The card's formats; 16-bit ones need a second DMA channel. */
static unsigned int sb_formats(const struct sb16 *sb)
{
	return AFMT_U8 | AFMT_S8 | (sb->dma16 >= 0 ? AFMT_S16_LE | AFMT_U16_LE : 0);
}

static int sb_set_rate(struct sb16 *sb, int *rate)
{
	int err = *rate ? sb_play_drain(sb) : 0;

	if (!err && *rate)
		sb->rate = clamp(*rate, SB_RATE_MIN, SB_RATE_MAX);
	*rate = sb->rate;
	return err;
}

static int sb_set_format(struct sb16 *sb, int *format)
{
	int err = *format != AFMT_QUERY ? sb_play_drain(sb) : 0;

	if (!err && (*format & sb_formats(sb)) && !(*format & (*format - 1)))
		sb->format = *format;
	*format = sb->format;
	return err;
}

static int sb_set_channels(struct sb16 *sb, int *channels)
{
	int err = *channels ? sb_play_drain(sb) : 0;

	if (!err && *channels)
		sb->channels = *channels == 1 ? 1 : 2;
	*channels = sb->channels;
	return err;
}

static int sb_set_stereo(struct sb16 *sb, int *stereo)
{
	int channels = *stereo ? 2 : 1, err = sb_set_channels(sb, &channels);

	*stereo = channels == 2;
	return err;
}

/* 0xMMMMSSSS: at most MMMM fragments of 2^SSSS bytes. */
static int sb_set_fragment(struct sb16 *sb, int *wanted)
{
	unsigned int shift = *wanted & 0xffff;
	int err = sb_play_drain(sb);

	if (err)
		return err;
	if (shift < 4 || shift > 15)
		return -EINVAL;
	sb->fragment = max(1u << shift, SB_FRAGMENT_MIN);
	sb_play_rewind(sb);
	return 0;
}

static long sb_get_space(struct sb16 *sb, audio_buf_info __user *arg)
{
	unsigned int space = sb_play_space(sb);
	audio_buf_info info = {
		.fragments = space / sb->fragment,
		.fragstotal = sb->size / sb->fragment,
		.fragsize = sb->fragment,
		.bytes = space,
	};

	return copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : 0;
}

static long sb_get_position(struct sb16 *sb, count_info __user *arg)
{
	count_info info;
	unsigned int fragments;

	sb_play_space(sb);
	fragments = (unsigned int)div_u64(sb->played - sb->reported, sb->fragment);
	info = (count_info){ .bytes = (int)sb->played,
			     .blocks = (int)fragments,
			     .ptr = (int)sb->out };
	sb->reported += (u64)fragments * sb->fragment;
	return copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : 0;
}

/* ioctls that take an int and give one back. */
static long sb_int_ioctl(struct sb16 *sb, int (*set)(struct sb16 *sb, int *value), int __user *arg)
{
	int value, err;

	if (get_user(value, arg))
		return -EFAULT;
	err = set(sb, &value);
	return err ? err : put_user(value, arg);
}

static long sb_locked_ioctl(struct sb16 *sb, unsigned int cmd, void __user *arg)
{
	switch (cmd) {
	case OSS_GETVERSION:
		return put_user(SOUND_VERSION, (int __user *)arg);
	case SNDCTL_DSP_RESET:
		sb_play_stop(sb);
		return 0;
	case SNDCTL_DSP_SYNC:
		return sb_play_drain(sb);
	case SNDCTL_DSP_POST:
		sb_play_kick(sb);
		return 0;
	case SNDCTL_DSP_SPEED:
		return sb_int_ioctl(sb, sb_set_rate, arg);
	case SNDCTL_DSP_SETFMT:
		return sb_int_ioctl(sb, sb_set_format, arg);
	case SNDCTL_DSP_CHANNELS:
		return sb_int_ioctl(sb, sb_set_channels, arg);
	case SNDCTL_DSP_STEREO:
		return sb_int_ioctl(sb, sb_set_stereo, arg);
	case SNDCTL_DSP_SETFRAGMENT:
		return sb_int_ioctl(sb, sb_set_fragment, arg);
	case SOUND_PCM_READ_RATE:
		return put_user((int)sb->rate, (int __user *)arg);
	case SOUND_PCM_READ_CHANNELS:
		return put_user((int)sb->channels, (int __user *)arg);
	case SOUND_PCM_READ_BITS:
		return put_user(sb_is_wide(sb) ? 16 : 8, (int __user *)arg);
	case SNDCTL_DSP_GETFMTS:
		return put_user((int)sb_formats(sb), (int __user *)arg);
	case SNDCTL_DSP_GETBLKSIZE:
		return put_user((int)sb->fragment, (int __user *)arg);
	case SNDCTL_DSP_GETOSPACE:
		return sb_get_space(sb, arg);
	case SNDCTL_DSP_GETOPTR:
		return sb_get_position(sb, arg);
	case SNDCTL_DSP_GETODELAY:
		return put_user((int)(sb->size - sb_play_space(sb)), (int __user *)arg);
	case SNDCTL_DSP_GETCAPS:
		return put_user(DSP_CAP_REALTIME, (int __user *)arg);
	default:
		return -EINVAL;
	}
}

static long sb_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct sb16 *sb = file->private_data;
	long result = mutex_lock_interruptible(&sb->mutex);

	if (result)
		return result;
	if (cmd == SNDCTL_DSP_NONBLOCK)
		file->f_flags |= O_NONBLOCK;
	else
		result = sb_locked_ioctl(sb, cmd, (void __user *)arg);
	mutex_unlock(&sb->mutex);
	return result;
}

const struct file_operations sb_file_operations = {
	.owner = THIS_MODULE,
	.open = sb_open,
	.release = sb_release,
	.write = sb_write,
	.poll = sb_poll,
	.unlocked_ioctl = sb_ioctl,
	.llseek = no_llseek,
};
