"""`chainstep map` as data: what it writes is the map."""

from __future__ import annotations

import csv
import io
import re
from argparse import ArgumentParser
from typing import TYPE_CHECKING

import numpy as np
import pytest

from engine import Experiment, UserError, train
from engine.commands.map import add_map_options, data_of, map_from
from engine.commands.options import protected
from engine.commands.output import Patience
from engine.files.experiment_file import from_json
from engine.maps.trainability import Fate, axis, trainability, varied

if TYPE_CHECKING:
    from engine.maps.trainability import Trainability

SIDES = "--x w1 -2 2 --y learning_rate 1e-3 1 --size 7x5"


def asked(words: str) -> Trainability:
    parser = ArgumentParser()
    add_map_options(parser)
    return map_from(parser.parse_args(protected(words.split())))


def test_the_options_are_the_map() -> None:
    seen = asked(f"{SIDES} --epochs 30 --activation tanh")
    experiment = Experiment(epochs=30, activation="tanh")
    x, y = axis(experiment, "w1", -2, 2, 7), axis(experiment, "learning_rate", 1e-3, 1, 5)
    np.testing.assert_array_equal(seen.final_loss, trainability(experiment, x, y).final_loss)
    assert (seen.experiment, seen.x, seen.y) == (experiment, x, y)


def test_the_npz_holds_what_it_says() -> None:
    content = data_of(asked(SIDES), "map.NPZ")
    assert isinstance(content, bytes)
    with np.load(io.BytesIO(content)) as held:
        kept = {name: held[name] for name in held.files}
    assert (str(kept["x_name"]), str(kept["y_name"])) == ("w1", "learning_rate")
    assert kept["final_loss"].shape == kept["fate"].shape == (5, 7)
    for row, column in ((0, 0), (2, 6), (4, 3)):
        there = varied(Experiment(), "w1", float(kept["x"][column]))
        run = train(varied(there, "learning_rate", float(kept["y"][row])))
        assert kept["converged_at"][row, column] == (run.converged_at or 0)
        assert kept["diverged"][row, column] == (run.diverged_at is not None)


def test_the_csv_has_a_line_for_every_pixel() -> None:
    seen = asked(SIDES)
    rows = list(csv.DictReader(io.StringIO("".join(map(str, data_of(seen, "map.csv"))))))
    assert len(rows) == 35
    for i, row in enumerate(rows):
        place = divmod(i, 7)
        assert float(row["w1"]) == seen.x.values[place[1]]
        assert float(row["learning_rate"]) == seen.y.values[place[0]]
        np.testing.assert_equal(float(row["final_loss"]), seen.final_loss[place])
        assert Fate[row["fate"].upper()] == seen.fate[place]
        assert bool(int(row["diverged"])) == seen.diverged[place]


@pytest.mark.parametrize("size", ["7X5", "7×5", "７×５", "7e0x5"])
def test_a_size_is_read_as_every_number_is(size: str) -> None:
    seen = asked(f"--x w1 −½ 2 --y w2 0 0,5 --size {size}")
    assert (len(seen.x.values), len(seen.y.values)) == (7, 5)
    assert (seen.x.values[0], seen.y.values[-1]) == (-0.5, 0.5)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--x w1 -2 2 --y w1 -2 2", "two different parameters"),
        ("--x w1 -2 2 --y w7 -2 2", "Choose the axes of the map from w1, w2, w3, learning_rate"),
        ("--x w1 -2 2 --y w2 -2 two", "'two' is not a number"),
        ("--x w1 -2 2 --y w2 -2 2 --size 9by9", "--size must be N or WIDTHxHEIGHT, not 9by9"),
        ("--x w1 -2 2 --y w2 -2 2 --size 9x9x9", "--size must be N or WIDTHxHEIGHT, not 9x9x9"),
        ("--x w1 -2 2 --y w2 -2 2 --size 1", "from 2 to"),
        ("--x w1 -2 2 --y w2 -2 2 --size -3", "from 2 to"),
        ("--x w1 -2 2 --y epochs 0 2", "at least 1 in a map"),
    ],
)
def test_what_is_refused(words: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        asked(words)


def test_it_tells_how_long_it_takes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # However fast the machine is, it takes long.
    monkeypatch.setattr(Patience, "_EVERY", 0.0)
    monkeypatch.setattr(Patience, "_FIRST", 0.0)
    monkeypatch.setattr("engine.training.pace._SETTLED", 0.0)
    monkeypatch.setattr("engine.maps.simd.possible", lambda: False)
    monkeypatch.setattr("engine.maps.simd._ready", {})
    asked("--x w1 -2 2 --y w2 -2 2 --size 8 --epochs 9000")
    assert re.search(r"^\S+ % done, about \d+ s left$", capsys.readouterr().err, re.MULTILINE)


def test_the_npz_tells_of_what_experiment_it_is() -> None:
    content = data_of(asked(f"{SIDES} --epochs 30 --activation tanh"), "map.npz")
    assert isinstance(content, bytes)
    held = np.load(io.BytesIO(content))
    assert from_json(str(held["experiment"])) == Experiment(epochs=30, activation="tanh")
