"""gui.words.glossary: every term is explained, and the tool tips say what things mean."""

import re

import pytest

from engine import Experiment, Sample
from engine.algorithms import ALGORITHMS
from engine.maps.axes import axis
from engine.maps.trainability import trainability
from gui.chain.picture import chain_picture
from gui.formula.picture import formula_picture
from gui.language import languages, speech
from gui.language.joining import listed
from gui.panels.map.picture import legend_hint, map_picture
from gui.panels.numbers.picture.history import Pages, history_table
from gui.panels.numbers.picture.sample import SampleTable
from gui.plots.picture.words import plot_hints
from gui.status.picture import status_picture
from gui.timeline.picture import timeline_picture
from gui.words.glossary import explained, meaning
from gui.words.meanings import MEANINGS, Meaning
from tests.gui import examples

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("term", Meaning)
def test_every_term_is_explained_in_every_language(term: Meaning, language: str) -> None:
    said = meaning(term, speech(language))
    assert len(said) > 5
    assert bool(CHINESE.search(said)) == (language == "zh_CN")
    assert "\n" not in said
    assert said.lower() not in (str(other).lower() for other in Meaning)


def test_nothing_is_explained_twice_in_the_same_words() -> None:
    assert set(MEANINGS) == set(Meaning)
    assert len(set(MEANINGS.values())) == len(MEANINGS)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_box_of_the_chain_says_its_digits_and_what_it_means(algorithm: str) -> None:
    experiment = Experiment(algorithm=algorithm, epochs=1)
    say = speech("en")
    told = [meaning(term, say) for term in Meaning]
    for index in range(14):
        for box in chain_picture(examples.state(experiment, index), 900, 340).boxes:
            assert any(text in box.hint for text in told), (box.symbol, box.hint)
            if box.number:
                assert " = " in box.hint.splitlines()[0]


def test_what_is_passed_by_a_slip_is_not_called_the_upstream_gradient() -> None:
    say = speech("en")
    state = examples.state(Experiment(algorithm="front_to_back", epochs=1), 12)
    hints = [box.hint for box in chain_picture(state, 900, 340).boxes if box.symbol.startswith("p")]
    assert len(hints) == 3
    assert all(meaning(Meaning.PASSED, say) in hint for hint in hints)
    assert not any(meaning(Meaning.UPSTREAM, say) in hint for hint in hints)


@pytest.mark.parametrize("language", languages())
def test_the_formula_says_what_each_of_its_symbols_means(language: str) -> None:
    say = speech(language)
    state = examples.state(Experiment(), 8, language=language)
    tip = formula_picture(state).tip
    for term in (Meaning.GRADIENT, Meaning.UPSTREAM, Meaning.OUTPUT):
        assert meaning(term, say) in tip
    assert tip.startswith(formula_picture(state).hint)


def test_the_phases_are_explained() -> None:
    picture = timeline_picture(examples.state(Experiment(), 8))
    assert len(picture.legend_hint.splitlines()) == len(picture.legend) == 5
    assert "the factor that all earlier layers share" in picture.legend_hint


def test_the_numbers_are_explained() -> None:
    state = examples.state(Experiment((0.5, 0.6), (Sample(1, 1),), activation="tanh"), 5)
    table = SampleTable(state)
    for row in range(table.rows):
        term = table.numbers[row].entry.kind.term
        assert meaning(term, speech("en")) in table.cell(row, 0).hint


@pytest.mark.parametrize("language", languages())
def test_the_names_at_the_plots_are_explained(language: str) -> None:
    say = speech(language)
    hints = plot_hints(examples.state(Experiment(), language=language))
    assert meaning(Meaning.LOSS, say) in hints["loss"]
    both = listed(("L₁", "L₂"), say)
    assert explained(both, Meaning.SAMPLE_LOSS, say) in hints["loss"]
    assert explained("L", Meaning.MEAN_LOSS, say) in hints["loss"]
    assert explained("w₁ … w₃", Meaning.WEIGHT_CURVE, say) in hints["weights"]
    assert meaning(Meaning.TARGET_LINE, say) in hints["outputs"]


def test_every_head_of_the_history_is_explained() -> None:
    state = examples.state(Experiment(algorithm="in_place"))
    table = history_table(state, Pages(state.run))
    hints = {table.heading(c): table.heading_hint(c) for c in range(table.columns)}
    assert all(hints.values())
    assert hints["w₁"] == "the weight before this update"
    assert hints["g₁"] == meaning(Meaning.CLAIMED_GRADIENT, speech("en"))


def test_every_entry_of_a_map_is_explained() -> None:
    start = Experiment(epochs=60)
    across, up = axis(start, "w1", -3.0, 3.0, 24), axis(start, "learning_rate", 0.01, 3.0, 24)
    picture = map_picture(trainability(start, across, up), "en")
    lines = legend_hint(picture.legend, speech("en")).splitlines()
    assert len(lines) == len(picture.legend) >= 3


def test_the_status_line_says_what_it_tells() -> None:
    picture = status_picture(examples.state(Experiment(), 8))
    assert meaning(Meaning.OUTCOME, speech("en")) in picture.hint
    assert meaning(Meaning.GRADIENTS, speech("en")) in picture.hint
