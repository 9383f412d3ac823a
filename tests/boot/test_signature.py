"""Signatures of modules: made by the build, checked by the kernel before it reads the file, enforced when asked."""
import os
import struct
import subprocess

import pytest

from conftest import TOP

TREE = "/lib/modules/$(uname -r)/kernel/sample/hello/hello.ko"
TEXT = b"~Module signature appended~\n"
SOURCE = """
#include <linux/module.h>
static int __init unsigned_init(void) { return 0; }
static void __exit unsigned_exit(void) { }
module_init(unsigned_init);
module_exit(unsigned_exit);
MODULE_LICENSE("GPL");
"""


@pytest.fixture(scope="module")
def unsigned(module_builder):
    return module_builder("unsigned", SOURCE)


def sign(source, target, key):
    done = subprocess.run([f"{TOP}/tools/sign-file", "sha256", key, key, str(source), str(target)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return str(target)


def parts(data):
    """(content, message, fields) of a signed file."""
    assert data.endswith(TEXT)
    fields = data[-len(TEXT) - 12:-len(TEXT)]
    length = struct.unpack(">I", fields[8:])[0]
    return data[:-len(TEXT) - 12 - length], data[-len(TEXT) - 12 - length:-len(TEXT) - 12], fields


def bad_files(signed, folder):
    """Files whose signature is bad, by name, with what the kernel says."""
    content, message, fields = parts(open(signed, "rb").read())
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    files = {
        "content": (bytes(flipped) + message + fields + TEXT, "does not fit the file"),
        "message": (content + message[:-1] + bytes([message[-1] ^ 1]) + fields + TEXT, "does not fit the file"),
        "garbage": (content + bytes(len(message)) + fields + TEXT, "is no detached PKCS #7 message"),
        "long": (content + message + fields[:8] + struct.pack(">I", 1 << 30) + TEXT, "is longer than the file"),
        "empty": (content + message + fields[:8] + bytes(4) + TEXT, "is longer than the file, or empty"),
        "short": (content + message + fields[:8] + struct.pack(">I", len(message) - 1) + TEXT, "is no detached PKCS #7 message"),
        "fields": (content + message + b"\1" + fields[1:] + TEXT, "fields set that must be zero"),
        "only": (b"\x7fELF" + bytes(20) + TEXT, "is longer than the file, or empty"),
    }
    for name, (data, _) in files.items():
        (folder / f"{name}.ko").write_bytes(data)
    return {name: reason for name, (_, reason) in files.items()}


def test_signed_and_unsigned(guest, build, unsigned, tmp_path):
    """Not enforced: signed loads clean, unsigned and unknown taint E, bad is refused always."""
    reasons = bad_files(f"{build}/install/modules/sample/hello/hello.ko", tmp_path)
    other = tmp_path / "other.pem"
    subprocess.run([f"{TOP}/tools/build/make-key", str(other)], check=True)
    puts = [str(tmp_path / f"{name}.ko") for name in reasons] + [unsigned, (sign(unsigned, tmp_path / "foreign.ko", str(other)), "/tmp/foreign.ko")]
    out, _ = guest(f"""
        cat /proc/sys/kernel/tainted; insmod {TREE} && cat /sys/module/hello/taint /proc/sys/kernel/tainted && rmmod hello
        for m in {' '.join(reasons)}; do insmod /tmp/$m.ko && exit 9; done 2>/dev/null; echo bad refused
        cat /proc/sys/kernel/tainted; insmod /tmp/unsigned.ko && cat /sys/module/unsigned/taint && grep '^unsigned' /proc/modules && rmmod unsigned
        insmod /tmp/foreign.ko && cat /sys/module/unsigned/taint && rmmod unsigned; cat /proc/sys/kernel/tainted
        dmesg | grep 'module: '""", put=puts)
    lines = out.split("\n")
    assert lines[:5] == ["0", "", "0", "bad refused", "0"]
    assert lines[5] == "OE" and lines[6].endswith("(OE)") and lines[7] == "OE" and lines[8] == str(1 << 12 | 1 << 13)
    for name, reason in reasons.items():
        assert any(f"module: {name}.ko: refused: its signature" in line and reason in line for line in lines), name
    assert "module: unsigned: taints kernel (OE)" in out


def test_enforced(guest, build, unsigned, module_builder, tmp_path):
    """sig_enforce: the tree's and what is signed with the tree's key load, nothing else does; there is no way back."""
    other = tmp_path / "other.pem"
    subprocess.run([f"{TOP}/tools/build/make-key", str(other)], check=True)
    signed = module_builder("signed", SOURCE.replace("unsigned", "signed"))
    done = subprocess.run(["make", "-C", TOP, f"M={os.path.dirname(signed)}", f"O={build}", "sign"], capture_output=True, text=True)
    assert done.returncode == 0 and "SIGN" in done.stdout, done.stdout + done.stderr
    puts = [(unsigned, "/tmp/plain.ko"), signed, (sign(unsigned, tmp_path / "foreign.ko", str(other)), "/tmp/foreign.ko")]
    out, _ = guest(f"""
        p=/sys/module/module/parameters/sig_enforce; cat $p; echo 1 > $p; cat $p; echo 0 > $p; cat $p
        insmod {TREE} && rmmod hello && insmod /tmp/signed.ko && cat /sys/module/signed/taint && rmmod signed && echo loaded
        insmod /tmp/plain.ko; insmod /tmp/foreign.ko; insmod -f /tmp/signed.ko; dmesg | grep refused""", put=puts)
    lines = out.split("\n")
    assert lines[:2] == ["N", "Y"] and "Y" in lines[2:4]
    assert "O\nloaded" in out
    assert "plain.ko: refused: module.sig_enforce=1 and it is not signed" in out
    assert "foreign.ko: refused: module.sig_enforce=1 and it is signed with a key this kernel does not know" in out
    assert "signed.ko: refused: module.sig_enforce=1 and it is loaded by force" in out


def test_enforced_from_the_start(guest, unsigned):
    out, _ = guest("cat /sys/module/module/parameters/sig_enforce; insmod /tmp/unsigned.ko && exit 9; modprobe hello && echo fine",
                   put=[unsigned], append="module.sig_enforce=1")
    assert out.split("\n")[0] == "Y" and "fine" in out


def test_debian_shows_the_signature(build):
    """Debian's modinfo reads our signatures."""
    done = subprocess.run(["/sbin/modinfo", f"{build}/install/modules/sample/hello/hello.ko"], capture_output=True, text=True)
    fields = dict(line.split(":", 1) for line in done.stdout.splitlines() if ":" in line and not line.startswith("\t"))
    assert fields["sig_id"].strip() == "PKCS#7" and fields["sig_hashalgo"].strip() == "sha256"
    assert fields["signer"].strip() == "Build time autogenerated kernel key"
