/* Execution domains. */
#ifndef _SYS_PERSONALITY_H
#define _SYS_PERSONALITY_H
#include <features.h>
#include <linux/personality.h>
__BEGIN_DECLS
int personality(unsigned long persona);
__END_DECLS
#endif
