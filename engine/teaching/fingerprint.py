"""Fingerprints of the steps of a lesson: a step that was changed is another one."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from typing import Any

IRRELEVANT = frozenset({"note", "line", "number", "solution", "near_miss"})
"""Fields that change nothing for the learner: for the teacher, the check, or where the step is."""

_LENGTH = 16


def fingerprint(*parts: object) -> str:
    """Return a short text that is the same for the same content: a step, and its experiment.

    It is read off the fields of frozen classes. Those that have their default are left out: a
    later Chainstep with more fields has the same fingerprints for the same lessons.
    """
    text = json.dumps([_plain(part) for part in parts], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_LENGTH]


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, str | int | None):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    if is_dataclass(value):
        known = {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if field.name not in IRRELEVANT and not _has_default(value, field)
        }
        return {"": type(value).__name__, **known}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Collection):
        return [_plain(item) for item in value]
    message = f"a {type(value).__name__} has no fingerprint"
    raise TypeError(message)


def _has_default(value: object, field: Field[Any]) -> bool:
    if field.default is not MISSING:
        return bool(getattr(value, field.name) == field.default)
    if field.default_factory is not MISSING:
        return bool(getattr(value, field.name) == field.default_factory())
    return False
