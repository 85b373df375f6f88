"""gui.language: every language is complete, and every character of them can be drawn."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from PySide6.QtGui import QFont, QRawFont
from PySide6.QtWidgets import QApplication

from engine import Experiment, Sample, UserError
from engine.checking.gradient_check import check_gradients
from engine.experiment import random_weights
from engine.files.experiment_file import from_json, load, sample_at
from engine.user_error import Location
from gui.language import languages, location_name, sentence, speech
from gui.language.joining import quoted
from gui.language.numbers import parsed
from gui.resources import asset
from gui.state import NO_DISPLAY
from gui.state.limits import fits
from tests.gui.language.messages import (
    ROOT,
    TRANSLATED,
    Message,
    catalogue,
    entries,
    gaps,
    joined,
    marked,
)

CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
in_each_language = pytest.mark.parametrize("language", TRANSLATED)


# --- the catalogues ------------------------------------------------------------------------


def test_strings_are_found() -> None:
    found = marked()
    texts = {message.text for message in found}
    assert {"Weights", "A number is missing here.", NO_DISPLAY} <= texts
    assert Message("this language", "English") in found
    assert len(found) > 100


@in_each_language
def test_every_string_is_in_the_catalogue_and_nothing_else(language: str) -> None:
    listed = set(entries(catalogue(language)))
    assert marked() - listed == set(), f"not in {language}.po"
    assert listed - marked() == set(), "no longer in the program"
    assert not catalogue(language).obsolete


@in_each_language
def test_every_string_is_translated(language: str) -> None:
    written = catalogue(language)
    alike = {m.text for m, said in entries(written).items() if said == (m.text,)}
    assert not [m for m, said in entries(written).items() if not all(said)]
    assert not [entry.id for entry in written if entry.id and entry.fuzzy]
    assert all(len(text) < 30 for text in alike), alike


@in_each_language
def test_each_number_has_its_form(language: str) -> None:
    written = catalogue(language)
    for message, said in entries(written).items():
        assert len(said) == (written.num_plurals if message.plural else 1), message


@in_each_language
def test_a_translation_has_the_same_gaps(language: str) -> None:
    for message, said in entries(catalogue(language)).items():
        whole = message.plural or message.text
        for text in (message.text, *said):
            assert gaps(text) == gaps(whole), message
            assert text.count("{") == text.count("}") == len(gaps(text)), message
            assert text.count("\n") == whole.count("\n"), message


@in_each_language
def test_what_the_program_reads_is_what_the_translators_wrote(language: str) -> None:
    with asset("translations", f"{language}.mo").open("rb") as file:
        compiled = read_mo(file)
    written = catalogue(language)
    assert entries(compiled) == entries(written)
    say = speech(language)
    for message, said in entries(written).items():
        if message.plural is None:
            found = say.within(message.context, message.text) if message.context else None
            assert (found or say(message.text)) == said[0]


def test_english_says_what_is_written() -> None:
    say = speech("en")
    assert all(say(m.text) == m.text for m in marked())
    assert all(say.within(m.context, m.text) == m.text for m in marked() if m.context)


def test_what_is_joined_is_found() -> None:
    for bad in ('f"{say(x)} ({key})"', 'say("a") + ": " + b', 'f"{self._say(x)}, {y}"'):
        assert joined(bad), bad
    for good in ('f"{say(x)}\\n{y}"', 'a + "\\n" + say("b")', 'f"<b>{say(x)}</b>"', 'f"{x} ({y})"'):
        assert not joined(good), good


def test_no_sentence_is_joined_in_code() -> None:
    # What Qt and Python read is no sentence: filters of files, lines of a program.
    allowed = ("shell/files/documents.py", "panels/code/picture/words.py")
    for path in sorted((ROOT / "gui").rglob("*.py")):
        if not path.as_posix().endswith(allowed):
            assert joined(path.read_text("utf-8")) == [], path


# --- the fonts -----------------------------------------------------------------------------


def fonts(pattern: str) -> list[QRawFont]:
    # Without hinting, so that it is the same on every machine.
    found = [
        QRawFont(str(path), 16, QFont.HintingPreference.PreferNoHinting)
        for path in sorted(asset("fonts").glob(pattern))
    ]
    assert found
    assert all(font.isValid() for font in found)
    return found


@pytest.mark.usefixtures("qapp")
@in_each_language
def test_every_character_is_in_a_font_that_travels_with_the_program(language: str) -> None:
    said = entries(catalogue(language)).items()
    texts = {text for m, forms in said for text in (m.text, m.plural or "", *forms)}
    used = {sign for text in texts for sign in text} - {"\n"}
    assert len(used) > 80
    chinese = {sign for sign in used if CHINESE.match(sign)}
    for font in fonts("ChainstepSansSC-*.ttf"):
        lacking = {sign for sign in chinese if not font.supportsCharacter(ord(sign))}
        assert not lacking, font.styleName()
    # Both weights of the text font, or the Chinese one that stands in for it.
    for weight in ("Regular", "SemiBold"):
        either = [*fonts(f"ChainstepSans-{weight}.ttf"), *fonts(f"ChainstepSansSC-{weight}.ttf")]
        lacking = {s for s in used if not any(f.supportsCharacter(ord(s)) for f in either)}
        assert not lacking, weight


@pytest.mark.usefixtures("qapp")
def test_every_sign_of_the_mathematics_is_in_a_font() -> None:
    signs = "xyzewaLαê∂∇½²′·×−←→=()/0123456789.⁻⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉∞NaN"
    text, mathematics = fonts("ChainstepSans-*.ttf"), fonts("ChainstepMath-*.ttf")
    assert not {s for s in signs if not any(f.supportsCharacter(ord(s)) for f in mathematics)}
    assert not {s for s in signs if not any(f.supportsCharacter(ord(s)) for f in text)}


def test_the_fonts_are_loaded(qapp: QApplication) -> None:
    from gui import theme  # noqa: PLC0415 - beside the test that needs it

    assert qapp is not None
    for family in (theme.TEXT_FONT, theme.CHINESE_FONT, theme.MATH_FONT):
        assert QRawFont.fromFont(QFont(family)).familyName() == family


# --- sentences -----------------------------------------------------------------------------

TWO = (Sample(1.0, 1.0), Sample(2.0, 2.0))
ONE = '{"format": "chainstep experiment", "version": 1'


def _large(path: Path) -> None:
    file = path / "large"
    with file.open("wb") as opened:
        opened.truncate(10_000_001)
    load(file)


def _binary(path: Path) -> None:
    file = path / "binary"
    file.write_bytes(b"\xff\xfe\xfd")
    load(file)


PROVOKED: list[Callable[[Path], object]] = [
    lambda _: Experiment(weights=()),
    lambda _: Experiment(weights=5),  # type: ignore[arg-type]
    lambda _: Experiment(weights=("a",)),  # type: ignore[arg-type]
    lambda _: Experiment(weights=(0.1, float("nan"))),
    lambda _: Experiment(samples=()),
    lambda _: Experiment(samples=(1,)),  # type: ignore[arg-type]
    lambda _: Experiment(learning_rate=0),
    lambda _: Experiment(epochs=-1),
    lambda _: Experiment(activation="step"),
    lambda _: Experiment(algorithm="{location}"),
    lambda _: Sample(float("inf"), 0),
    lambda _: Sample(0, "x"),  # type: ignore[arg-type]
    lambda _: sample_at(3, 0, None),
    lambda _: random_weights(0, 0),
    lambda _: random_weights(3, -1),
    lambda _: check_gradients(Experiment(), (0.1,) * 3, Sample(1, 1), 0),
    lambda _: fits(Experiment(weights=(0.1,) * 65)),
    lambda _: fits(Experiment(samples=TWO * 33)),
    lambda _: fits(Experiment(epochs=10**18)),
    lambda _: parsed(""),
    lambda _: parsed("1,000.5"),
    lambda _: parsed("{value}"),
    lambda _: from_json("{}"),
    lambda _: from_json("{"),
    lambda _: from_json("[" * 100_000),
    lambda _: from_json("1" * 10_000),
    lambda _: from_json('{"a": 1, "a": 2}'),
    lambda _: from_json("NaN"),
    lambda _: from_json(ONE.replace("1", "2") + "}"),
    lambda _: from_json(ONE + "}"),
    lambda _: from_json(ONE + ', "more": 1}'),
    lambda _: from_json(ONE + ', "experiment": []}'),
    lambda _: from_json(
        ONE + ', "experiment": {"weights": [1], "samples": [1], "learning_rate": 1, "epochs": 1,'
        ' "activation": "identity", "algorithm": "backprop"}}'
    ),
    _large,
    _binary,
]


def problem_of(provoke: Callable[[Path], object], folder: Path) -> UserError:
    with pytest.raises(UserError) as fault:
        provoke(folder)
    return fault.value


@pytest.mark.parametrize("provoke", PROVOKED)
def test_a_problem_is_said_in_every_language(
    provoke: Callable[[Path], object], tmp_path: Path
) -> None:
    problem = problem_of(provoke, tmp_path)
    for language in languages():
        if language != "en":
            assert speech(language)(problem.template) != problem.template
        said = sentence(problem, language)
        assert said[-1] in ".。"
        assert "None" not in said or "None" in map(str, problem.values.values())
        for value in problem.values.values():
            parts = value if isinstance(value, tuple) else (quoted(value, speech(language)),)
            assert all(part in said for part in parts)
        assert bool(CHINESE.search(said)) == (language == "zh_CN")


def test_the_problems_cover_most_sentences(tmp_path: Path) -> None:
    assert len({problem_of(provoke, tmp_path).template for provoke in PROVOKED}) >= 24


@pytest.mark.parametrize(
    ("location", "english", "chinese"),
    [
        (Location("weights"), "The list of weights", ""),
        (Location("weights", 0), "The weight w₁", "w₁"),
        (Location("weights", 11), "The weight w₁₂", "w₁₂"),
        (Location("samples"), "The training data", ""),
        (Location("samples", 0), "Sample 1", "1"),
        (Location("samples", 1, "x"), "The input x of sample 2", "2"),
        (Location("samples", 1, "target"), "The target ê of sample 2", "ê"),
        (Location("learning_rate"), "The learning rate", "学习率"),
        (Location("epochs"), "The number of epochs", ""),
        (Location("activation"), "The activation", "激活函数"),
        (Location("algorithm"), "The algorithm", ""),
        (Location("layers"), "The number of layers", ""),
        (Location("seed"), "The seed", ""),
        (Location("x"), "The input x", ""),
        (Location("target"), "The target ê", "目标值"),
    ],
)
def test_the_names_of_places(location: Location, english: str, chinese: str) -> None:
    assert location_name(location, "en") == english
    said = location_name(location, "zh_CN")
    assert CHINESE.search(said)
    assert chinese in said
    assert "{" not in said
