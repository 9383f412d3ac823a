"""Processes and programs: what a shell with pipelines and scripts needs, and the small programs."""


def test_shell_script(guest, tmp_path):
    script = tmp_path / "s"
    script.write_text('''#!/bin/sh
f() { local a=$1; [ "$a" -gt 2 ] && return; echo "f $a"; f $((a+1)); }
f 0
for i in a b c; do case $i in b) continue;; esac; echo $i; done
n=0; while [ $n -lt 3 ]; do n=$((n+1)); done; echo $n
if grep -q root /etc/passwd; then echo found; fi
(exit 3); echo $?
trap 'echo bye' EXIT
cat <<END
here $n
END
''')
    script.chmod(0o755)
    out, _ = guest("/tmp/s", put=[str(script)])
    assert out == "f 0\nf 1\nf 2\na\nc\n3\nfound\n3\nhere 3\nbye\n"


def test_many_processes(guest):
    out, _ = guest("i=0; while [ $i -lt 60 ]; do sleep 30 & i=$((i+1)); done; pgrep -x sleep | wc -l; kill $(pgrep -x sleep); wait 2>/dev/null; pgrep -x sleep | wc -l", timeout=120)
    assert out.split() == ["60", "0"]


def test_pipeline_of_much_data(guest):
    out, _ = guest("seq 1 20000 | sort -rn | head -n 1; seq 1 20000 | cat | wc -l; yes | head -n 100000 | wc -c")
    assert out.split() == ["20000", "20000", "200000"]


def test_signals(guest):
    out, _ = guest("{ sh -c 'kill -9 $$'; } 2>/dev/null; echo $?; sh -c 'trap \"echo got\" TERM; kill $$; echo after'; sleep 20 & kill $!; wait $!; echo $?")
    assert out.split() == ["137", "got", "after", "143"]


def test_small_programs(guest):
    out, _ = guest("cd /tmp; mkdir -p a/b; echo hi > a/f; cp a/f a/b/g; mv a/b/g a/b/h; ln -s f a/l; readlink a/l; find a | sort; "
                   "tar cf t.tar a; rm -r a; tar xf t.tar; cat a/b/h; wc -c < a/f; stat -c '%s %F' a/f; hexdump -C a/f | head -n 1; "
                   "cmp a/f a/b/h && echo same; head -c 2 a/f; echo; printf '3\\n1\\n2\\n' | sort | tail -n 1; uname; date +%Y | grep -c 20")
    assert out.splitlines() == ["f", "a", "a/b", "a/b/h", "a/f", "a/l", "hi", "3", "3 regular file",
                                "00000000  68 69 0a                                          |hi.|", "same", "hi", "3", "Linux", "1"]


def test_proc_and_sys(guest):
    out, _ = guest("cat /proc/self/comm; head -n 1 /proc/1/status; cat /proc/filesystems | grep -c proc; mount | grep -c ' /proc '; "
                   "ls /sys/module | head -n 1 > /dev/null; cat /proc/version; cat /proc/uptime | wc -w; free | grep -c Mem; ls /dev/null /dev/zero /dev/tty")
    lines = out.splitlines()
    assert lines[0] == "cat" and "init" in lines[1] and lines[2] == "1" and lines[3] == "1"
    assert lines[4].startswith("Linux version 5.10.0-rakit") and lines[5] == "2"


def test_faulting_program_is_killed(guest, tmp_path):
    """A program without a valid image or with a wild access dies alone."""
    (tmp_path / "junk").write_bytes(b"\x7fELF" + b"\xff" * 200)
    (tmp_path / "junk").chmod(0o755)
    out, _ = guest("/tmp/junk; echo $?; echo still here", put=[str(tmp_path / "junk")])
    assert out.endswith("still here\n") and "\n0\nstill" not in out


def test_registry_view(guest):
    out, _ = guest("cat /sys/kernel/rakit/registry; cat /proc/devices | head -n 3")
    for text in ("tmpfs", "proc", "elf"):
        assert text in out


def test_unix_sockets(guest):
    out, _ = guest("modprobe unix && lsmod | grep -c '^unix' && rmmod unix; cat /proc/net/unix 2>/dev/null | head -n 1; echo $?")
    assert out.splitlines()[0] == "1"
