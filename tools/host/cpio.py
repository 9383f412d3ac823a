"""Write cpio newc archives (the format of an initramfs; cpio(5), kernel Documentation: initramfs buffer format)."""
import os
import stat


class Archive:
    """Collects entries; `data()` gives the bytes, padded to 512."""

    def __init__(self):
        self._parts = []
        self._inode = 900000
        self._folders = set()

    def _entry(self, name, mode, data=b""):
        self._inode += 1
        encoded = name.encode() + b"\0"
        fields = (self._inode, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(encoded), 0)
        header = b"070701" + b"".join(b"%08x" % f for f in fields) + encoded
        header += b"\0" * (-len(header) % 4)
        self._parts.append(header + data + b"\0" * (-len(data) % 4))

    def folder(self, path, mode=0o755):
        """Add a folder and its parents, each once."""
        path = path.strip("/")
        if not path or path in self._folders:
            return
        self.folder(os.path.dirname(path))
        self._folders.add(path)
        self._entry(path, stat.S_IFDIR | mode)

    def file(self, path, data, mode=0o644):
        path = path.strip("/")
        self.folder(os.path.dirname(path))
        self._entry(path, stat.S_IFREG | stat.S_IMODE(mode), data)

    def symlink(self, path, target):
        path = path.strip("/")
        self.folder(os.path.dirname(path))
        self._entry(path, stat.S_IFLNK | 0o777, target.encode())

    def host_tree(self, source, target):
        """Add a file, symbolic link or whole folder of the host under the guest path `target`, modes kept."""
        info = os.lstat(source)
        if stat.S_ISLNK(info.st_mode) and not os.path.exists(source):
            self.symlink(target, os.readlink(source))
        elif os.path.isdir(source):
            self.folder(target, stat.S_IMODE(os.stat(source).st_mode))
            for name in sorted(os.listdir(source)):
                self.host_tree(os.path.join(source, name), target.rstrip("/") + "/" + name)
        else:
            with open(source, "rb") as f:
                self.file(target, f.read(), os.stat(source).st_mode)

    def data(self):
        self._entry("TRAILER!!!", 0)
        body = b"".join(self._parts)
        self._parts.pop()
        return body + b"\0" * (-len(body) % 512)
