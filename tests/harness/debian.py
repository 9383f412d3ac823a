"""Programs from Debian's i386 packages, for tests that try real foreign programs in the guest."""
import glob
import os
import shutil
import subprocess


def i386_file(build, package, path):
    """The file `path` of the i386 package, unpacked below build/compat; None if the package cannot be had."""
    folder = os.path.join(build, "compat", package)
    found = os.path.join(folder, "root", path)
    if os.path.exists(found):
        return found
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return None
    for part in ("lists/partial", "cache/archives/partial"):
        os.makedirs(os.path.join(folder, part), exist_ok=True)
    options = [f"-oDir::State::lists={folder}/lists", f"-oDir::Cache={folder}/cache", "-oAPT::Architecture=i386", "-oAPT::Architectures=i386", "-oDebug::NoLocking=1",
               "-oAPT::Sandbox::User=root", "-oAcquire::http::Timeout=20"]
    for command in (["update"], ["download", f"{package}:i386"]):
        try:
            subprocess.run(["apt-get", "-qq", *options, *command], cwd=folder, capture_output=True, timeout=120)
        except subprocess.TimeoutExpired:
            return None
    for deb in glob.glob(f"{folder}/*.deb"):
        subprocess.run(["dpkg-deb", "-x", deb, f"{folder}/root"], check=True)
    return found if os.path.exists(found) else None
