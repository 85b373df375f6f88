#!/bin/sh
# Chainstep @VERSION@: the program follows this text, as a squashfs. It is unpacked once, into the
# cache of the user, and started there; older versions are removed. To unpack it elsewhere:
# CHAINSTEP_UNPACK=FOLDER.
set -eu
helper=@HELPER@ image=@IMAGE@ size=@SIZE@
me=$(readlink -f "$0")
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/chainstep
place=${CHAINSTEP_UNPACK:-$cache/@VERSION@-@DIGEST@}
if ! [ -x "$place/chainstep" ]; then
    echo "Unpacking Chainstep into $place (once) …" >&2
    mkdir -p "${place%/*}"
    work=$(mktemp -d "${place%/*}/.unpacking-XXXXXX")
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mkdir "$work/helper"
    tail -c "+$((helper + 1))" "$me" | head -c "$size" | tar xz -C "$work/helper"
    LD_LIBRARY_PATH="$work/helper" "$work/helper/unsquashfs" -quiet -no-progress \
        -offset "$image" -dest "$work/chainstep" "$me" >/dev/null
    # Whoever was faster has put the same there.
    mv -T "$work/chainstep" "$place" 2>/dev/null || [ -x "$place/chainstep" ]
    if [ "$place" != "${CHAINSTEP_UNPACK:-}" ]; then
        for old in "$cache"/*; do
            [ "$old" = "$place" ] || ! [ -f "$old/chainstep" ] || rm -rf "$old"
        done
    fi
    rm -rf "$work"
    trap - EXIT INT TERM
fi
exec "$place/chainstep" "$@"
exit 1
