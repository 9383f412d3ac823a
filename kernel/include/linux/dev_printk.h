/* Log lines about a device: "driver name: text". Any context. Source: Linux 5.10 dev_printk.h. */
#ifndef _LINUX_DEV_PRINTK_H
#define _LINUX_DEV_PRINTK_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/ratelimit.h>

struct device;

#ifndef dev_fmt
#define dev_fmt(fmt) fmt
#endif

/* level: KERN_*. */
void dev_printk(const char *level, const struct device *dev, const char *fmt, ...) __printf(3, 4);
void _dev_emerg(const struct device *dev, const char *fmt, ...) __printf(2, 3);
void _dev_alert(const struct device *dev, const char *fmt, ...) __printf(2, 3);
void _dev_crit(const struct device *dev, const char *fmt, ...) __printf(2, 3);
void _dev_err(const struct device *dev, const char *fmt, ...) __printf(2, 3);
void _dev_warn(const struct device *dev, const char *fmt, ...) __printf(2, 3);
void _dev_notice(const struct device *dev, const char *fmt, ...) __printf(2, 3);
void _dev_info(const struct device *dev, const char *fmt, ...) __printf(2, 3);
#define dev_emerg(dev, fmt, ...) _dev_emerg(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_alert(dev, fmt, ...) _dev_alert(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_crit(dev, fmt, ...) _dev_crit(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_err(dev, fmt, ...) _dev_err(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...) _dev_warn(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_notice(dev, fmt, ...) _dev_notice(dev, dev_fmt(fmt), ##__VA_ARGS__)
#define dev_info(dev, fmt, ...) _dev_info(dev, dev_fmt(fmt), ##__VA_ARGS__)
#ifdef DEBUG
#define dev_dbg(dev, fmt, ...) dev_printk(KERN_DEBUG, dev, dev_fmt(fmt), ##__VA_ARGS__)
#else
#define dev_dbg(dev, fmt, ...)                                                    \
	do {                                                                      \
		if (0)                                                            \
			dev_printk(KERN_DEBUG, dev, dev_fmt(fmt), ##__VA_ARGS__); \
	} while (0)
#endif
#define dev_vdbg(dev, fmt, ...) dev_dbg(dev, fmt, ##__VA_ARGS__)
#define dev_level_once(dev_level, dev, fmt, ...)            \
	do {                                                \
		static bool __print_once;                   \
		if (!__print_once) {                        \
			__print_once = true;                \
			dev_level(dev, fmt, ##__VA_ARGS__); \
		}                                           \
	} while (0)
#define dev_err_once(dev, fmt, ...) dev_level_once(dev_err, dev, fmt, ##__VA_ARGS__)
#define dev_warn_once(dev, fmt, ...) dev_level_once(dev_warn, dev, fmt, ##__VA_ARGS__)
#define dev_info_once(dev, fmt, ...) dev_level_once(dev_info, dev, fmt, ##__VA_ARGS__)
#define dev_level_ratelimited(dev_level, dev, fmt, ...)                        \
	do {                                                                   \
		static DEFINE_RATELIMIT_STATE(_rs, DEFAULT_RATELIMIT_INTERVAL, \
					      DEFAULT_RATELIMIT_BURST);        \
		if (__ratelimit(&_rs))                                         \
			dev_level(dev, fmt, ##__VA_ARGS__);                    \
	} while (0)
#define dev_err_ratelimited(dev, fmt, ...) dev_level_ratelimited(dev_err, dev, fmt, ##__VA_ARGS__)
#define dev_warn_ratelimited(dev, fmt, ...) dev_level_ratelimited(dev_warn, dev, fmt, ##__VA_ARGS__)
#define dev_info_ratelimited(dev, fmt, ...) dev_level_ratelimited(dev_info, dev, fmt, ##__VA_ARGS__)
/* Logs what failed with which error (a deferral at debug level) and returns err. */
int dev_err_probe(const struct device *dev, int err, const char *fmt, ...) __printf(3, 4);

#endif
