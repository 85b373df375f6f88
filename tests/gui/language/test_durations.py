"""gui.language.durations: a time in words, as the status line and the panels tell it."""

import pytest

from gui.language import speech
from gui.language.durations import time_words

MINUTE, HOUR, DAY, YEAR = 60, 3600, 86400, 365 * 86400


@pytest.mark.parametrize(
    ("seconds", "words", "chinese"),
    [
        (0.2, "1 s", "1 秒"),
        (2 * MINUTE - 1, "119 s", "119 秒"),
        (2 * MINUTE, "2 min", "2 分钟"),
        (2 * MINUTE + 1, "3 min", "3 分钟"),
        (2 * HOUR - 1, "120 min", "120 分钟"),
        (2 * HOUR, "2 h", "2 小时"),
        (2 * DAY - 1, "48 h", "48 小时"),
        (2 * DAY, "2 days", "2 天"),
        (2 * YEAR - 1, "730 days", "730 天"),
        (2 * YEAR, "2 years", "2 年"),
        (9.5 * YEAR, "10 years", "10 年"),
    ],
)
def test_a_time_is_told_in_the_largest_unit_of_which_there_are_two(
    seconds: float, words: str, chinese: str
) -> None:
    assert time_words(speech("en"), seconds) == words
    assert time_words(speech("zh_CN"), seconds) == chinese
