/* Pipes. Source: Linux 5.10 pipe_fs_i.h. */
#ifndef _LINUX_PIPE_FS_I_H
#define _LINUX_PIPE_FS_I_H

#include <linux/types.h>
#include <linux/mutex.h>
#include <linux/wait.h>

#define PIPE_DEF_BUFFERS 16 /* pages */

struct file;
struct page;
struct fasync_struct;

struct pipe_buffer {
	struct page *page;
	unsigned int offset, len; /* bytes not yet read */
};

struct pipe_inode_info {
	struct mutex mutex; /* all below */
	wait_queue_head_t rd_wait, wr_wait;
	unsigned int head;	/* next slot to fill; counts on without end */
	unsigned int tail;	/* next slot to empty */
	unsigned int ring_size; /* slots, a power of two */
	unsigned int max_usage;
	unsigned int readers; /* open for reading */
	unsigned int writers;
	unsigned int files;	/* both, and opens in progress */
	unsigned int r_counter; /* opens ever, for FIFOs */
	unsigned int w_counter;
	struct page *tmp_page;	  /* one empty page kept */
	struct pipe_buffer *bufs; /* [ring_size] */
	struct fasync_struct *fasync_readers, *fasync_writers;
};

/* Two open files: [0] reading, [1] writing. 0 or -errno. Process context. */
int create_pipe_files(struct file **files, int flags);
int do_pipe_flags(int *fd, int flags);
struct pipe_inode_info *alloc_pipe_info(void);
void free_pipe_info(struct pipe_inode_info *pipe);

#endif
