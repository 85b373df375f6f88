"""engine.teaching.fingerprint: a step that was changed is another one, all else is the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field, make_dataclass, replace

import pytest

from engine import Experiment
from engine.steps import Phase
from engine.teaching.fingerprint import fingerprint


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
