/* Tables of the devices a driver serves; modpost makes aliases of them. Source: Linux 5.10 mod_devicetable.h. */
#ifndef _LINUX_MOD_DEVICETABLE_H
#define _LINUX_MOD_DEVICETABLE_H

#include <linux/types.h>

typedef unsigned long kernel_ulong_t;

#define PCI_ANY_ID (~0)
struct pci_device_id {
	u32 vendor, device;	  /* or PCI_ANY_ID */
	u32 subvendor, subdevice; /* or PCI_ANY_ID */
	u32 class, class_mask;	  /* class, subclass, interface */
	kernel_ulong_t driver_data;
};

#define ISAPNP_ANY_ID 0xffff
struct isapnp_device_id {
	unsigned short card_vendor, card_device;
	unsigned short vendor, function;
	kernel_ulong_t driver_data;
};

#define PNP_ID_LEN 8
struct pnp_device_id {
	u8 id[PNP_ID_LEN]; /* "PNP0B00"; empty: the end */
	kernel_ulong_t driver_data;
};

#define ACPI_ID_LEN 9
struct acpi_device_id {
	u8 id[ACPI_ID_LEN];
	kernel_ulong_t driver_data;
	u32 cls;
	u32 cls_msk;
};

#define PLATFORM_NAME_SIZE 20
#define PLATFORM_MODULE_PREFIX "platform:"
struct platform_device_id {
	char name[PLATFORM_NAME_SIZE]; /* empty: the end */
	kernel_ulong_t driver_data;
};

struct of_device_id {
	char name[32];
	char type[32];
	char compatible[128];
	const void *data;
};

struct serio_device_id {
	u8 type, extra, id, proto;
};

struct virtio_device_id {
	u32 device;
	u32 vendor;
};
#define VIRTIO_DEV_ANY_ID 0xffffffff

struct usb_device_id {
	u16 match_flags;
	u16 idVendor, idProduct;
	u16 bcdDevice_lo, bcdDevice_hi;
	u8 bDeviceClass, bDeviceSubClass, bDeviceProtocol;
	u8 bInterfaceClass, bInterfaceSubClass, bInterfaceProtocol, bInterfaceNumber;
	kernel_ulong_t driver_info __aligned(sizeof(kernel_ulong_t));
};

#define X86_VENDOR_ANY 0xffff
#define X86_FAMILY_ANY 0
#define X86_MODEL_ANY 0
#define X86_FEATURE_ANY 0
struct x86_cpu_id {
	u16 vendor, family, model;
	u16 steppings;
	u16 feature;
	kernel_ulong_t driver_data;
};

#endif
