/* Users and groups by name and number. */
#ifndef GUEST_OWNER_H
#define GUEST_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * The name, or the number as text where there is no name. Valid until the next call of the same
 * function.
 */
const char *user_name(uid_t uid);
const char *group_name(gid_t gid);

/* A name or number. False: no such one. */
bool user_id(const char *text, uid_t *uid);
bool group_id(const char *text, gid_t *gid);

#endif
