/*
 * Trace events of modules. Each event has one bit in trace_events, which is 0 unless somebody has asked for events, so that
 * an event costs one test where it does not interest.
 */
#ifndef MODULE_TRACE_H
#define MODULE_TRACE_H

#include <linux/compiler.h>
#include <linux/types.h>

/* In the order of ids, from 1. The first five are Linux's. */
enum trace_kind {
	TRACE_LOAD, /* a: taints */
	TRACE_FREE,
	TRACE_GET,	  /* a: caller, b: references */
	TRACE_PUT,	  /* a: caller, b: references */
	TRACE_REQUEST,	  /* a: caller, b: whether it is waited for */
	TRACE_INSERTION,  /* a: nanoseconds, b: result */
	TRACE_LINKING,	  /* a: nanoseconds, b: result */
	TRACE_ACTIVATION, /* a: nanoseconds, b: result */
	TRACE_KINDS
};

extern u32 trace_events; /* bit 1 << kind: wanted */

/* Adds an event to the ring. Any context. */
void trace_record(enum trace_kind kind, const char *name, unsigned long a, unsigned long b);

static inline void trace_module(enum trace_kind kind, const char *name, unsigned long a,
				unsigned long b)
{
	if (unlikely(trace_events & 1u << kind))
		trace_record(kind, name, a, b);
}

#endif
