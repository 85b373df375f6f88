"""Let a Python that was made on a newer system run with an older C library.

Called with the libraries, in the environment that has LIEF.
"""

import sys
from collections import defaultdict

import lief

_FIRST = {"GLIBC_2.2.5", "GLIBC_2.17"}
"""The version of all that was there from the start: of x86-64, of ARM."""

_SAME = {"hypot"}
"""What later versions do as the first one did (that of glibc 2.35 is only faster)."""


def ask_for_the_first(library: lief.ELF.Binary) -> bool:
    """Ask for the first version of a function where a later one does the same; tell if any is."""
    asking = defaultdict[str, set[str]](set)
    for symbol in library.dynamic_symbols:
        version = symbol.symbol_version
        if version and version.has_auxiliary_version:
            asking[version.symbol_version_auxiliary.name].add(symbol.name)
    changed = False
    for needed in library.symbols_version_requirement:
        versions = {version.name: version for version in needed.get_auxiliary_symbols()}
        for first in _FIRST & versions.keys():
            for name in versions.keys() - _FIRST:
                if asking[name] and asking[name] <= _SAME:
                    versions[name].name, changed = first, True
    return changed


if __name__ == "__main__":
    lief.logging.disable()
    for path in sys.argv[1:]:
        binary = lief.ELF.parse(path)
        if ask_for_the_first(binary):
            binary.write(path)
