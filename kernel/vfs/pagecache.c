/*
 * The page cache: pages of files in memory, by (mapping, index).
 *
 * 1. A page in the cache is referenced once by its mapping. Whoever finds it takes another reference. Its content may be
 *    used once PG_uptodate is set, and changed or removed while PG_locked is held by the changer.
 * 2. Pages of file systems that live on a device are on the list pagecache_lru, oldest first; PG_referenced gives a page a
 *    second chance. pagecache_shrink() takes clean, unlocked, unmapped pages from there. Pages of tmpfs and the like
 *    exist nowhere else and are never taken.
 * 3. Locks: the mapping's xa_lock for the index (lookups need preemption off only), lru_lock for the list.
 *    Waiting for PG_locked and PG_writeback is on a small table of wait queues by page.
 */
#include "vfs/vfs.h"
#include <linux/backing-dev.h>
#include <linux/hash.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/uio.h>
#include <linux/writeback.h>

#define PAGE_WAIT_BITS 5

static wait_queue_head_t page_wait[1 << PAGE_WAIT_BITS];
static LIST_HEAD(pagecache_lru);
static DEFINE_SPINLOCK(lru_lock);
static unsigned long nr_cached;

unsigned long pagecache_pages(void)
{
	return nr_cached;
}

/* Locks. */

static wait_queue_head_t *wait_queue_of(struct page *page)
{
	return &page_wait[hash_ptr(page, PAGE_WAIT_BITS)];
}

int trylock_page(struct page *page)
{
	return !TestSetPageLocked(page);
}
EXPORT_SYMBOL(trylock_page);

void lock_page(struct page *page)
{
	if (!trylock_page(page))
		wait_event(*wait_queue_of(page), trylock_page(page));
}
EXPORT_SYMBOL(lock_page);

int lock_page_killable(struct page *page)
{
	return trylock_page(page) ? 0
				  : wait_event_killable(*wait_queue_of(page), trylock_page(page));
}
EXPORT_SYMBOL(lock_page_killable);

void unlock_page(struct page *page)
{
	wait_queue_head_t *queue = wait_queue_of(page);

	ClearPageLocked(page);
	if (waitqueue_active(queue))
		wake_up_all(queue);
}
EXPORT_SYMBOL(unlock_page);

void wait_on_page_locked(struct page *page)
{
	if (PageLocked(page))
		wait_event(*wait_queue_of(page), !PageLocked(page));
}
EXPORT_SYMBOL(wait_on_page_locked);

int wait_on_page_locked_killable(struct page *page)
{
	return PageLocked(page) ? wait_event_killable(*wait_queue_of(page), !PageLocked(page)) : 0;
}
EXPORT_SYMBOL(wait_on_page_locked_killable);

void wait_on_page_writeback(struct page *page)
{
	if (PageWriteback(page))
		wait_event(*wait_queue_of(page), !PageWriteback(page));
}
EXPORT_SYMBOL(wait_on_page_writeback);

void wait_for_stable_page(struct page *page)
{
}
EXPORT_SYMBOL(wait_for_stable_page);

void set_page_writeback(struct page *page)
{
	SetPageWriteback(page);
	if (page->mapping)
		xa_set_mark(&page->mapping->i_pages, page->index, PAGECACHE_TAG_WRITEBACK);
}
EXPORT_SYMBOL(set_page_writeback);

/* Any context: the end of the I/O. */
void end_page_writeback(struct page *page)
{
	ClearPageWriteback(page);
	wake_up_all(wait_queue_of(page));
}
EXPORT_SYMBOL(end_page_writeback);

void mapping_set_error(struct address_space *mapping, int error)
{
	if (error) {
		mapping->wb_err = error;
		set_bit(error == -ENOSPC ? AS_ENOSPC : AS_EIO, &mapping->flags);
	}
}
EXPORT_SYMBOL(mapping_set_error);

/* In and out. */

static void lru_add(struct page *page)
{
	spin_lock(&lru_lock);
	SetPageLRU(page);
	list_add_tail(&page->lru, &pagecache_lru);
	spin_unlock(&lru_lock);
}

static void lru_remove(struct page *page)
{
	spin_lock(&lru_lock);
	if (TestClearPageLRU(page))
		list_del(&page->lru);
	spin_unlock(&lru_lock);
}

struct page *__page_cache_alloc(gfp_t gfp)
{
	return alloc_page(gfp);
}
EXPORT_SYMBOL(__page_cache_alloc);

struct page *page_cache_alloc(struct address_space *mapping)
{
	return alloc_page(mapping_gfp_mask(mapping));
}
EXPORT_SYMBOL(page_cache_alloc);

/* page is locked. 0, -EEXIST (there is one already), -ENOMEM. */
int add_to_page_cache_locked(struct page *page, struct address_space *mapping, pgoff_t index,
			     gfp_t gfp)
{
	int error;

	get_page(page);
	page->mapping = mapping;
	page->index = index;
	error = xa_insert(&mapping->i_pages, index, page, gfp & GFP_KERNEL);
	if (error) {
		page->mapping = NULL;
		put_page(page);
		return error == -EBUSY ? -EEXIST : error;
	}
	preempt_disable();
	mapping->nrpages++;
	nr_cached++;
	preempt_enable();
	return 0;
}
EXPORT_SYMBOL(add_to_page_cache_locked);

int add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t index, gfp_t gfp)
{
	int error;

	SetPageLocked(page);
	error = add_to_page_cache_locked(page, mapping, index, gfp);
	if (error)
		ClearPageLocked(page);
	return error;
}
EXPORT_SYMBOL(add_to_page_cache);

int add_to_page_cache_lru(struct page *page, struct address_space *mapping, pgoff_t index,
			  gfp_t gfp)
{
	int error = add_to_page_cache(page, mapping, index, gfp);

	if (!error && mapping_can_writeback(mapping) && !(mapping->flags & (1UL << AS_UNEVICTABLE)))
		lru_add(page);
	return error;
}
EXPORT_SYMBOL(add_to_page_cache_lru);

/* page is locked and clean; the mapping's reference goes. */
void delete_from_page_cache(struct page *page)
{
	struct address_space *mapping = page->mapping;

	lru_remove(page);
	xa_erase(&mapping->i_pages, page->index);
	preempt_disable();
	mapping->nrpages--;
	nr_cached--;
	preempt_enable();
	if (mapping->a_ops->freepage)
		mapping->a_ops->freepage(page);
	page->mapping = NULL;
	put_page(page);
}
EXPORT_SYMBOL(delete_from_page_cache);

static bool page_let_go_of_buffers(struct page *page)
{
	struct address_space *mapping = page->mapping;

	if (!PagePrivate(page))
		return true;
	return mapping->a_ops->releasepage && mapping->a_ops->releasepage(page, GFP_KERNEL);
}

/* Takes one page out of the cache if nobody needs it. It is referenced by the caller and locked. */
static bool page_drop_clean(struct page *page)
{
	if (!page->mapping || PageDirty(page) || PageWriteback(page) || page_mapped(page))
		return false;
	if (!page_let_go_of_buffers(page))
		return false;
	preempt_disable();
	if (page_count(page) != 2 || PageDirty(page)) { /* the cache's and ours */
		preempt_enable();
		return false;
	}
	delete_from_page_cache(page);
	preempt_enable();
	return true;
}

unsigned long pagecache_shrink(unsigned long nr)
{
	unsigned long freed = 0, looked_at = 0;

	freed += dcache_shrink(nr / 8 + 1) / 16;
	icache_shrink(nr / 16 + 1);
	spin_lock(&lru_lock);
	while (freed < nr && looked_at++ < 4 * nr + 32 && !list_empty(&pagecache_lru)) {
		struct page *page = list_first_entry(&pagecache_lru, struct page, lru);

		list_move_tail(&page->lru, &pagecache_lru);
		if (TestClearPageReferenced(page) || !trylock_page(page))
			continue;
		get_page(page);
		spin_unlock(&lru_lock);
		freed += page_drop_clean(page);
		unlock_page(page);
		put_page(page);
		spin_lock(&lru_lock);
	}
	spin_unlock(&lru_lock);
	return freed;
}

unsigned long invalidate_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t end)
{
	unsigned long dropped = 0, index;
	struct page *page;

	xa_for_each_range(&mapping->i_pages, index, page, start, end)
	{
		get_page(page);
		if (trylock_page(page)) {
			dropped += page_drop_clean(page);
			unlock_page(page);
		}
		put_page(page);
		cond_resched();
	}
	return dropped;
}
EXPORT_SYMBOL(invalidate_mapping_pages);

int invalidate_inode_pages2(struct address_space *mapping)
{
	invalidate_mapping_pages(mapping, 0, ULONG_MAX);
	return mapping->nrpages ? -EBUSY : 0;
}
EXPORT_SYMBOL(invalidate_inode_pages2);

/* Lookups. */

struct page *find_get_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page;

	rcu_read_lock();
	page = xa_load(&mapping->i_pages, index);
	if (page)
		get_page(page);
	rcu_read_unlock();
	return page;
}
EXPORT_SYMBOL(find_get_page);

struct page *find_lock_page(struct address_space *mapping, pgoff_t index)
{
	struct page *page;

	for (;;) {
		page = find_get_page(mapping, index);
		if (!page)
			return NULL;
		lock_page(page);
		if (likely(page->mapping == mapping))
			return page;
		unlock_page(page); /* it was removed meanwhile */
		put_page(page);
	}
}
EXPORT_SYMBOL(find_lock_page);

struct page *pagecache_get_page(struct address_space *mapping, pgoff_t index, int fgp_flags,
				gfp_t gfp)
{
	struct page *page;
	int error;

	for (;;) {
		if (!(fgp_flags & FGP_LOCK)) {
			page = find_get_page(mapping, index);
		} else if (fgp_flags & FGP_NOWAIT) {
			page = find_get_page(mapping, index);
			if (page && !trylock_page(page)) {
				put_page(page);
				return NULL;
			}
		} else {
			page = find_lock_page(mapping, index);
		}
		if (page) {
			if (fgp_flags & FGP_ACCESSED)
				SetPageReferenced(page);
			return page;
		}
		if (!(fgp_flags & FGP_CREAT))
			return NULL;
		page = alloc_page(gfp);
		if (!page)
			return NULL;
		error = add_to_page_cache_lru(page, mapping, index, gfp);
		if (!error) {
			if (fgp_flags & FGP_FOR_MMAP || !(fgp_flags & FGP_LOCK))
				unlock_page(page);
			return page;
		}
		put_page(page);
		if (error != -EEXIST)
			return NULL;
	}
}
EXPORT_SYMBOL(pagecache_get_page);

struct page *find_or_create_page(struct address_space *mapping, pgoff_t index, gfp_t gfp)
{
	return pagecache_get_page(mapping, index, FGP_LOCK | FGP_ACCESSED | FGP_CREAT, gfp);
}
EXPORT_SYMBOL(find_or_create_page);

struct page *grab_cache_page(struct address_space *mapping, pgoff_t index)
{
	return find_or_create_page(mapping, index, mapping_gfp_mask(mapping));
}
EXPORT_SYMBOL(grab_cache_page);

struct page *grab_cache_page_nowait(struct address_space *mapping, pgoff_t index)
{
	return pagecache_get_page(mapping, index, FGP_LOCK | FGP_CREAT | FGP_NOWAIT,
				  mapping_gfp_mask(mapping));
}
EXPORT_SYMBOL(grab_cache_page_nowait);

struct page *grab_cache_page_write_begin(struct address_space *mapping, pgoff_t index,
					 unsigned int flags)
{
	return find_or_create_page(mapping, index, mapping_gfp_mask(mapping));
}
EXPORT_SYMBOL(grab_cache_page_write_begin);

static unsigned int get_range(struct address_space *mapping, pgoff_t *start, pgoff_t end,
			      xa_mark_t filter, unsigned int nr, struct page **pages)
{
	unsigned long index = *start;
	unsigned int found = 0;
	struct page *page;

	rcu_read_lock();
	for (page = xa_find(&mapping->i_pages, &index, end, filter); page && found < nr;
	     page = xa_find_after(&mapping->i_pages, &index, end, filter)) {
		get_page(page);
		pages[found++] = page;
		*start = index + 1;
	}
	rcu_read_unlock();
	return found;
}

unsigned int find_get_pages_range(struct address_space *mapping, pgoff_t *start, pgoff_t end,
				  unsigned int nr, struct page **pages)
{
	return get_range(mapping, start, end, XA_PRESENT, nr, pages);
}
EXPORT_SYMBOL(find_get_pages_range);

unsigned int find_get_pages_range_tag(struct address_space *mapping, pgoff_t *start, pgoff_t end,
				      xa_mark_t tag, unsigned int nr, struct page **pages)
{
	return get_range(mapping, start, end, tag, nr, pages);
}
EXPORT_SYMBOL(find_get_pages_range_tag);

/* Reading. */

static int page_fill(struct page *page, struct address_space *mapping, filler_t *filler, void *data)
{
	int error;

	ClearPageError(page);
	error = filler ? filler(data, page) : mapping->a_ops->readpage(data, page);
	if (error)
		return error == AOP_TRUNCATED_PAGE ? -EAGAIN : error;
	wait_on_page_locked(page);
	return PageUptodate(page) ? 0 : -EIO;
}

/* A page that is up to date, referenced. */
static struct page *page_read(struct address_space *mapping, pgoff_t index, filler_t *filler,
			      void *data)
{
	struct page *page;
	int error;

	for (;;) {
		page = find_get_page(mapping, index);
		if (page && likely(PageUptodate(page)))
			return page;
		if (page) {
			put_page(page);
		} else if (!filler && !mapping->a_ops->readpage) {
			return ERR_PTR(-EINVAL);
		}
		page = find_or_create_page(mapping, index, mapping_gfp_mask(mapping));
		if (!page)
			return ERR_PTR(-ENOMEM);
		if (PageUptodate(page)) {
			unlock_page(page);
			return page;
		}
		error = page_fill(page, mapping, filler, data);
		if (!error)
			return page;
		put_page(page);
		if (error != -EAGAIN)
			return ERR_PTR(error);
	}
}

struct page *read_cache_page(struct address_space *mapping, pgoff_t index, filler_t *filler,
			     void *data)
{
	return page_read(mapping, index, filler, data);
}
EXPORT_SYMBOL(read_cache_page);

struct page *read_mapping_page(struct address_space *mapping, pgoff_t index, void *data)
{
	return page_read(mapping, index, NULL, data);
}
EXPORT_SYMBOL(read_mapping_page);

ssize_t generic_file_buffered_read(struct kiocb *iocb, struct iov_iter *to, ssize_t written)
{
	struct file *file = iocb->ki_filp;
	struct address_space *mapping = file->f_mapping;
	struct inode *inode = mapping->host;

	while (iov_iter_count(to)) {
		loff_t size = i_size_read(inode), pos = iocb->ki_pos;
		unsigned int offset = pos & ~PAGE_MASK;
		struct page *page;
		size_t n, copied;

		if (pos >= size)
			break;
		page = page_read(mapping, pos >> PAGE_SHIFT, NULL, file);
		if (IS_ERR(page)) {
			if (!written)
				written = PTR_ERR(page);
			break;
		}
		SetPageReferenced(page);
		n = min_t(loff_t, size - pos, PAGE_SIZE - offset);
		n = min(n, iov_iter_count(to));
		copied = copy_page_to_iter(page, offset, n, to);
		put_page(page);
		iocb->ki_pos += copied;
		written += copied;
		if (copied < n) {
			if (!written)
				written = -EFAULT;
			break;
		}
		if (fatal_signal_pending(current))
			break;
	}
	if (written > 0)
		file_accessed(file);
	return written;
}
EXPORT_SYMBOL(generic_file_buffered_read);

ssize_t generic_file_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	if (!iov_iter_count(to))
		return 0;
	return generic_file_buffered_read(iocb, to, 0);
}
EXPORT_SYMBOL(generic_file_read_iter);

/* Writing. */

int pagecache_write_begin(struct file *file, struct address_space *mapping, loff_t pos,
			  unsigned int len, unsigned int flags, struct page **pagep, void **fsdata)
{
	return mapping->a_ops->write_begin(file, mapping, pos, len, flags, pagep, fsdata);
}
EXPORT_SYMBOL(pagecache_write_begin);

int pagecache_write_end(struct file *file, struct address_space *mapping, loff_t pos,
			unsigned int len, unsigned int copied, struct page *page, void *fsdata)
{
	return mapping->a_ops->write_end(file, mapping, pos, len, copied, page, fsdata);
}
EXPORT_SYMBOL(pagecache_write_end);

/* The position (end of file for O_APPEND) and how much may be written. i_rwsem is held. */
ssize_t generic_write_checks(struct kiocb *iocb, struct iov_iter *from)
{
	struct inode *inode = iocb->ki_filp->f_mapping->host;
	unsigned long limit = rlimit(RLIMIT_FSIZE);
	loff_t max = inode->i_sb->s_maxbytes;

	if (IS_SWAPFILE(inode))
		return -ETXTBSY;
	if (!iov_iter_count(from))
		return 0;
	if (iocb->ki_flags & IOCB_APPEND)
		iocb->ki_pos = i_size_read(inode);
	if (limit != RLIM_INFINITY) {
		if (iocb->ki_pos >= limit) {
			send_sig(SIGXFSZ, current, 0);
			return -EFBIG;
		}
		max = min_t(loff_t, max, limit);
	}
	if (iocb->ki_pos >= max)
		return -EFBIG;
	iov_iter_truncate(from, max - iocb->ki_pos);
	return iov_iter_count(from);
}
EXPORT_SYMBOL(generic_write_checks);

ssize_t generic_perform_write(struct file *file, struct iov_iter *from, loff_t pos)
{
	struct address_space *mapping = file->f_mapping;
	const struct address_space_operations *ops = mapping->a_ops;
	ssize_t written = 0;
	int status = 0;

	while (iov_iter_count(from)) {
		unsigned int offset = pos & ~PAGE_MASK;
		unsigned int bytes = min_t(size_t, PAGE_SIZE - offset, iov_iter_count(from));
		struct page *page;
		void *fsdata = NULL;
		size_t copied;

again:
		/* Not while the page is locked: the buffer may be a mapping of this very page. */
		if (unlikely(iov_iter_fault_in_readable(from, bytes))) {
			status = -EFAULT;
			break;
		}
		if (fatal_signal_pending(current)) {
			status = -EINTR;
			break;
		}
		status = ops->write_begin(file, mapping, pos, bytes, 0, &page, &fsdata);
		if (status < 0)
			break;
		copied = iov_iter_copy_from_user_atomic(page, from, offset, bytes);
		status = ops->write_end(file, mapping, pos, bytes, copied, page, fsdata);
		if (status < 0)
			break;
		copied = status;
		iov_iter_advance(from, copied);
		if (unlikely(!copied)) {
			bytes = min_t(size_t, PAGE_SIZE - offset, iov_iter_single_seg_count(from));
			goto again;
		}
		pos += copied;
		written += copied;
		balance_dirty_pages_ratelimited(mapping);
	}
	return written ? written : status;
}
EXPORT_SYMBOL(generic_perform_write);

/* i_rwsem is held. */
ssize_t __generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct file *file = iocb->ki_filp;
	ssize_t written;
	int error;

	error = file_remove_privs(file);
	if (!error)
		error = file_update_time(file);
	if (error)
		return error;
	written = generic_perform_write(file, from, iocb->ki_pos);
	if (written > 0)
		iocb->ki_pos += written;
	return written;
}
EXPORT_SYMBOL(__generic_file_write_iter);

ssize_t generic_write_sync(struct kiocb *iocb, ssize_t count)
{
	if (iocb->ki_flags & IOCB_DSYNC) {
		int error = vfs_fsync_range(iocb->ki_filp, iocb->ki_pos - count, iocb->ki_pos - 1,
					    iocb->ki_flags & IOCB_SYNC ? 0 : 1);

		if (error)
			return error;
	}
	return count;
}
EXPORT_SYMBOL(generic_write_sync);

ssize_t generic_file_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct inode *inode = iocb->ki_filp->f_mapping->host;
	ssize_t written;

	inode_lock(inode);
	written = generic_write_checks(iocb, from);
	if (written > 0)
		written = __generic_file_write_iter(iocb, from);
	inode_unlock(inode);
	return written > 0 ? generic_write_sync(iocb, written) : written;
}
EXPORT_SYMBOL(generic_file_write_iter);

/* Mapping files into memory. */

vm_fault_t filemap_fault(struct vm_fault *vmf)
{
	struct file *file = vmf->vma->vm_file;
	struct address_space *mapping = file->f_mapping;
	struct page *page;

	for (;;) {
		pgoff_t pages = DIV_ROUND_UP_ULL(i_size_read(mapping->host), PAGE_SIZE);

		if (vmf->pgoff >= pages)
			return VM_FAULT_SIGBUS;
		page = page_read(mapping, vmf->pgoff, NULL, file);
		if (IS_ERR(page))
			return page == ERR_PTR(-ENOMEM) ? VM_FAULT_OOM : VM_FAULT_SIGBUS;
		lock_page(page);
		if (likely(page->mapping == mapping))
			break;
		unlock_page(page);
		put_page(page);
	}
	SetPageReferenced(page);
	vmf->page = page;
	return VM_FAULT_LOCKED;
}
EXPORT_SYMBOL(filemap_fault);

vm_fault_t filemap_page_mkwrite(struct vm_fault *vmf)
{
	struct page *page = vmf->page;
	struct inode *inode = file_inode(vmf->vma->vm_file);

	file_update_time(vmf->vma->vm_file);
	lock_page(page);
	if (page->mapping != inode->i_mapping) {
		unlock_page(page);
		return VM_FAULT_NOPAGE;
	}
	set_page_dirty(page);
	return VM_FAULT_LOCKED;
}
EXPORT_SYMBOL(filemap_page_mkwrite);

const struct vm_operations_struct generic_file_vm_ops = {
	.fault = filemap_fault,
	.page_mkwrite = filemap_page_mkwrite,
};
EXPORT_SYMBOL(generic_file_vm_ops);

int generic_file_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!file->f_mapping->a_ops->readpage)
		return -ENOEXEC;
	file_accessed(file);
	vma->vm_ops = &generic_file_vm_ops;
	return 0;
}
EXPORT_SYMBOL(generic_file_mmap);

int generic_file_readonly_mmap(struct file *file, struct vm_area_struct *vma)
{
	if ((vma->vm_flags & VM_SHARED) && (vma->vm_flags & VM_MAYWRITE))
		return -EINVAL;
	return generic_file_mmap(file, vma);
}
EXPORT_SYMBOL(generic_file_readonly_mmap);

int fault_in_pages_readable(const char __user *uaddr, int size)
{
	volatile char c;
	const char __user *end = uaddr + size - 1;

	if (size <= 0)
		return 0;
	for (; uaddr < end; uaddr += PAGE_SIZE)
		if (get_user(c, uaddr))
			return -EFAULT;
	return get_user(c, end) ? -EFAULT : 0;
}
EXPORT_SYMBOL(fault_in_pages_readable);

int fault_in_pages_writeable(char __user *uaddr, int size)
{
	char __user *end = uaddr + size - 1;

	if (size <= 0)
		return 0;
	for (; uaddr < end; uaddr += PAGE_SIZE)
		if (put_user(0, uaddr))
			return -EFAULT;
	return put_user(0, end) ? -EFAULT : 0;
}
EXPORT_SYMBOL(fault_in_pages_writeable);

void pagecache_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(page_wait); i++)
		init_waitqueue_head(&page_wait[i]);
}
