"""Pictures of the window, compared with those that were stored.

CHAINSTEP_UPDATE_SNAPSHOTS=1 stores them anew; look at them before they are committed.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import Experiment
from gui.panels import NAMES
from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from gui.shell.settings import Settings
from gui.state import Look
from gui.theme import THEMES
from tests.gui.screen import image, press, settle, show_experiment, wait_for

STORED = Path(__file__).parent / "snapshots"
UPDATE = "CHAINSTEP_UPDATE_SNAPSHOTS"
NOTICEABLE = 32
"""A difference of a channel up to this much is not seen."""
ALLOWED = 0.003
"""Such a share of all pixels may differ noticeably."""

PANEL_IN = {"light": (1400, 800), "dark": (1400, 800), "projector": (1900, 900)}
"""The size of the window in which a panel is pictured; in a smaller one it gives way."""

TWELVE = Experiment(weights=[0.9, -0.8] * 6, learning_rate=0.02, epochs=30, activation="tanh")
DIVERGED = Experiment(weights=(1.5, 1.5), learning_rate=1.5, epochs=40)


BENT = Experiment(weights=(0.9, -1.1, 0.7), learning_rate=0.1, epochs=60, activation="tanh")
BIASED = replace(BENT, biases=(0.3, -0.2, 0.15))


class Snapshot(NamedTuple):
    """A moment of an experiment, and how it is shown: the window, or one of its panels.

    `lesson` is a lesson, counted from 1, and the step of it, from 0.
    """

    keys: list[str]
    language: str = "en"
    theme: str = "light"
    experiment: Experiment = Experiment()
    panel: str = ""
    lesson: tuple[int, int] | None = None


SNAPSHOTS = {
    "start-light-en": Snapshot([]),
    "forward-dark-zh": Snapshot(["Right"] * 2, "zh_CN", "dark"),
    "loss-projector-en": Snapshot(["Right"] * 4, "en", "projector"),
    "gradient-light-en": Snapshot(["Right"] * 8),
    "gradient-projector-zh": Snapshot(["Right"] * 8, "zh_CN", "projector"),
    "update-dark-en": Snapshot(["Right"] * 12, "en", "dark"),
    "twelve-layers-light-zh": Snapshot(["Right"] * 20, "zh_CN", "light", TWELVE),
    "bias-light-en": Snapshot(["Right"] * 10, experiment=BIASED),
    "diverged-light-en": Snapshot(["Ctrl+Right"] * 3, "en", "light", DIVERGED),
    "lesson-light-en": Snapshot(["1", "2", "Return"], lesson=(3, 3)),
    "lesson-dark-zh": Snapshot([], "zh_CN", "dark", lesson=(3, 2)),
}

SHOWN: dict[str, tuple[list[str], Experiment]] = {
    "chain_rule": (["Right"] * 10, BENT),
    "gradient_check": (["Right"] * 8, BENT),
    "code": (["Right"] * 9, Experiment()),
    "numbers": (["Right"] * 12, Experiment()),
    "diagnosis": ([], DIVERGED),
    "surface": (["End"], Experiment()),
    "map": ([], replace(Experiment(), epochs=60)),
}
"""For each panel a moment and an experiment at which it has much to show."""


def panel_snapshots() -> Iterator[tuple[str, Snapshot]]:
    """Yield each panel in two languages and two themes, and each theme with both languages."""
    for i, panel in enumerate(NAMES):
        keys, experiment = SHOWN[panel]
        for language, short in (("en", "en"), ("zh_CN", "zh")):
            theme = list(THEMES)[(i + (short == "zh")) % len(THEMES)]
            name = f"panel-{panel}-{theme}-{short}"
            yield name, Snapshot(keys, language, theme, experiment, panel)


SNAPSHOTS |= dict(panel_snapshots())

Pixels = npt.NDArray[np.int16]


def pixels(shown: QImage) -> Pixels:
    """Return height × width × (blue, green, red)."""
    shown = shown.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), -1, 4)
    return rows[:, : shown.width(), :3].astype(np.int16)


def difference(one: QImage, other: QImage) -> npt.NDArray[np.bool_]:
    """Return which pixels differ noticeably."""
    return (np.abs(pixels(one) - pixels(other)) > NOTICEABLE).any(axis=2)


def painted(differs: npt.NDArray[np.bool_]) -> QImage:
    """Return a picture that is black where pixels differ."""
    grey = np.where(differs, np.uint8(0), np.uint8(255)).astype(np.uint8)
    height, width = grey.shape
    return QImage(grey.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_the_window_looks_as_it_did(
    qapp: QApplication, qtbot: QtBot, settings: Settings, tmp_path: Path, name: str
) -> None:
    keys, language, theme, experiment, panel, lesson = SNAPSHOTS[name]
    look = Look(language=language, theme=theme, movement=False)
    program = Chainstep(qapp, settings, replace(look, panel=panel) if panel else look)
    try:
        program.add_parts()
        program.window.resize(*(PANEL_IN[theme] if panel else (1024, 700)))
        with qtbot.waitActive(program.window):
            program.window.show()
            program.window.activateWindow()
        program.window.setFocus()
        settle()
        if experiment != Experiment():
            show_experiment(program, tmp_path, experiment)
        if lesson is not None:
            number, place = lesson
            program.parts.lessons.open(ours()[number - 1].lesson, None, place, number)
            settle()
        press(program, *keys)
        if set(keys) == {"Right"}:
            assert program.session.state.index == len(keys), "a key was lost"
        if panel:
            assert program.parts.panels.isVisible()
            # What came may take room from what is drawn, which is then drawn again.
            for _ in range(3):
                wait_for(lambda: program.parts.panels.done, 20_000)
                settle()
            wait_for(lambda: program.parts.panels.done, 20_000)
        shown = image(program.parts.panels if panel else program.window)
    finally:
        program.window.close()
        program.session.close()
        program.window.deleteLater()
    compare(shown, STORED / f"{name}.png", tmp_path)


def compare(shown: QImage, stored: Path, folder: Path) -> None:
    """Compare with a stored picture, or store it; leave both pictures behind if they differ."""
    if os.environ.get(UPDATE) == "1":
        stored.parent.mkdir(exist_ok=True)
        # Fewer shades, which nobody sees, make the file a good deal smaller.
        coarse = (np.dstack([pixels(shown), pixels(shown)[..., :1]]) & 0xF8).astype(np.uint8)
        height, width, _ = coarse.shape
        kept = QImage(coarse.tobytes(), width, height, 4 * width, QImage.Format.Format_RGB32)
        assert kept.save(str(stored), "PNG", 0)
        return
    expected = QImage(str(stored))
    assert not expected.isNull(), f"{stored} is missing; {UPDATE}=1 stores it"
    assert (shown.width(), shown.height()) == (expected.width(), expected.height())
    differs = difference(shown, expected)
    share = float(differs.mean())
    if share >= ALLOWED:
        actual, marked = folder / f"actual-{stored.name}", folder / f"difference-{stored.name}"
        shown.save(str(actual))
        painted(differs).save(str(marked))
        pytest.fail(f"{share:.2%} of the pixels differ from {stored}: see {actual} and {marked}")


def test_a_difference_is_seen_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(UPDATE, raising=False)
    stored, shown = QImage(100, 100, QImage.Format.Format_RGB32), QImage()
    stored.fill(0xFFFFFF)
    stored.save(str(tmp_path / "stored.png"))
    shown = stored.copy()
    compare(shown, tmp_path / "stored.png", tmp_path)
    for x in range(29):
        shown.setPixel(x, 3, 0xDF0000)
    compare(shown, tmp_path / "stored.png", tmp_path)
    for x in range(10):
        shown.setPixel(x, 4, 0xDF0000)
    with pytest.raises(pytest.fail.Exception, match=r"0\.39% of the pixels"):
        compare(shown, tmp_path / "stored.png", tmp_path)
    assert (tmp_path / "actual-stored.png").exists()
    marked = QImage(str(tmp_path / "difference-stored.png"))
    assert marked.pixelColor(5, 3).value() == 0
    assert marked.pixelColor(5, 5).value() == 255


def test_the_stored_pictures_are_those_and_small() -> None:
    files = sorted(STORED.glob("*"))
    assert [file.stem for file in files] == sorted(SNAPSHOTS)
    assert sum(file.stat().st_size for file in files) < 1_800_000
