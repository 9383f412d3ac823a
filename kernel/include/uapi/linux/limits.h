/* Limits of names, paths, pipes and arguments. */
#ifndef _UAPI_LINUX_LIMITS_H
#define _UAPI_LINUX_LIMITS_H
#define NR_OPEN 1024
#define NGROUPS_MAX 65536
#define ARG_MAX 131072 /* bytes of argv and environ of an exec */
#define LINK_MAX 127
#define MAX_CANON 255
#define MAX_INPUT 255
#define NAME_MAX 255  /* bytes in a file name, NUL excluded */
#define PATH_MAX 4096 /* bytes in a path, NUL included */
#define PIPE_BUF 4096 /* bytes a pipe write is atomic for */
#define XATTR_NAME_MAX 255
#define XATTR_SIZE_MAX 65536
#define XATTR_LIST_MAX 65536
#define RTSIG_MAX 32
#endif
