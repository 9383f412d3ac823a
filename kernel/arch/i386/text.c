/* Which addresses are code: of the image or of a module. Any context. */
#include <linux/kernel.h>
#include <linux/kallsyms.h>
#include <linux/module.h>

bool kernel_text_address(unsigned long addr)
{
	return core_kernel_text(addr) || is_module_text_address(addr);
}
