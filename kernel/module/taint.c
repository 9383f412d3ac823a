/* Taints that modules cause, in Linux's letters. */
#include "module/module.h"

static const struct {
	unsigned int flag;
	char letter;
} letters[] = {
	{ TAINT_PROPRIETARY_MODULE, 'P' },
	{ TAINT_FORCED_MODULE, 'F' },
	{ TAINT_CRAP, 'C' },
	{ TAINT_OOT_MODULE, 'O' },
	{ TAINT_UNSIGNED_MODULE, 'E' },
	{ TAINT_LIVEPATCH, 'K' },
	{ TAINT_AUX, 'X' },
};

void module_taint_kernel(const struct module *mod)
{
	unsigned long fresh = mod->taints & ~get_taint();
	char text[ARRAY_SIZE(letters) + 1];

	if (!fresh)
		return;
	for (unsigned int i = 0; i < ARRAY_SIZE(letters); i++)
		if (fresh & 1ul << letters[i].flag)
			add_taint(letters[i].flag, LOCKDEP_STILL_OK);
	module_flags_taint(fresh, text);
	pr_notice("module: %s: taints kernel (%s)\n", mod->name, text);
}

size_t module_flags_taint(unsigned long taints, char *buf)
{
	size_t n = 0;

	for (unsigned int i = 0; i < ARRAY_SIZE(letters); i++)
		if (taints & 1ul << letters[i].flag)
			buf[n++] = letters[i].letter;
	buf[n] = '\0';
	return n;
}
