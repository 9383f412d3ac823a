/* Between the virtual terminals (vt.c) and the keyboard (keyboard.c). Any context. */
#ifndef TTY_VT_H
#define TTY_VT_H

#include <linux/types.h>

#define VT_COUNT 4u

/* Keys typed, for the terminal in front. */
void vt_input(const char *bytes, size_t count);
/* Bring a terminal (0..VT_COUNT-1) to the front. */
void vt_to_front(unsigned int which);
/* Do the cursor keys send application sequences (DECCKM)? */
bool vt_application_keys(void);

/* Process context. 0, or -errno when the controller's ports or interrupt are taken. */
int keyboard_start(void);
void keyboard_stop(void);

#endif
