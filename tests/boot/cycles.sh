# usage: sh cycles.sh N: load and unload every module of the tree N times, then compare the machine with what it was.
n=$1
state() {
	cat /proc/modules /proc/ioports /proc/iomem /proc/dma /proc/devices /proc/misc /proc/filesystems /proc/partitions
	cut -d: -f1 /proc/interrupts
	cat /sys/kernel/rakit/registry | grep -v '^#'
	ls -R /sys/module /sys/class /sys/bus /sys/block /sys/kernel /proc/driver 2>/dev/null
	ls /dev
	wc -l < /proc/kallsyms
}
free_memory() {
	sed -n 's/^MemFree: *\([0-9]*\).*/\1/p' /proc/meminfo
}
once() {
	for name in $names; do
		modprobe "$name" 2>/tmp/err || { refused="$refused $name"; continue; }
		modprobe -r "$name" || { echo "cycles: $name: does not unload"; exit 1; }
	done
}
# The self-tests in test/ take their time and have tests of their own.
names=$(grep -v '^kernel/test/' /lib/modules/$(uname -r)/modules.order | sed 's|.*/||; s|\.ko.*||')
refused=
for warm in 1 2 3 4 5 6 7 8; do # first uses fill caches
	refused=
	once
done
echo "cycles: refused here:$refused"
state >/tmp/before
free_before=$(free_memory)
i=0
while [ $i -lt $n ]; do
	once
	i=$((i + 1))
done
free_after=$(free_memory)
# The heap may hold one page more or less at a given moment; what has leaked never comes back.
i=0
while [ "$free_after" -lt "$free_before" ] && [ $i -lt 20 ]; do
	once
	free_after=$(free_memory)
	i=$((i + 1))
done
state >/tmp/after
cmp /tmp/before /tmp/after || { diff /tmp/before /tmp/after; exit 1; }
echo "cycles: free memory $free_before kB before, $free_after kB after"
[ "$free_after" -ge "$free_before" ] || exit 1
echo "cycles: same state"
