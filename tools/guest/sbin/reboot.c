/* reboot: start the machine again */
/* reboot [-f]: starts the machine again. init does it, in order; -f: at once, after a sync, without asking anybody. */
#include <err.h>
#include <signal.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc > 2 || (argc == 2 && strcmp(argv[1], "-f")))
		errx(1, "usage: reboot [-f]");
	if (argc == 1) {
		if (kill(1, SIGTERM) == 0)
			return 0;
		warn("init");
	}
	sync();
	if (reboot(RB_AUTOBOOT))
		err(1, NULL);
	return 0;
}
