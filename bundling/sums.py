"""Write the checksums of all that is to be attached: python -m bundling.sums, last of all."""

import tomllib

from bundling import making, packing

_KINDS = (".deb", ".dmg", ".exe", ".json", ".run", ".xz", ".zip")

if __name__ == "__main__":
    project = tomllib.loads((making.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    files = sorted(path for path in making.DIST.iterdir() if path.suffix in _KINDS)
    packing.checksums(files, project["version"])
