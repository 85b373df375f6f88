"""The one place that finds the assets: fonts, icons, translations, lessons."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
# An installed Chainstep carries them inside the package of the window, a checkout beside it.
_ASSETS = next(
    (
        folder
        for folder in (_HERE.parent / "gui" / "assets", _HERE.parent / "assets")
        if folder.is_dir()
    ),
    _HERE.parent / "gui" / "assets",
)


def asset(*parts: str) -> Path:
    """Return the path of a file below assets."""
    return _ASSETS.joinpath(*parts)
