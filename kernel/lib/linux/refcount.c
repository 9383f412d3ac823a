/*
 * Saturating reference counters (linux/refcount.h).
 *
 * A count that would wrap, or that is raised from zero, is pinned at REFCOUNT_SATURATED: the object leaks, which is
 * reported once per site, instead of being freed while in use. Any context.
 */
#include <linux/kernel.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>

static void saturate(refcount_t *r, const char *what, unsigned long site)
{
	atomic_set(&r->refs, REFCOUNT_SATURATED);
	WARN_ONCE(1, "refcount: %p: %s at %pS; the object is leaked\n", r, what, (void *)site);
}

static inline void add(int i, refcount_t *r, unsigned long site)
{
	int old = atomic_fetch_add(i, &r->refs);

	if (unlikely(!old))
		saturate(r, "raised from zero (use after free)", site);
	else if (unlikely(old < 0 || old > REFCOUNT_MAX - i))
		saturate(r, "overflow", site);
}

void refcount_add(int i, refcount_t *r)
{
	add(i, r, _RET_IP_);
}
EXPORT_SYMBOL(refcount_add);

void refcount_inc(refcount_t *r)
{
	add(1, r, _RET_IP_);
}
EXPORT_SYMBOL(refcount_inc);

bool refcount_add_not_zero(int i, refcount_t *r)
{
	int old = atomic_fetch_add_unless(&r->refs, i, 0);

	if (unlikely(old < 0 || old > REFCOUNT_MAX - i))
		saturate(r, "overflow", _RET_IP_);
	return old;
}
EXPORT_SYMBOL(refcount_add_not_zero);

bool refcount_inc_not_zero(refcount_t *r)
{
	return refcount_add_not_zero(1, r);
}
EXPORT_SYMBOL(refcount_inc_not_zero);

static inline bool sub(int i, refcount_t *r, unsigned long site)
{
	int old = atomic_fetch_sub(i, &r->refs);

	if (likely(old > i))
		return false;
	if (likely(old == i))
		return true;
	saturate(r, "dropped below zero", site);
	return false;
}

bool refcount_sub_and_test(int i, refcount_t *r)
{
	return sub(i, r, _RET_IP_);
}
EXPORT_SYMBOL(refcount_sub_and_test);

bool refcount_dec_and_test(refcount_t *r)
{
	return sub(1, r, _RET_IP_);
}
EXPORT_SYMBOL(refcount_dec_and_test);

void refcount_dec(refcount_t *r)
{
	if (sub(1, r, _RET_IP_))
		saturate(r, "last reference dropped by refcount_dec()", _RET_IP_);
}
EXPORT_SYMBOL(refcount_dec);

bool refcount_dec_if_one(refcount_t *r)
{
	return atomic_cmpxchg(&r->refs, 1, 0) == 1;
}
EXPORT_SYMBOL(refcount_dec_if_one);

bool refcount_dec_not_one(refcount_t *r)
{
	int old = atomic_fetch_add_unless(&r->refs, -1, 1);

	if (unlikely(old <= 0 && old != REFCOUNT_SATURATED))
		saturate(r, "dropped below zero", _RET_IP_);
	return old != 1;
}
EXPORT_SYMBOL(refcount_dec_not_one);

bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock)
{
	if (refcount_dec_not_one(r))
		return false;
	mutex_lock(lock);
	if (refcount_dec_and_test(r))
		return true;
	mutex_unlock(lock);
	return false;
}
EXPORT_SYMBOL(refcount_dec_and_mutex_lock);

bool refcount_dec_and_lock(refcount_t *r, struct spinlock *lock)
{
	if (refcount_dec_not_one(r))
		return false;
	spin_lock(lock);
	if (refcount_dec_and_test(r))
		return true;
	spin_unlock(lock);
	return false;
}
EXPORT_SYMBOL(refcount_dec_and_lock);
