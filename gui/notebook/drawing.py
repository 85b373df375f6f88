"""Shapes and texts as SVG. No Qt."""

from collections.abc import Iterable
from html import escape

from gui.drawing.ink import Ink
from gui.drawing.light import INKS, PLAIN

SANS = "'Chainstep Sans', Inter, 'Noto Sans', 'Noto Sans SC', 'Microsoft YaHei', sans-serif"
MATH = "'Chainstep Math', 'STIX Two Text', 'Cambria Math', Cambria, 'Noto Sans SC', serif"

_WIDE, _NARROW, _HAN = 0.6, 0.32, 1.0
_NARROW_LETTERS = " .,:;|il′'()₀₁₂₃₄₅₆₇₈₉"
_FIRST_HAN = "\u2e80"


def line(ink: Ink) -> str:
    """Return the colour of lines."""
    return INKS[ink.value][0]


def ink_of_text(ink: Ink) -> str:
    """Return the colour of text."""
    return INKS[ink.value][1]


def fill(ink: Ink) -> tuple[str, str]:
    """Return the colour of a fill, and of the text on it."""
    return INKS[ink.value][2:]


def blend(colour: str, under: str, share: float) -> str:
    """Return a colour laid over another, `share` of it."""
    pairs = ((int(colour[k : k + 2], 16), int(under[k : k + 2], 16)) for k in (1, 3, 5))
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in pairs)


OUTLINE = blend(PLAIN["muted"], "#FFFFFF", 0.74)
"""Of what is not known yet."""


def soft(ink: Ink) -> str:
    """Return the tint of what is in use."""
    return blend(line(ink), "#FFFFFF", 0.13)


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is: which fonts there are is not known."""
    wide = (
        _HAN if letter >= _FIRST_HAN else _NARROW if letter in _NARROW_LETTERS else _WIDE
        for letter in text
    )
    return size * sum(wide)


def written(  # noqa: PLR0913 - all that a text has
    x: float,
    y: float,
    text: str,
    size: float,
    colour: str,
    *,
    bold: bool = False,
    italic: bool = False,
    struck: bool = False,
    anchor: str = "middle",
) -> str:
    """Return a text whose middle is at `y`."""
    dress = [f'font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"']
    dress.append(f'font-family="{MATH if italic else SANS}"')
    if bold:
        dress.append('font-weight="600"')
    if italic:
        dress.append('font-style="italic"')
    if struck:
        dress.append('text-decoration="line-through"')
    return f'<text x="{x:.1f}" y="{y + 0.35 * size:.1f}" {" ".join(dress)}>{escape(text)}</text>'


def framed(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """Return a whole picture; `title` is what a screen reader says of it."""
    told = escape(title, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{told}"'
        f' style="max-width:100%;height:auto"><title>{escape(title)}</title>'
        f'<rect width="{width:.0f}" height="{height:.0f}" rx="8" fill="{PLAIN["canvas"]}"/>'
        f"{''.join(parts)}</svg>"
    )
