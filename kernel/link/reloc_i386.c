/*
 * The i386 relocation types: what each is called, which are applied (relocate.c), and why the others are refused.
 * Source: System V ABI, i386 supplement 1.1, table 4.9.
 */
#include "link/link.h"

static const char advice_tls[] = "thread-local variable: a module can have none, remove __thread "
				 "(or compile with -fno-stack-protector)";
static const char advice_narrow[] =
	"8- or 16-bit reference: compile with -m32, without .code16 or -m16";
static const char advice_linked[] = "made by linking a program: link the module with ld -r";

static const struct reloc_type {
	const char *name;
	const char *refused; /* NULL: applied */
} reloc_types[] = {
	[0] = { "R_386_NONE", NULL },
	[1] = { "R_386_32", NULL },
	[2] = { "R_386_PC32", NULL },
	[3] = { "R_386_GOT32", NULL },
	[4] = { "R_386_PLT32", NULL },
	[5] = { "R_386_COPY", advice_linked },
	[6] = { "R_386_GLOB_DAT", advice_linked },
	[7] = { "R_386_JMP_SLOT", advice_linked },
	[8] = { "R_386_RELATIVE", advice_linked },
	[9] = { "R_386_GOTOFF", NULL },
	[10] = { "R_386_GOTPC", NULL },
	[11] = { "R_386_32PLT", advice_linked },
	[14] = { "R_386_TLS_TPOFF", advice_tls },
	[15] = { "R_386_TLS_IE", advice_tls },
	[16] = { "R_386_TLS_GOTIE", advice_tls },
	[17] = { "R_386_TLS_LE", advice_tls },
	[18] = { "R_386_TLS_GD", advice_tls },
	[19] = { "R_386_TLS_LDM", advice_tls },
	[20] = { "R_386_16", advice_narrow },
	[21] = { "R_386_PC16", advice_narrow },
	[22] = { "R_386_8", advice_narrow },
	[23] = { "R_386_PC8", advice_narrow },
	[24] = { "R_386_TLS_GD_32", advice_tls },
	[25] = { "R_386_TLS_GD_PUSH", advice_tls },
	[26] = { "R_386_TLS_GD_CALL", advice_tls },
	[27] = { "R_386_TLS_GD_POP", advice_tls },
	[28] = { "R_386_TLS_LDM_32", advice_tls },
	[29] = { "R_386_TLS_LDM_PUSH", advice_tls },
	[30] = { "R_386_TLS_LDM_CALL", advice_tls },
	[31] = { "R_386_TLS_LDM_POP", advice_tls },
	[32] = { "R_386_TLS_LDO_32", advice_tls },
	[33] = { "R_386_TLS_IE_32", advice_tls },
	[34] = { "R_386_TLS_LE_32", advice_tls },
	[35] = { "R_386_TLS_DTPMOD32", advice_tls },
	[36] = { "R_386_TLS_DTPOFF32", advice_tls },
	[37] = { "R_386_TLS_TPOFF32", advice_tls },
	[38] = { "R_386_SIZE32", advice_linked },
	[39] = { "R_386_TLS_GOTDESC", advice_tls },
	[40] = { "R_386_TLS_DESC_CALL", advice_tls },
	[41] = { "R_386_TLS_DESC", advice_tls },
	[42] = { "R_386_IRELATIVE", advice_linked },
	[43] = { "R_386_GOT32X", NULL },
};

#define RELOC_TYPES (sizeof(reloc_types) / sizeof(reloc_types[0]))

static const struct reloc_type *reloc_type(unsigned int type)
{
	if (type >= RELOC_TYPES || !reloc_types[type].name)
		return NULL;
	return &reloc_types[type];
}

const char *link_reloc_name(unsigned int type)
{
	const struct reloc_type *known = reloc_type(type);

	return known ? known->name : "unknown relocation type";
}

const char *link_reloc_advice(unsigned int type)
{
	const struct reloc_type *known = reloc_type(type);

	return known ? known->refused : "no i386 compiler writes it: the file is damaged";
}

bool link_reloc_supported(unsigned int type)
{
	const struct reloc_type *known = reloc_type(type);

	return known && !known->refused;
}
