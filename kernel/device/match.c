/*
 * How well a driver serves a device. The bus's match says: 0 not at all, more for a better fit (a plain bus says 1). The one
 * place that compares scores; binding asks here.
 */
#include "device/device.h"

int driver_match_score(struct device *dev, struct device_driver *drv)
{
	return drv->bus->match ? drv->bus->match(dev, drv) : 1;
}
