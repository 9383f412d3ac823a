/* Names of error numbers. */
#ifndef LIB_ERRNAME_H
#define LIB_ERRNAME_H
/* "ENOENT" for 2; NULL for a number without a name. */
const char *error_name(int error);
#endif
