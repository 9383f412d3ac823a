/* Modules that need each other can never be loaded: each waits for the other. Depth first, each cycle told once. */
#include <string.h>
#include "modcheck.h"

#define DEPTH_MAX 4096

static struct module *path[DEPTH_MAX];

static void tell(struct check *check, struct module *module, unsigned int depth)
{
	char text[1024] = "";
	unsigned int first = depth;

	while (path[first - 1] != module)
		first--;
	for (unsigned int i = first - 1; i < depth; i++) {
		strncat(text, path[i]->name, sizeof(text) - strlen(text) - 1);
		strncat(text, " -> ", sizeof(text) - strlen(text) - 1);
	}
	finding(check, module, "cycle", "%s%s", text, module->name);
}

static void visit(struct check *check, struct module *module, unsigned int depth)
{
	if (module->visit == VISITING)
		tell(check, module, depth);
	if (module->visit != UNVISITED || depth == DEPTH_MAX)
		return;
	module->visit = VISITING;
	path[depth] = module;
	for (unsigned int i = 0; i < module->use_count; i++)
		visit(check, module->uses[i], depth + 1);
	module->visit = VISITED;
}

void cycles_check(struct check *check)
{
	for (unsigned int i = 0; i < check->count; i++)
		if (check->modules[i].valid)
			visit(check, &check->modules[i], 0);
}
