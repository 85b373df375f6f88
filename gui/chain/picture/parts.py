"""The boxes of the chain's picture as words: for the ring of the keys, and for who listens. No Qt.

Everything is read off the boxes that are painted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gui.chain.picture import ChainPicture
from gui.drawing.ink import Box, Stress
from gui.language import Say, speech
from gui.language.joining import groups, labelled
from gui.state import Pointed, State
from gui.state.intents import EditParameter, Intent, Present, Teach


@dataclass(frozen=True, slots=True)
class Part:
    """A box in words; `name` tells which number of the chain it is.

    `words` are its symbol and its number as it is written there, or that it is not computed yet,
    and what else stands in it; `value` has all digits and is empty where nothing is computed yet;
    `role` says what the present step has to do with it, if anything; `hint` is its tool tip.
    `where` are left edge, top, width and height in units of the scene. `action` is what a click
    wants, if anything, and `verb` says that.
    """

    name: Pointed
    words: str
    value: str
    role: str
    hint: str
    where: tuple[float, float, float, float]
    action: Intent | None
    verb: str


def parts_of(state: State, picture: ChainPicture) -> tuple[Part, ...]:
    """Return the boxes of a picture in words, in its order: rail by rail, from left to right."""
    say = speech(state.look.locale)
    return tuple(_part(box, box.name, say) for box in picture.boxes if box.name is not None)


def _part(box: Box, name: Pointed, say: Say) -> Part:
    return Part(
        name=name,
        words=_words(box, say),
        value=box.full,
        role=_role(box, say),
        hint=box.hint,
        where=(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height),
        action=box.wish,
        verb=_verb(box, say),
    )


def _words(box: Box, say: Say) -> str:
    if box.stress is Stress.EMPTY:
        told = labelled(box.symbol, say("not computed yet"), say)
    else:
        told = f"{box.symbol} = {box.number}"
    former = say("{number} before").format(number=box.former) if box.former else ""
    return groups(filter(None, (told, former, box.remark, box.note)), say)


def _role(box: Box, say: Say) -> str:
    if box.stress is Stress.RESULT:
        return say("the result of this step")
    return say("used in this step") if box.stress is Stress.USED else ""


def _verb(box: Box, say: Say) -> str:
    if box.wish is None:
        return ""
    if isinstance(box.wish, Present):
        return say("Show this number")
    if isinstance(box.wish, Teach):
        return say("Choose this one")
    if isinstance(box.wish, EditParameter):
        return say("Edit the initial value")
    return say("Go to the step that computes it")


def beside(parts: Sequence[Part], at: Part, right: int, down: int) -> Part:
    """Return the part beside `at`: `right` and `down` are −1, 0 or 1; at an edge, `at` itself.

    To the left and right it is the next in the same row; up and down the nearest of the next row.
    """
    if right:
        row = _row(parts, at)
        place = row.index(at) + right
        return row[place] if 0 <= place < len(row) else at
    middle, level = _middle(at)
    further = [part for part in parts if down * (_middle(part)[1] - level) > 1]
    if not further:
        return at
    nearest = min(abs(_middle(part)[1] - level) for part in further)
    row = [part for part in further if abs(abs(_middle(part)[1] - level) - nearest) < 1]
    return min(row, key=lambda part: (round(abs(_middle(part)[0] - middle)), -part.where[0]))


def end_of_row(parts: Sequence[Part], at: Part, *, last: bool) -> Part:
    """Return the first or the last part of the row of `at`."""
    return _row(parts, at)[-1 if last else 0]


def _row(parts: Sequence[Part], at: Part) -> list[Part]:
    level = _middle(at)[1]
    row = [part for part in parts if abs(_middle(part)[1] - level) < 1]
    return sorted(row, key=lambda part: part.where[0])


def _middle(part: Part) -> tuple[float, float]:
    left, top, width, height = part.where
    return left + width / 2, top + height / 2
