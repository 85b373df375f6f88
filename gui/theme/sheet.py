"""The dress of the whole program: palette, font and style sheet, and what the system asks for."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType, SimpleNamespace

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui.drawing.ink import Ink
from gui.theme.colours import Theme
from gui.theme.fonts import text_font


def dark_system() -> bool:
    """Tell whether the system asks for dark windows."""
    return QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


Role = QPalette.ColorRole

_ROLES = MappingProxyType(
    {
        "panel": (Role.Window, "palette(window)"),
        "canvas": (Role.AlternateBase, "palette(alternate-base)"),
        "field": (Role.Base, "palette(base)"),
        "border": (Role.Midlight, "palette(midlight)"),
        "faint": (Role.Mid, "palette(mid)"),
        "outline": (Role.Shadow, "palette(shadow)"),
        "text": (Role.Text, "palette(text)"),
        "muted": (Role.PlaceholderText, "palette(placeholder-text)"),
        "problem": (Role.BrightText, "palette(bright-text)"),
        "kind": (Role.LinkVisited, "palette(link-visited)"),
        "accent": (Role.WindowText, "palette(window-text)"),
        "on_accent": (Role.Dark, "palette(dark)"),
        "focus": (Role.Accent, "palette(accent)"),
        "chosen": (Role.Highlight, "palette(highlight)"),
        "on_chosen": (Role.HighlightedText, "palette(highlighted-text)"),
    }
)
"""Which role of the palette holds a colour of the sheet, and what the sheet calls that role."""


_LATE = "dressed late"
"""The property of a page that is dressed when it is shown; true where it has missed colours."""


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole program.

    The sheet names the roles of the palette: for other colours in the same size of type it stays,
    and every widget looks them up again, which takes a third of the time of a new sheet.
    """
    sheet = _sheet(theme, {name: called for name, (_, called) in _ROLES.items()})
    if app.styleSheet() == sheet:
        app.setPalette(_palette(theme))
        widgets = app.allWidgets()
        late = [page for page in widgets if page.isHidden() and page.property(_LATE) is not None]
        for page in late:
            page.setProperty(_LATE, True)
        later = {widget for page in late for widget in _all_in(page)}
        _dress_again(widget for widget in widgets if widget not in later)
        return
    # The former sheet is taken off first: Qt would polish every widget again for each widget that
    # it stands in, and those that were never seen too.
    app.setStyleSheet("")
    app.setPalette(_palette(theme))
    app.setFont(text_font(theme.size(13)))
    app.setStyleSheet(sheet)


def _dress_again(widgets: Iterable[QWidget]) -> None:
    """Let widgets look up their colours."""
    style = QApplication.style()
    for widget in widgets:
        seen = widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
        # A window in a dress of its own keeps it.
        if seen and widget.style() is style:
            style.polish(widget)
            widget.update()


def _all_in(page: QWidget) -> list[QWidget]:
    return [page, *page.findChildren(QWidget)]


def dress_late(page: QWidget) -> None:
    """Give a page the colours that it missed while it was hidden, and from now on as late.

    To be called before what it shows is renewed: a widget that is dressed forgets its own font.
    """
    if page.property(_LATE):
        _dress_again(_all_in(page))
    page.setProperty(_LATE, False)


def dress(widget: QWidget, theme: Theme) -> None:
    """Dress one window in another theme than the rest of the program.

    Roles in its sheet would be those of the program's palette.
    """
    widget.setStyleSheet("")
    widget.setPalette(_palette(theme))
    widget.setFont(text_font(theme.size(13)))
    widget.setStyleSheet(_sheet(theme, _colours(theme)))


def _colours(theme: Theme) -> dict[str, str]:
    """Return the colours of the sheet by their names."""
    forward = theme.inks[Ink.FORWARD]
    same = ("panel", "canvas", "field", "border", "faint", "outline", "text", "muted", "problem")
    return {
        **{name: getattr(theme, name) for name in (*same, "accent", "on_accent")},
        "kind": theme.inks[Ink.BACKWARD].text,
        "focus": forward.line,
        "chosen": forward.fill,
        "on_chosen": forward.on_fill,
    }


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for name, colour in _colours(theme).items():
        palette.setColor(_ROLES[name][0], QColor(colour))
    others = {
        Role.Button: theme.panel,
        Role.ButtonText: theme.text,
        Role.ToolTipBase: theme.text,
        Role.ToolTipText: theme.panel,
        Role.Link: theme.inks[Ink.FORWARD].text,
        Role.Light: theme.panel,
    }
    for role, colour in others.items():
        palette.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return palette


def _sheet(theme: Theme, colours: Mapping[str, str]) -> str:
    """Return the sheet in the sizes of a theme; `colours` are what the names of colours mean."""
    px = theme.size
    rows = {side: max(px(side), side) for side in (20, 22, 24, 26)}
    knob, bar, groove = px(7), max(8, round(8 * theme.zoom)), max(4, 2 * round(2 * theme.zoom))
    of = SimpleNamespace(**colours)
    return f"""
    QToolTip {{ color: {of.panel}; background: {of.text}; border: 0; padding: {px(4)}px; }}
    QMainWindow::separator {{ background: {of.border}; width: 1px; height: 1px; }}
    QMainWindow::separator:hover {{ background: {of.focus}; }}
    QMenuBar {{ background: {of.panel}; padding: 0 {px(6)}px; }}
    QMenuBar::item {{ padding: {px(4)}px {px(8)}px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {of.canvas}; }}
    QMenu {{ background: {of.panel}; border: 1px solid {of.border}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(5)}px {px(24)}px {px(5)}px {px(22)}px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {of.focus}; color: {of.on_chosen}; }}
    QMenu::item:disabled {{ color: {of.faint}; }}
    QMenu::separator {{ height: 1px; background: {of.border}; margin: {px(4)}px; }}
    QToolBar {{ background: {of.panel}; border: 0; border-bottom: 1px solid {of.border}; }}
    QStatusBar {{ background: {of.panel}; border-top: 1px solid {of.border}; }}
    QStatusBar::item {{ border: 0; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: {of.panel}; border: 0; }}
    QScrollBar {{ background: transparent; border: 0; margin: 0; }}
    QScrollBar:vertical {{ width: {bar}px; }}
    QScrollBar:horizontal {{ height: {bar}px; }}
    QScrollBar::handle {{ background: {of.outline}; border-radius: {bar // 2}px;
        min-height: {px(24)}px; min-width: {px(24)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QLabel[role="heading"] {{ color: {of.muted}; font-weight: 600; }}
    QLabel[role="title"] {{ font-weight: 600; }}
    QLabel[role="muted"] {{ color: {of.muted}; }}
    QLabel[role="plain"], QLabel[role="plain"]:disabled {{ color: {of.text}; }}
    QLabel[role="muted"]:disabled {{ color: {of.muted}; }}
    QLabel[role="problem"] {{ color: {of.problem}; }}
    QLabel[role="small"] {{ color: {of.muted}; font-size: {px(11)}px; }}
    QLabel[role="kind"] {{ color: {of.kind}; font-size: {px(12)}px;
        font-weight: 600; }}
    QLabel[role="name"] {{ font-size: {px(16)}px; font-weight: 600; }}
    QLineEdit, QComboBox {{ background: {of.field}; border: 1px solid {of.outline};
        border-radius: 5px; padding: 0 {px(8)}px; min-height: {rows[26]}px;
        selection-background-color: {of.chosen};
        selection-color: {of.on_chosen}; }}
    QLineEdit:hover, QComboBox:hover {{ border-color: {of.muted}; }}
    QLineEdit:focus, QComboBox:focus, QLineEdit[faulty="true"] {{ border: 2px solid {of.focus};
        padding: 0 {px(8) - 1}px; min-height: {rows[26] - 2}px; }}
    QLineEdit[resting="true"]:focus {{ border-color: {of.muted}; }}
    QLineEdit[faulty="true"], QLineEdit[faulty="true"]:focus {{ border-color: {of.problem}; }}
    QWidget#messages {{ border-top: 1px solid {of.border}; }}
    QComboBox::drop-down {{ border: 0; width: {px(22)}px; }}
    QComboBox QAbstractItemView {{ background: {of.panel}; border: 1px solid {of.border};
        selection-background-color: {of.focus}; outline: 0; }}
    QTableView {{ background: {of.panel}; border: 2px solid transparent; outline: 0; }}
    QTableView:focus {{ border-color: {of.focus}; border-radius: 5px; }}
    QTreeView {{ background: {of.panel}; border: 1px solid {of.border}; outline: 0; }}
    QTreeView:focus {{ border-color: {of.focus}; }}
    QTreeView::item {{ padding: {px(3)}px 0; }}
    QTableView::corner {{ background: {of.panel}; border: 0; }}
    QTextEdit {{ background: {of.field}; color: {of.text}; border: 2px solid {of.field};
        selection-background-color: {of.chosen};
        selection-color: {of.on_chosen}; }}
    QTextEdit:focus {{ border-color: {of.focus}; }}
    QHeaderView {{ background: {of.panel}; border: 0; }}
    QHeaderView::section {{ background: {of.panel}; color: {of.muted}; border: 0;
        border-bottom: 1px solid {of.faint}; padding: {px(4)}px;
        font-size: {px(12)}px; }}
    QHeaderView::section:hover {{ color: {of.text}; }}
    QPushButton, QToolButton {{ background: {of.panel}; border: 1px solid {of.border};
        border-radius: 6px; padding: {px(3)}px {px(8)}px; min-height: {rows[22]}px; }}
    QPushButton:hover, QToolButton:hover {{ background: {of.canvas};
        border-color: {of.faint}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {of.faint}; }}
    QToolButton:checked {{ background: {of.canvas}; border-color: {of.muted}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {of.focus};
        padding: {px(3) - 1}px {px(8) - 1}px; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {of.faint}; }}
    QPushButton[blocked="true"] {{ color: {of.faint}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QToolButton[role="play"] {{ background: {of.accent}; color: {of.on_accent};
        border-color: {of.accent}; font-weight: 600; }}
    QToolButton[role="play"]:disabled {{ background: {of.faint}; border-color: {of.faint}; }}
    QToolButton[role="plain"] {{ border-color: transparent; padding: 1px;
        min-height: {rows[20]}px; min-width: {rows[20]}px; }}
    QToolButton[role="document"] {{ background: {of.field}; }}
    QToolButton[role="document"]:hover {{ background: {of.canvas}; }}
    QToolButton[role="option"] {{ padding: {px(4)}px {px(8)}px; text-align: left; }}
    QToolButton[role="small"] {{ padding: 0 {px(6)}px; min-height: {rows[22]}px;
        color: {of.muted}; }}
    QToolButton[role="small"]:disabled {{ color: {of.faint}; }}
    QToolButton[role="small"]:checked {{ background: {of.accent}; color: {of.on_accent};
        border-color: {of.accent}; }}
    QToolButton[role="tab"] {{ border: 2px solid transparent; border-radius: 0;
        font-size: {px(12)}px;
        padding: {px(5)}px {px(3)}px; color: {of.muted}; }}
    QToolButton[role="tab"]:checked {{ color: {of.text}; font-weight: 600;
        background: {of.panel}; border-bottom-color: {of.text}; }}
    QToolButton[role="tab"]:focus {{ border: 2px solid {of.focus}; }}
    QToolButton[role="plain"]:hover {{ background: {of.border}; }}
    QToolButton[role="plain"]:focus {{ border: 2px solid {of.focus}; padding: 0; }}
    QCheckBox {{ spacing: {px(7)}px; min-height: {rows[24]}px; }}
    QCheckBox::indicator {{ width: {px(15)}px; height: {px(15)}px; }}
    QSlider {{ min-height: {rows[22]}px; }}
    QSlider::groove:horizontal {{ background: {of.outline}; height: {groove}px;
        border-radius: {groove // 2}px; }}
    QSlider::sub-page:horizontal {{ background: {of.text}; height: {groove}px;
        border-radius: {groove // 2}px; }}
    QSlider::handle:horizontal {{ background: {of.text}; width: {2 * knob}px;
        margin: -{knob - groove // 2}px 0; border-radius: {knob}px; }}
    QSlider::handle:horizontal:hover {{ background: {of.focus}; }}
    QSlider[blocked="true"]::handle:horizontal {{ background: {of.faint}; }}
    QSlider[blocked="true"]::groove:horizontal {{ background: {of.faint}; }}
    QSlider:focus {{ border: 2px solid {of.focus}; border-radius: 6px; }}
    QSlider {{ border: 2px solid transparent; }}
    QProgressBar {{ background: {of.panel}; border: 1px solid {of.outline};
        border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {of.focus}; border-radius: 3px; }}
    """
