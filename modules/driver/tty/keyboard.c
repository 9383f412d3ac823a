/*
 * The PC keyboard: an AT keyboard behind an 8042 controller, scan code set 1, US layout.
 *
 * Interrupt 1 brings a scan code; key presses become characters or escape sequences for the terminal in front. State
 * (which shift keys are down) belongs to the interrupt handler alone. Source: IBM PS/2 technical reference, keyboard
 * controller; console_codes(4) for what keys send.
 */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "vt.h"

#define I8042_DATA 0x60
#define I8042_STATUS 0x64
#define STATUS_FULL 0x01  /* a byte waits in the data port */
#define STATUS_MOUSE 0x20 /* and it is the mouse's */
#define KEYBOARD_IRQ 1
#define RELEASED 0x80
#define PREFIX 0xe0

enum {
	KEY_CTRL = 0x1d,
	KEY_LEFT_SHIFT = 0x2a,
	KEY_RIGHT_SHIFT = 0x36,
	KEY_ALT = 0x38,
	KEY_CAPS = 0x3a,
	KEY_F1 = 0x3b,
	KEY_F10 = 0x44,
	KEY_PAD_FIRST = 0x47,
	KEY_PAD_LAST = 0x53
};

static bool shift, control, alt, caps, prefixed;

/* Scan codes 0x00..0x39, plain and shifted. */
static const char plain[] =
	"\0\0331234567890-=\177\tqwertyuiop[]\r\0asdfghjkl;'`\0\\zxcvbnm,./\0*\0 ";
static const char shifted[] =
	"\0\033!@#$%^&*()_+\177\tQWERTYUIOP{}\r\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0*\0 ";
/* Scan codes 0x47..0x53 without prefix: the number pad. */
static const char pad[] = "789-456+1230.";

/* What the keys 0x47..0x53 behind a prefix send; letters after ESC [ or (application mode) ESC O. */
static const char *const grey[] = { "\033[1~", "A", "\033[5~", NULL,	  "D",	    NULL, "C", NULL,
				    "\033[4~", "B", "\033[6~", "\033[2~", "\033[3~" };
static const char *const function_keys[] = { "\033[[A",	 "\033[[B",  "\033[[C",	 "\033[[D",
					     "\033[[E",	 "\033[17~", "\033[18~", "\033[19~",
					     "\033[20~", "\033[21~" };

static void send_text(const char *text)
{
	vt_input(text, strlen(text));
}

static void send_grey(u8 key)
{
	const char *text = grey[key - KEY_PAD_FIRST];
	char sequence[4] = "\033[";

	if (!text)
		return;
	if (text[0] == '\033') {
		send_text(text);
		return;
	}
	sequence[1] = vt_application_keys() ? 'O' : '[';
	sequence[2] = text[0];
	vt_input(sequence, 3);
}

static void send_char(char c)
{
	if (caps && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
		c ^= 0x20;
	if (control) {
		if (c >= '@' && c <= '~')
			c &= 0x1f;
		else if (c == ' ' || c == '2')
			c = 0;
		else if (c == '/')
			c = 0x1f;
	}
	if (alt)
		vt_input("\033", 1);
	vt_input(&c, 1);
}

static bool modifier(u8 key, bool down)
{
	switch (key) {
	case KEY_CTRL:
		control = down;
		return true;
	case KEY_ALT:
		alt = down;
		return true;
	case KEY_LEFT_SHIFT:
	case KEY_RIGHT_SHIFT:
		if (!prefixed) /* behind a prefix it is made up by the keyboard */
			shift = down;
		return true;
	case KEY_CAPS:
		caps ^= down;
		return true;
	}
	return false;
}

static void press(u8 key)
{
	if (key >= KEY_F1 && key <= KEY_F10) {
		if (alt)
			vt_to_front(key - KEY_F1);
		else
			send_text(function_keys[key - KEY_F1]);
	} else if (key >= KEY_PAD_FIRST && key <= KEY_PAD_LAST) {
		if (prefixed)
			send_grey(key);
		else
			send_char(pad[key - KEY_PAD_FIRST]);
	} else if (key < sizeof(plain) - 1) {
		char c = shift ? shifted[key] : plain[key];

		if (c)
			send_char(c);
	}
}

static irqreturn_t keyboard_interrupt(int irq, void *device)
{
	u8 status = inb(I8042_STATUS), code;

	if (!(status & STATUS_FULL))
		return IRQ_NONE;
	code = inb(I8042_DATA);
	if (status & STATUS_MOUSE)
		return IRQ_HANDLED;
	if (code == PREFIX) {
		prefixed = true;
		return IRQ_HANDLED;
	}
	if (!modifier(code & (u8)~RELEASED, !(code & RELEASED)) && !(code & RELEASED))
		press(code);
	prefixed = false;
	return IRQ_HANDLED;
}

int keyboard_start(void)
{
	int err;

	if (!request_region(I8042_DATA, 1, "keyboard"))
		return -EBUSY;
	err = -EBUSY;
	if (!request_region(I8042_STATUS, 1, "keyboard"))
		goto undo_data;
	while (inb(I8042_STATUS) & STATUS_FULL)
		inb(I8042_DATA);
	err = request_irq(KEYBOARD_IRQ, keyboard_interrupt, 0, "i8042", NULL);
	if (!err)
		return 0;
	release_region(I8042_STATUS, 1);
undo_data:
	release_region(I8042_DATA, 1);
	return err;
}

void keyboard_stop(void)
{
	free_irq(KEYBOARD_IRQ, NULL);
	release_region(I8042_STATUS, 1);
	release_region(I8042_DATA, 1);
}
