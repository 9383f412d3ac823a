/* The three standard streams: no memory is spent on them before their first use. */
#include "stdio/stream.h"

static unsigned char in_buffer[UNGET + BUFSIZ], out_buffer[UNGET + BUFSIZ], error_buffer[UNGET + 1];

static FILE in = {
	.fd = 0,
	.flags = STREAM_READ | STREAM_STATIC,
	.buffer = in_buffer + UNGET,
	.size = BUFSIZ,
};
static FILE out = {
	.fd = 1,
	.flags = STREAM_WRITE | STREAM_STATIC,
	.buffer = out_buffer + UNGET,
	.size = BUFSIZ,
};
static FILE error = {
	.fd = 2,
	.flags = STREAM_WRITE | STREAM_UNBUFFERED | STREAM_MODE_SET | STREAM_STATIC,
	.buffer = error_buffer + UNGET,
	.size = 1,
};

FILE *const stdin = &in;
FILE *const stdout = &out;
FILE *const stderr = &error;
