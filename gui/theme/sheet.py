"""The dress of the whole program: palette, font and style sheet, and what the system asks for."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from gui.drawing.ink import Ink
from gui.theme.colours import Theme
from gui.theme.fonts import text_font


def dark_system() -> bool:
    """Tell whether the system asks for dark windows."""
    return QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole program.

    The former style sheet is taken off first: Qt would polish every widget again for each widget
    that it stands in, and those that were never seen too.
    """
    app.setStyleSheet("")
    app.setPalette(_palette(theme))
    app.setFont(text_font(theme.size(13)))
    app.setStyleSheet(_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.panel,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.canvas,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.panel,
        role.Highlight: theme.inks[Ink.FORWARD].fill,
        role.HighlightedText: theme.inks[Ink.FORWARD].on_fill,
        role.Accent: theme.inks[Ink.FORWARD].line,
        role.Link: theme.inks[Ink.FORWARD].text,
        role.Light: theme.panel,
        role.Midlight: theme.border,
        role.Mid: theme.faint,
        role.Dark: theme.faint,
        role.Shadow: theme.faint,
    }
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.faint))
    return palette


def _sheet(theme: Theme) -> str:
    px = theme.size
    rows = {side: max(px(side), side) for side in (20, 22, 24, 26)}
    knob, bar, groove = px(7), max(8, round(8 * theme.zoom)), max(4, 2 * round(2 * theme.zoom))
    focus = theme.inks[Ink.FORWARD].line
    return f"""
    QToolTip {{ color: {theme.panel}; background: {theme.text}; border: 0; padding: {px(4)}px; }}
    QMainWindow::separator {{ background: {theme.border}; width: 1px; height: 1px; }}
    QMainWindow::separator:hover {{ background: {focus}; }}
    QMenuBar {{ background: {theme.panel}; padding: 0 {px(6)}px; }}
    QMenuBar::item {{ padding: {px(4)}px {px(8)}px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {theme.canvas}; }}
    QMenu {{ background: {theme.panel}; border: 1px solid {theme.border}; padding: {px(4)}px; }}
    QMenu::item {{ padding: {px(5)}px {px(24)}px {px(5)}px {px(22)}px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {focus}; color: {theme.inks[Ink.FORWARD].on_fill}; }}
    QMenu::item:disabled {{ color: {theme.faint}; }}
    QMenu::separator {{ height: 1px; background: {theme.border}; margin: {px(4)}px; }}
    QToolBar {{ background: {theme.panel}; border: 0; border-bottom: 1px solid {theme.border}; }}
    QStatusBar {{ background: {theme.panel}; border-top: 1px solid {theme.border}; }}
    QStatusBar::item {{ border: 0; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: {theme.panel}; border: 0; }}
    QScrollBar {{ background: transparent; border: 0; margin: 0; }}
    QScrollBar:vertical {{ width: {bar}px; }}
    QScrollBar:horizontal {{ height: {bar}px; }}
    QScrollBar::handle {{ background: {theme.outline}; border-radius: {bar // 2}px;
        min-height: {px(24)}px; min-width: {px(24)}px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QLabel[role="heading"] {{ color: {theme.muted}; font-weight: 600; }}
    QLabel[role="title"] {{ font-weight: 600; }}
    QLabel[role="muted"] {{ color: {theme.muted}; }}
    QLabel[role="problem"] {{ color: {theme.problem}; }}
    QLabel[role="small"] {{ color: {theme.muted}; font-size: {px(11)}px; }}
    QLabel[role="kind"] {{ color: {theme.inks[Ink.BACKWARD].text}; font-size: {px(12)}px;
        font-weight: 600; }}
    QLabel[role="name"] {{ font-size: {px(16)}px; font-weight: 600; }}
    QLineEdit, QComboBox {{ background: {theme.field}; border: 1px solid {theme.outline};
        border-radius: 5px; padding: 0 {px(8)}px; min-height: {rows[26]}px;
        selection-background-color: {theme.inks[Ink.FORWARD].fill};
        selection-color: {theme.inks[Ink.FORWARD].on_fill}; }}
    QLineEdit:hover, QComboBox:hover {{ border-color: {theme.muted}; }}
    QLineEdit:focus, QComboBox:focus, QLineEdit[faulty="true"] {{ border: 2px solid {focus};
        padding: 0 {px(8) - 1}px; min-height: {rows[26] - 2}px; }}
    QLineEdit[resting="true"]:focus {{ border-color: {theme.muted}; }}
    QLineEdit[faulty="true"], QLineEdit[faulty="true"]:focus {{ border-color: {theme.problem}; }}
    QWidget#messages {{ border-top: 1px solid {theme.border}; }}
    QComboBox::drop-down {{ border: 0; width: {px(22)}px; }}
    QComboBox QAbstractItemView {{ background: {theme.panel}; border: 1px solid {theme.border};
        selection-background-color: {focus}; outline: 0; }}
    QTableView {{ background: {theme.panel}; border: 2px solid transparent; outline: 0; }}
    QTableView:focus {{ border-color: {focus}; border-radius: 5px; }}
    QTreeView {{ background: {theme.panel}; border: 1px solid {theme.border}; outline: 0; }}
    QTreeView:focus {{ border-color: {focus}; }}
    QTreeView::item {{ padding: {px(3)}px 0; }}
    QTableView::corner {{ background: {theme.panel}; border: 0; }}
    QTextEdit {{ background: {theme.field}; color: {theme.text}; border: 2px solid {theme.field};
        selection-background-color: {theme.inks[Ink.FORWARD].fill};
        selection-color: {theme.inks[Ink.FORWARD].on_fill}; }}
    QTextEdit:focus {{ border-color: {focus}; }}
    QHeaderView {{ background: {theme.panel}; border: 0; }}
    QHeaderView::section {{ background: {theme.panel}; color: {theme.muted}; border: 0;
        border-bottom: 1px solid {theme.faint}; padding: {px(4)}px;
        font-size: {px(12)}px; }}
    QHeaderView::section:hover {{ color: {theme.text}; }}
    QPushButton, QToolButton {{ background: {theme.panel}; border: 1px solid {theme.border};
        border-radius: 6px; padding: {px(3)}px {px(8)}px; min-height: {rows[22]}px; }}
    QPushButton:hover, QToolButton:hover {{ background: {theme.canvas};
        border-color: {theme.faint}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {theme.faint}; }}
    QToolButton:checked {{ background: {theme.canvas}; border-color: {theme.muted}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {focus};
        padding: {px(3) - 1}px {px(8) - 1}px; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {theme.faint}; }}
    QPushButton[blocked="true"] {{ color: {theme.faint}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QToolButton[role="play"] {{ background: {theme.accent}; color: {theme.on_accent};
        border-color: {theme.accent}; font-weight: 600; }}
    QToolButton[role="play"]:disabled {{ background: {theme.faint}; border-color: {theme.faint}; }}
    QToolButton[role="plain"] {{ border-color: transparent; padding: 1px;
        min-height: {rows[20]}px; min-width: {rows[20]}px; }}
    QToolButton[role="document"] {{ background: {theme.field}; }}
    QToolButton[role="document"]:hover {{ background: {theme.canvas}; }}
    QToolButton[role="option"] {{ padding: {px(4)}px {px(8)}px; text-align: left; }}
    QToolButton[role="small"] {{ padding: 0 {px(6)}px; min-height: {rows[22]}px;
        color: {theme.muted}; }}
    QToolButton[role="small"]:disabled {{ color: {theme.faint}; }}
    QToolButton[role="small"]:checked {{ background: {theme.accent}; color: {theme.on_accent};
        border-color: {theme.accent}; }}
    QToolButton[role="tab"] {{ border: 2px solid transparent; border-radius: 0;
        font-size: {px(12)}px;
        padding: {px(5)}px {px(3)}px; color: {theme.muted}; }}
    QToolButton[role="tab"]:checked {{ color: {theme.text}; font-weight: 600;
        background: {theme.panel}; border-bottom-color: {theme.text}; }}
    QToolButton[role="tab"]:focus {{ border: 2px solid {focus}; }}
    QToolButton[role="plain"]:hover {{ background: {theme.border}; }}
    QToolButton[role="plain"]:focus {{ border: 2px solid {focus}; padding: 0; }}
    QCheckBox {{ spacing: {px(7)}px; min-height: {rows[24]}px; }}
    QCheckBox::indicator {{ width: {px(15)}px; height: {px(15)}px; }}
    QSlider {{ min-height: {rows[22]}px; }}
    QSlider::groove:horizontal {{ background: {theme.outline}; height: {groove}px;
        border-radius: {groove // 2}px; }}
    QSlider::sub-page:horizontal {{ background: {theme.text}; height: {groove}px;
        border-radius: {groove // 2}px; }}
    QSlider::handle:horizontal {{ background: {theme.text}; width: {2 * knob}px;
        margin: -{knob - groove // 2}px 0; border-radius: {knob}px; }}
    QSlider::handle:horizontal:hover {{ background: {focus}; }}
    QSlider[blocked="true"]::handle:horizontal {{ background: {theme.faint}; }}
    QSlider[blocked="true"]::groove:horizontal {{ background: {theme.faint}; }}
    QSlider:focus {{ border: 2px solid {focus}; border-radius: 6px; }}
    QSlider {{ border: 2px solid transparent; }}
    QProgressBar {{ background: {theme.panel}; border: 1px solid {theme.outline};
        border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {theme.inks[Ink.FORWARD].line}; border-radius: 3px; }}
    """
