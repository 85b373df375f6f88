"""`chainstep lesson check --language`: faults, remarks and slips in the author's language."""

from pathlib import Path

import pytest

from gui import commands

LESSON = """format = "chainstep lesson"
version = 1
id = "one"
title = { en = "One", zh_CN = "一" }

[[step]]
kind = "number"
at = "before pass_on 3"
ask = "upstream 2"
slips.forgot_half.en = "Half of it."
slips.forgot_half.zh_CN = "一半。"
prompt.en = "What is it?"
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            ("no slip forgot_half is told here", "it is missing in zh_CN.", "Remarks:", "Pass dL"),
        ),
        ("zh_CN", ("这里没有错误 forgot_half", "缺少 zh_CN 的文字。", "建议：", "往回传 dL/da3")),
        ("es", ("aquí no se distingue el error forgot_half", "falta en zh_CN.", "Observaciones:")),
    ],
)
def test_what_is_wrong_with_a_lesson_is_told_in_a_language(
    language: str, told: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "one.toml"
    path.write_text(LESSON, "utf-8")
    assert commands.run(["lesson", "check", str(path), "--language", language]) == 1
    out = capsys.readouterr().out
    for words in told:
        assert words in out
