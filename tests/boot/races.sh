# Each race between loads, unloads, opens and lookups, forced by gates (tests/fixtures/races). Every step waits for an
# event: somebody at a gate, or a process asleep in a system call. usage: races.sh DIR
cd $1
ok() { echo "ok - $1"; }
fail() { echo "not ok - $1"; dmesg | tail -5; cat /proc/modules; exit 1; }
at() { until grep -q "^$1$" /proc/gate; do :; done; }
open_gate() { echo "$1" >/proc/gate; }
close_gates() { for g in init exit open; do echo "!$g" >/proc/gate; done; }
# The process has become program $2 and sleeps.
asleep() {
	until [ "$(cat /proc/$1/comm)" = $2 ] && grep -q '^State:.*S' /proc/$1/status; do :; done
}
gone() { ! grep -q "^$1 " /proc/modules; }
state() { sed -n "s/^$1 [0-9]* [-0-9]* [^ ]* \([A-Za-z]*\) .*/\1/p" /proc/modules; }
insmod gate.ko && insmod looker.ko || fail setup

# The same module twice at once: the second waits and shares the result.
insmod slow.ko init_waits=1 & first=$!
at init
[ "$(state slow)" = Loading ] || fail "coming is shown"
rmmod slow 2>/tmp/err && fail "unload while init runs"
grep -q coming /tmp/err && ok "unload while init runs is refused" || fail "$(cat /tmp/err)"
insmod slow.ko & second=$!
asleep $second insmod
insmod slow.ko & third=$!
asleep $third insmod
kill -9 $third
wait $third && fail "a killed waiter succeeds"
open_gate init
wait $first || fail "first load"
wait $second && ok "the same module twice at once: loaded once, both succeed" || fail "second load"
[ "$(grep -c '^slow ' /proc/modules)" = 1 ] || fail "once in the list"
rmmod slow || fail unload
close_gates

# And when the first fails, so does the second.
insmod slow.ko init_waits=1 fail=1 2>/dev/null & first=$!
at init
insmod slow.ko 2>/dev/null & second=$!
asleep $second insmod
open_gate init
wait $first && fail "a failing load succeeds"
wait $second && fail "its second succeeds"
gone slow && ok "the second shares a failure" || fail "a failed load stays"
close_gates

# Load during unload: waits until the old one is gone. What is going gives nothing away.
insmod slow.ko exit_waits=1 || fail load
[ "$(cat /proc/looker)" = "symbol found, module live, reference given" ] || fail "live: $(cat /proc/looker)"
rmmod slow & unload=$!
at exit
[ "$(state slow)" = Unloading ] || fail "going is shown"
[ "$(cat /proc/looker)" = "symbol none, module going, reference refused" ] && ok "lookups during unload find nothing to hold" || fail "$(cat /proc/looker)"
cat /proc/kallsyms /sys/module/slow/refcnt /sys/module/slow/parameters/* >/dev/null || fail "views during unload"
grep -q 'slow_value.*\[slow\]' /proc/kallsyms || fail "its symbols are named while its exit runs"
(exec 3</dev/slow) 2>/dev/null && fail "open during unload"
ok "open during unload is refused"
rmmod slow 2>/tmp/err && fail "second unload"
grep -q going /tmp/err && ok "a second unload is refused" || fail "$(cat /tmp/err)"
insmod slow_user.ko 2>/tmp/err && fail "use during unload"
grep -q slow_value /tmp/err && ok "a user of a symbol whose provider goes is refused" || fail "$(cat /tmp/err)"
insmod slow.ko & load=$!
asleep $load insmod
open_gate exit
wait $unload || fail "unload"
wait $load && [ "$(state slow)" = Live ] && ok "load during unload waits, then loads" || fail "load during unload"
rmmod slow || fail "unload again"
close_gates

# A user of a symbol whose provider is still in init waits for it.
insmod slow.ko init_waits=1 & first=$!
at init
insmod slow_user.ko & user=$!
asleep $user insmod
open_gate init
wait $first || fail "provider"
wait $user && dmesg | grep -q 'slow_user: got 42' && ok "a user waits for its provider's init" || fail "user"
rmmod slow 2>/dev/null && fail "provider in use"
rmmod slow_user && rmmod slow || fail "both go"
close_gates
insmod slow.ko init_waits=1 fail=1 2>/dev/null & first=$!
at init
insmod slow_user.ko 2>/tmp/err & user=$!
asleep $user insmod
open_gate init
wait $first && fail "failing provider"
wait $user && fail "user of a provider that failed"
grep -q slow_value /tmp/err && gone slow_user && ok "a user whose provider fails is refused" || fail "$(cat /tmp/err)"
close_gates

# Unload during open: the opener holds the module.
insmod slow.ko open_waits=1 || fail load
(exec 3</dev/slow; cat /proc/self/comm >/tmp/opened) & opener=$!
at open
rmmod slow 2>/tmp/err && fail "unload during open"
grep -q 'held by' /tmp/err && ok "unload during open is refused" || fail "$(cat /tmp/err)"
open_gate open
wait $opener && [ -s /tmp/opened ] || fail "the open ends well"
rmmod slow && ok "and goes when the file is closed" || fail "unload after open"
rmmod looker && rmmod gate && ok "all gone" || fail "the rest"
