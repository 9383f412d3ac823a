/*
 * The VGA text screen as a console: 80 by 25 characters, white on black, scrolling. For the log
 * until a driver takes the screen over, and in a panic. Text memory is in the direct map. Source:
 * IBM VGA technical reference, text modes.
 */
#include <linux/console.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/io.h>
#include <asm/page.h>
#include "debug/log.h"

#define VGA_MEMORY 0xb8000 /* physical */
#define VGA_COLUMNS 80
#define VGA_ROWS 25
#define VGA_BLANK 0x0720 /* light grey on black, space */
#define VGA_COLOUR 0x0700

#define CRTC_INDEX 0x3d4
#define CRTC_DATA 0x3d5
#define CRTC_CURSOR_HIGH 0x0e
#define CRTC_CURSOR_LOW 0x0f

static unsigned int row, column;

static u16 *cell(unsigned int r, unsigned int c)
{
	return (u16 *)__va(VGA_MEMORY) + r * VGA_COLUMNS + c;
}

static void clear_row(unsigned int r)
{
	memset16(cell(r, 0), VGA_BLANK, VGA_COLUMNS);
}

static void new_line(void)
{
	column = 0;
	if (++row < VGA_ROWS)
		return;
	row = VGA_ROWS - 1;
	memmove(cell(0, 0), cell(1, 0), row * VGA_COLUMNS * sizeof(u16));
	clear_row(row);
}

static void put_char(char c)
{
	if (c == '\n') {
		new_line();
		return;
	}
	if (c == '\r') {
		column = 0;
		return;
	}
	if (column == VGA_COLUMNS)
		new_line();
	*cell(row, column++) = VGA_COLOUR | (u8)c;
}

static void show_cursor(void)
{
	unsigned int position = row * VGA_COLUMNS +
				(column < VGA_COLUMNS ? column : VGA_COLUMNS - 1);

	outb(CRTC_CURSOR_HIGH, CRTC_INDEX);
	outb(position >> 8, CRTC_DATA);
	outb(CRTC_CURSOR_LOW, CRTC_INDEX);
	outb(position & 0xff, CRTC_DATA);
}

static void vga_write(struct console *con, const char *text, unsigned int length)
{
	while (length--)
		put_char(*text++);
	show_cursor();
}

static int vga_setup(struct console *con, char *options)
{
	static bool cleared;

	if (!cleared)
		for (unsigned int r = 0; r < VGA_ROWS; r++)
			clear_row(r);
	cleared = true;
	return 0;
}

struct console vga_console = {
	.name = "tty",
	.index = 0,
	.write = vga_write,
	.setup = vga_setup,
	.flags = CON_PRINTBUFFER | CON_BOOT,
};
