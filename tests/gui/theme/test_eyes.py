"""gui.theme: whoever lacks one kind of cones tells the roles apart, by their colours and signs."""

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest

from gui.drawing.ink import SIGNS, Ink
from gui.theme import THEMES, Theme
from tests.gui.theme.test_theme import COLOURED, EYES, LEAST_OF_LINES, contrast, lab

Lab = tuple[float, float, float]

LEAST_APART = 10.0
"""ΔE00 between any two roles."""

TOO_NEAR: dict[tuple[str, str, str, Ink, Ink], str] = {}
"""Pairs that can't be that far apart (theme, eyes, part, two roles), and their second sign.

There are none: with lightness as well as hue, five colours have room in all themes."""

SHARMA = (
    ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
    ((50, 3.1571, -77.2803), (50, 0, -82.7485), 2.8615),
    ((50, 2.8361, -74.02), (50, 0, -82.7485), 3.4412),
    ((50, -1.3802, -84.2814), (50, 0, -82.7485), 1.0),
    ((50, 0, 0), (50, -1, 2), 2.3669),
    ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
    ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
    ((50, -0.001, 2.49), (50, 0.0009, -2.49), 4.8045),
    ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
    ((50, 2.5, 0), (73, 25, -18), 27.1492),
    ((50, 2.5, 0), (61, -5, 29), 22.8977),
    ((50, 2.5, 0), (56, -27, -3), 31.903),
    ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.263),
    ((22.7233, 20.0904, -46.694), (23.0331, 14.973, -42.5619), 2.0373),
    ((90.8027, -2.0831, 1.441), (91.1528, -1.6435, 0.0447), 1.4441),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
)
"""Sharma, Wu and Dalal (2005), The CIEDE2000 color-difference formula: L*, a*, b* and ΔE00."""

every_theme = pytest.mark.parametrize("style", THEMES.values(), ids=list(THEMES))


def ciede2000(one: Lab, other: Lab) -> float:
    """Return ΔE00 of two colours in CIE L*a*b* (CIE 142-2001, kL = kC = kH = 1)."""
    mean7 = ((hypot(*one[1:]) + hypot(*other[1:])) / 2) ** 7
    stretch = 1 + 0.5 * (1 - sqrt(mean7 / (mean7 + 25**7)))
    (l1, c1, h1), (l2, c2, h2) = (
        (light, hypot(a * stretch, b), degrees(atan2(b, a * stretch)) % 360)
        for light, a, b in (one, other)
    )
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * cos(radians(hue - 30))
        + 0.24 * cos(radians(2 * hue))
        + 0.32 * cos(radians(3 * hue + 6))
        - 0.20 * cos(radians(4 * hue - 63))
    )
    off_grey = (lightness - 50) ** 2
    by_light = (l2 - l1) / (1 + 0.015 * off_grey / sqrt(20 + off_grey))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    blue = -2 * sqrt(chroma**7 / (chroma**7 + 25**7))
    blue *= sin(radians(60 * exp(-(((hue - 275) / 25) ** 2))))
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + blue * by_chroma * by_hue)


@pytest.mark.parametrize(("one", "other", "apart"), SHARMA)
def test_the_difference_of_published_pairs(one: Lab, other: Lab, apart: float) -> None:
    assert ciede2000(one, other) == pytest.approx(apart, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(apart, abs=5e-5)


def pairs(style: Theme, eyes: str) -> dict[tuple[str, str, str, Ink, Ink], float]:
    """Return ΔE00 of any two roles for these eyes: as lines, as text, and as fills."""
    return {
        (style.name, eyes, part, one, other): ciede2000(
            lab(getattr(style.inks[one], part), eyes), lab(getattr(style.inks[other], part), eyes)
        )
        for part in ("line", "text", "fill")
        for one, other in combinations(COLOURED, 2)
    }


@every_theme
@pytest.mark.parametrize("eyes", EYES)
def test_any_two_roles_can_be_told_apart(style: Theme, eyes: str) -> None:
    found = pairs(style, eyes)
    assert len(found) == 30
    near = {pair: round(apart, 1) for pair, apart in found.items() if apart < LEAST_APART}
    assert near.keys() == {pair for pair in TOO_NEAR if pair[:2] == (style.name, eyes)}, near


def test_every_role_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) == set(COLOURED)
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert all(len(sign) == 1 for sign in SIGNS.values())


@every_theme
def test_what_says_something_stands_out_from_its_ground(style: Theme) -> None:
    grounds = {"panel": style.panel, "canvas": style.canvas, "field": style.field}
    for name, ground in grounds.items():
        # Empty and known boxes, grooves and handles of sliders and scroll bars, curves behind.
        assert contrast(style.outline, ground) >= LEAST_OF_LINES, f"outline on {name}"
        assert contrast(style.text, ground) >= LEAST_OF_LINES, f"handle on {name}"
        for ink in COLOURED:
            for part in ("line", "fill"):
                colour = getattr(style.inks[ink], part)
                assert contrast(colour, ground) >= LEAST_OF_LINES, f"{part} of {ink} on {name}"
