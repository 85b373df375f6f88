"""The one place that finds the assets: fonts, icons, translations, lessons."""

from pathlib import Path

_ASSETS = Path(__file__).resolve().parents[1] / "assets"


def asset(*parts: str) -> Path:
    """Return the path of a file below assets."""
    return _ASSETS.joinpath(*parts)
