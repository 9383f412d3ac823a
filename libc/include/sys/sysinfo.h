/* Memory, load and uptime. */
#ifndef _SYS_SYSINFO_H
#define _SYS_SYSINFO_H
#include <features.h>
#include <linux/sysinfo.h>
__BEGIN_DECLS
int sysinfo(struct sysinfo *info);
__END_DECLS
#endif
