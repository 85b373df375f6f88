"""The record of an algorithm: its name, the steps of its backward pass, the sentences about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.algorithms.step import Step
from engine.parameters import Parameter

Backward = Callable[[int, Sequence[Parameter]], Iterator[Step]]
"""The steps after the loss, for a chain of n layers with these parameters."""


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A way to train a chain, right or wrong.

    `title` is its name in menus, `note` what a program of it begins with. Of one with a mistake,
    `mistake` completes "it computes something else: …"; `harmless` says of layers why their
    gradients are right nevertheless, `harmless_everywhere` of all of them; `untouched` and
    `untouched_everywhere` say it of layers where its steps are those of backpropagation. `slip`
    says to a learner whose number it gives what to do instead. All these are to be translated.
    """

    name: str
    title: str
    note: str
    backward: Backward
    mistake: str = ""
    harmless: str = ""
    harmless_everywhere: str = ""
    untouched: str = ""
    untouched_everywhere: str = ""
    slip: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it computes the gradients."""
        return not self.mistake
