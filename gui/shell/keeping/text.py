"""What is kept, as JSON: every float reads back to the same bits.

The experiments of a session are a list in which each is told by what distinguishes it from the
one before; all else names them by their places in that list. So an edit takes a few bytes.
"""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from engine import Experiment, Sample, UserError
from engine.parameters import WEIGHT, name_of
from engine.words import mark
from gui.state import Look, Past
from gui.state.limits import fits
from gui.state.record import Entry, Kept
from gui.state.views import Views

SESSION, RECENT, VERSION = "chainstep session", "chainstep recent", 1

LARGEST = 1 << 20
"""In bytes: a session that would take more forgets the oldest of its edits."""

LONGEST_READ = 4 * LARGEST
"""In bytes: what is longer was not written here."""

_MOST_EXPERIMENTS = 5000
"""No session has more: its edits are limited."""

SYSTEM = frozenset({"dark_system", "reduced_motion"})
"""What the system says of the look; it is asked anew at every start."""

_BROKEN = mark("The last session is damaged and was not restored; its file is kept: {value}")
_NEWER = mark("The last session is from a newer Chainstep; its file is kept: {value}")


def session_text(kept: Kept) -> str:
    """Return the text of a session."""
    undo, redo = kept.undo, kept.redo
    text = _session_text(kept, undo, redo)
    while len(text) > LARGEST and undo + redo:
        undo, redo = _latest_half(undo), _latest_half(redo)
        text = _session_text(kept, undo, redo)
    return text


def _latest_half(pasts: tuple[Past, ...]) -> tuple[Past, ...]:
    return pasts[(len(pasts) + 1) // 2 :]


def _session_text(kept: Kept, undo: tuple[Past, ...], redo: tuple[Past, ...]) -> str:
    from gui.shell.keeping.views import views_content  # noqa: PLC0415 - as below

    experiments = _Experiments()
    return _dumped(
        SESSION,
        present=experiments.document(kept.present),
        undo=[experiments.document(past) for past in reversed(undo)],
        redo=[experiments.document(past) for past in reversed(redo)],
        reference=experiments.place(kept.reference),
        look=_look_content(kept.look),
        views=views_content(kept.views),
        experiments=experiments.rows,
    )


def session_from(text: str) -> Kept:
    """Read a session. Raises `UserError` with room for the name of the file that can't be read."""
    try:
        content = _parsed(text, SESSION)
        experiments = _experiments_from(content["experiments"])
        return Kept(
            _document_from(content["present"], experiments, shown=True),
            tuple(_document_from(row, experiments) for row in reversed(content["undo"])),
            tuple(_document_from(row, experiments) for row in reversed(content["redo"])),
            _at(experiments, content["reference"]),
            _look_from(content["look"]),
            _views_from(content.get("views")),
        )
    except UserError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        raise _damaged() from None


def _views_from(content: object) -> Views:
    if not content:
        return ()
    # Most starts need no panel's view: the window is seen earlier without them.
    from gui.shell.keeping.views import views_from  # noqa: PLC0415

    return views_from(content)


def recent_text(entries: Iterable[Entry]) -> str:
    """Return the text of the list of recent experiments."""
    return _dumped(RECENT, entries=[_entry_content(entry) for entry in entries])


def recent_from(text: str) -> tuple[Entry, ...]:
    """Read the list; what can't be read of it is left out. Raises `UserError` where nothing can."""
    try:
        rows = list(_parsed(text, RECENT)["entries"])
    except UserError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise _damaged() from None
    found = map(_entry_from, rows)
    return tuple(sorted(filter(None, found), key=lambda entry: entry.time, reverse=True))


def _damaged() -> UserError:
    return UserError(_BROKEN, value="")


def _dumped(kind: str, **content: object) -> str:
    return json.dumps({"format": kind, "version": VERSION, **content}, separators=(",", ":"))


def _parsed(text: str, kind: str) -> dict[str, Any]:
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("format") != kind:
        raise _damaged()
    version = content.get("version")
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise UserError(_NEWER, value="")
    return content


def _entry_content(entry: Entry) -> dict[str, object]:
    experiments = _Experiments()
    document = experiments.document(entry.document)
    return {"time": entry.time, "document": document, "experiments": experiments.rows}


def _entry_from(row: Any) -> Entry | None:  # noqa: ANN401 - JSON may be anything
    try:
        document = _document_from(row["document"], _experiments_from(row["experiments"]))
        time = float(row["time"])
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        return None
    return Entry(document, time) if math.isfinite(time) else None


class _Experiments:
    """The list of experiments in the making."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []
        self._places: dict[Experiment, int] = {}
        self._latest: Experiment | None = None

    def place(self, experiment: Experiment | None) -> int | None:
        """Return the place of an experiment in the list; it comes in where it is new."""
        if experiment is None:
            return None
        if experiment not in self._places:
            self._places[experiment] = len(self.rows)
            self.rows.append(_difference(self._latest, experiment))
            self._latest = experiment
        return self._places[experiment]

    def document(self, past: Past) -> dict[str, object]:
        """Return what is written of an experiment and its file."""
        return {
            "experiment": self.place(past.experiment),
            "path": None if past.path is None else str(past.path.absolute()),
            "saved": self.place(past.saved),
            "beside": self.place(past.beside),
            "place": past.place,
        }


def _difference(before: Experiment | None, now: Experiment) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in fields(Experiment):
        new, old = getattr(now, field.name), getattr(before, field.name, None)
        if not isinstance(new, tuple):
            if repr(new) != repr(old):
                found[field.name] = new
            continue
        rows = _other_rows(old, new)
        if rows is None or 2 * len(rows) >= len(new):
            found[field.name] = [_row(row) for row in new]
        elif rows:
            found[field.name] = rows
    return found


def _other_rows(old: tuple[Any, ...] | None, new: tuple[Any, ...]) -> dict[str, object] | None:
    """Return the rows that differ by their numbers; None where there are more or fewer of them."""
    if old is None or len(old) != len(new):
        return None
    pairs = enumerate(zip(old, new, strict=True))
    return {str(i): _row(b) for i, (a, b) in pairs if a is not b and repr(a) != repr(b)}


def _row(row: object) -> object:
    return [row.x, row.target] if isinstance(row, Sample) else row


def _experiments_from(rows: Any) -> list[Experiment]:  # noqa: ANN401 - JSON may be anything
    found: list[Experiment] = []
    values: dict[str, Any] = {}
    if len(rows) > _MOST_EXPERIMENTS:
        raise _damaged()
    for row in rows:
        for name, value in row.items():
            new = _samples_from(value) if name == "samples" else value
            values[name] = _replaced(values[name], new) if isinstance(new, dict) else new
        found.append(fits(Experiment(**values)))
    return found


def _samples_from(rows: Any) -> Any:  # noqa: ANN401 - JSON may be anything
    if isinstance(rows, dict):
        return {place: Sample(x, target) for place, (x, target) in rows.items()}
    return [Sample(x, target) for x, target in rows]


def _replaced(rows: list[Any], changes: Mapping[str, Any]) -> list[Any]:
    return [changes.get(str(i), row) for i, row in enumerate(rows)]


def _at(experiments: list[Experiment], place: object) -> Experiment | None:
    if place is None:
        return None
    if type(place) is not int or place < 0:
        raise _damaged()
    return experiments[place]


def _document_from(
    row: Mapping[str, Any], experiments: list[Experiment], *, shown: bool = False
) -> Past:
    experiment = _at(experiments, row["experiment"])
    path, place = row["path"], row["place"]
    if experiment is None or (path is not None and (not isinstance(path, str) or "\0" in path)):
        raise _damaged()
    if place is not None and type(place) is not int:
        raise _damaged()
    return Past(
        experiment,
        None if path is None else Path(path),
        _at(experiments, row["saved"]),
        _at(experiments, row["beside"]),
        (place or 0) if shown else place,
    )


def _look_content(look: Look) -> dict[str, object]:
    values = {field.name: getattr(look, field.name) for field in fields(Look)}
    return {n: v for n, v in values.items() if n not in SYSTEM and _is_plain(v)}


def _is_plain(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_plain, value))
    return type(value) in (bool, int, float, str)


def _look_from(content: Mapping[str, object]) -> Look:
    known, content = {}, _with_named_axes(content)
    for field in fields(Look):
        if field.name in content and field.name not in SYSTEM:
            known[field.name] = _like(getattr(Look(), field.name), content[field.name])
    return Look(**known)


def _with_named_axes(content: Mapping[str, object]) -> Mapping[str, object]:
    """Return a look whose surface has names for its axes: once they were numbers of layers."""
    pair = content.get("surface")
    if not isinstance(pair, list) or not all(type(layer) is int for layer in pair):
        return content
    return {**content, "surface": [name_of(WEIGHT, layer) for layer in pair]}


def _like(default: Any, value: Any) -> Any:  # noqa: ANN401 - the fields of Look
    """Return a value as the field has it; the default where it is of another kind."""
    if isinstance(default, tuple) and isinstance(value, list) and len(value) == len(default):
        return tuple(map(_like, default, value))
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    right = type(value) is type(default) and (value == value)  # noqa: PLR0124 - NaN is not
    return value if right else default
