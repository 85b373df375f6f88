"""No text of the program has half-width punctuation beside Chinese, nor a space after 。"""

import re
from functools import partial
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from engine import Experiment, Sample, UserError
from engine.algorithms import ALGORITHMS
from engine.files.experiment_file import from_json
from engine.maps.axes import axis
from gui.chain.picture import chain_picture
from gui.formula.picture import formula_picture
from gui.language import sentence, speech
from gui.panels import NAMES
from gui.panels.chain_rule.picture import ChainRulePicture
from gui.panels.chain_rule.picture.cost import Count, cost_picture
from gui.panels.code.picture import code_picture
from gui.panels.diagnosis.picture import diagnosis_picture
from gui.panels.diagnosis.picture.findings import full, short
from gui.panels.gradient_check.picture import check_picture
from gui.panels.numbers.picture.sample import SampleTable
from gui.panels.surface.picture import surface_picture
from gui.resources import asset
from gui.shell.app import Chainstep
from gui.status.picture import status_picture
from gui.timeline.picture import timeline_picture
from tests.gui import examples
from tests.gui.language.walk import seen, texts
from tests.gui.screen import settle

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
WRONG = re.compile(
    f"[{HAN}][,;:.!?](?!\\d)"
    f"|(?<=\\S)[,;!?]\\s*[{HAN}]"
    f"|(?<=[^\\s\\d]):\\s*[{HAN}]"
    "|[，。；：、！？）] (?! )"
)


def faults(text: str) -> list[str]:
    """Return where a text has the punctuation of English beside Chinese."""
    plain = re.sub(r"<[^>]*>|&nbsp;", "", text)
    return [plain[max(0, m.start() - 8) : m.end() + 8] for m in WRONG.finditer(plain)]


def test_the_rule_finds_what_is_wrong() -> None:
    for bad in ("输入. ∂L", "损失: 1", "梯度, 权重", "w₂: 权重", "正确。 错误", "第 1; 层"):
        assert faults(bad), bad
    for good in ("损失：1，权重 2。", "w₁ = 0.5，L = 1", "4 步/秒", "第 1、3 层", "12:30", "a: b"):
        assert not faults(good), good


def test_no_sentence_of_the_catalogue() -> None:
    with asset("translations", "zh_CN.po").open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    found = {m.id: faults(str(m.string)) for m in catalogue if m.id and faults(str(m.string))}
    assert not found


EXPERIMENTS = [
    *(examples.experiment(3, "identity", algorithm) for algorithm in ALGORITHMS),
    *(examples.experiment(n, "tanh", "backprop") for n in (1, 2, 12)),
    examples.experiment(3, "relu", "no_local_derivative"),
    Experiment(epochs=0),
    Experiment(weights=(0.2333,) * 3, epochs=40),
    Experiment(weights=(3.0, 3.0), samples=(Sample(3, -3),), learning_rate=1.0, epochs=9),
]


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_no_picture_at_any_step(experiment: Experiment) -> None:
    say = speech("zh_CN")
    for index in range(0, 2 * (4 * experiment.layers + 1) + 1, 1 if experiment.layers < 9 else 7):
        state = examples.state(experiment, index, language="zh_CN")
        if index > state.last:
            break
        pictures: list[object] = [
            chain_picture(state, 900, 340),
            formula_picture(state),
            timeline_picture(state),
            status_picture(state),
            code_picture(state),
            check_picture(state),
            diagnosis_picture(state),
            surface_picture(state),
            cost_picture(state, {n: Count(n, 9, 6, 5) for n in (3, 10, experiment.layers)}),
        ]
        derived = ChainRulePicture(state)
        pictures += [derived.words(), *(derived.row(row) for row in derived.derived.rows)]
        table = SampleTable(state)
        pictures += [table.cell(row, 0) for row in range(table.rows)]
        wrong = {fault for text in texts(pictures) for fault in faults(text)}
        assert not wrong, index
    assert not [f for text in (say("Weights"),) for f in faults(text)]
    for found in diagnosis_of(experiment):
        assert not faults(short(say, found, 5) + full(say, found, 5))


def diagnosis_of(experiment: Experiment):  # type: ignore[no-untyped-def] # noqa: ANN201
    from engine.diagnosis import diagnose  # noqa: PLC0415

    return diagnose(examples.run(experiment)).findings


@pytest.mark.parametrize(
    "provoke",
    [
        partial(Experiment, weights=()),
        partial(Experiment, weights=(0.1, float("nan"))),
        partial(Experiment, activation="step"),
        partial(Experiment, learning_rate=-1),
        partial(Experiment, epochs=-1),
        partial(Sample, "x", 1),
        partial(from_json, "{"),
        partial(axis, Experiment(), "w7", 0, 1, 5),
    ],
)
def test_no_error(provoke) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    with pytest.raises(UserError) as fault:
        provoke()
    assert not faults(sentence(fault.value, "zh_CN"))
    assert "-" not in sentence(fault.value, "zh_CN").replace("--", "")


@pytest.mark.parametrize("panel", NAMES)
def test_nothing_in_the_window(program: Chainstep, panel: str, tmp_path: Path) -> None:
    assert tmp_path.exists()
    program.session.set_look(language="zh_CN", panel=panel)
    program.session.seek(8)
    settle()
    wrong = {text for text in seen(program) if faults(text)}
    assert not wrong
