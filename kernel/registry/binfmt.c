/*
 * The registry's table of binary formats: struct linux_binfmt by module name ("binfmt_elf"), walked in order of
 * registration by execve(). Its users are the processes that run a program of the format.
 */
#include "registry/registry.h"

const struct registry_type registry_binfmt_type = {
	.name = "binfmt",
};
