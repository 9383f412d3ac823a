/* Memory mappings. Failing mmap() returns MAP_FAILED. */
#ifndef _SYS_MMAN_H
#define _SYS_MMAN_H
#include <features.h>
#include <sys/types.h>
#include <linux/mman.h>
#include <linux/memfd.h>
#define MAP_FAILED ((void *)-1)
#define MAP_ANON MAP_ANONYMOUS
__BEGIN_DECLS
void *mmap(void *where, size_t size, int protection, int flags, int fd, off_t offset);
int munmap(void *where, size_t size);
int mprotect(void *where, size_t size, int protection);
void *mremap(void *where, size_t old_size, size_t new_size, int flags, ...);
int msync(void *where, size_t size, int flags);
int madvise(void *where, size_t size, int advice);
int mlock(const void *where, size_t size);
int munlock(const void *where, size_t size);
int mlockall(int flags);
int munlockall(void);
int mincore(void *where, size_t size, unsigned char *resident);
int memfd_create(const char *name, unsigned int flags);
__END_DECLS
#endif
