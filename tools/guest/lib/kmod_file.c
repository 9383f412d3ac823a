/*
 * Module files, read by the kernel's own parser: what it refuses here, the kernel would refuse too. Exports are
 * the symbols __ksymtab_NAME, as every module file has them, whatever the layout of its tables.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "guest/lib/kmod.h"
#include "lib/inflate.h"
#include "sign/trailer.h"

#define EXPORT "__ksymtab_"

static char refusal[256];

char *kmod_read(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t used = 0, room = 0;
	char *text = NULL;
	struct stat facts;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &facts) == 0 && facts.st_size > 0)
		room = facts.st_size + 2;
	for (;;) {
		if (!text || used + 1 >= room) {
			room = text ? room * 2 : room ? room : 4096;
			text = kmod_need(realloc(text, room));
		}
		ssize_t n = read(fd, text + used, room - used - 1);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			int error = errno;

			free(text);
			close(fd);
			errno = error;
			return NULL;
		}
		if (n == 0)
			break;
		used += n;
	}
	close(fd);
	text[used] = 0;
	if (size)
		*size = used;
	return text;
}

/* Without the signature behind it, if there is one. */
static size_t unsigned_size(const char *bytes, size_t size)
{
	const uint8_t *message;
	size_t content, message_size;
	enum trailer_status status = trailer_find((const uint8_t *)bytes, size, &content, &message,
						  &message_size);

	return status == TRAILER_FOUND || status == TRAILER_UNSUPPORTED ? content : size;
}

/* A file that is being unpacked. */
struct output {
	char *bytes;
	size_t size, room;
};

static bool put(void *context, const uint8_t *bytes, uint32_t n)
{
	struct output *out = context;

	if (n > LINK_MAX_SIZE - out->size)
		return false;
	if (out->size + n > out->room) {
		out->room = (out->size + n) * 2;
		out->bytes = kmod_need(realloc(out->bytes, out->room));
	}
	memcpy(out->bytes + out->size, bytes, n);
	out->size += n;
	return true;
}

/* NAME.ko.gz: the file as it is unpacked. False: it is damaged (refusal). */
static bool unpack(struct kmod_file *file)
{
	struct output out = { NULL, 0, 0 };
	struct inflate *state;
	uint32_t consumed;

	if (!inflate_is_gzip(file->bytes, file->size))
		return true;
	state = kmod_need(malloc(sizeof(*state)));
	enum inflate_status status = inflate_gzip(state, file->bytes, file->size, put, &out,
						  &consumed);

	free(state);
	free(file->bytes);
	file->bytes = out.bytes;
	file->size = out.size;
	snprintf(refusal, sizeof(refusal), "gzip: %s, at byte %u", inflate_error(status), consumed);
	return status == INFLATE_OK;
}

int kmod_file_open(struct kmod_file *file, const char *path)
{
	struct link_error error;

	memset(file, 0, sizeof(*file));
	file->path = path;
	file->bytes = kmod_read(path, &file->size);
	if (!file->bytes)
		return -errno;
	if (!unpack(file)) {
		kmod_file_close(file);
		return -ENOEXEC;
	}
	file->whole_size = file->size;
	file->size = unsigned_size(file->bytes, file->size);
	bool parsed = link_parse(file->bytes, file->size, &file->object, &error) == LINK_OK;

	if (parsed) {
		file->sections =
			kmod_need(calloc(file->object.section_count, sizeof(*file->sections)));
		if (link_validate(&file->object, file->sections, &error) == LINK_OK)
			return 0;
	}
	link_describe(parsed ? &file->object : NULL, &error, refusal, sizeof(refusal));
	kmod_file_close(file);
	return -ENOEXEC;
}

void kmod_file_close(struct kmod_file *file)
{
	free(file->sections);
	free(file->bytes);
	file->sections = NULL;
	file->bytes = NULL;
}

const char *kmod_file_error(void)
{
	return refusal;
}

uint32_t kmod_file_next_export(const struct kmod_file *file, uint32_t previous, const char **name)
{
	const struct link_object *o = &file->object;

	for (uint32_t i = previous + 1; i < o->symbol_count; i++) {
		const char *symbol = link_symbol_name(o, i);

		if (o->symbols[i].section &&
		    elf_symbol_type(&o->symbols[i]) != ELF_SYMBOL_SECTION &&
		    strncmp(symbol, EXPORT, strlen(EXPORT)) == 0) {
			*name = symbol + strlen(EXPORT);
			return i;
		}
	}
	return 0;
}

uint32_t kmod_file_next_undefined(const struct kmod_file *file, uint32_t previous,
				  const char **name, bool *weak)
{
	const struct link_object *o = &file->object;

	for (uint32_t i = previous + 1; i < o->symbol_count; i++) {
		const char *symbol = link_symbol_name(o, i);

		if (o->symbols[i].section == 0 && *symbol) {
			*name = symbol;
			*weak = elf_symbol_binding(&o->symbols[i]) == ELF_WEAK;
			return i;
		}
	}
	return 0;
}

const char *kmod_tag(const char *text, const char *tag)
{
	size_t n = strlen(tag);

	return strncmp(text, tag, n) == 0 && text[n] == '=' ? text + n + 1 : NULL;
}
