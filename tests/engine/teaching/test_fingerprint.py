"""engine.teaching.fingerprint: a step that was changed is another one, all else is the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, make_dataclass, replace

import pytest

from engine import Experiment
from engine.steps import Phase
from engine.teaching.fingerprint import fingerprint
from engine.teaching.lesson import KINDS
from engine.teaching.parsing import parse_value
from engine.teaching.places import Place, StepName


@dataclass(frozen=True)
class Question:
    prompt: Mapping[str, str]
    ask: str = ""
    mark: tuple[str, ...] = ()
    tolerance: float | None = None
    phase: Phase | None = None
    note: str = ""
    more: list[str] = field(default_factory=list)


ONE = Question({"en": "What is it?", "zh_CN": "是多少？"}, "upstream 2", ("weight 3",))


def test_the_same_content_has_the_same_in_every_process() -> None:
    assert fingerprint(ONE) == fingerprint(replace(ONE)) == "3860aa79316f413f"


@pytest.mark.parametrize(
    "changed",
    [
        {"ask": "upstream 1"},
        {"prompt": {"en": "What is it now?", "zh_CN": "是多少？"}},
        {"mark": ("weight 3", "weight 2")},
        {"tolerance": 0.5},
        {"phase": Phase.SEED},
        {"more": ["x"]},
    ],
)
def test_each_change_makes_another(changed: dict[str, object]) -> None:
    assert fingerprint(replace(ONE, **changed)) != fingerprint(ONE)  # type: ignore[arg-type]


def test_its_experiment_belongs_to_it_and_the_teachers_note_does_not() -> None:
    experiment = Experiment((1.0, 2.0))
    assert fingerprint(ONE, experiment) != fingerprint(ONE, replace(experiment, epochs=3))
    assert fingerprint(replace(ONE, note="Ask the class.")) == fingerprint(ONE)


def test_a_field_that_a_later_version_adds_changes_nothing() -> None:
    later = make_dataclass(
        "Question", [("shuffled", bool, field(default=False))], bases=(Question,), frozen=True
    )
    assert fingerprint(later(ONE.prompt, ONE.ask, ONE.mark)) == fingerprint(ONE)


def test_what_is_no_content_is_refused() -> None:
    with pytest.raises(TypeError):
        fingerprint(object())


def test_every_kind_of_step_has_one_that_its_place_in_the_lesson_does_not_change() -> None:
    value = parse_value("upstream 2")
    for kind in KINDS.values():
        own = {
            "ask": value,
            "first": StepName("seed"),
            "last": StepName("update", 1),
        }
        mine = {one.name: own[one.name] for one in fields(kind) if one.name in own}
        step = kind(number=2, line=40, at=Place("before", StepName("pass_on", 3)), **mine)
        assert fingerprint(replace(step, number=3, line=52)) == fingerprint(step)
        assert fingerprint(replace(step, experiment=Experiment((1.0,)))) != fingerprint(step)
        assert fingerprint(replace(step, curtain=True)) != fingerprint(step)
