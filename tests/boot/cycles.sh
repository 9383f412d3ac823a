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
# Free memory once what runs on has come to rest and the caches are empty.
free_memory() {
	sleep 0.3
	echo 3 >/proc/sys/vm/drop_caches
	sed -n 's/^MemFree: *\([0-9]*\).*/\1/p' /proc/meminfo
}
# How many objects of the heap are in use.
heap_objects() {
	total=0
	while read -r name active rest; do
		case $active in [0-9]*) total=$((total + active)) ;; esac
	done </proc/slabinfo
	echo $total
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
# Cycles run in a shell of their own, whose memory goes with it.
cycles() {
	(
		i=0
		while [ $i -lt $1 ]; do
			once
			i=$((i + 1))
		done
		[ -z "$refused" ] || echo "cycles: refused here:$refused"
	)
}
cycles 4 # first uses fill caches
state >/tmp/before
cycles 4
free_before=$(free_memory)
heap_before=$(heap_objects)
cycles $n
free_after=$(free_memory)
heap_after=$(heap_objects)
state >/tmp/after
cmp /tmp/before /tmp/after || { diff /tmp/before /tmp/after; exit 1; }
echo "cycles: free memory $free_before kB before, $free_after kB after; heap objects $heap_before before, $heap_after after"
# Each object is there again; which page of the heap it lies in can differ, so that a page more or less may be needed.
[ $heap_before = $heap_after ] && [ $((free_before - free_after)) -le 4 ] || exit 1
echo "cycles: same state"
