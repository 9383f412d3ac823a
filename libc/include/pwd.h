/* Users, from /etc/passwd. Results are static and overwritten by the next call. */
#ifndef _PWD_H
#define _PWD_H
#include <features.h>
#include <sys/types.h>
#include <stdio.h>
struct passwd {
	char *pw_name;
	char *pw_passwd;
	uid_t pw_uid;
	gid_t pw_gid;
	char *pw_gecos;
	char *pw_dir;
	char *pw_shell;
};
__BEGIN_DECLS
struct passwd *getpwnam(const char *name); /* NULL: not there (errno unchanged) or an error */
struct passwd *getpwuid(uid_t uid);
void setpwent(void);
struct passwd *getpwent(void);
void endpwent(void);
__END_DECLS
#endif
