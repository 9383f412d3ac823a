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
once() {
	for name in $names; do
		modprobe "$name" 2>/tmp/err || { refused="$refused $name"; continue; }
		modprobe -r "$name" || { echo "cycles: $name: does not unload"; exit 1; }
	done
}
names=$(sed 's|.*/||; s|\.ko.*||' /lib/modules/$(uname -r)/modules.order)
refused=
once # first use fills caches
once
echo "cycles: refused here:$refused"
state >/tmp/before
free_before=$(awk '/MemFree/{print $2}' /proc/meminfo 2>/dev/null || sed -n 's/^MemFree: *\([0-9]*\).*/\1/p' /proc/meminfo)
i=0
while [ $i -lt $n ]; do
	once
	i=$((i + 1))
done
state >/tmp/after
free_after=$(sed -n 's/^MemFree: *\([0-9]*\).*/\1/p' /proc/meminfo)
cmp /tmp/before /tmp/after || { diff /tmp/before /tmp/after; exit 1; }
echo "cycles: free memory $free_before kB before, $free_after kB after"
[ "$free_before" = "$free_after" ] || exit 1
echo "cycles: same state"
