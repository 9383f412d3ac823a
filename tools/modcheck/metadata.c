/* What every module says of itself, and what of it has to fit the kernel. */
#include <string.h>
#include "modcheck.h"

bool licence_is_gpl(const char *licence)
{
	static const char *const compatible[] = {
		"GPL",		"GPL v2",	"GPL and additional rights",
		"Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"
	};

	for (size_t i = 0; licence && i < sizeof(compatible) / sizeof(compatible[0]); i++)
		if (!strcmp(licence, compatible[i]))
			return true;
	return false;
}

void metadata_check(struct check *check, struct module *module)
{
	static const char *const wanted[] = { "license", "description" };
	static const char *const macros[] = { "MODULE_LICENSE", "MODULE_DESCRIPTION",
					      "MODULE_AUTHOR" };
	const char *vermagic = link_modinfo(&module->elf, "vermagic");

	if (!module->elf.known[LINK_S_THIS_MODULE])
		finding(check, module, "metadata", "no .gnu.linkonce.this_module: not a module");
	if (!vermagic)
		finding(check, module, "metadata", "no vermagic: not built with modpost");
	else if (strcmp(vermagic, check->vermagic))
		finding(check, module, "metadata", "version magic '%s', the kernel's is '%s'",
			vermagic, check->vermagic);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (!link_modinfo(&module->elf, wanted[i]))
			finding(check, module, "metadata", "no %s()", macros[i]);
}
