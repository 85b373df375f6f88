"""gui.words.key_names: keys as keyboards of the language name them."""

import pytest

from gui.language import speech
from gui.words.key_names import key_text


@pytest.mark.parametrize(
    ("key", "english", "spanish", "chinese"),
    [
        ("Shift+Left", "Shift+←", "Mayús+←", "Shift+←"),
        ("Ctrl+Shift+S", "Ctrl+Shift+S", "Ctrl+Mayús+S", "Ctrl+Shift+S"),
        ("Space", "Space", "Espacio", "空格"),
        ("Shift+Backspace", "Shift+Backspace", "Mayús+Retroceso", "Shift+退格"),
        ("Home", "Home", "Inicio", "Home"),
        ("End", "End", "Fin", "End"),
        ("PgDown", "PgDown", "AvPág", "PgDown"),
        ("Return", "Enter", "Intro", "回车"),
        ("Ctrl++", "Ctrl++", "Ctrl++", "Ctrl++"),
        ("Alt+Up", "Alt+↑", "Alt+↑", "Alt+↑"),
        ("F1", "F1", "F1", "F1"),
        ("]", "]", "]", "]"),
    ],
)
def test_a_key_has_the_name_that_stands_on_it(
    key: str, english: str, spanish: str, chinese: str
) -> None:
    assert key_text(key, speech("en")) == english
    assert key_text(key, speech("es")) == spanish
    assert key_text(key, speech("zh_CN")) == chinese
