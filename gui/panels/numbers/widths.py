"""How wide the columns of the tables are: the widest text that can come, not the widest now."""

from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetrics

from engine import Experiment
from gui.language import speech
from gui.language.numbers import POINT, given, rounded
from gui.panels.numbers.picture.history import COUNTS, PRESENT, HistoryTable
from gui.panels.numbers.picture.sample import SampleTable
from gui.panels.numbers.picture.values import entries, entry_name
from gui.theme import Theme, dressed, text_font
from gui.widgets.table.cells import PAD, cell_font

_WIDEST = (-8.888888888888888e-05, -8.888888888888888e-10)
"""Written out, and with a power of ten; an even smaller number is shown with fewer digits."""

_GAP = 5
"""In pixels, at the ordinary size of type: between the history's columns, which can scroll."""

_LEAST = 66
"""In pixels, at the ordinary size of type: a number in a column that has to give way."""

_LEAST_WORDS = 80
"""In pixels, at the ordinary size of type: what a number is, in a column that has to give way."""

_ARROW = "↓"

Widths = tuple[int, ...]


def sample_widths(table: SampleTable, room: int) -> Widths:
    """Return the widths of this sample's table; a column without room has none.

    The numbers come first: what a number is and its layer, which its symbol tells too, give way.
    """
    look, experiment = table.state.look, table.state.run.experiment
    heads = tuple(table.heading(column) for column in range(table.columns))
    names = _names(experiment, look.locale, dressed(look))
    return _shared(heads, names, look.digits, dressed(look), room)


@lru_cache(maxsize=8)
def _shared(
    heads: tuple[str, ...], names: tuple[int, int], digits: int, theme: Theme, room: int
) -> Widths:
    """Share the room: `heads` are those of a name, what it is, its layer, and numbers."""
    font = _head_font(theme)
    (name, kind), layer = names, _width([heads[2] + _ARROW], font, theme)
    numbers = len(heads) - 3
    each = max(_number(digits, theme), _width([h + _ARROW for h in heads[3:]], font, theme))
    if name + layer + numbers * each > room:
        layer = 0
    if name + kind + layer + numbers * each > room:
        left = room - name - numbers * each
        kind, layer = (min(kind, left), 0) if left >= theme.size(_LEAST_WORDS) else (0, layer)
    if not kind:
        each = max((room - name - layer) // numbers, theme.size(_LEAST))
    return (room - kind - layer - numbers * each, kind, layer, *[each] * numbers)


def history_widths(table: HistoryTable, theme: Theme, room: int) -> Widths:
    """Return the widths of the history's table in a room: the columns that count have none.

    The heads of the rows tell what those do. x, ê, e and L fit into the room, if need be with
    fewer digits; parameters and gradients are seen by scrolling.
    """
    return _history(table.run.experiment, table.digits, theme, room)


@lru_cache(maxsize=8)
def _history(experiment: Experiment, digits: int, theme: Theme, room: int) -> Widths:
    gap, least, font = theme.size(_GAP), theme.size(_LEAST), cell_font(theme, bold=True)
    xs = [given(sample.x, digits, POINT) for sample in experiment.samples]
    targets = [given(sample.target, digits, POINT) for sample in experiment.samples]
    most = max(least // 2, (room - 2 * least) // 2)
    typed = [min(most, _width(texts, font, theme) + gap) for texts in (xs, targets)]
    each = max(least, min(_number(digits, theme) + gap, (room - sum(typed)) // 2))
    return (*[0] * COUNTS, *typed, *[each] * (2 + 2 * len(experiment.theta)))


def row_heads_width(table: HistoryTable, theme: Theme) -> int:
    """Return the width of the heads of the history's rows."""
    epochs, samples = table.most
    last = f"{PRESENT}{epochs}·{samples}" if samples > 1 else f"{PRESENT}{epochs}"
    number = _width([last], cell_font(theme, bold=True), theme) + theme.size(3)
    return max(number, _width([table.row_heading], _head_font(theme), theme))


@lru_cache(maxsize=8)
def _names(experiment: Experiment, language: str, theme: Theme) -> tuple[int, int]:
    """Return how wide the names of an experiment's numbers are, and what they are."""
    say = speech(language)
    found = entries(experiment)
    names = {entry_name(entry, say) for entry in found}
    kinds = {say(entry.kind.name) for entry in found}
    bar = theme.size(3)
    return (
        _width(names, cell_font(theme, symbol=True), theme) + bar,
        _width(kinds, cell_font(theme, note=True), theme),
    )


@lru_cache(maxsize=8)
def _number(digits: int, theme: Theme) -> int:
    texts = [rounded(value, digits, POINT) for value in _WIDEST]
    return _width(texts, cell_font(theme, bold=True), theme)


def _width(texts: Iterable[str], font: QFont, theme: Theme) -> int:
    metrics = QFontMetrics(font)
    return max(map(metrics.horizontalAdvance, texts)) + 2 * theme.size(PAD) + 1


def _head_font(theme: Theme) -> QFont:
    return text_font(theme.size(12))
