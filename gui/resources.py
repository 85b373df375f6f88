"""The one place that finds the assets (fonts, icons, translations), and the version."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
# An installed Chainstep carries them inside the package, a checkout beside it.
_ASSETS = next(
    (folder for folder in (_HERE / "assets", _HERE.parent / "assets") if folder.is_dir()),
    _HERE / "assets",
)


def asset(*parts: str) -> Path:
    """Return the path of a file below assets."""
    return _ASSETS.joinpath(*parts)


def version() -> str:
    """Return the version of Chainstep; nothing where it was not installed."""
    # It costs as much as a tenth of the start, and few people ask.
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415
    from importlib.metadata import version as installed  # noqa: PLC0415

    try:
        return installed("chainstep")
    except PackageNotFoundError:
        return ""
