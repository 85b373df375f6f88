"""`chainstep map OUT.png`: the picture has a pixel for every training, and says what it means."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from engine import Experiment
from engine.maps.trainability import Axis, Fate, Trainability, axis, trainability
from gui.__main__ import main
from gui.panels.map.picture import EARLY_TO_LATE, map_picture

Chainstep = Callable[..., tuple[int, str, str]]
pytestmark = pytest.mark.usefixtures("qapp")

SIDES = ("--x", "w1", -3, 3, "--y", "learning_rate", 0.01, 2)


@pytest.fixture
def chainstep(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Chainstep:
    """Return a function that runs `chainstep …` in this process."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return run


@pytest.fixture(scope="module")
def seen() -> Trainability:
    start = Experiment()
    sides = axis(start, "w1", -3, 3, 40), axis(start, "learning_rate", 0.01, 2, 30)
    return trainability(start, *sides)


def test_every_training_is_a_pixel(
    chainstep: Chainstep, tmp_path: Path, seen: Trainability
) -> None:
    out = tmp_path / "map.PNG"
    status, said, told = chainstep("map", out, *SIDES, "--size", "40x30")
    assert (status, said) == (0, "")
    assert all("done" in line or "so far" in line for line in told.splitlines())
    image = QImage(str(out))
    wanted = map_picture(seen, "en").pixels
    found = np.array(
        [
            [image.pixelColor(62 + column, 54 + row).getRgb()[:3] for column in range(40)]
            for row in range(30)
        ]
    )
    np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("apart", [0.0, 1e-15, 1e-9, 1e-6, 1e-3, 0.5])
def test_the_losses_of_the_legend_are_rounded(seen: Trainability, apart: float) -> None:
    losses = 0.017054473514246 * (1 + apart * np.linspace(0, 1, seen.final_loss.size))
    fate = np.full_like(seen.fate, Fate.SETTLED)
    shape = seen.final_loss.shape
    close = replace(seen, fate=fate, final_loss=losses.reshape(shape))
    (entry,) = map_picture(close, "en").legend
    numbers = [text for text in entry.words.split() if text[0].isdigit()]
    assert numbers[0].startswith("0.017")
    assert all(len(number) <= 8 for number in numbers)
    assert len(numbers) == (2 if apart >= 1e-3 else 1)
    assert len(numbers) == len(entry.colours)


def test_it_is_drawn_in_other_dresses(chainstep: Chainstep, tmp_path: Path) -> None:
    files = []
    for dress in ((), ("--theme", "dark"), ("--language", "zh_CN"), ("--theme", "projector")):
        files.append(tmp_path / f"{len(files)}.png")
        # On a slow machine stderr tells how far it is.
        assert chainstep("map", files[-1], *SIDES, "--size", 60, *dress)[:2] == (0, "")
    assert len({file.read_bytes() for file in files}) == 4


def test_the_topmost_row_is_the_last(seen: Trainability) -> None:
    picture = map_picture(seen, "en")
    assert seen.fate[-1, 0] == Fate.DIVERGED
    assert picture.pixels[0, 0].tolist() == [20, 20, 20]
    early = np.argwhere(
        (seen.fate == Fate.CONVERGED)
        & (seen.converged_at == seen.converged_at[seen.fate == Fate.CONVERGED].min())
    )[0]
    assert tuple(picture.pixels[29 - early[0], early[1]]) == EARLY_TO_LATE[0]


def test_the_legend_says_what_there_is(seen: Trainability) -> None:
    words = [entry.words for entry in map_picture(seen, "en").legend]
    first = seen.converged_at[seen.fate == Fate.CONVERGED].min()
    assert words[0].startswith(f"converged at epoch {first} … ")
    assert "diverged" in words
    start = Experiment()
    calm = trainability(start, Axis("w1", (0.2, 0.3)), Axis("w2", (-0.8, 0.7)))
    assert [entry.words for entry in map_picture(calm, "zh_CN").legend] == [
        f"在第 {calm.converged_at.min()} … {calm.converged_at.max()} 轮收敛"
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("map.gif", *SIDES), "chainstep map: map.gif must end in .png, .npz or .csv.\n"),
        (
            ("map.png", "--x", "w1", 1, 0, "--y", "w2", 0, 1),
            (
                "chainstep map: An axis of a map goes from a smaller to a larger w1,"
                " not from 1 to 0.\n"
            ),
        ),
    ],
)
def test_a_wrong_word_gets_one_line(
    chainstep: Chainstep, words: tuple[object, ...], said: str
) -> None:
    assert chainstep("map", *words) == (2, "", said)
