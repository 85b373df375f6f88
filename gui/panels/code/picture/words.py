"""The comments and docstrings of the programs, in the language of the window. No Qt.

The code itself, and the number of every line, stay as they are.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.parameters import PARAMETERS
from engine.programs.pytorch import note as pytorch_note
from engine.steps import Structure, steps_of
from engine.words import mark
from gui.language import Say

_REMARKS = (
    mark("A chain of layers."),
    mark("Check the gradients by differences."),
    mark("Check the gradients."),
    mark("Learn from one sample."),
    mark("One neuron and its parameters."),
    mark("One neuron: one weight, one output."),
    mark("Pass the derivative back."),
    mark("Print both, and how far apart."),
    mark("Return f'(z), where a = f(z)."),
    mark("Return the central difference."),
    mark("Return the last epoch's losses."),
    mark("Return the loss with these rows."),
    mark("Return the loss with these weights."),
    mark("Return the output as a number."),
    mark("Return the output of the chain."),
    mark("Return the outputs of all layers."),
    mark("Return the sign of the output."),
    mark("Return weights that are learned."),
    mark("Update the weights with one sample."),
    mark("exp(-z) would overflow"),
    mark("of the gradient check"),
)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Return all remarks: also those of the activations, and those at the algorithms' mistakes."""
    docstrings = (one.code.docstring for one in ACTIVATIONS.values())
    return frozenset(filter(None, (*_REMARKS, *docstrings, *_comments())))


def _comments() -> Iterator[str]:
    for algorithm in ALGORITHMS:
        for step in steps_of(Structure(2, next(iter(ACTIVATIONS)), algorithm, PARAMETERS)):
            yield from (step.words.comment_of(linear=linear) for linear in (True, False))


_TITLE = re.compile(r'"""Train a chain of (?:one neuron|(?P<count>\d+) neurons)\.')
_DOCSTRING = re.compile(r'(?P<before>\s*""")(?P<words>[^"]+)(?P<after>""")')
_COMMENT = re.compile(r"(?P<before>.*# )(?P<words>.+)(?P<after>)")


def translated(lines: tuple[str, ...], say: Say) -> tuple[str, ...]:
    """Return the lines of a program with their remarks translated; each keeps its number."""
    end = lines.index('"""')
    title, note = _TITLE.fullmatch(lines[0]), " ".join(lines[2:end])
    head = [_title(title["count"], say) if title else lines[0], lines[1]]
    said = _note(note, say)
    head += lines[2:end] if said == note else _in_lines(said, end - 2)
    return (*head, *(_line(line, say) for line in islice(lines, end, None)))


def _title(count: str | None, say: Say) -> str:
    if count is None:
        return '"""' + say("Train a chain of one neuron.")
    return '"""' + say.counted(
        "Train a chain of {number} neuron.", "Train a chain of {number} neurons.", int(count)
    )


def _note(note: str, say: Say) -> str:
    for algorithm in ALGORITHMS.values():
        if note == algorithm.note:
            return say(algorithm.note)
        if note == pytorch_note(algorithm):
            return pytorch_note(algorithm, say)
    return note


def _line(line: str, say: Say) -> str:
    for pattern in (_DOCSTRING, _COMMENT):
        found = pattern.fullmatch(line)
        if found and found["words"] in _known():
            return f"{found['before']}{say(found['words'])}{found['after']}"
    return line


def _in_lines(text: str, count: int) -> list[str]:
    """Return a text in so few columns that it takes `count` lines, empty ones at its end."""
    most = math.ceil(sum(map(_columns, text)) / count) + 1
    rows = [""]
    for sign in text:
        wide = sum(map(_columns, rows[-1])) + _columns(sign) > most
        # No line of Chinese begins with a sign of punctuation.
        if wide and len(rows) < count and not unicodedata.category(sign).startswith("P"):
            rows.append("")
        rows[-1] += sign
    return [row.strip() for row in (*rows, *[""] * (count - len(rows)))]


def _columns(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
