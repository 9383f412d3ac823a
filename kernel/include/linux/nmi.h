/* Watchdogs. Called by code that keeps the CPU for long with good reason. Any context. */
#ifndef _LINUX_NMI_H
#define _LINUX_NMI_H

#include <linux/types.h>

/* Restarts the time after which the watchdog calls the CPU stuck. */
void touch_softlockup_watchdog(void);
#define touch_nmi_watchdog() touch_softlockup_watchdog()

#endif
