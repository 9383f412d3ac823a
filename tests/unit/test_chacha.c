// SOURCES: kernel/lib/chacha.c
/* The test vector of RFC 8439, section 2.3.2. */
#include "unit.h"
#include <stdint.h>
#include "lib/chacha.h"

static void test_rfc_vector(void)
{
	static const uint32_t expected[16] = { 0xe4e7f110, 0x15593bd1, 0x1fdd0f50, 0xc47120a3,
					       0xc7f4d1c7, 0x0368c033, 0x9aaa2204, 0x4e6cd4c3,
					       0x466482d2, 0x09aa9f07, 0x05d7c214, 0xa2028bd9,
					       0xd19c12b5, 0xb94e16de, 0xe883d0cb, 0x4e3c50a2 };
	uint32_t state[16], out[16];

	for (int i = 0; i < 4; i++)
		state[i] = chacha20_constants[i];
	for (uint32_t i = 0; i < 8; i++)
		state[4 + i] = (4 * i) | (4 * i + 1) << 8 | (4 * i + 2) << 16 | (4 * i + 3) << 24;
	state[12] = 1;
	state[13] = 0x09000000;
	state[14] = 0x4a000000;
	state[15] = 0;
	chacha20_block(state, out);
	for (int i = 0; i < 16; i++)
		CHECK_EQ(out[i], expected[i]);
}

int main(void)
{
	RUN(test_rfc_vector);
	UNIT_END();
}
