"""The labels and numbers of the chain: each has room, whatever the size, the theme, the chain."""

from dataclasses import replace
from itertools import combinations
from math import ceil

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QApplication

from engine import Experiment
from gui.chain.fitting import fitted
from gui.chain.labels import label_places, label_type
from gui.chain.lettering import Type, width_of
from gui.chain.painting import (
    _lines,
    _room,
    path_of,
    rectangle,
)
from gui.chain.picture import ChainPicture, chain_picture
from gui.drawing.ink import Arrow, Box, Stress
from gui.theme import THEMES
from tests.gui import examples

LONG = 5
"""So many letters have no room beside the public derivative, only under it."""

SIZES = [(400, 270), (670, 300), (733, 252), (795, 370), (1000, 500), (1920, 900)]
"""In pixels: what the chain gets in windows of 1024 × 700 to 1920 × 1080."""


def drawn(experiment: Experiment, size: tuple[int, int], theme: str):  # type: ignore[no-untyped-def] # noqa: ANN201
    """Yield the picture of every step of a sample, and the least size of its type."""
    layers, parameters = experiment.layers, len(experiment.parameters)
    enlarged = THEMES[theme].scale
    # A part of the window with larger type is at least as much higher.
    high = max(size[1], round(252 * enlarged))
    fit = fitted(layers, size[0], high, enlarged, parameters)
    least = min(22, ceil(THEMES[theme].size(11) / fit.scale - 0.2))
    for index in range(0, examples.steps(experiment) + 1, max(1, layers // 2)):
        yield chain_picture(examples.state(experiment, index), fit.width, fit.height), least


def labels(picture: ChainPicture, least: int) -> list[tuple[Arrow, str, QRectF]]:
    return [
        (arrow, text, where)
        for arrow in picture.arrows
        if arrow.label
        for text, where in label_places(arrow, label_type(arrow, least))
    ]


def leads_through(path: QPainterPath, where: QRectF) -> bool:
    return any(where.contains(path.pointAtPercent(k / 200)) for k in range(201))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize(
    ("activation", "algorithm", "biased"),
    [
        ("identity", "backprop", False),
        ("sigmoid", "backprop", False),
        ("tanh", "front_to_back", False),
        ("relu", "own_output", False),
        ("identity", "sign_flipped", False),
        ("softplus", "backprop", True),
        ("leaky_relu", "front_to_back", True),
        ("identity", "sign_flipped", True),
    ],
)
def test_no_path_leads_through_a_label(
    qapp: QApplication,
    size: tuple[int, int],
    theme: str,
    activation: str,
    algorithm: str,
    *,
    biased: bool,
) -> None:
    assert qapp
    for layers in (1, 2, 3, 5, 8, 12):
        experiment = examples.experiment(layers, activation, algorithm, biased=biased)
        for picture, least in drawn(experiment, size, theme):
            found = labels(picture, least)
            paths = [path_of(arrow.points, curved=arrow.curved) for arrow in picture.arrows]
            near = [path.boundingRect().adjusted(-1, -1, 1, 1) for path in paths]
            boxes = [rectangle(box) for box in picture.boxes]
            for arrow, text, where in found:
                for other, path, around in zip(picture.arrows, paths, near, strict=True):
                    if other is not arrow and around.intersects(where):
                        assert not leads_through(path, where), (layers, text, other.label)
                inside = where.adjusted(2, 5, -2, -5)
                for box, place in zip(picture.boxes, boxes, strict=True):
                    assert not place.intersects(inside), (layers, text, box.symbol)
            for (_, one, at), (_, two, there) in combinations(found, 2):
                assert not at.intersects(there), (layers, one, two)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("theme", ["light", "projector"])
def test_what_enters_a_gradient_stands_clear_of_its_box_and_of_what_shines_there(
    qapp: QApplication, size: tuple[int, int], theme: str
) -> None:
    assert qapp
    seen = 0
    for layers in (1, 2, 3):
        experiment = examples.experiment(layers, "identity", "backprop")
        for picture, least in drawn(experiment, size, theme):
            for arrow, text, where in labels(picture, least):
                for box in picture.boxes if arrow.dotted else ():
                    glow = 9 if box.stress is Stress.RESULT else 1
                    around = rectangle(box).adjusted(-glow, -glow, glow, glow)
                    # Above and below the letters of a longer one there is air.
                    written = where if len(text) < LONG else where.adjusted(0, 2, 0, -2)
                    outline = shape_path(box.kind, around)
                    assert not outline.intersects(written), (layers, text, box.symbol)
                seen += arrow.dotted
    assert seen, "each factor comes by a dotted way"


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("weight", [-0.05, 0.5, -2e-9, 5e-324, 1.7e308])
def test_numbers_keep_clear_of_the_round_outline_of_their_box(
    qapp: QApplication, size: tuple[int, int], theme: str, weight: float
) -> None:
    assert qapp
    experiment = replace(examples.experiment(4, "identity", "backprop"), weights=(weight,) * 4)
    enlarged = THEMES[theme].scale
    fit = fitted(4, size[0], max(size[1], round(252 * enlarged)), enlarged)
    least = min(22, ceil(THEMES[theme].size(11) / fit.scale - 0.2))
    for box in chain_picture(examples.state(experiment, 17), fit.width, fit.height).boxes:
        outline = shape_path(box.kind, rectangle(box).adjusted(2, 2, -2, -2))
        for text, kind, centre, width in lines_of(box, least):
            written = min(width_of(text, kind), width)
            where = QRectF(0, 0, written, 0.7 * kind.pixels * written / width_of(text, kind))
            where.moveCenter(centre)
            assert outline.contains(where), (box.kind, text)


def lines_of(box: Box, least: int) -> list[tuple[str, Type, QPointF, float]]:
    return [
        (line.text, line.kind, QPointF(box.x, box.y + line.down), _room(box, line))
        for line in _lines(box, least)
        if line.text and line.kind.bold
    ]


def shape_path(kind: str, where: QRectF) -> QPainterPath:
    path = QPainterPath()
    if kind == "circle":
        path.addEllipse(where)
    else:
        corner = where.height() / 2 if kind == "pill" else 9
        path.addRoundedRect(where, corner, corner)
    return path
