#!/bin/sh
# Stage the guest's root folder and pack it as cpio newc.
# usage: initrd.sh BUILD RELEASE STRIP OBJCOPY BUILTINS MODULES OUTPUT
set -eu
build=$1 release=$2 strip=$3 objcopy=$4 builtins=$5 modules=$6 output=$7
root=$build/root
lib=$root/lib/modules/$release

rm -rf "$root"
mkdir -p "$root"/bin "$root"/sbin "$root"/etc "$root"/dev "$root"/proc "$root"/sys "$root"/tmp "$root"/root "$root"/mnt "$root"/run "$root"/var/log "$lib"
chmod 1777 "$root/tmp"
cp -a tools/guest/skel/. "$root/"
for dir in bin sbin; do
	for program in "$build/guest/$dir"/*; do
		[ -f "$program" ] || continue
		"$strip" -s -o "$root/$dir/$(basename "$program")" "$program"
	done
done
mkdir -p "$root/usr/share/rakit"
tools/build/guest_help.py $(ls -d tools/guest/bin tools/guest/sbin 2>/dev/null) >"$root/usr/share/rakit/help"
: >"$lib/modules.order"
: >"$lib/modules.builtin"
: >"$lib/modules.builtin.modinfo"
for ko in $modules; do
	path=kernel/${ko#"$build"/install/modules/}
	mkdir -p "$lib/$(dirname "$path")"
	cp "$ko" "$lib/$path"
	echo "$path" >>"$lib/modules.order"
done
# Where they are no part of the kernel, they are loaded at boot: programs expect /dev/null and a screen.
for name in mem vgaconsole; do
	if grep -q "/$name\.ko" "$lib/modules.order"; then
		mkdir -p "$root/lib/modules-load.d"
		echo "$name" >>"$root/lib/modules-load.d/base.conf"
	fi
done
for ko in $builtins; do
	echo "kernel/${ko#"$build"/modules/}" >>"$lib/modules.builtin"
done
"$objcopy" -O binary --set-section-flags .modinfo=alloc,contents,readonly --only-section=.modinfo "$build/rakit.elf" "$lib/modules.builtin.modinfo"
gzip -9nc "$build/Module.symtypes" >"$lib/symtypes.gz"
if [ -x "$build/host/depmod" ]; then
	"$build/host/depmod" -b "$root" "$release"
fi
(cd "$root" && find . -mindepth 1 | LC_ALL=C sort | cpio -o -H newc -R 0:0 --reproducible --quiet) >"$output.new"
mv "$output.new" "$output"
