/*
 * ELF programs for i386.
 *
 * 1. A file is described by a struct elf_image: header, program headers, and what follows from them. image_read() checks every
 *    field that is used later; after it the numbers are trusted. The program and, if it has PT_INTERP, the interpreter (the dynamic linker)
 *    are read and checked before begin_new_exec(), so that a broken file leaves the old program alone.
 * 2. image_map() maps the PT_LOAD segments: file pages privately, then zeroes what lies behind the file's bytes (bss).
 *    A position-independent image is moved as a whole by `bias`. Programs at fixed addresses have bias 0; position-independent
 *    programs with an interpreter go to DYN_BASE, the interpreter where there is room. No address is random: the same run
 *    gives the same addresses.
 * 3. stack_fill() puts argc, argv, envp and the auxiliary vector below the strings, as the System V ABI has it; then the
 *    thread starts at the interpreter's entry point, or the program's if there is none.
 * Source: System V ABI, Intel386 supplement; Linux's auxiliary vector, getauxval(3).
 */
#include <linux/binfmts.h>
#include <linux/cred.h>
#include <linux/elf.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/file.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <uapi/linux/auxvec.h>
#include <asm/processor.h>

#define DYN_BASE 0x00400000u
#define HEADERS_MAX (65536u / sizeof(Elf32_Phdr))
#define CLOCK_TICKS 100
#define RANDOM_BYTES 16
#define AUXV_PAIRS 20

#define page_start(x) ((x)&PAGE_MASK)
#define page_offset(x) ((x) & ~PAGE_MASK)

struct elf_image {
	struct file *file;
	Elf32_Ehdr header;
	Elf32_Phdr *segments; /* all program headers, header.e_phnum of them */
	u32 first,
		last; /* lowest and highest address of PT_LOAD segments, before the bias; whole pages */
	u32 bias;     /* what was added to all addresses; known after image_map() */
};

static bool header_is_ours(const Elf32_Ehdr *header)
{
	return !memcmp(header->e_ident, ELFMAG, SELFMAG) &&
	       header->e_ident[EI_CLASS] == ELFCLASS32 && header->e_ident[EI_DATA] == ELFDATA2LSB &&
	       header->e_machine == EM_386 &&
	       (header->e_type == ET_EXEC || header->e_type == ET_DYN) &&
	       header->e_phentsize == sizeof(Elf32_Phdr) && header->e_phnum > 0 &&
	       header->e_phnum <= HEADERS_MAX;
}

static int read_exact(struct file *file, void *buf, size_t size, loff_t pos)
{
	ssize_t bytes = kernel_read(file, buf, size, &pos);

	if (bytes == (ssize_t)size)
		return 0;
	return bytes < 0 ? (int)bytes : -ENOEXEC;
}

/* A PT_LOAD segment that can be mapped: bytes of the file at the right offset in their page, inside user space. */
static bool segment_is_valid(const Elf32_Phdr *s, u32 room)
{
	return s->p_filesz <= s->p_memsz && s->p_memsz <= room && s->p_vaddr <= room - s->p_memsz &&
	       page_offset(s->p_vaddr) == page_offset(s->p_offset) &&
	       s->p_offset <= 0x7fffffffu - s->p_filesz;
}

/* Checks all PT_LOAD segments and finds the range they take. */
static int image_measure(struct elf_image *image)
{
	u32 room = TASK_SIZE - 2 * PAGE_SIZE, i;
	bool any = false;

	image->first = room;
	for (i = 0; i < image->header.e_phnum; i++) {
		const Elf32_Phdr *s = &image->segments[i];

		if (s->p_type != PT_LOAD || !s->p_memsz)
			continue;
		if (!segment_is_valid(s, room) || (any && s->p_vaddr < image->last))
			return -ENOEXEC;
		if (!any)
			image->first = page_start(s->p_vaddr);
		image->last = s->p_vaddr + s->p_memsz;
		any = true;
	}
	if (!any || (image->header.e_type == ET_EXEC && !image->first))
		return -ENOEXEC;
	image->last = PAGE_ALIGN(image->last) - 1;
	return 0;
}

/* file is the image's from now on; header is set. 0, -ENOEXEC, -ENOMEM or an error of reading. */
static int image_read(struct elf_image *image)
{
	size_t size = image->header.e_phnum * sizeof(Elf32_Phdr);
	int err;

	image->segments = kmalloc(size, GFP_KERNEL);
	if (!image->segments)
		return -ENOMEM;
	err = read_exact(image->file, image->segments, size, image->header.e_phoff);
	return err ?: image_measure(image);
}

/* The path of the interpreter, allocated; NULL if there is none; ERR_PTR. */
static char *interpreter_path(const struct elf_image *image)
{
	const Elf32_Phdr *s = image->segments, *end = s + image->header.e_phnum;
	char *path;
	int err;

	while (s < end && s->p_type != PT_INTERP)
		s++;
	if (s == end)
		return NULL;
	if (s->p_filesz < 2 || s->p_filesz > PATH_MAX || s->p_offset > 0x7fffffffu)
		return ERR_PTR(-ENOEXEC);
	path = kmalloc(s->p_filesz, GFP_KERNEL);
	if (!path)
		return ERR_PTR(-ENOMEM);
	err = read_exact(image->file, path, s->p_filesz, s->p_offset);
	if (!err && path[s->p_filesz - 1])
		err = -ENOEXEC;
	if (!err)
		return path;
	kfree(path);
	return ERR_PTR(err);
}

/* Opens and reads the interpreter of program, if it names one; interpreter->file stays NULL if not. */
static int interpreter_read(struct linux_binprm *bprm, const struct elf_image *program,
			    struct elf_image *interpreter)
{
	char *path = interpreter_path(program);
	struct file *file;
	int err;

	if (IS_ERR_OR_NULL(path))
		return PTR_ERR_OR_ZERO(path);
	file = open_exec(path);
	kfree(path);
	if (IS_ERR(file))
		return PTR_ERR(file);
	interpreter->file = file;
	would_dump(bprm, file);
	err = read_exact(file, &interpreter->header, sizeof(interpreter->header), 0);
	if (!err && !header_is_ours(&interpreter->header))
		err = -ELIBBAD;
	if (!err)
		err = image_read(interpreter);
	return err == -ENOEXEC ? -ELIBBAD : err;
}

static void interpreter_close(struct elf_image *interpreter)
{
	kfree(interpreter->segments);
	if (!interpreter->file)
		return;
	allow_write_access(interpreter->file);
	fput(interpreter->file);
}

static unsigned long segment_protection(const Elf32_Phdr *s)
{
	return (s->p_flags & PF_R ? PROT_READ : 0) | (s->p_flags & PF_W ? PROT_WRITE : 0) |
	       (s->p_flags & PF_X ? PROT_EXEC : 0);
}

/* The file's part of a segment, at exactly its address. */
static int segment_map_file(struct file *file, const Elf32_Phdr *s, u32 start)
{
	u32 length = PAGE_ALIGN(s->p_filesz + page_offset(s->p_vaddr));
	unsigned long addr;

	if (!s->p_filesz)
		return 0;
	addr = vm_mmap(file, page_start(start), length, segment_protection(s),
		       MAP_PRIVATE | MAP_FIXED | MAP_DENYWRITE | MAP_EXECUTABLE,
		       page_start(s->p_offset));
	return IS_ERR_VALUE(addr) ? (int)addr : 0;
}

/* What lies behind the file's bytes is zero: the rest of the last page, then pages of its own. */
static int segment_map_bss(const Elf32_Phdr *s, u32 start)
{
	u32 file_end = start + s->p_filesz, end = PAGE_ALIGN(start + s->p_memsz);
	u32 pages = s->p_filesz ? PAGE_ALIGN(file_end) : page_start(start);

	if (s->p_memsz == s->p_filesz)
		return 0;
	if (s->p_filesz && (s->p_flags & PF_W) && page_offset(file_end) &&
	    clear_user((void __user *)file_end, pages - file_end))
		return -EFAULT;
	if (pages >= end)
		return 0;
	return vm_brk_flags(pages, end - pages, s->p_flags & PF_X ? VM_EXEC : 0);
}

/* A range for the whole image where there is room: its address or -errno. */
static unsigned long find_room(const struct elf_image *image)
{
	unsigned long size = image->last - image->first + 1;
	unsigned long addr = vm_mmap(NULL, 0, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, 0);

	if (!IS_ERR_VALUE(addr))
		vm_munmap(addr, size);
	return addr;
}

/* Where the image goes. */
static int image_place(struct elf_image *image, bool has_interpreter)
{
	unsigned long addr;

	if (image->header.e_type == ET_EXEC) {
		image->bias = 0;
		return 0;
	}
	if (has_interpreter) {
		image->bias = DYN_BASE - image->first;
		return 0;
	}
	addr = find_room(image);
	if (IS_ERR_VALUE(addr))
		return (int)addr;
	image->bias = (u32)addr - image->first;
	return 0;
}

static int image_map(struct elf_image *image, bool has_interpreter)
{
	int err = image_place(image, has_interpreter);
	u32 i;

	for (i = 0; !err && i < image->header.e_phnum; i++) {
		const Elf32_Phdr *s = &image->segments[i];
		u32 start = s->p_vaddr + image->bias;

		if (s->p_type == PT_LOAD && s->p_memsz)
			err = segment_map_file(image->file, s, start) ?: segment_map_bss(s, start);
	}
	return err;
}

/* What /proc shows of a program, and where brk begins: behind its highest byte. */
static void describe_program(const struct elf_image *image, bool has_interpreter)
{
	struct mm_struct *mm = current->mm;
	u32 i, end = 0;

	mm->start_code = mm->start_data = ~0ul;
	mm->end_code = mm->end_data = 0;
	for (i = 0; i < image->header.e_phnum; i++) {
		const Elf32_Phdr *s = &image->segments[i];
		unsigned long start = s->p_vaddr + image->bias;

		if (s->p_type != PT_LOAD || !s->p_memsz)
			continue;
		if (s->p_flags & PF_X) {
			mm->start_code = min(mm->start_code, start);
			mm->end_code = max(mm->end_code, start + s->p_filesz);
		} else {
			mm->start_data = min(mm->start_data, start);
			mm->end_data = max(mm->end_data, start + s->p_filesz);
		}
		end = max(end, (u32)start + s->p_memsz);
	}
	if (mm->start_data == ~0ul)
		mm->start_data = mm->end_data = end;
	/* one that runs without interpreter is among the mappings: its heap needs room elsewhere */
	if (image->header.e_type == ET_DYN && !has_interpreter)
		end = DYN_BASE;
	mm->start_brk = mm->brk = PAGE_ALIGN(end);
}

/* Address of the program headers in memory: in the segment that holds their part of the file; 0 if none does. */
static u32 headers_address(const struct elf_image *image)
{
	u32 i, offset = image->header.e_phoff;

	for (i = 0; i < image->header.e_phnum; i++) {
		const Elf32_Phdr *s = &image->segments[i];

		if (s->p_type == PT_LOAD && s->p_offset <= offset &&
		    offset - s->p_offset < s->p_filesz)
			return offset - s->p_offset + s->p_vaddr + image->bias;
	}
	return 0;
}

struct auxv {
	unsigned int count; /* words used */
	u32 words[2 * AUXV_PAIRS];
};

static void auxv_add(struct auxv *auxv, u32 type, u32 value)
{
	auxv->words[auxv->count++] = type;
	auxv->words[auxv->count++] = value;
}

static void auxv_fill(struct auxv *auxv, const struct linux_binprm *bprm,
		      const struct elf_image *program, u32 base, u32 platform, u32 random)
{
	const struct cred *cred = current_cred();

	auxv->count = 0;
	auxv_add(auxv, AT_HWCAP, boot_cpu_data.features);
	auxv_add(auxv, AT_PAGESZ, PAGE_SIZE);
	auxv_add(auxv, AT_CLKTCK, CLOCK_TICKS);
	auxv_add(auxv, AT_PHDR, headers_address(program));
	auxv_add(auxv, AT_PHENT, sizeof(Elf32_Phdr));
	auxv_add(auxv, AT_PHNUM, program->header.e_phnum);
	auxv_add(auxv, AT_BASE, base);
	auxv_add(auxv, AT_FLAGS, 0);
	auxv_add(auxv, AT_ENTRY, program->header.e_entry + program->bias);
	auxv_add(auxv, AT_UID, cred->uid.val);
	auxv_add(auxv, AT_EUID, cred->euid.val);
	auxv_add(auxv, AT_GID, cred->gid.val);
	auxv_add(auxv, AT_EGID, cred->egid.val);
	auxv_add(auxv, AT_SECURE, bprm->secureexec);
	auxv_add(auxv, AT_RANDOM, random);
	auxv_add(auxv, AT_HWCAP2, 0);
	auxv_add(auxv, AT_EXECFN, bprm->exec);
	auxv_add(auxv, AT_PLATFORM, platform);
	if (bprm->have_execfd)
		auxv_add(auxv, AT_EXECFD, (u32)bprm->execfd);
	auxv_add(auxv, AT_NULL, 0);
}

/* One list of pointers to strings that lie behind each other from *string on, ended by NULL. */
static int put_pointers(u32 __user **to, int count, u32 *string)
{
	while (count-- > 0) {
		long length;

		if (put_user(*string, (*to)++))
			return -EFAULT;
		length = strnlen_user((const char __user *)*string, MAX_ARG_STRLEN);
		if (!length || length > (long)MAX_ARG_STRLEN)
			return -EINVAL;
		*string += (u32)length;
	}
	return put_user(0u, (*to)++);
}

static int put_strings(struct linux_binprm *bprm, u32 __user *sp)
{
	struct mm_struct *mm = current->mm;
	u32 string = mm->arg_start;
	int err = put_user((u32)bprm->argc, sp++);

	err = err ?: put_pointers(&sp, bprm->argc, &string);
	mm->arg_end = mm->env_start = string;
	err = err ?: put_pointers(&sp, bprm->envc, &string);
	mm->env_end = string;
	return err;
}

/* base: where the interpreter is, 0: none. bprm->p becomes the stack pointer. */
static int stack_fill(struct linux_binprm *bprm, const struct elf_image *program, u32 base)
{
	static const char platform[] = "i686";
	u8 random[RANDOM_BYTES];
	struct auxv auxv;
	u32 p = (bprm->p - sizeof(platform)) & ~15u, platform_at = p, random_at = p - RANDOM_BYTES,
	    words;
	int err;

	get_random_bytes(random, sizeof(random));
	auxv_fill(&auxv, bprm, program, base, platform_at, random_at);
	words = 1 + (u32)bprm->argc + 1 + (u32)bprm->envc + 1;
	p = (random_at - (words + auxv.count) * sizeof(u32)) & ~15u;
	if (copy_to_user((void __user *)platform_at, platform, sizeof(platform)) ||
	    copy_to_user((void __user *)random_at, random, sizeof(random)) ||
	    copy_to_user((u32 __user *)p + words, auxv.words, auxv.count * sizeof(u32)))
		return -EFAULT;
	err = put_strings(bprm, (u32 __user *)p);
	memcpy(current->mm->saved_auxv, auxv.words, auxv.count * sizeof(u32));
	bprm->p = p;
	return err;
}

static struct linux_binfmt elf_format;

/* From here on the old program is gone. */
static int start_program(struct linux_binprm *bprm, struct elf_image *program,
			 struct elf_image *interpreter)
{
	bool has_interpreter = interpreter->file != NULL;
	const struct elf_image *first = has_interpreter ? interpreter : program;
	int err = begin_new_exec(bprm);

	if (err)
		return err;
	setup_new_exec(bprm);
	err = setup_arg_pages(bprm, STACK_TOP, EXSTACK_DEFAULT);
	err = err ?: image_map(program, has_interpreter);
	if (!err && has_interpreter)
		err = image_map(interpreter, false);
	if (err)
		return err;
	describe_program(program, has_interpreter);
	set_binfmt(&elf_format);
	err = stack_fill(bprm, program,
			 has_interpreter ? interpreter->first + interpreter->bias : 0);
	if (err)
		return err;
	current->mm->start_stack = bprm->p;
	finalize_exec(bprm);
	start_thread(current_pt_regs(), first->header.e_entry + first->bias, bprm->p);
	return 0;
}

static int load_elf(struct linux_binprm *bprm)
{
	struct elf_image program = { .file = bprm->file }, interpreter = { .file = NULL };
	int err;

	memcpy(&program.header, bprm->buf, sizeof(program.header));
	if (!header_is_ours(&program.header))
		return -ENOEXEC;
	err = image_read(&program);
	err = err ?: interpreter_read(bprm, &program, &interpreter);
	err = err ?: start_program(bprm, &program, &interpreter);
	interpreter_close(&interpreter);
	kfree(program.segments);
	return err;
}

static struct linux_binfmt elf_format = {
	.module = THIS_MODULE,
	.load_binary = load_elf,
};

static int __init binfmt_elf_init(void)
{
	return register_binfmt(&elf_format);
}
core_initcall(binfmt_elf_init);

static void __exit binfmt_elf_exit(void)
{
	unregister_binfmt(&elf_format);
}
module_exit(binfmt_elf_exit);

MODULE_ALIAS("binfmt-464c"); /* "LF" of the magic "\177ELF" */
MODULE_DESCRIPTION("ELF programs for i386, static and dynamic");
MODULE_AUTHOR("The Rakit project");
MODULE_LICENSE("Dual MIT/GPL");
