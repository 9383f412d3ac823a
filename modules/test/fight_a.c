/* One of two modules that want the same ports, interrupt line and DMA channel. */
#define FIGHT_NAME "fight_a"
#include "fight.h"
