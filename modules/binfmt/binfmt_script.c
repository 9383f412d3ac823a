/*
 * Scripts: "#!interpreter [argument]" in the first line.
 *
 * The script's name replaces argv[0], before it go the argument, if any, and the interpreter; the rest of the line is one
 * argument, blanks inside included. The line must end within the first 255 bytes unless the interpreter's name does.
 * execve then goes on with the interpreter. Source: execve(2), "Interpreter scripts".
 */
#include <linux/binfmts.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static char *skip_blanks(char *p)
{
	while (is_blank(*p))
		p++;
	return p;
}

static char *find_blank(char *p)
{
	while (*p && !is_blank(*p))
		p++;
	return p;
}

/*
 * Splits the first line in place: *interpreter and *argument (NULL: none). -ENOEXEC: no interpreter, or its name was cut off
 * by the end of what was read.
 */
static int split_line(char *buf, char **interpreter, char **argument)
{
	char *end = memchr(buf, '\n', BINPRM_BUF_SIZE), *blank;

	if (!end) {
		end = buf + BINPRM_BUF_SIZE - 1;
		*end = '\0';
		if (!*find_blank(skip_blanks(buf + 2)) && strlen(buf) == BINPRM_BUF_SIZE - 1)
			return -ENOEXEC;
	}
	*end = '\0';
	while (end > buf + 2 && is_blank(end[-1]))
		*--end = '\0';
	*interpreter = skip_blanks(buf + 2);
	if (!**interpreter)
		return -ENOEXEC;
	blank = find_blank(*interpreter);
	*argument = *blank ? skip_blanks(blank) : NULL;
	*blank = '\0';
	return 0;
}

static int add_argument(const char *text, struct linux_binprm *bprm)
{
	int err = copy_string_kernel(text, bprm);

	if (!err)
		bprm->argc++;
	return err;
}

static int load_script(struct linux_binprm *bprm)
{
	char line[BINPRM_BUF_SIZE], *interpreter, *argument;
	struct file *file;
	int err;

	if (bprm->buf[0] != '#' || bprm->buf[1] != '!')
		return -ENOEXEC;
	memcpy(line, bprm->buf, sizeof(line));
	err = split_line(line, &interpreter, &argument);
	if (err)
		return err;
	if (bprm->interp_flags & BINPRM_FLAGS_PATH_INACCESSIBLE)
		return -ENOENT;
	err = remove_arg_zero(bprm) ?: add_argument(bprm->interp, bprm);
	if (!err && argument)
		err = add_argument(argument, bprm);
	err = err ?: add_argument(interpreter, bprm) ?: bprm_change_interp(interpreter, bprm);
	if (err)
		return err;
	file = open_exec(interpreter);
	if (IS_ERR(file))
		return PTR_ERR(file);
	bprm->interpreter = file;
	return 0;
}

static struct linux_binfmt script_format = {
	.module = THIS_MODULE,
	.load_binary = load_script,
};

static int __init binfmt_script_init(void)
{
	return register_binfmt(&script_format);
}
module_init(binfmt_script_init);

static void __exit binfmt_script_exit(void)
{
	unregister_binfmt(&script_format);
}
module_exit(binfmt_script_exit);

MODULE_ALIAS("binfmt-script");
MODULE_DESCRIPTION("Scripts that name their interpreter in the first line");
MODULE_AUTHOR("The Rakit project");
MODULE_LICENSE("Dual MIT/GPL");
