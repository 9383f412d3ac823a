/* Cyclic redundancy checks. */
#ifndef LIB_CRC_H
#define LIB_CRC_H
#include <stddef.h>
#include <stdint.h>
/* CRC-32 of IEEE 802.3, reflected, without the initial and final inversion. */
uint32_t crc32_update(uint32_t crc, const uint8_t *bytes, size_t size);
#endif
