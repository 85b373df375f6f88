"""The rows of factors as parts for a screen reader: each gradient, then its factors."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF

from engine.quantities import Name
from engine.words import Say
from gui.drawing.ink import Stress
from gui.language.joining import groups, labelled
from gui.panels.chain_rule.layout import Cursor, RowPlace
from gui.panels.chain_rule.picture import Chip, RowPicture
from gui.widgets.accessible import Item


class Placed(NamedTuple):
    """A row, where its chips stand within it, and where it begins on screen."""

    place: RowPlace
    row: RowPicture
    at: QPointF


def name_of(row: RowPicture, chip: int | None) -> Name | None:
    """Return the number that a chip stands for; the first line of a row is its gradient."""
    return row.gradient if chip is None else row.chips[chip].name


def at_chip(row: RowPicture, chip: int, say: Say) -> str:
    """Return the gradient of a row, and the chip that the keys are on."""
    return labelled(row.title, row.chips[: chip + 1][-1].hint, say)


def key_of(row: RowPicture, chip: int) -> tuple[object, int]:
    """Return what a chip is known by."""
    return row.name, chip


def items(rows: Iterable[Placed], cursor: Cursor | None, width: int, say: Say) -> Iterator[Item]:
    """Yield the rows, `width` pixels wide, and their chips; the keys are on that of the cursor."""
    for number, (place, row, at) in enumerate(rows):
        whole = QRect(0, round(at.y()), width, round(place.inside))
        about = "\n".join(filter(None, (row.sentence, row.hint)))
        yield Item((row.name, -1), _row_words(row, say), about, where=whole)
        chosen = cursor.chip if cursor is not None and cursor.row == number else None
        for i, (chip, there) in enumerate(zip(row.chips, place.chips, strict=True)):
            yield Item(
                key_of(row, i),
                _chip_words(chip, say),
                "\n".join(filter(None, (_role(chip, say), chip.tip))),
                chip.number,
                where=QRectF(there.where.translated(at)).toAlignedRect(),
                focused=i == chosen,
            )


def _row_words(row: RowPicture, say: Say) -> str:
    known = f"{row.title} = {row.value}"
    told = known if row.value else labelled(row.title, say("not computed yet"), say)
    return groups(filter(None, (told, f"≠ {row.other}" if row.other else "")), say)


def _chip_words(chip: Chip, say: Say) -> str:
    if chip.factor.left_out:
        return f"{chip.text} = {chip.number}" if chip.number else chip.text
    known = f"{chip.text} = {chip.number}"
    told = known if chip.number else labelled(chip.text, say("not computed yet"), say)
    letter = say("letter {letter}").format(letter=chip.factor.mark) if chip.factor.mark else ""
    return groups(filter(None, (told, letter)), say)


def _role(chip: Chip, say: Say) -> str:
    if chip.stress is Stress.RESULT:
        return say("the result of this step")
    return say("already taken in by the backward pass") if chip.stress is Stress.USED else ""
