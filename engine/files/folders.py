"""Where a platform keeps what belongs to a user."""

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """Return the folder for the user's own data of Chainstep; it need not exist.

    Raises RuntimeError where the user has no home.
    """
    if sys.platform == "win32":
        given = os.environ.get("APPDATA")
        return (Path(given) if given else Path.home() / "AppData/Roaming") / "Chainstep"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/Chainstep"
    given = os.environ.get("XDG_DATA_HOME")
    return (Path(given) if given else Path.home() / ".local/share") / "chainstep"
