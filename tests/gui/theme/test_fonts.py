"""The fonts that travel with the program: what a class types is in them, and they stay small."""

import zlib
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QRawFont, QTextLayout
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.resources import asset

ROOT = Path(__file__).parents[3]
HANZI = "".join(
    bytes([first, second]).decode("gb2312", "ignore")
    for first in range(0xB0, 0xF8)
    for second in range(0xA1, 0xFF)
)
FULL_WIDTH = (
    "".join(chr(0xFEE0 + code) for code in range(0x21, 0x7F)) + "\u3000、。《》「」【】〖〗￥"
)
LETTERS = {
    "Spanish": "áéíñóúü¿¡ªº«»",
    "Catalan": "àçèéíïòóúü·ŀ",
    "Basque and Galician": "ñçáéíóúüï",
    "Portuguese": "áâãàçéêíóôõúü",
    "French": "àâæçéèêëîïôœùûüÿ«»‹›’",
    "Italian": "àèéìíîòóùú",
    "German": "äöüß„“‚‘»«",
    "Dutch": "áäéèëïíóöúü",
    "Danish and Norwegian": "æøåéèêóòâô",
    "Swedish and Finnish": "åäöéšž",
    "Icelandic": "áðéíóúýþæö„“",
    "Faroese": "áðíóúýæø",
    "Irish": "áéíóú",
    "Welsh": "âêîôûŵŷäëïöẅáéíóúẃýàèìòùẁỳ",
    "Maltese": "ċġħżàèìòù",
    "Sami": "áčđŋšŧžåäö",
    "Luxembourgish": "äëéöü",
    "prices and laws": "€£¢§¶",
}
"""What these languages write beside a to z."""


def capitals(letters: str) -> str:
    """Return the letters with their capitals; that of ß is ẞ."""
    return letters + "".join("ẞ" if sign == "ß" else sign.upper() for sign in letters)


WESTERN = "".join(dict.fromkeys(capitals("".join(LETTERS.values()))))


def font(file: str) -> QRawFont:
    # Without hinting, so that it is the same on every machine.
    found = QRawFont(str(asset("fonts", file)), 16, QFont.HintingPreference.PreferNoHinting)
    assert found.isValid()
    return found


def blank(drawn: QRawFont, text: str) -> str:
    """Return those characters of the text that the font lacks, or draws as nothing."""
    indexes = drawn.glyphIndexesForString(text)
    assert len(indexes) == len(text)
    return "".join(
        sign
        for sign, index in zip(text, indexes, strict=True)
        if index == 0 or (drawn.boundingRect(index).isEmpty() and not sign.isspace())
    )


def test_the_hanzi_are_those_of_the_standard() -> None:
    assert len(set(HANZI)) == len(HANZI) == 3755 + 3008
    assert {*"啊座亍齄梓婷萱"} <= {*HANZI}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("weight", ["Regular", "SemiBold"])
def test_every_character_of_gb_2312_and_full_width_sign_is_drawn(weight: str) -> None:
    drawn = font(f"ChainstepSansSC-{weight}.ttf")
    assert blank(drawn, "麣") == "麣"
    assert blank(drawn, HANZI) == ""
    assert blank(drawn, FULL_WIDTH) == ""


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "file",
    ["Sans-Regular", "Sans-SemiBold", "Math-Regular", "Math-Italic", "Math-Bold", "Mono-Regular"],
)
def test_every_letter_of_western_europe_is_drawn(file: str) -> None:
    assert blank(font(f"Chainstep{file}.ttf"), WESTERN) == ""


def test_a_name_or_a_number_is_shown_in_no_other_font(qapp: QApplication) -> None:
    assert qapp is not None
    text = "梓婷、玥的实验：０．５，－１（！？） ¿Cuánto cuesta? „Straẞe“ ŒUVRE"
    for chosen in (theme.text_font(16), theme.text_font(16, bold=True), theme.math_font(16)):
        layout = QTextLayout(text, chosen)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        runs = layout.glyphRuns()
        assert {run.rawFont().familyName() for run in runs} <= {
            theme.TEXT_FONT,
            theme.CHINESE_FONT,
            theme.MATH_FONT,
        }
        assert all(index != 0 for run in runs for index in run.glyphIndexes())


def test_what_is_installed_stays_below_5_mb() -> None:
    """A wheel is a zip file: each file is deflated by itself; the READMEs' pictures stay out."""
    files = [
        path
        for folder in ("engine", "gui", "assets")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and {"__pycache__", "pictures"}.isdisjoint(path.parts)
    ]
    assert len(files) > 300
    assert sum(len(zlib.compress(path.read_bytes(), 6)) for path in files) < 4_900_000
