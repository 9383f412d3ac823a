/*
 * The sections that mean something to a module loader, found in the pass that checks all sections anyway.
 */
#include "lib/string.h"
#include "link/check.h"

static const char *const known_names[LINK_KNOWN] = {
	[LINK_S_MODINFO] = ".modinfo",
	[LINK_S_VERSIONS] = "__versions",
	[LINK_S_THIS_MODULE] = ".gnu.linkonce.this_module",
	[LINK_S_KSYMTAB] = "__ksymtab",
	[LINK_S_KSYMTAB_GPL] = "__ksymtab_gpl",
	[LINK_S_KCRCTAB] = "__kcrctab",
	[LINK_S_KCRCTAB_GPL] = "__kcrctab_gpl",
	[LINK_S_PARAM] = "__param",
	[LINK_S_EX_TABLE] = "__ex_table",
	[LINK_S_BUG_TABLE] = "__bug_table",
};

enum link_status link_note_known(struct link_object *object, uint32_t section,
				 struct link_error *error)
{
	const char *name = link_section_name(object, section);

	for (uint32_t k = 0; k < LINK_KNOWN; k++) {
		if (name[2] != known_names[k][2] || !text_equal(name, known_names[k]))
			continue;
		if (object->known[k])
			return link_fail(error, LINK_SECTION_NAME, section, object->known[k], 0, 0);
		object->known[k] = (uint16_t)section;
	}
	return LINK_OK;
}
