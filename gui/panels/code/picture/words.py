"""The comments and docstrings of the programs, in the language of the window. No Qt.

The code itself, and the number of every line, stay as they are.
"""

import math
import re
import unicodedata
from itertools import islice

from engine.chain import ALGORITHMS
from engine.problem import mark
from engine.programs.parts import NOTES
from engine.programs.pytorch import note as pytorch_note
from gui.language.joining import Say

_REMARKS = (
    mark("A chain of layers."),
    mark("Check the gradients by differences."),
    mark("Check the gradients."),
    mark("One neuron: one weight, one output."),
    mark("Pass the derivative back."),
    mark("Print both, and how far apart."),
    mark("Return f'(z), where a = f(z)."),
    mark("Return the central difference."),
    mark("Return the last epoch's losses."),
    mark("Return the loss with these weights."),
    mark("Return the output as a number."),
    mark("Return the output of the chain."),
    mark("Return the outputs of all layers."),
    mark("Return the sign of the output."),
    mark("Return weights that are learned."),
    mark("The activation, relu."),
    mark("The activation, the sigmoid."),
    mark("The activation."),
    mark("Update the weights with one sample."),
    mark("exp(-z) would overflow"),
    mark("of the gradient check"),
    mark("wrong: f'(z) = 1 is left out"),
    mark("wrong: f'(z) is left out"),
    mark("wrong: from first to last layer"),
    mark("wrong: should be the layer's input"),
    mark("wrong: the sign is wrong"),
    mark("wrong: the weight changes too early"),
)

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
    one, several = say("Train a chain of one neuron."), say("Train a chain of {count} neurons.")
    return '"""' + (several.format(count=count) if count else one)


def _note(note: str, say: Say) -> str:
    for algorithm in ALGORITHMS:
        if note == NOTES[algorithm]:
            return say(NOTES[algorithm])
        if note == pytorch_note(algorithm):
            return pytorch_note(algorithm, say)
    return note


def _line(line: str, say: Say) -> str:
    for pattern in (_DOCSTRING, _COMMENT):
        found = pattern.fullmatch(line)
        if found and found["words"] in _REMARKS:
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
