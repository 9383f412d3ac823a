/*
 * The registry's table of protocols: socket families by name ("PF_UNIX"). Its users are the sockets.
 */
#include "registry/registry.h"

const struct registry_type registry_protocol_type = {
	.name = "protocol",
};
