"""Make bundles of Chainstep for this system: python3 run.py bundle [--test] [--folder]."""

import argparse
import shutil
import sys
import tomllib

from bundling import making, packing, smoke


def main(words: list[str]) -> int:
    """Make dist/, as the words on the command line ask for; return the exit status."""
    parser = argparse.ArgumentParser(prog="run.py bundle", description=__doc__.split(":")[0])
    parser.add_argument("--folder", action="store_true", help="the folder alone, not packed")
    parser.add_argument(
        "--test", action="store_true", help="try what is in dist/, and make it only if it is not"
    )
    parser.add_argument(
        "--chroot", metavar="FOLDER", help="a bare system, without Python, to try it in (as root)"
    )
    parser.add_argument(
        "--glibc", metavar="VERSION", help="the newest C library that --test lets it need (Linux)"
    )
    options = parser.parse_args(words)
    if not (options.test and making.FOLDER.exists()):
        make(only_folder=options.folder)
    return smoke.test(options.chroot, options.glibc) if options.test else 0


def make(*, only_folder: bool) -> None:
    """Make all that this system can make, and a list of it with checksums."""
    project = tomllib.loads((making.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    version = project["version"]
    shutil.rmtree(making.DIST, ignore_errors=True)
    making.DIST.mkdir()
    python = making.environment()
    making.folder(python)
    if only_folder:
        return
    files = [packing.bill(version, making.contents(python))]
    if sys.platform == "linux":
        files += filter(None, (packing.deb(version), packing.single_file(version)))
    files.append(packing.archive(version))
    packing.checksums(files, version)
    for path in files:
        making.say(f"{path.stat().st_size / 1e6:8.1f} MB  {path.relative_to(making.ROOT)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
