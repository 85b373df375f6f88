"""Packs the folder: `.deb`, single file, archive; list of contents and checksums of all of them."""

import gzip
import hashlib
import json
import platform
import shutil
import subprocess
import sys
import tarfile
import uuid
from datetime import UTC, datetime
from pathlib import Path

from bundling import glibc, manual
from bundling.making import BUILD, DIST, FOLDER, HERE, ROOT, run, say

ID = "io.github.chainstep.Chainstep"
"""The name of the program among all others: of its menu entry, icon and window."""

_DEBIAN = {"x86_64": "amd64", "aarch64": "arm64"}

_CONTROL = """Package: chainstep
Version: {version}
Architecture: {architecture}
Maintainer: The authors of Chainstep <chainstep@localhost>
Installed-Size: {size}
Depends: libc6 (>= {glibc}), libgl1, libegl1
Section: education
Priority: optional
Description: See backpropagation happen, one derivative at a time
 Chainstep shows the training of a chain of neurons operation by operation,
 forwards and backwards, with the numbers of every step. It has lessons and
 practice, checks gradients and draws maps of trainings.
 .
 It brings its own Python and Qt.
"""


def label(version: str) -> str:
    """Return the middle of the names of files: version, system and processor."""
    system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
    return f"{version}-{system}-{platform.machine().lower()}"


def shared(place: Path, version: str) -> None:
    """Write what the system is told of the program, as it is below /usr/share."""
    date = datetime.now(UTC).date().isoformat()
    page = gzip.compress(manual.manual(version, date).encode(), 9, mtime=0)
    icons = HERE / "frozen" / "made"
    copied = {
        f"applications/{ID}.desktop": HERE / "linux" / f"{ID}.desktop",
        f"metainfo/{ID}.metainfo.xml": HERE / "linux" / f"{ID}.metainfo.xml",
        f"mime/packages/{ID}.xml": HERE / "linux" / f"{ID}.xml",
        f"icons/hicolor/scalable/apps/{ID}.svg": ROOT / "assets" / "icons" / "chainstep.svg",
        f"icons/hicolor/256x256/apps/{ID}.png": icons / "chainstep.png",
        "doc/chainstep/copyright": ROOT / "LICENSE",
    }
    written = {
        "man/man1/chainstep.1.gz": page,
        "bash-completion/completions/chainstep": manual.bash().encode(),
        "zsh/vendor-completions/_chainstep": manual.zsh().encode(),
        "fish/vendor_completions.d/chainstep.fish": manual.fish().encode(),
    }
    for name, source in copied.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place / name)
    for name, content in written.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)


def deb(version: str) -> Path | None:
    """Make the package for Debian and Ubuntu; nothing where their `dpkg-deb` is not to be had."""
    architecture = _DEBIAN.get(platform.machine())
    if shutil.which("dpkg-deb") is None or architecture is None:
        say("There is no dpkg-deb here: no .deb is made.")
        return None
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(FOLDER, tree / "usr" / "lib" / "chainstep", symlinks=True)
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / "chainstep").symlink_to("../lib/chainstep/chainstep")
    shared(tree / "usr" / "share", version)
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    (tree / "DEBIAN").mkdir()
    control = _CONTROL.format(
        version=version, architecture=architecture, size=size, glibc=glibc.needed(collected())[0]
    )
    (tree / "DEBIAN" / "control").write_text(control, "utf-8")
    for path in tree.rglob("*"):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
    made = DIST / f"chainstep_{version}_{architecture}.deb"
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, made)
    shutil.rmtree(tree)
    return made


def collected() -> list[Path]:
    """Return all that was taken from the system where the bundle is made, and brings code."""
    return [FOLDER / "chainstep", *FOLDER.rglob("*.so*"), *_helper()]


def single_file(version: str) -> Path | None:
    """Make one file that runs: a script that unpacks the squashfs after it, once for a version."""
    if shutil.which("mksquashfs") is None or shutil.which("unsquashfs") is None:
        say("There is no mksquashfs (of squashfs-tools): no single file is made.")
        return None
    image = BUILD / "chainstep.squashfs"
    image.unlink(missing_ok=True)
    pack = ("-comp", "zstd", "-Xcompression-level", "16", "-b", "1M", "-all-root", "-no-xattrs")
    run("mksquashfs", FOLDER, image, *pack, "-quiet", "-no-progress")
    helper = BUILD / "helper.tar.gz"
    _pack_helper(helper)
    made = DIST / f"Chainstep-{label(version)}.run"
    digest = hashlib.sha256(image.read_bytes()).hexdigest()[:16]
    script = (HERE / "linux" / "single.sh").read_text("utf-8")
    script = script.replace("@DIGEST@", digest).replace("@VERSION@", version)
    # The places are of a fixed width, or they would move what they tell of.
    header = len(script.encode()) - len("@HELPER@@IMAGE@@SIZE@") + 3 * 12
    sizes = (header, header + helper.stat().st_size, helper.stat().st_size)
    for name, number in zip(("@HELPER@", "@IMAGE@", "@SIZE@"), sizes, strict=True):
        script = script.replace(name, f"{number:<12}")
    with made.open("wb") as file:
        file.write(script.encode())
        file.write(helper.read_bytes())
        with image.open("rb") as packed:
            shutil.copyfileobj(packed, file)
    made.chmod(0o755)
    image.unlink()
    helper.unlink()
    return made


def _helper() -> list[Path]:
    """Return `unsquashfs` and the libraries that it needs; the C library is everywhere."""
    program = shutil.which("unsquashfs")
    if program is None:
        return []
    told = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    paths = [line.split("=> ")[1].split(" (")[0] for line in told.splitlines() if "=> /" in line]
    common = ("libc.so", "libm.so", "libpthread.so", "libdl.so", "librt.so")
    return [Path(path) for path in (program, *paths) if not Path(path).name.startswith(common)]


def _pack_helper(target: Path) -> None:
    with tarfile.open(target, "w:gz") as tar:
        for path in _helper():
            tar.add(path.resolve(), arcname=path.name)


def archive(version: str) -> Path:
    """Pack the folder itself: a zip on Windows and macOS, a tar with share/ beside it on Linux."""
    if sys.platform == "linux":
        shared(FOLDER / "share", version)
    kind = "xztar" if sys.platform == "linux" else "zip"
    name = DIST / f"chainstep-{label(version)}"
    return Path(shutil.make_archive(str(name), kind, DIST, "chainstep"))


def bill(version: str, contents: list[tuple[str, str, str]]) -> Path:
    """Write what is in the bundle, with versions and licences, as CycloneDX 1.5."""
    parts = [
        {
            "type": "library",
            "name": name,
            "version": number,
            "purl": f"pkg:{'generic' if name == 'CPython' else 'pypi'}/{name.lower()}@{number}",
            **({"licenses": [{"license": {"name": licence}}]} if licence else {}),
        }
        for name, number, licence in contents
        if name != "chainstep"
    ]
    libraries = [
        {"type": "file", "name": path.name, "hashes": [{"alg": "SHA-256", "content": digest}]}
        for path in sorted(FOLDER.rglob("*"))
        if path.is_file() and (".so" in path.name or path.suffix in {".dll", ".dylib", ".pyd"})
        for digest in [_digest(path)]
    ]
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid4()}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": {"type": "application", "name": "chainstep", "version": version},
        },
        "components": [*parts, *libraries],
    }
    made = DIST / f"chainstep-{label(version)}.cdx.json"
    made.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    return made


def checksums(files: list[Path], version: str) -> Path:
    """Write the SHA-256 of each file, as `sha256sum --check` reads it."""
    made = DIST / f"SHA256SUMS-{label(version)}"
    made.write_text("".join(f"{_digest(path)}  {path.name}\n" for path in files), "utf-8")
    return made


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
