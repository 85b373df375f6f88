"""The table: its columns, and how figures are written."""

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One thing that was measured.

    `measured` is the figure itself, `against` its ratio to something else and to what, `mark` what
    is to be reached, and `reached` whether it is; None where there is no mark, or no figure.
    """

    what: str
    measured: str
    against: str = ""
    mark: str = ""
    reached: bool | None = None


_HEAD = Row("what", "measured", "ratio, against what", "mark")
_WIDTHS = (36, 36, 46, 8)
_ANSWERS = {True: "reached", False: "MISSED", None: ""}


def head() -> str:
    """Return the head of the table."""
    return f"{line(_HEAD)}\n{'─' * (sum(_WIDTHS) + 2 * len(_WIDTHS) + len('reached'))}"


def line(row: Row) -> str:
    """Return a row as a line."""
    cells = zip(row[:4], _WIDTHS, strict=True)
    texts = [f"{text:<{width}}" for text, width in cells]
    return "  ".join((*texts, _ANSWERS[row.reached])).rstrip()


def missing(what: str, why: str) -> Row:
    """Return the row of what could not be measured."""
    return Row(what, "–", why)


def speed(updates: int, seconds: float) -> str:
    """Return how many updates a second that is."""
    return f"{updates / seconds / 1e6:.3g} M updates/s"


def duration(seconds: float) -> str:
    """Return a time in a unit that suits it."""
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1e3:.3g} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.3g} µs"  # noqa: PLR2004


def agreement(same: bool, other: str) -> str:  # noqa: FBT001 - the condition of a sentence
    """Return whether ours and another came to the same numbers."""
    return f"same numbers as {other}" if same else f"NOT THE NUMBERS OF {other}"


def at_least(ratio: float, least: float, against: str) -> tuple[str, str, bool]:
    """Return the last three cells for a ratio of speeds that must not be smaller."""
    return f"{ratio:.3g} × {against}", f"≥ {least:g} ×", ratio >= least


def at_most(ratio: float, most: float, against: str) -> tuple[str, str, bool]:
    """Return the last three cells for a ratio of times that must not be larger."""
    return f"{ratio:.3g} × {against}", f"≤ {most:g} ×", ratio <= most


def within(seconds: Iterable[float], most: float, against: str = "") -> tuple[str, str, str, bool]:
    """Return all cells but the first for times whose p99 must not be longer."""
    middle, late, last = spread(seconds)
    told = f"{duration(middle)}, p99 {duration(late)}, max {duration(last)}"
    share = f"p99 is {late / most:.2g} of {against or 'the mark'}"
    return told, share, f"≤ {duration(most)}", late <= most


def spread(seconds: Iterable[float]) -> tuple[float, float, float]:
    """Return the median, the 99th percentile and the maximum."""
    ordered = sorted(seconds)
    last = len(ordered) - 1
    return ordered[last // 2], ordered[round(0.99 * last)], ordered[last]
