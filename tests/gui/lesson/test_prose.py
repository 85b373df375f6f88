"""The texts of a lesson."""

import pytest
from PySide6.QtGui import QColor, QTextCursor

from gui.lesson.prose import Document, joined

RED = QColor("red")


def red_places(text: str, symbol: str) -> list[int]:
    document = Document()
    document.read(text)
    document.colour(symbol, RED)
    cursor = QTextCursor(document)
    said, places = document.toPlainText(), []
    for place in range(len(said)):
        cursor.setPosition(place + 1)
        if cursor.charFormat().foreground().color() == RED:
            places.append(place)
    return places


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("text", "symbol", "places"),
    [
        ("How far does e move, or else?", "e", [13]),
        ("那么e变大", "e", [2]),
        ("e = w₃·z", "e", [0]),
        ("e = w₃·z", "z", [7]),
        ("w₃₀ and w₃", "w₃", [8, 9]),
        ("∂L/∂e", "e", []),
        ("ê and e", "e", [6]),
    ],
)
def test_a_symbol_has_its_colour_but_not_the_same_letter_in_a_word(
    text: str, symbol: str, places: list[int]
) -> None:
    assert red_places(text, symbol) == places


def test_no_line_ends_within_a_short_equation_or_a_term() -> None:
    for text, kept in (
        ("The first one: y = −4. What is z?", "y~=~−4."),
        ("第一个：y = −4。第二个", "y~=~−4。"),
        ("so (e − ê)·w₃ stands", "(e~−~ê)·w₃"),
        ("z = w₂ · y = −1.5 × (−4) = ?", "z =~w₂~·~y =~−1.5~×~(−4)~=~?"),
    ):
        assert kept in joined(text).replace("\u00a0", "~")
