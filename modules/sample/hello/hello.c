/*
 * hello: the smallest module, and how it takes parameters.
 *
 *	modprobe hello                           greets the world
 *	modprobe hello whom=student count=3      greets the student three times
 *	modprobe hello marks=70,85,92 loud       an array and a truth value
 *	cat /sys/module/hello/parameters/count   parameters with a mode are files; count can be written
 *	dmesg | tail                             where the messages went
 *	rmmod hello                              runs the exit function
 *
 * A parameter that does not fit refuses the load: try count=11 (too many for us), count=x (no number).
 */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

MODULE_LICENSE("GPL");
MODULE_AUTHOR("The Rakit project");
MODULE_DESCRIPTION("Greets, and shows every kind of parameter");
MODULE_VERSION("1.0");

static char *whom = "world";
module_param(whom, charp, 0444);
MODULE_PARM_DESC(whom, "who is greeted");

static bool loud;
module_param(loud, bool, 0444);
MODULE_PARM_DESC(loud, "greet with an exclamation mark");

static int marks[8];
static unsigned int mark_count;
module_param_array(marks, int, &mark_count, 0444);
MODULE_PARM_DESC(marks, "up to eight marks, separated by commas");

/* A parameter with a check of its own: between 1 and 10, at load time and when the file is written. */
static unsigned int count = 1;

static int count_set(const char *text, const struct kernel_param *param)
{
	return param_set_uint_minmax(text, param, 1, 10);
}

static const struct kernel_param_ops count_ops = {
	.set = count_set,
	.get = param_get_uint,
};
module_param_cb(count, &count_ops, &count, 0644);
MODULE_PARM_DESC(count, "how often, 1 to 10");

/* Runs once, in the process that loads the module. 0: it stays; -errno: it is removed again without trace. */
static int __init hello_init(void)
{
	for (unsigned int i = 0; i < count; i++)
		pr_info("hello, %s%s\n", whom, loud ? "!" : "");
	for (unsigned int i = 0; i < mark_count; i++)
		pr_info("mark %u is %d\n", i, marks[i]);
	return 0;
}

/* Runs once, when nobody uses the module any more. Everything that init acquired is released here. */
static void __exit hello_exit(void)
{
	pr_info("goodbye, %s\n", whom);
}

module_init(hello_init);
module_exit(hello_exit);
