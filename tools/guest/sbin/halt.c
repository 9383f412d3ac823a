/* halt: stop the machine */
/* halt [-f]: stops the machine and leaves it on. init does it, in order; -f: at once, after a sync, without asking anybody. */
#include <err.h>
#include <signal.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	if (argc > 2 || (argc == 2 && strcmp(argv[1], "-f")))
		errx(1, "usage: halt [-f]");
	if (argc == 1) {
		if (kill(1, SIGUSR1) == 0)
			return 0;
		warn("init");
	}
	sync();
	if (reboot(RB_HALT_SYSTEM))
		err(1, NULL);
	return 0;
}
