/*
 * The kernel's linker as a library: links a module file in user space to an address the kernel has reserved, and gets
 * the same bytes that the kernel would. Also for tools that look into module files. The linker is kernel/link.
 */
#ifndef _MODLINK_H
#define _MODLINK_H
#include <features.h>
#include <stddef.h>
#include <stdint.h>
__BEGIN_DECLS

struct modlink;

/* The value of an exported symbol into *value and 1, or 0 when nobody exports it. weak: 0 is no error. */
typedef int modlink_lookup(void *context, const char *name, int weak, uint32_t *value);

/*
 * Checks a module file of size bytes and lays it out. file must stay where it is, aligned to 4 bytes, until
 * modlink_close(). NULL with errno ENOMEM: no memory. Otherwise an object; if modlink_error() of it is not NULL, the file
 * is no well-formed module.
 */
struct modlink *modlink_open(const void *file, size_t size);
/* What is wrong, as a line of text with section, entry and offset; NULL: nothing. */
const char *modlink_error(const struct modlink *link);
/* Bytes the image takes in memory, a multiple of the page; of these, what stays after init. */
uint32_t modlink_size(const struct modlink *link);
uint32_t modlink_core_size(const struct modlink *link);
/* .modinfo: the text of the first entry with this tag (NULL: none); all entries `tag=text`, NULL begins and ends. */
const char *modlink_info(const struct modlink *link, const char *tag);
const char *modlink_info_next(const struct modlink *link, const char *previous);
/*
 * Links to base (a multiple of the page). Returns the image, modlink_size() bytes, valid until modlink_close(); NULL
 * when symbols are missing (modlink_error() names the first, modlink_missing() each) or there is no memory.
 */
const void *modlink_at(struct modlink *link, uint32_t base, modlink_lookup *lookup, void *context);
/* The index-th missing symbol of the last modlink_at(), NULL behind the last. */
const char *modlink_missing(const struct modlink *link, unsigned int index);
/* Address of the symbol a module defines under this name, after modlink_at(); 0: none. */
uint32_t modlink_address(const struct modlink *link, const char *name);
/*
 * What the module exports, after modlink_at(): name and value of the index-th symbol, in the order in which the kernel
 * wants them; 0 behind the last. A name lies in the image.
 */
int modlink_export(const struct modlink *link, unsigned int index, const char **name,
		   uint32_t *value);
void modlink_close(struct modlink *link);

__END_DECLS
#endif
