/* echo: what the echo command prints. */
#include <stdbool.h>
#include <string.h>
#include "echo.h"
#include "escape.h"

void echo_print(struct strbuf *out, char **args)
{
	bool newline = true, escapes = false;

	for (; *args && (*args)[0] == '-' && (*args)[1] &&
	       strspn(*args + 1, "neE") == strlen(*args + 1);
	     args++)
		for (const char *letter = *args + 1; *letter; letter++) {
			if (*letter == 'n')
				newline = false;
			else
				escapes = *letter == 'e';
		}
	for (; *args; args++) {
		if (!escapes)
			strbuf_puts(out, *args);
		else if (!escape_expand(out, *args, ESCAPE_ECHO))
			return;
		if (args[1])
			strbuf_putc(out, ' ');
	}
	if (newline)
		strbuf_putc(out, '\n');
}
