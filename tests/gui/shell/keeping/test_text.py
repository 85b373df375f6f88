"""gui.shell.keeping.text: what is kept reads back to the same bits; all else is told."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample, UserError
from engine.presets import OPENING, preset_named
from gui.chain.shown import ChainPan
from gui.panels.chain_rule.shown import CostFold
from gui.panels.map.shown import MapZoom
from gui.panels.numbers.shown import SampleSorting
from gui.panels.surface.shown import SurfaceZoom
from gui.plots.shown import PlotsZoom
from gui.shell.keeping.text import LARGEST, recent_from, recent_text, session_from, session_text
from gui.state import Look, Past
from gui.state.record import MOST_RECENT, Entry, Kept, opened, with_entry
from gui.state.views import Views, with_view

numbers = st.floats(allow_nan=False, allow_infinity=False)
plain = st.builds(
    Experiment,
    weights=st.lists(numbers, min_size=1, max_size=5),
    samples=st.lists(st.builds(Sample, numbers, numbers), min_size=1, max_size=4),
    learning_rate=st.floats(1e-300, 1e300),
    epochs=st.integers(0, 5000),
    activation=st.sampled_from(["identity", "tanh", "relu", "sigmoid"]),
    algorithm=st.sampled_from(["backprop", "in_place", "front_to_back"]),
)
experiments = plain | st.tuples(plain, st.lists(numbers, min_size=5, max_size=5)).map(
    lambda both: replace(both[0], biases=both[1][: both[0].layers])
)
paths = st.none() | st.text(
    st.characters(blacklist_characters="\0/\\", blacklist_categories=("Cs",)), min_size=1
).map(lambda name: Path("/somewhere") / f"x{name}")
pasts = st.builds(
    Past,
    experiments,
    paths,
    st.none() | experiments,
    st.none() | experiments,
    st.none() | st.integers(0, 10**9),
)
pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1]).map(sorted)
parts = st.just(()) | st.tuples(pairs, pairs).map(lambda both: (*both[0], *both[1]))
kinds = (
    st.builds(ChainPan, st.floats(0, 1), st.integers(0, 10**12)),
    st.builds(PlotsZoom, parts, parts, parts, st.booleans()),
    st.builds(CostFold, st.none() | st.booleans()),
    st.builds(SampleSorting, st.sampled_from(["", "value", "name"]), st.booleans()),
    st.builds(SurfaceZoom, st.tuples(st.just("w1"), st.sampled_from(["", "b2"])), parts, parts),
    st.builds(MapZoom, st.tuples(st.text(max_size=5), st.just("w2")), parts),
)


@st.composite
def views(draw: st.DrawFn) -> Views:
    """Return any views, each kind at most once."""
    found: Views = ()
    for kind in draw(st.permutations(kinds))[: draw(st.integers(0, len(kinds)))]:
        found = with_view(found, draw(kind))
    return found


windows = st.builds(
    Kept,
    pasts.map(lambda past: past._replace(place=past.place or 0)),
    st.lists(pasts, max_size=4).map(tuple),
    st.lists(pasts, max_size=4).map(tuple),
    st.none() | experiments,
    st.builds(Look, panel=st.just("code"), epsilon=st.floats(1e-9, 1), speed=st.floats(0.5, 9)),
    views(),
)


@given(kept=windows)
def test_a_window_reads_back_as_it_was(kept: Kept) -> None:
    again = session_from(session_text(kept))
    assert again == kept
    assert repr(again) == repr(kept), "to the sign of a zero"


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {"chain": 3, "future": {"x": 1}},
        {"map": {"axes": ["w1"], "edges": [0, 1, 0, 1]}},
        {"map": {"axes": ["w1", "w2"], "edges": [1, 0, 0, 1]}},
        {"map": {"axes": ["w1", "w2"], "edges": [0, 1, 0]}},
        {"map": {"axes": ["w1", "w2"], "edges": [0, True, 0, 1]}},
        {"surface": {"axes": ["w1", "w2"], "frame": [0, 1, 0, "1"]}},
        {"plots": {"loss": "0123"}},
        {"plots": {"logarithmic": 1}},
        {"chain": {"middle": 7.0}},
        {"chain": {"middle": 1e999}},
        {"chain rule": {"unfolded": "yes"}},
        {"numbers": {"column": None}},
    ],
)
def test_views_that_cannot_be_are_as_at_first_and_harm_no_other(told: object) -> None:
    fold = CostFold(unfolded=True)
    content = json.loads(session_text(opened()._replace(views=(fold,))))
    if isinstance(told, dict):
        content["views"] = {"chain rule": {"unfolded": True}, **told}
        expected = () if "chain rule" in told else (fold,)
    else:
        content["views"], expected = told, ()
    assert session_from(json.dumps(content)).views == expected


def test_a_session_from_before_there_were_views_still_opens() -> None:
    content = json.loads(session_text(opened()))
    del content["views"]
    assert session_from(json.dumps(content)) == opened()


def test_zero_and_minus_zero_are_two_experiments() -> None:
    plus, minus = Experiment(weights=(0.0, 1.0)), Experiment(weights=(-0.0, 1.0))
    kept = opened(plus)._replace(undo=(Past(minus, None, minus, None),))
    assert repr(session_from(session_text(kept))) == repr(kept)
    now = Entry(Past(plus, None, None, None), 2.0)
    assert len(with_entry((now,), Entry(Past(minus, None, None, None), 3.0))) == 2
    assert with_entry((now,), now._replace(time=3.0)) == (now._replace(time=3.0),)


def test_a_thousand_edits_of_the_largest_experiment_are_small_and_quickly_read() -> None:
    weights = [i / 7 for i in range(64)]
    largest = Experiment(weights, [Sample(i / 3, i / 9) for i in range(64)])
    pasts = [largest]
    for i in range(1000):
        weights[i % 64] += 0.1
        pasts.append(replace(pasts[-1], weights=tuple(weights)))
    undo = tuple(Past(e, None, largest, None) for e in pasts)
    text = session_text(opened(largest)._replace(undo=undo))
    assert len(text) < 250_000
    assert session_from(text).undo == undo


def test_what_is_too_large_forgets_its_oldest_edits() -> None:
    rng = random.Random(1)  # noqa: S311 - numbers to be written

    def largest() -> Experiment:
        row = [rng.random() for _ in range(192)]
        return Experiment(row[:64], [Sample(*row[i : i + 2]) for i in range(64, 192, 2)])

    undo = tuple(Past(largest(), None, None, None) for _ in range(500))
    text = session_text(opened()._replace(undo=undo))
    assert len(text) <= LARGEST
    kept = session_from(text).undo
    assert 20 < len(kept) < 500
    assert kept == undo[-len(kept) :]


def test_look_fields_of_another_version_count_as_nothing() -> None:
    content = json.loads(session_text(opened()))
    content["look"] = {"panel": "code", "digits": "many", "speed": 3, "surface": [1], "more": 1}
    assert session_from(json.dumps(content)).look == Look(panel="code", speed=3.0)


def test_the_axes_of_the_surface_were_once_numbers_of_layers() -> None:
    content = json.loads(session_text(opened()))
    for kept in ([2, 3], ["w2", "w3"]):
        content["look"] = {"surface": kept}
        assert session_from(json.dumps(content)).look.surface == ("w2", "w3")


HOSTILE = [
    *("", "{", "[]", "null", "1e999", '"chainstep session"', "[" * 100_000, "1" * 5000),
    '{"format": "chainstep session"}',
    '{"format": "chainstep session", "version": 2}',
    '{"format": "chainstep session", "version": "1", "present": null}',
    '{"format": "chainstep experiment", "version": 1, "experiment": {}}',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_session_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UserError) as refused:
        session_from(text)
    assert len(str(refused.value)) < 120


def mutated(text: str, rng: random.Random) -> str:
    """Return a session with something in it replaced by something else."""
    content = json.loads(text)
    odd = [
        *(None, True, -1, 10**30, 1e308, float("nan"), "", "x\0", "\udcff", [], {}, [[]], [None]),
        {"0": None},
        [{"weights": [0.5] * 65}],
        [{}] * 6000,
    ]
    at = content
    while True:
        key = rng.choice(list(at)) if isinstance(at, dict) else rng.randrange(len(at))
        if not isinstance(at[key], (dict, list)) or not at[key] or rng.random() < 0.3:
            at[key] = rng.choice(odd)
            return json.dumps(content)
        at = at[key]


def test_a_thousand_mutations_are_read_or_refused() -> None:
    rng, refused = random.Random(10), 0  # noqa: S311 - places to be changed
    edits = tuple(
        Past(replace(OPENING, epochs=i), Path("/a.json"), OPENING, None, i) for i in range(5)
    )
    kept = opened(preset_named("rates").experiment)._replace(undo=edits, redo=edits)
    text = session_text(kept)
    for _ in range(1000):
        try:
            session_from(mutated(text, rng))
        except UserError:
            refused += 1
    for _ in range(300):
        end = rng.randrange(len(text))
        with pytest.raises(UserError):
            session_from(text[:end])
    assert 100 < refused < 1000


# --- what was open lately ------------------------------------------------------------------


def unsaved(epochs: int, path: str | None = None) -> Entry:
    document = Past(Experiment(epochs=epochs), path and Path(path), OPENING, None, epochs)
    return Entry(document, float(epochs))


def test_the_list_reads_back_and_leaves_out_what_it_can_not_read() -> None:
    entries = tuple(unsaved(i) for i in (9, 5, 3))
    content = json.loads(recent_text(entries))
    assert recent_from(json.dumps(content)) == entries
    content["entries"][1]["experiments"][0]["weights"] = "none"
    content["entries"].append(None)
    content["entries"].append({"time": "x"})
    assert recent_from(json.dumps(content)) == (entries[0], entries[2])


def test_the_list_holds_the_last_twenty() -> None:
    entries: tuple[Entry, ...] = ()
    for i in range(50):
        entries = with_entry(entries, unsaved(i))
    assert [e.document.experiment.epochs for e in entries] == list(range(49, 49 - MOST_RECENT, -1))


def test_presets_leave_a_full_list_before_anything_of_ones_own() -> None:
    entries = with_entry((), Entry(opened().present, 1000.0))
    for i in range(MOST_RECENT):
        entries = with_entry(entries, unsaved(i))
    assert [e.time for e in entries] == [float(i) for i in reversed(range(MOST_RECENT))]


def test_a_file_is_listed_once_and_its_unsaved_edits_beside_it() -> None:
    one, two = Experiment(epochs=1), Experiment(epochs=2)
    path = Path("/a.json")
    entries = with_entry((), Entry(Past(one, path, one, None), 1.0))
    entries = with_entry(entries, Entry(Past(two, path, two, None), 2.0))
    assert [e.document.experiment for e in entries] == [two]
    entries = with_entry(entries, Entry(Past(one, path, two, None), 3.0))
    assert [(e.document.experiment, e.edited) for e in entries] == [(one, True), (two, False)]
