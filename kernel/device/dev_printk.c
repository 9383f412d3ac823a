/* Log lines about devices: "driver name: text". */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/printk.h>

static void emit(const char *level, const struct device *dev, const char *fmt, va_list args)
{
	struct va_format vaf = { .fmt = fmt, .va = &args };

	if (dev)
		printk("%s%s %s: %pV", level, dev_driver_string(dev), dev_name(dev), &vaf);
	else
		printk("%s(no device): %pV", level, &vaf);
}

void dev_printk(const char *level, const struct device *dev, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	emit(level, dev, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(dev_printk);

#define DEFINE_DEV_LEVEL(func, level)                             \
	void func(const struct device *dev, const char *fmt, ...) \
	{                                                         \
		va_list args;                                     \
                                                                  \
		va_start(args, fmt);                              \
		emit(level, dev, fmt, args);                      \
		va_end(args);                                     \
	}                                                         \
	EXPORT_SYMBOL(func)

DEFINE_DEV_LEVEL(_dev_emerg, KERN_EMERG);
DEFINE_DEV_LEVEL(_dev_alert, KERN_ALERT);
DEFINE_DEV_LEVEL(_dev_crit, KERN_CRIT);
DEFINE_DEV_LEVEL(_dev_err, KERN_ERR);
DEFINE_DEV_LEVEL(_dev_warn, KERN_WARNING);
DEFINE_DEV_LEVEL(_dev_notice, KERN_NOTICE);
DEFINE_DEV_LEVEL(_dev_info, KERN_INFO);

int dev_err_probe(const struct device *dev, int err, const char *fmt, ...)
{
	struct va_format vaf;
	va_list args;

	va_start(args, fmt);
	vaf.fmt = fmt;
	vaf.va = &args;
	if (err == -EPROBE_DEFER)
		dev_dbg(dev, "error %d: %pV", err, &vaf);
	else
		dev_err(dev, "error %d: %pV", err, &vaf);
	va_end(args);
	return err;
}
EXPORT_SYMBOL_GPL(dev_err_probe);
