"""The buttons of the window."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QIcon,
    QKeyEvent,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QStyleOptionToolButton, QToolButton, QWidget

from engine.words import mark
from gui.theme import Theme
from gui.theme.icons import icon, inked
from gui.widgets.accessible import Accessible
from gui.widgets.blocking import Blocking
from gui.widgets.keys import Keys, Use
from gui.widgets.memo import Memo

_SIDE, _GAP = 16, 6
"""In pixels, at the ordinary size of type: an icon, and from what is seen of it to the text."""

PRESSING = Keys(
    mark("On a button, a tab or a choice"),
    Use("press", ("Space", "Return"), mark("Press it, or open the list of a choice"), ("Enter",)),
)


class Button(QToolButton):
    """A button that Space and Enter press.

    Icon and text stand in its middle, as one. One that can do nothing now is not `possible`: it
    looks as if it were disabled, but keeps the focus, so that its hint, which says why, is read.
    """

    def __init__(self, icon_name: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("role", role)
        self._icon_name = icon_name
        self._gap = _GAP
        self._shown = Memo[tuple[object, ...]]()
        self._blocking, self._why = Blocking(self), ""

    @property
    def possible(self) -> bool:
        """Whether it can do anything now."""
        return not self._blocking.on

    def allow(self, possible: bool) -> None:  # noqa: FBT001 - as setEnabled
        """Let the button be pressed, or not."""
        self._blocking.block(on=not possible)
        why = "" if possible else self.toolTip()
        if why != self._why:
            self._why = why
            self.setAccessibleDescription(why)

    def accessible(self) -> Accessible:
        """Return that it is a button, or a switch that is on or off; and if it can be pressed."""
        role = QAccessible.Role
        return Accessible(
            role.CheckBox if self.isCheckable() else role.Button,
            press=self.click if self.possible else None,
            chosen=self.isChecked() if self.isCheckable() else None,
            possible=self.possible,
        )

    def present(
        self, theme: Theme, text: str, hint: str, icon_name: str = "", *, icon_only: bool = False
    ) -> None:
        """Show text and icon; `hint` is the tool tip."""
        filled = self.property("role") == "play" or self.isChecked()
        shown = (theme, text, hint, icon_name, icon_only, filled)
        if not self._shown.renew(shown):
            # Setting an icon asks for a new layout of all around, even if it is the same.
            return
        self._icon_name = icon_name or self._icon_name
        self._gap = theme.size(_GAP)
        if self._icon_name:
            accented = filled and self.property("role") in ("play", "small")
            self.setIcon(icon(self._icon_name, theme, filled=accented))
            self.setIconSize(QSize(theme.size(_SIDE), theme.size(_SIDE)))
        self.setText(text)
        self.setToolTip(hint)
        self.setAccessibleName(text or hint)
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonIconOnly
            if icon_only
            else style.ToolButtonTextBesideIcon
            if self._icon_name
            else style.ToolButtonTextOnly
        )

    def sizeHint(self) -> QSize:
        """Return the size that icon and text need, as near to each other as they are painted."""
        hint = super().sizeHint()
        if self.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonTextBesideIcon:
            return hint
        # Qt counts the whole icon, and round the text four pixels and two spaces.
        counted = self.iconSize().width() + 4 + 2 * self.fontMetrics().horizontalAdvance(" ")
        return hint - QSize(counted - self._gap - self._seen(), 0)

    def _seen(self) -> int:
        """Return how wide what is seen of the icon is."""
        first, last = inked(self._icon_name)
        return round((last - first) * self.iconSize().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon and text; the style would put both to the left, at a distance of its own."""
        if self.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonTextBesideIcon:
            super().paintEvent(event)
            return
        # As below.
        from PySide6.QtWidgets import QStyle, QStylePainter  # noqa: PLC0415

        painter = QStylePainter(self)
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        enabled = QStyle.StateFlag.State_Enabled in option.state
        option.text, option.icon = "", QIcon()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        drawn, words = self.parts()
        first, _ = inked(self._icon_name)
        side = self.iconSize().width()
        where = QRect(drawn.topLeft() - QPoint(round(first * side), 0), self.iconSize())
        mode = QIcon.Mode.Normal if enabled else QIcon.Mode.Disabled
        self.icon().paint(painter, where, Qt.AlignmentFlag.AlignCenter, mode)
        group = QPalette.ColorGroup.Normal if enabled else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, self.foregroundRole()))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()

    def parts(self) -> tuple[QRect, QRect]:
        """Return where what is seen of the icon stands, and where the text does."""
        side, width = self.iconSize().width(), self._seen()
        words = self.fontMetrics().size(0, self.text()).width()
        left = (self.width() - width - self._gap - words) // 2
        drawn = QRect(left, (self.height() - side) // 2, width, side)
        return drawn, QRect(left + width + self._gap, 0, words + 1, self.height())

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """Look disabled where nothing can be done."""
        super().initStyleOption(option)
        if not self.possible:
            # Costly to import, and not needed before the chain is seen.
            from PySide6.QtWidgets import QStyle  # noqa: PLC0415

            option.state &= ~(QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_MouseOver)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Space, as Qt does, and with Enter as well."""
        if PRESSING.use(event) == "press" and event.key() != Qt.Key.Key_Space:
            self.click()
        else:
            super().keyPressEvent(event)
