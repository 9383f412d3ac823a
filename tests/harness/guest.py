"""The guest fixture's object: one fresh VM per call."""
import shlex

from host import vm

from .tap import parse_tap
from .verdict import Trouble

# vm.Result.kind -> verdict
_TROUBLES = {vm.PANIC: "panic", vm.TRIPLE_FAULT: "triple-fault", vm.HANG: "hang", vm.TIMEOUT: "timeout", vm.NO_VM: "setup-error"}


class Guest:
    def __init__(self, build):
        self.build = build

    def run(self, command, put=(), get=(), iso=False, memory=128, append="", qemu="", icount=False, timeout=60, kernel="", initrd=""):
        """Boot and run; returns vm.Result whatever the verdict."""
        machine = vm.Machine(build=self.build, iso=iso, memory=memory, append=append, qemu_args=shlex.split(qemu),
                             icount=icount, timeout=timeout, kernel=kernel, initrd=initrd)
        puts = [p if isinstance(p, tuple) else (p, "/tmp/" + p.rsplit("/", 1)[-1]) for p in map(_pair, put)]
        return vm.run(machine, command, puts, get)

    def __call__(self, command, status=0, **options):
        """Boot, run, and return (output text, Result); any other end than `status` fails the test."""
        result = self.run(command, **options)
        output = result.output.decode("utf-8", "replace").replace("\r\n", "\n")
        tail = result.console.decode("utf-8", "replace")[-3000:]
        if result.kind != vm.DONE:
            raise Trouble(_TROUBLES[result.kind], f"{result.detail}\noutput:\n{output[-2000:]}\nconsole:\n{tail}")
        if status is not None and result.status != status:
            raise AssertionError(f"exit status {result.status}, not {status}\noutput:\n{output[-4000:]}\nconsole:\n{tail}")
        return output, result

    def tap(self, command, path, **options):
        """Run a command in the guest, fetch the TAP report at `path` and check each of its points."""
        _, result = self(command, get=[path], **options)
        report = result.files.get(path)
        if not isinstance(report, tuple):
            raise Trouble("fail", f"no report at {path}: {report}")
        points = parse_tap(report[1].decode())
        bad = [p for p in points if not p.ok]
        assert points and not bad, "\n".join(str(p) for p in bad) or "no test points"
        return points


def _pair(put):
    return put if isinstance(put, tuple) else str(put)
