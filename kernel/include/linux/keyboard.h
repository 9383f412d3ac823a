/* Notifiers of key presses. Source: Linux 5.10 keyboard.h. */
#ifndef _LINUX_KEYBOARD_H
#define _LINUX_KEYBOARD_H

#include <linux/types.h>

struct notifier_block;
struct vc_data;

/* events */
#define KBD_KEYCODE 0x0001 /* a key as it came; NOTIFY_STOP swallows it */
#define KBD_UNBOUND_KEYCODE 0x0002
#define KBD_UNICODE 0x0003
#define KBD_KEYSYM 0x0004 /* value is a character */
#define KBD_POST_KEYSYM 0x0005

#define KG_SHIFT 0
#define KG_CTRL 2
#define KG_ALT 3

struct keyboard_notifier_param {
	struct vc_data *vc;
	int down;  /* pressed, else released */
	int shift; /* bits KG_* */
	int ledstate;
	unsigned int value; /* code or character */
};

/* The chain is called in interrupt context. 0 or -errno. */
int register_keyboard_notifier(struct notifier_block *nb);
int unregister_keyboard_notifier(struct notifier_block *nb);

#endif
