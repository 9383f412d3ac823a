/*
 * What is loaded for one module, in order: soft dependencies "pre:", the files that modules.dep names from the last to the
 * first, the module, soft dependencies "post:"; of each dependency its own soft dependencies come around it. A module
 * that has soft dependencies is loaded itself even if there is an install command for it.
 */
#include <stdlib.h>
#include "guest/sbin/modprobe/modprobe.h"

static void append(struct sequence *s, struct kmod_module *m)
{
	s->list = kmod_need(realloc(s->list, (s->count + 1) * sizeof(*s->list)));
	s->list[s->count++] = m;
}

static void visit(struct sequence *s, struct kmod_module *m, bool required, bool ignore_command);

static void append_soft(struct sequence *s, const struct kmod_list *names)
{
	for (size_t i = 0; i < names->count; i++) {
		struct kmod_module **found;
		size_t count = kmod_lookup(names->text[i], &found);

		for (size_t k = 0; k < count; k++)
			visit(s, found[k], false, false);
	}
}

static void append_with_soft(struct sequence *s, struct kmod_module *m)
{
	struct kmod_list before = { NULL, 0, 0 }, after = { NULL, 0, 0 };

	kmod_config_softdeps(m->name, &before, &after);
	append_soft(s, &before);
	append(s, m);
	m->ignore_command = before.count || after.count;
	append_soft(s, &after);
}

static void append_needs(struct sequence *s, struct kmod_module *m, bool required)
{
	for (size_t i = m->needs.count; i-- > 0;) {
		struct kmod_module *need = kmod_module_by_path(m->needs.text[i]);

		/* one that came as a soft dependency already comes again: then it is loaded, which is no error */
		if (!need)
			continue;
		if (required)
			need->required = true;
		append_with_soft(s, need);
	}
}

static void visit(struct sequence *s, struct kmod_module *m, bool required, bool ignore_command)
{
	if (m->visited)
		return;
	m->visited = true;
	m->required = required;
	append_needs(s, m, required);
	if (!ignore_command) {
		append_with_soft(s, m);
		return;
	}
	append(s, m);
	m->ignore_command = true;
}

void sequence_make(struct sequence *sequence, struct kmod_module *module)
{
	*sequence = (struct sequence){ NULL, 0 };
	kmod_forget_visits();
	visit(sequence, module, true, wish.ignore_commands);
}
