"""Faults of a lesson file: each with its line, its step and its field."""

from engine.user_error import UserError
from engine.words import mark


class LessonFault(UserError):  # noqa: N818 - it is told as a fault
    """A fault of a lesson file, to be told in one sentence.

    `step` counts from 1 (None outside of steps), `field` is its name in the file ("" for all of
    it), `line` counts from 1; `fault` is what is wrong there.
    """

    def __init__(
        self, fault: UserError, line: int, step: int | None = None, field: str = ""
    ) -> None:
        if step is None and not field:
            template = mark("line {line}: {fault}")
        elif step is None:
            template = mark("line {line}, `{field}`: {fault}")
        elif field:
            template = mark("line {line}: step {step}, `{field}`: {fault}")
        else:
            template = mark("line {line}: step {step}: {fault}")
        super().__init__(template, line=line, step=step, field=field, fault=fault)
        self.fault, self.line, self.step, self.field = fault, line, step, field
