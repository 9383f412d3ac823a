// SOURCES: tests/fuzz/fuzz_link.c kernel/link/*.c kernel/lib/checksum.c
// CFLAGS: -Itests
/*
 * Every structured damage to a built module (tests/harness/corrupt.h), on the linker under the sanitizers. With its
 * checksum none passes. Without, the fields decide: what they cannot show links, and no byte outside file and image is
 * touched (that is fuzz_link.c's check). Each refusal says where.
 */
#include "unit.h"
#include "harness/corrupt.h"
#include "link/link.h"

#define FILE_MAX (64 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct counts {
	unsigned int tried, passed, by_checksum, unplaced;
};

static uint8_t file[FILE_MAX] __attribute__((aligned(4)));

/* A module of the tree as it is installed, but for a signature. */
static size_t read_module(const char *name)
{
	const char *build = getenv("RAKIT_BUILD") ? getenv("RAKIT_BUILD") : "build";
	char command[1024], path[512];
	size_t size = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/unit/damage.ko", build);
	snprintf(command, sizeof(command),
		 "strip --strip-debug -o %s %s/modules/sample/%s/%s.ko && %s/host/modpost -c %s",
		 path, build, name, name, build, path);
	CHECK(!system(command));
	in = fopen(path, "rb");
	if (in) {
		size = fread(file, 1, sizeof(file), in);
		fclose(in);
	}
	CHECK(size > 1000 && size < sizeof(file));
	return size;
}

/* All but the file header's fields lie in a section, and the message names it. */
static bool names_place(const struct link_error *error)
{
	char text[512];

	link_describe(NULL, error, text, sizeof(text));
	if (!strstr(text, ", offset 0x"))
		return false;
	if (error->status < LINK_STRING_TABLE || error->status >= LINK_TRAILING ||
	    error->status == LINK_NO_SYMTAB)
		return true;
	return strstr(text, ": section ") != NULL;
}

static void validate(void *context, const uint8_t *bytes, size_t size, const struct damage *damage)
{
	static struct link_section sections[65536];
	struct counts *counts = context;
	struct link_object object;
	struct link_error error;
	enum link_status status = link_parse(bytes, size, &object, &error);

	if (!status)
		status = link_validate(&object, sections, &error);
	counts->tried++;
	counts->passed += status == LINK_OK;
	counts->by_checksum += status == LINK_CHECKSUM;
	if (status && !names_place(&error))
		counts->unplaced++;
	if (!status)
		LLVMFuzzerTestOneInput(bytes, size);
}

static struct counts damage(const char *name, bool with_checksum)
{
	struct counts counts = { 0 };
	struct corrupter corrupter = { file, read_module(name), validate, &counts };

	if (!with_checksum)
		corrupter.size -= LINK_TRAILER_SIZE;
	damage_everything(&corrupter, with_checksum ? LINK_TRAILER_SIZE : 0);
	printf("# %s: %u tried, %u passed, %u known by the checksum only\n", name, counts.tried,
	       counts.passed, counts.by_checksum);
	CHECK_EQ(counts.unplaced, 0);
	return counts;
}

static void test_with_checksum(void)
{
	CHECK_EQ(damage("hello", true).passed, 0);
	CHECK_EQ(damage("exporter", true).passed, 0);
}

static void test_without(void)
{
	struct counts counts = damage("exporter", false);

	CHECK(counts.passed < counts.tried);
	CHECK_EQ(counts.by_checksum, 0);
}

int main(void)
{
	RUN(test_with_checksum);
	RUN(test_without);
	UNIT_END();
}
