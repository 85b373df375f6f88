"""A number has the same digits wherever it stands, or a sign that some are left out (≈).

And an update can always be seen: the old and the new weight never read the same.
"""

from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Phase, Sample, train
from gui.chain.picture import chain_picture
from gui.formula.picture import formula_picture
from gui.language.numbers import POINT, rounded, telling
from gui.panels.numbers.picture.sample import SampleTable
from gui.state import Look, State

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


@given(
    weights=st.lists(FINITE, min_size=1, max_size=4),
    rate=st.floats(1e-20, 1.0),
    digits=st.integers(2, 15),
    data=st.data(),
)
def test_a_box_shows_the_formulas_digits_or_says_that_it_does_not(
    weights: list[float], rate: float, digits: int, data: st.DataObject
) -> None:
    experiment = Experiment(
        weights=weights, samples=[Sample(0.3, -1.0)], learning_rate=rate, epochs=1
    )
    index = data.draw(st.integers(1, 4 * len(weights) + 1))
    state = State(train(experiment), index, experiment, Look(digits=digits))
    boxes = {box.name: box for box in chain_picture(state, 900, 400).boxes}
    pieces = [piece for piece in formula_picture(state).numbers if piece.name in boxes]
    # The last one is the result; in an update the one before it in the same box is the old weight.
    for piece in {piece.name: piece for piece in pieces}.values():
        box = boxes[piece.name]
        wanted = piece.text.strip("()")
        assert box.number == wanted or box.number.startswith("≈")
        for text in box.shorter:
            assert text.startswith("≈")


@given(
    weight=FINITE.filter(lambda w: abs(w) > 1e-9),
    rate=st.floats(1e-25, 1e-3),
    digits=st.integers(2, 15),
)
def test_an_update_can_be_seen_or_is_said_to_change_nothing(
    weight: float, rate: float, digits: int
) -> None:
    experiment = Experiment(
        weights=[weight, 0.7], samples=[Sample(1.0, -1.0)], learning_rate=rate, epochs=1
    )
    run = train(experiment)
    for index in (8, 9):
        state = State(run, index, experiment, Look(digits=digits))
        moment = state.moment
        assert moment.phase is Phase.UPDATE
        layer = moment.layer or 0
        box = next(
            b for b in chain_picture(state, 900, 400).boxes if b.symbol == f"w{'₀₁₂'[layer]}"
        )
        formula, table = formula_picture(state), SampleTable(state)
        old = next(p for p in formula.numbers if p.name == formula.numbers[-1].name)
        rows = {
            (row.entry.kind.word, row.entry.layer): table.cell(number, 3)
            for number, row in enumerate(table.numbers)
        }
        before, after = rows["weight", layer], rows["new_weight", layer]
        if moment.old_weight == moment.new_weight:
            assert (box.former, box.remark) == ("", "unchanged")
            assert "unchanged" in formula.words
            assert "unchanged" in formula.sentence
            assert "unchanged" in after.hint
            continue
        assert box.remark == ""
        assert box.former not in ("", box.number)
        assert old.text.strip("()") != formula.numbers[-1].text
        assert before.text != after.text
        for one, other in zip(before.narrower(), after.narrower(), strict=False):
            assert one != other


def test_no_more_digits_than_it_takes() -> None:
    assert telling(0.966421, 0.966423, 5) == 6
    assert telling(0.5, 0.25, 5) == 5
    assert telling(0.5, 0.5, 5) == 5
    assert telling(432513.0, 432450.489, 1) == telling(432513.0, 432450.489, 4) == 5
    one, other = 0.1 + 0.2, 0.3
    assert rounded(one, telling(one, other, 2), POINT) != rounded(
        other, telling(one, other, 2), POINT
    )
