/* Taints that modules cause, in Linux's letters. */
#include "module/module.h"

static const struct {
	unsigned int flag;
	char letter;
} letters[] = {
	{ TAINT_PROPRIETARY_MODULE, 'P' },
	{ TAINT_FORCED_MODULE, 'F' },
	{ TAINT_OOT_MODULE, 'O' },
	{ TAINT_UNSIGNED_MODULE, 'E' },
};

void module_taint(struct module *mod, unsigned int flag)
{
	mod->taints |= 1ul << flag;
	if (get_taint() & 1ul << flag)
		return;
	for (unsigned int i = 0; i < ARRAY_SIZE(letters); i++)
		if (letters[i].flag == flag)
			pr_notice("module: %s: taints kernel (%c)\n", mod->name, letters[i].letter);
	add_taint(flag, LOCKDEP_STILL_OK);
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
