"""The themes: what colour each role has, and the type. The only place with style sheets."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from engine.problem import mark
from gui.pictures.ink import Ink
from gui.resources import asset

TEXT_FONT = "Chainstep Sans"
CHINESE_FONT = "Chainstep Sans SC"
MATH_FONT = "Chainstep Math"


@dataclass(frozen=True, slots=True)
class InkColours:
    """The colours of a role: of its lines, of text in it, and of a fill with the text on it."""

    line: str
    text: str
    fill: str
    on_fill: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A set of colours and a size of type (`scale`, 1 for the ordinary)."""

    name: str
    panel: str
    canvas: str
    field: str
    border: str
    faint: str
    text: str
    muted: str
    problem: str
    accent: str
    on_accent: str
    inks: Mapping[Ink, InkColours]
    curves: tuple[str, ...]
    scale: float = 1.0
    dark: bool = False

    def size(self, points: float) -> int:
        """Return a size in pixels, larger where the theme's type is."""
        return round(points * self.scale)

    def soft(self, ink: Ink) -> QColor:
        """Return the tint that a thing in use is filled with."""
        return blend(self.inks[ink].line, self.panel, 0.24 if self.dark else 0.13)


def blend(colour: str, ground: str, share: float) -> QColor:
    """Return `colour` laid over `ground`, `share` of it."""
    over, under = QColor(colour), QColor(ground)
    red, green, blue = (
        round(share * a + (1 - share) * b)
        for a, b in (
            (over.red(), under.red()),
            (over.green(), under.green()),
            (over.blue(), under.blue()),
        )
    )
    return QColor(red, green, blue)


def _inks(text: str, muted: str, **named: tuple[str, str, str, str]) -> Mapping[Ink, InkColours]:
    inks = {Ink(name): InkColours(*colours) for name, colours in named.items()}
    inks[Ink.TEXT] = InkColours(text, text, text, named["loss"][3])
    inks[Ink.MUTED] = InkColours(muted, muted, muted, named["loss"][3])
    return MappingProxyType(inks)


# Public derivative and values are Okabe and Ito's vermilion and blue, safe for colour-blind eyes;
# as text on white the vermilion is darkened to keep 4.5 : 1.
LIGHT = Theme(
    name="light",
    panel="#FFFFFF",
    canvas="#F4F6F9",
    field="#F4F6F9",
    border="#DFE3E9",
    faint="#C9CFD8",
    text="#1A1D23",
    muted="#5A6270",
    problem="#C42B1C",
    accent="#1A1D23",
    on_accent="#FFFFFF",
    inks=_inks(
        "#1A1D23",
        "#5A6270",
        forward=("#0072B2", "#00659E", "#00659E", "#FFFFFF"),
        backward=("#D55E00", "#AD4B00", "#B84F00", "#FFFFFF"),
        gradient=("#7B3FA0", "#7B3FA0", "#7B3FA0", "#FFFFFF"),
        update=("#00795A", "#006E52", "#00795A", "#FFFFFF"),
        loss=("#5A6270", "#1A1D23", "#3D4450", "#FFFFFF"),
    ),
    curves=("#B8860B", "#00795A", "#A2467F", "#0072B2", "#D55E00", "#7B3FA0", "#5A6270"),
)

DARK = Theme(
    name="dark",
    panel="#1B1E25",
    canvas="#14171C",
    field="#14171C",
    border="#2D323B",
    faint="#434A55",
    text="#E8EAED",
    muted="#9AA3B0",
    problem="#FF7B72",
    accent="#E8EAED",
    on_accent="#14171C",
    inks=_inks(
        "#E8EAED",
        "#9AA3B0",
        forward=("#56B4E9", "#6CBFEE", "#56B4E9", "#10141A"),
        backward=("#FF9A4D", "#FF9A4D", "#FF9A4D", "#10141A"),
        gradient=("#D59BF0", "#D59BF0", "#D59BF0", "#10141A"),
        update=("#3ECFA2", "#3ECFA2", "#3ECFA2", "#10141A"),
        loss=("#9AA3B0", "#E8EAED", "#C9CFD8", "#10141A"),
    ),
    curves=("#D9A514", "#3ECFA2", "#D977B0", "#56B4E9", "#FF9A4D", "#D59BF0", "#9AA3B0"),
    dark=True,
)

PROJECTOR = Theme(
    name="projector",
    panel="#FFFFFF",
    canvas="#FFFFFF",
    field="#FFFFFF",
    border="#6A717C",
    faint="#9AA1AC",
    text="#000000",
    muted="#3A3F47",
    problem="#A00000",
    accent="#000000",
    on_accent="#FFFFFF",
    inks=_inks(
        "#000000",
        "#3A3F47",
        forward=("#004A80", "#004A80", "#004A80", "#FFFFFF"),
        backward=("#C25400", "#7A3300", "#8A3A00", "#FFFFFF"),
        gradient=("#5B1F80", "#5B1F80", "#5B1F80", "#FFFFFF"),
        update=("#005540", "#005540", "#005540", "#FFFFFF"),
        loss=("#3A3F47", "#000000", "#000000", "#FFFFFF"),
    ),
    curves=("#7A5600", "#005540", "#7F1F5C", "#004A80", "#8A3A00", "#5B1F80", "#3A3F47"),
    scale=1.35,
)

THEMES: Mapping[str, Theme] = MappingProxyType(
    {theme.name: theme for theme in (LIGHT, DARK, PROJECTOR)}
)

CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "system": mark("As the system"),
        "light": mark("Light"),
        "dark": mark("Dark"),
        "projector": mark("Projector (large type, high contrast)"),
    }
)
"""What the user can choose, by name."""


def load_fonts() -> None:
    """Make the fonts that travel with Chainstep known, so that it looks the same everywhere."""
    for path in sorted(asset("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def text_font(pixels: float, *, bold: bool = False) -> QFont:
    """Return the font of the user interface."""
    return _font(TEXT_FONT, pixels, bold=bold)


def math_font(pixels: float, *, bold: bool = False, italic: bool = False) -> QFont:
    """Return the font of formulas."""
    font = _font(MATH_FONT, pixels, bold=bold)
    font.setItalic(italic)
    return font


@lru_cache(maxsize=256)
def _base_font(family: str, pixels: float, bold: bool) -> QFont:  # noqa: FBT001
    font = QFont()
    font.setFamilies([family, TEXT_FONT, CHINESE_FONT])
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    # Otherwise the text font's contextual forms turn -> into an arrow while somebody types.
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def _font(family: str, pixels: float, *, bold: bool) -> QFont:
    return QFont(_base_font(family, pixels, bold))


def dark_system() -> bool:
    """Tell whether the system asks for dark windows."""
    return QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def icon(name: str, theme: Theme, *, filled: bool = False) -> QIcon:
    """Return one of Lucide's icons in the theme's text colour, paler where it is disabled.

    `filled` is for a button that is filled with the accent colour.
    """
    colours = (theme.on_accent, theme.panel) if filled else (theme.text, theme.faint)
    return _icon(name, *colours, theme.size(16))


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, disabled: str, pixels: int) -> QIcon:
    svg = asset("icons", f"{name}.svg").read_text(encoding="utf-8")
    made = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        # Twice the size is for screens that scale by two.
        for size in (pixels, 2 * pixels):
            made.addPixmap(_pixmap(svg.replace("currentColor", ink), size), mode)
    return made


def _pixmap(svg: str, pixels: int) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return pixmap


def app_icon() -> QIcon:
    """Return Chainstep's own icon."""
    return QIcon(str(asset("icons", "chainstep.svg")))


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole program."""
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
    QScrollBar:vertical {{ width: 8px; }}
    QScrollBar:horizontal {{ height: 8px; }}
    QScrollBar::handle {{ background: {theme.faint}; border-radius: 4px;
        min-height: 24px; min-width: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QLabel[role="heading"] {{ color: {theme.muted}; font-weight: 600; }}
    QLabel[role="muted"] {{ color: {theme.muted}; }}
    QLabel[role="problem"] {{ color: {theme.problem}; }}
    QLabel[role="name"] {{ font-size: {px(16)}px; font-weight: 600; }}
    QLineEdit, QComboBox {{ background: {theme.field}; border: 1px solid {theme.border};
        border-radius: 5px; padding: 0 {px(8)}px; min-height: {px(26)}px;
        selection-background-color: {theme.inks[Ink.FORWARD].fill};
        selection-color: {theme.inks[Ink.FORWARD].on_fill}; }}
    QLineEdit:hover, QComboBox:hover {{ border-color: {theme.faint}; }}
    QLineEdit:focus, QComboBox:focus {{ border: 2px solid {focus}; padding: 0 {px(7)}px; }}
    QLineEdit[faulty="true"] {{ border: 2px solid {theme.problem}; }}
    QComboBox::drop-down {{ border: 0; width: {px(22)}px; }}
    QComboBox QAbstractItemView {{ background: {theme.panel}; border: 1px solid {theme.border};
        selection-background-color: {focus}; outline: 0; }}
    QPushButton, QToolButton {{ background: {theme.panel}; border: 1px solid {theme.border};
        border-radius: 6px; padding: {px(3)}px {px(8)}px; min-height: {px(22)}px; }}
    QPushButton:hover, QToolButton:hover {{ background: {theme.canvas};
        border-color: {theme.faint}; }}
    QPushButton:pressed, QToolButton:pressed {{ background: {theme.border}; }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {focus};
        padding: {px(3) - 1}px {px(8) - 1}px; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {theme.faint}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QToolButton[role="play"] {{ background: {theme.accent}; color: {theme.on_accent};
        border-color: {theme.accent}; font-weight: 600; }}
    QToolButton[role="play"]:disabled {{ background: {theme.faint}; border-color: {theme.faint}; }}
    QToolButton[role="plain"] {{ border-color: transparent; padding: 1px;
        min-height: {px(16)}px; }}
    QToolButton[role="small"] {{ padding: 0 {px(6)}px; min-height: {px(18)}px;
        color: {theme.muted}; }}
    QToolButton[role="small"]:checked {{ background: {theme.accent}; color: {theme.on_accent};
        border-color: {theme.accent}; }}
    QToolButton[role="plain"]:hover {{ background: {theme.border}; }}
    QToolButton[role="plain"]:focus {{ border: 2px solid {focus}; padding: 0; }}
    QSlider {{ min-height: {px(22)}px; }}
    QSlider::groove:horizontal {{ background: {theme.border}; height: 4px; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {theme.faint}; height: 4px; border-radius: 2px; }}
    QSlider::handle:horizontal {{ background: {theme.text}; width: {px(14)}px;
        height: {px(14)}px; margin: -{px(5)}px 0; border-radius: {px(7)}px; }}
    QSlider::handle:horizontal:hover {{ background: {focus}; }}
    QSlider:focus {{ border: 2px solid {focus}; border-radius: 6px; }}
    QSlider {{ border: 2px solid transparent; }}
    QProgressBar {{ background: {theme.border}; border: 0; border-radius: 3px; max-height: 6px; }}
    QProgressBar::chunk {{ background: {theme.inks[Ink.FORWARD].line}; border-radius: 3px; }}
    """
