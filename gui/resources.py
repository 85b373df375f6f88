"""The assets (fonts, icons, translations), found by `engine.assets`, and the version."""

from engine.assets import asset

__all__ = ["asset", "version"]


def version() -> str:
    """Return the version of Chainstep; nothing where it was not installed."""
    # It costs as much as a tenth of the start, and few people ask.
    from importlib.metadata import PackageNotFoundError  # noqa: PLC0415
    from importlib.metadata import version as installed  # noqa: PLC0415

    try:
        return installed("chainstep")
    except PackageNotFoundError:
        return ""
