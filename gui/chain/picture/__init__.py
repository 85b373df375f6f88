"""The picture of the chain: what is where, and how strongly it stands out. No Qt.

The upper rail runs from left to right and carries values; the lower one runs from right to left and
carries the public derivative (the upstream gradient), with each weight's gradient below it.
"""

from dataclasses import dataclass, replace

from engine import Experiment, Phase
from gui.chain.picture.boxes import Boxes
from gui.chain.picture.layout import RADIUS, Layout
from gui.chain.picture.paths import Paths
from gui.chain.picture.scene import Scene
from gui.drawing.ink import Arrow, Box, Caption, Ink, Stress, Token
from gui.language.covering import is_covered
from gui.state import State
from gui.state.intents import Present, Teach
from gui.words import symbols


@dataclass(frozen=True, slots=True)
class ChainPicture:
    """Boxes, arrows and captions in a scene of `width` × `height`; `focus` is where to look.

    `tokens` are what moves while the present step is animated, `neurons` the place of every aᵢ
    and whether it is known.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    captions: tuple[Caption, ...]
    tokens: tuple[Token, ...]
    focus: float
    neurons: tuple[tuple[float, bool], ...]


def chain_picture(
    state: State, width: float, height: float, seen: tuple[float, float] | None = None
) -> ChainPicture:
    """Describe the chain at the present step, stretched to about `width` × `height`.

    `seen` leaves away the layers outside of a left and a right edge.
    """
    experiment = state.run.experiment
    layout = layout_of(experiment, width, height)
    layers = layout.between(*seen) if seen else range(1, experiment.layers + 1)
    scene, paths = Scene(state, layout), Paths(state, layout)
    arrows = paths.of(layers)
    return ChainPicture(
        width=layout.width,
        height=layout.height,
        boxes=_wishing(Boxes(state, layout).of(layers), state),
        arrows=arrows,
        captions=_captions(scene, dashed=any(map(_is_dashed, arrows))),
        tokens=paths.tokens(),
        focus=focus(state, layout),
        neurons=tuple(
            (layout.x(i), output is not None) for i, output in enumerate(state.moment.outputs)
        ),
    )


def _wishing(boxes: tuple[Box, ...], state: State) -> tuple[Box, ...]:
    """Return the boxes; where a lesson asks to point, a click on any of them answers.

    Before a class, a click on a covered number shows it.
    """
    if not state.picks and state.presenter is not None and state.presenter.covers:
        return tuple(_showing(box, state) for box in boxes)
    if not state.picks:
        return boxes
    return tuple(replace(box, wish=Teach("point", box.name)) for box in boxes)


def _showing(box: Box, state: State) -> Box:
    name, numbers = box.name, state.moment.numbers
    covered = name is not None and is_covered(numbers.get(name))
    return replace(box, wish=Present("show", name)) if covered else box


def layout_of(experiment: Experiment, width: float, height: float) -> Layout:
    """Return where everything stands in a picture of about `width` × `height`."""
    return Layout.fitting(experiment.layers, width, height, len(experiment.parameters))


def focus(state: State, layout: Layout) -> float:
    """Return where to look at the present step."""
    step = state.moment.step
    if step is None:
        return layout.x(0)
    if step.phase is Phase.SEED:
        receives = step.result.layer
        return layout.loss_x if receives == layout.layers else layout.x(receives)
    if step.phase is Phase.LOSS:
        return layout.loss_x
    return layout.middle(step.layer)


def _is_dashed(arrow: Arrow) -> bool:
    return arrow.dashed and arrow.stress is not Stress.EMPTY


def _captions(scene: Scene, *, dashed: bool) -> tuple[Caption, ...]:
    at, say = scene.at, scene.say
    forward = say("forward: values →")
    if dashed:
        forward = say("forward: values → · dashed where w < 0")
    left = at.left - RADIUS
    backward = say(
        "← backward: upstream gradient (the article's public derivative: the factor that all"
        " earlier layers share)"
    )
    if not symbols.is_public(1, scene.experiment):
        backward = say(
            "← backward: p instead of the upstream gradient (the article's public derivative: the"
            " factor that all earlier layers share)"
        )
    if scene.from_the_front:
        backward = say("in the wrong direction, from the first layer to the last: p →")
    return (
        Caption(left, at.caption, forward, Ink.FORWARD),
        Caption(left, at.lower_caption, backward, Ink.BACKWARD),
    )
