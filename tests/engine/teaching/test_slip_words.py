"""engine.teaching.slip_words: every slip has words in every language."""

import pytest

from engine.teaching.slip_words import _rules, slip_words
from engine.words import Say
from gui.language import languages, speech


def test_all_slips_are_known() -> None:
    assert len(_rules()) >= 29
    assert {"in_place", "own_output", "sign_flipped", "no_local_derivative"} <= set(_rules())
    assert slip_words("of_a_later_version", Say()) == "of a later version"


@pytest.mark.parametrize("language", languages())
def test_they_have_words_without_gaps(language: str) -> None:
    for name in _rules():
        words = slip_words(name, speech(language))
        assert words
        assert "{" not in words
