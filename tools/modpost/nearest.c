/*
 * "Did you mean": the exported names most like one that nobody exports.
 */
#include "lib/nearest.h"
#include "modpost.h"

const char *symvers_nearest(const struct symvers *symvers, const char *name)
{
	struct nearest nearest;

	nearest_begin(&nearest, name);
	for (size_t i = 0; i < sizeof(symvers->slots) / sizeof(symvers->slots[0]); i++)
		for (const struct export *e = symvers->slots[i]; e; e = e->next)
			nearest_offer(&nearest, e->name, e);
	return nearest.count ? nearest.name[0] : NULL;
}
