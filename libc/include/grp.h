/* Groups, from /etc/group. Results are static and overwritten by the next call. */
#ifndef _GRP_H
#define _GRP_H
#include <features.h>
#include <sys/types.h>
struct group {
	char *gr_name;
	char *gr_passwd;
	gid_t gr_gid;
	char **gr_mem; /* ends with NULL */
};
__BEGIN_DECLS
struct group *getgrnam(const char *name);
struct group *getgrgid(gid_t gid);
void setgrent(void);
struct group *getgrent(void);
void endgrent(void);
int setgroups(size_t count, const gid_t groups[]);
int initgroups(const char *user, gid_t group);
int getgrouplist(const char *user, gid_t group, gid_t *groups, int *count);
__END_DECLS
#endif
