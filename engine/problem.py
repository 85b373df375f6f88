"""What is wrong with an input, in one sentence that can be said in any language."""

import math
import reprlib
from numbers import Real
from typing import NamedTuple


class Spot(NamedTuple):
    """Where in an experiment something is: `Spot("weights", 2)` is the third weight."""

    field: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Return the spot as Python would write it: `weights[2]`, `samples[0].target`."""
        row = "" if self.row is None else f"[{self.row}]"
        column = "" if self.column is None else f".{self.column}"
        return f"{self.field}{row}{column}"


class Problem(ValueError):  # noqa: N818 - it is what the user reads about
    """Something that can't be accepted: it names what, the value, and what is allowed.

    `template` is the English sentence with named gaps, so that a window can look the sentence
    up in another language first and fill in `values` afterwards. `spot` is None where the
    fault is not in a field of an experiment.
    """

    def __init__(self, template: str, spot: Spot | None = None, **values: object) -> None:
        super().__init__(template, spot, values)
        self.template = template
        self.spot = spot
        self.values = values

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.template.format(spot=self.spot, **self.values)


def mark(text: str) -> str:
    """Return `text` unchanged; it marks a sentence for the translators."""
    return text


def shown(value: object) -> str:
    """Return how a refused value is quoted in a sentence: short, and with quotes round text."""
    try:
        text = reprlib.repr(value)
        return text.removesuffix(".0") if isinstance(value, float) else text
    except ValueError:
        # Python does not write out whole numbers of more than some thousand digits.
        return "…"


def finite(value: object, spot: Spot) -> float:
    """Return `value` as a float, or raise a `Problem` that names `spot`."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise Problem(mark("{spot} must be a number, not {value}."), spot, value=shown(value))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Problem(
            mark("{spot} must be a finite number, not {value}."), spot, value=shown(value)
        )
    return number
