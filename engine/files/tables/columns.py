"""Which columns of a table are x and the target, and whether its first row names them."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from engine.files.tables.cells import is_missing, is_number, looks_like_number
from engine.files.tables.rows import Row

_X = (
    frozenset({"x", "input", "inputs", "输入", "输入值", "輸入", "輸入值"}),
    frozenset({"in", "feature", "features", "x0", "x1", "自变量", "特征", "自變量", "特徵"}),
)
_TARGET = (
    frozenset({"target", "targets", "label", "labels", "ê", "e^", "目标", "目标值"})
    | frozenset({"标签", "目標", "目標值", "標籤"}),
    frozenset({"y", "t", "e", "output", "outputs", "out", "expected", "desired"})
    | frozenset({"输出", "输出值", "期望", "期望值", "因变量", "標註", "输出目标", "輸出"}),
)
"""Names of the two columns: first those that are certain, then those that are likely."""


_COUNTING = frozenset(
    {"", "index", "id", "no", "no.", "nr", "nr.", "#", "n", "i", "row"}
) | frozenset({"unnamed: 0", "序号", "编号", "行号", "序號", "編號"})


class Columns(NamedTuple):
    """The columns of x and of the target, counted from 0; whether the first row names them.

    `sure` is False where they were merely the likeliest, `named` True where the heading says it.
    `counting` is a column that only counts the rows.
    """

    x: int
    target: int
    heading: bool
    sure: bool = True
    named: bool = False
    counting: int | None = None


def with_row_names(rows: Sequence[Row], width: int) -> list[Row]:
    """Return the rows with a first cell added to a heading that has none for the rows' names.

    So R writes them.
    """
    first, *body = rows
    names = first.cells
    short = width > 2 and len(names) == width - 1  # noqa: PLR2004 - x and target
    if not (short and body) or any(is_missing(name) or looks_like_number(name) for name in names):
        return list(rows)
    if not all(len(row.cells) == width and is_number(row.cells[-1]) for row in body):
        return list(rows)
    return [first._replace(cells=["", *names]), *body]


def found_columns(rows: Sequence[Row], width: int) -> Columns:
    """Return which of the `width` columns of a table are x and the target."""
    body = rows[1:]
    head = [*rows[0].cells[:width], *[""] * (width - len(rows[0].cells))]
    live = [c for c in range(width) if any(c < len(row.cells) and row.cells[c] for row in rows)]
    counting = _index(rows, live) if len(live) > 2 else None  # noqa: PLR2004 - x and target
    names = [head[c] for c in live]
    if len(live) > 2 and names[0].casefold() in _COUNTING:  # noqa: PLR2004 - of the rows, no name
        del names[0]
    heading = not any(is_missing(n) or looks_like_number(n) for n in names)
    if heading and (pair := _named(head, live)):
        x, target = pair
        return Columns(x, target, heading=True, named=True, counting=counting)
    if len(live) == 2:  # noqa: PLR2004 - x and target
        return Columns(live[0], live[1], heading=heading)
    if heading and counting is not None and len(live) == 3:  # noqa: PLR2004 - and their number
        return Columns(live[1], live[2], heading=True, counting=counting)
    return _likeliest(body or rows, [c for c in live if c != counting], heading=heading)


def _index(rows: Sequence[Row], live: Sequence[int]) -> int | None:
    """Return the first column where it counts the rows below the heading, from 0 or from 1.

    A single row is counted where the name of the column says so.
    """
    column = live[0]
    name, *cells = [row.cells[column] if column < len(row.cells) else "" for row in rows]
    counts = any(cells == [str(k + start) for k in range(len(cells))] for start in (0, 1))
    several = len(cells) > 1 or name.casefold() in _COUNTING
    return column if cells and counts and several else None


def _named(head: Sequence[str], live: Sequence[int]) -> tuple[int, int] | None:
    """Return the columns of x and target by their names, or by that of one of two."""
    names = {column: _words(head[column]) for column in live}
    x, target = (_called(names, known) for known in (_X, _TARGET))
    if len(live) == 2 and x != target:  # noqa: PLR2004 - the other one
        x = sum(live) - target if x is None and target is not None else x
        target = sum(live) - x if target is None and x is not None else target
    return (x, target) if x is not None and target is not None and x != target else None


def _called(names: dict[int, set[str]], known: Sequence[frozenset[str]]) -> int | None:
    for words in known:
        found = [column for column, name in names.items() if name & words]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _words(name: str) -> set[str]:
    """Return a name of a column in small letters, whole and its first word: x (m) is x."""
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    plain = plain.replace("e\u0302", "ê")
    first = re.split(r"[\s(\[{:;,_/=|-]", plain, maxsplit=1)[0]
    return {plain, first}


def _likeliest(rows: Sequence[Row], live: Sequence[int], *, heading: bool) -> Columns:
    """Return the two columns that hold the most numbers, the first ones where many do."""

    def numbers(column: int) -> int:
        return sum(1 for row in rows if column < len(row.cells) and is_number(row.cells[column]))

    best = sorted(sorted(live, key=numbers, reverse=True)[:2])
    x, target = (*best, *best, 0, 0)[:2]
    return Columns(x, target, heading=heading, sure=False)
