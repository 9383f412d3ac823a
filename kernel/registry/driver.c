/*
 * The registry's table of device drivers. An entry is named "bus/driver" for bus drivers, "char/name" and
 * "block/name" for the holders of device numbers; its users are the devices bound to it or open.
 */
#include "registry/registry.h"

const struct registry_type registry_driver_type = {
	.name = "driver",
};
