/* Terminals (POSIX). */
#ifndef _TERMIOS_H
#define _TERMIOS_H
#include <features.h>
#include <sys/types.h>
#include <asm/termios.h>
__BEGIN_DECLS
int tcgetattr(int fd, struct termios *settings);
int tcsetattr(int fd, int when, const struct termios *settings); /* TCSANOW, TCSADRAIN, TCSAFLUSH */
int tcsendbreak(int fd, int duration);
int tcdrain(int fd);
int tcflush(int fd, int queue);
int tcflow(int fd, int action);
pid_t tcgetsid(int fd);
void cfmakeraw(struct termios *settings);
speed_t cfgetispeed(const struct termios *settings); /* B* */
speed_t cfgetospeed(const struct termios *settings);
int cfsetispeed(struct termios *settings, speed_t speed);
int cfsetospeed(struct termios *settings, speed_t speed);
int cfsetspeed(struct termios *settings, speed_t speed);
__END_DECLS
#endif
