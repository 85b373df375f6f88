"""Margins and gaps of layouts, as large as the type that the user wants."""

from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

_ORDINARY, _NOW, _OWN = "ordinary spaces", "present spaces", "own spaces"


def keep_own(layout: QLayout) -> None:
    """Leave a layout alone whose owner sizes its spaces with the theme's type."""
    layout.setProperty(_OWN, True)


def space(root: QWidget, zoom: float) -> None:
    """Make the spaces of all layouts within `root` so many times as large as at first."""
    for layout in root.findChildren(QLayout):
        if layout.property(_OWN):
            continue
        now, former = _spaces(layout), layout.property(_NOW)
        if now != former:
            # What is new, or was set anew meanwhile, is for type of the ordinary size.
            given = zip(now, former or now, layout.property(_ORDINARY) or now, strict=True)
            ordinary = [side if side != put else first for side, put, first in given]
            layout.setProperty(_ORDINARY, ordinary)
        wanted = [round(zoom * side) for side in layout.property(_ORDINARY)]
        if wanted != now:
            _set(layout, wanted)
        layout.setProperty(_NOW, wanted)


def _spaces(layout: QLayout) -> list[int]:
    margins = layout.contentsMargins()
    sides = [margins.left(), margins.top(), margins.right(), margins.bottom()]
    if isinstance(layout, QGridLayout):
        return [*sides, layout.horizontalSpacing(), layout.verticalSpacing()]
    return [*sides, layout.spacing()]


def _set(layout: QLayout, spaces: list[int]) -> None:
    left, top, right, bottom, *gaps = spaces
    layout.setContentsMargins(left, top, right, bottom)
    if isinstance(layout, QGridLayout):
        layout.setHorizontalSpacing(gaps[0])
        layout.setVerticalSpacing(gaps[1])
    else:
        layout.setSpacing(gaps[0])
