"""A person at the console: boots with the console on a UNIX socket, types, and waits for what comes."""
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time

from host import vm

from .verdict import Trouble

PROMPT = r"\n[^\n#]*# $"  # at the beginning of a line: line editing draws it again after a carriage return


class Terminal:
    """with Terminal(build) as t: t.expect(PROMPT); t.type('ls\\n') …"""

    def __init__(self, build, memory=128, append="quiet", qemu=()):
        self._machine = vm.Machine(build=build, memory=memory, append=append, qemu_args=list(qemu))
        self.text = ""

    def __enter__(self):
        self._folder = tempfile.mkdtemp(prefix="rakit-")
        path = os.path.join(self._folder, "console")
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        server.listen(1)
        args = vm.common_args(self._machine) + ["-display", "none", "-monitor", "none", "-chardev", f"socket,id=c,path={path}", "-serial", "chardev:c"]
        args += vm.boot_args(self._machine, self._folder, f"console=ttyS0 {self._machine.append}", b"")
        self._process = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server.settimeout(20)
        self._socket = server.accept()[0]
        server.close()
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._socket.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def type(self, text):
        self._socket.sendall(text.encode())

    def expect(self, pattern, timeout=30):
        """Wait until what came since the last expect matches; returns it up to and with the match."""
        end = time.monotonic() + timeout
        while True:
            match = re.search(pattern, self.text, re.M)
            if match:
                seen, self.text = self.text[:match.end()], self.text[match.end():]
                return seen
            left = end - time.monotonic()
            if left <= 0:
                raise Trouble("timeout", f"{pattern!r} did not come; what did:\n{self.text[-2000:]}")
            self._socket.settimeout(left)
            try:
                block = self._socket.recv(65536)
            except socket.timeout:
                continue
            if not block:
                raise Trouble("panic", f"the VM ended; {pattern!r} did not come; what did:\n{self.text[-2000:]}")
            self.text += block.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "")

    def command(self, text, timeout=30):
        """Type a line, return what it printed (the echo left out)."""
        self.type(text + "\n")
        return self.expect(PROMPT, timeout)

    def wait(self, timeout=20):
        return self._process.wait(timeout)
