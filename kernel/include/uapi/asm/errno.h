#include <uapi/linux/errno.h>
