"""gui.language.joining: texts put together from parts have the punctuation of their language."""

import pytest

from engine import UserError
from engine.user_error import Location
from gui.language import joining, sentence, speech

EN, ZH = speech("en"), speech("zh_CN")


@pytest.mark.parametrize(
    ("joined", "parts", "english", "chinese"),
    [
        (joining.listed, ("1", "2", "3"), "1, 2, 3", "1、2、3"),
        (joining.clauses, ("a = 1", "b = 2"), "a = 1, b = 2", "a = 1，b = 2"),
        (joining.groups, ("a", "b", "c"), "a; b; c", "a；b；c"),
        (joining.sentences, ("One.", "", "Two."), "One. Two.", "One.Two."),
        (joining.sentences, (), "", ""),
        (joining.sentences, ("{x}", "{}"), "{x} {}", "{x}{}"),
    ],
)
def test_parts_are_joined_as_the_language_does(
    joined,  # type: ignore[no-untyped-def] # noqa: ANN001
    parts: tuple[str, ...],
    english: str,
    chinese: str,
) -> None:
    assert joined(parts, EN) == english
    assert joined(parts, ZH) == chinese


@pytest.mark.parametrize(
    ("language", "joined", "parts", "text"),
    [
        ("es", joining.listed, ("0,5", "0,8"), "0,5; 0,8"),
        ("es", joining.clauses, ("w₁ = 0,5", "L = 2"), "w₁ = 0,5; L = 2"),
        ("en@,", joining.listed, ("0,5", "1", "2"), "0,5; 1; 2"),
        ("es", joining.listed, ("1", "2"), "1, 2"),
        ("es@.", joining.listed, ("0.5", "0.8"), "0.5, 0.8"),
        ("en", joining.clauses, ("w₁ = 0.5", "L = 2"), "w₁ = 0.5, L = 2"),
        ("zh_CN@,", joining.listed, ("0,5", "0,8"), "0,5、0,8"),
    ],
)
def test_no_comma_stands_between_numbers_with_decimal_commas(
    language: str,
    joined,  # type: ignore[no-untyped-def] # noqa: ANN001
    parts: tuple[str, ...],
    text: str,
) -> None:
    assert joined(parts, speech(language)) == text
    assert joined(iter(parts), speech(language)) == text


def test_a_name_and_its_value() -> None:
    assert joining.labelled("loss", "1", EN) == "loss: 1"
    assert joining.labelled("损失", "1", ZH) == "损失：1"
    assert joining.ended("so it is", EN) == "so it is."


@pytest.mark.parametrize(
    ("problem", "english", "chinese"),
    [
        (("weights", 1), "The weight w₂ must be a number, not 'x'.", "权重 w₂ 必须是数字"),
        (("learning_rate",), "The learning rate must be a number, not 'x'.", "学习率必须是数字"),
        (("samples", 0), "Sample 1 must be a number, not 'x'.", "样本 1 必须是数字"),
        (("samples", 1, "target"), "The target ê of sample 2 must be", "样本 2 的目标值 ê 必须"),
    ],
)
def test_a_place_is_set_apart_from_chinese_words(
    problem: tuple[str, int, str], english: str, chinese: str
) -> None:
    fault = UserError("{location} must be a number, not {value}.", Location(*problem), value="'x'")
    assert sentence(fault, "en").startswith(english)
    assert sentence(fault, "zh_CN").startswith(chinese)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("-1", "−1"),
        ("-1.5e-07", "−1.5e-07"),
        (-3, "−3"),
        ("-inf", "−inf"),
        ("'-1'", "'-1'"),
        ("-x", "-x"),
        ("5-1", "5-1"),
        ("--size", "--size"),
    ],
)
def test_a_quoted_number_has_a_true_minus_sign(value: object, shown: str) -> None:
    assert joining.quoted(value, EN) == shown
    assert joining.quoted(value, speech("en@,")) == (
        shown if shown[0] != "−" else shown.replace(".", ",")
    )


def test_what_is_allowed_is_a_list() -> None:
    fault = UserError("{location} must be one of {allowed}, not {value}.", Location("activation"))
    fault.values.update(allowed=("tanh", "relu"), value="'x'")
    assert str(fault) == "activation must be one of tanh, relu, not 'x'."
    assert sentence(fault, "en") == "The activation must be one of tanh, relu, not 'x'."
    assert "tanh、relu" in sentence(fault, "zh_CN")
