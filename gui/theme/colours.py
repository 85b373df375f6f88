"""The themes: which colour each role has, and how large the type is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from PySide6.QtGui import QColor

from engine.words import mark
from gui.drawing import light
from gui.drawing.backgrounds import BACKGROUNDS
from gui.drawing.ink import Ink


@dataclass(frozen=True, slots=True)
class InkColours:
    """The colours of a role: of its lines, of text in it, and of a fill with the text on it."""

    line: str
    text: str
    fill: str
    on_fill: str


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """A set of colours and a size of type (`scale`, 1 for the ordinary).

    `zoom` is the part of the scale that the user asked for: spaces grow by it too. A theme equals
    itself alone.

    `border` and `faint` are for what only divides or adorns; what says something and is pale is
    drawn in `outline`.
    """

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
    zoom: float = 1.0
    dark: bool = False

    def size(self, points: float) -> int:
        """Return a size in pixels, larger where the theme's type is."""
        return round(points * self.scale)

    @property
    def outline(self) -> str:
        """The colour of an outline that has to be seen: as pale as 3 : 1 allows."""
        return blend(self.muted, self.panel, 0.5 if self.dark else 0.74).name()

    def soft(self, ink: Ink) -> QColor:
        """Return the tint that a thing in use is filled with."""
        return blend(self.inks[ink].line, self.panel, 0.24 if self.dark else 0.13)


@lru_cache(maxsize=256)
def blend(colour: str, background: str, share: float) -> QColor:
    """Return `colour` laid over `background`, `share` of it."""
    over, under = QColor(colour), QColor(background)
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


# Any two roles are at least 10 apart (CIEDE2000) as lines, as text and as fills, also for eyes that
# lack one kind of cones: blue and purple, which are one hue for many, differ in lightness, and so
# do blue and green. Curves keep away from the colours of the roles, and from each other.
LIGHT = Theme(
    name="light",
    panel=BACKGROUNDS["light"],
    canvas=light.PLAIN["canvas"],
    field=light.PLAIN["canvas"],
    border=light.PLAIN["border"],
    faint="#C9CFD8",
    text=light.PLAIN["text"],
    muted=light.PLAIN["muted"],
    problem=light.PLAIN["problem"],
    accent=light.PLAIN["text"],
    on_accent="#FFFFFF",
    inks=MappingProxyType({Ink(name): InkColours(*four) for name, four in light.INKS.items()}),
    curves=light.CURVES,
)

DARK = Theme(
    name="dark",
    panel=BACKGROUNDS["dark"],
    canvas="#14171C",
    field="#14171C",
    border="#2D323B",
    faint="#434A55",
    text="#E8EAED",
    muted="#B0B8C4",
    problem="#FF7B72",
    accent="#E8EAED",
    on_accent="#14171C",
    inks=_inks(
        "#E8EAED",
        "#B0B8C4",
        forward=("#4A9FE0", "#4A9FE0", "#4A9FE0", "#10141A"),
        backward=("#FF9A4D", "#FF9A4D", "#FF9A4D", "#10141A"),
        gradient=("#E7B7FF", "#E7B7FF", "#E7B7FF", "#10141A"),
        update=("#3ECFA2", "#3ECFA2", "#3ECFA2", "#10141A"),
        loss=("#9AA3B0", "#E8EAED", "#C9CFD8", "#10141A"),
    ),
    curves=("#F36390", "#759048", "#6C7EFC", "#FCD8AB", "#00D8FC", "#CF63B4", "#AB9900"),
    dark=True,
)

PROJECTOR = Theme(
    name="projector",
    panel=BACKGROUNDS["projector"],
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
        forward=("#0E559E", "#0E559E", "#0E559E", "#FFFFFF"),
        backward=("#C25400", "#7A3300", "#8A3A00", "#FFFFFF"),
        gradient=("#4B1271", "#4B1271", "#4B1271", "#FFFFFF"),
        update=("#00523D", "#00523D", "#00523D", "#FFFFFF"),
        loss=("#454A54", "#000000", "#000000", "#FFFFFF"),
    ),
    curves=("#5A002D", "#485A00", "#000975", "#6C513F", "#2D5A63", "#480048", "#362D00"),
    scale=1.25,
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
