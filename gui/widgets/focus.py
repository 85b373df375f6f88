"""Where the keys go next."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def after(widget: QWidget) -> Iterator[QWidget]:
    """Yield what Tab comes to after a widget, once round the window."""
    following = _next_in_chain(widget)
    while following is not None and following is not widget:
        if takes_focus(following):
            yield following
        following = _next_in_chain(following)


def _next_in_chain(widget: QWidget) -> QWidget | None:
    """Return Qt's next widget.

    PySide takes what Qt returns for a part of `widget`, even the window: when `widget` is deleted,
    all menus of the window are gone for Python. Its own parent, set again, puts that right.
    """
    following = widget.nextInFocusChain()
    if following is not None:
        following.setParent(following.parentWidget())
    return following


def takes_focus(widget: QWidget) -> bool:
    """Tell whether Tab stops at a widget."""
    stops = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(stops) and widget.isVisible() and widget.isEnabled()


def next_of(widget: QWidget, among: Callable[[QWidget], bool]) -> QWidget | None:
    """Return the next widget of some kind in the same panel, in the order of Tab; none at its end.

    The panel is the outermost part that scrolls.
    """
    panel = panel_of(widget)
    for following in after(widget):
        if panel is None or not panel.isAncestorOf(following):
            return None
        if among(following):
            return following
    return None


def panel_of(widget: QWidget) -> QScrollArea | None:
    """Return the outermost part with a widget in it that scrolls."""
    found, above = None, widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            found = above
        above = above.parentWidget()
    return found


def bring_into_view(widget: QWidget) -> None:
    """Scroll to a widget, in all that scrolls around it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
