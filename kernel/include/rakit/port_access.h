/*
 * Checked port access. The in/out functions that a module calls ask here first: a port that the calling module has
 * not reserved is not touched (reads give all ones, writes are dropped), and the first such access of each call
 * site is reported. The kernel's own accesses are not checked. Used by the arch's I/O functions only.
 */
#ifndef _RAKIT_PORT_ACCESS_H
#define _RAKIT_PORT_ACCESS_H

#include <linux/types.h>

/*
 * port_access_allowed - may the code at site touch these ports?
 * @port: first port; @width: 1, 2 or 4 ports; @write: whether it is an output (for the report)
 * @site: return address of the I/O function
 * Any context, O(1).
 */
bool port_access_allowed(unsigned int port, unsigned int width, bool write, unsigned long site);

/* Checking on or off (rakit.portcheck=); on by default. */
extern bool port_access_checked;

#endif
