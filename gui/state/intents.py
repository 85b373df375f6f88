"""What the user can want, as data. No Qt.

Views send intents, whatever was clicked, dragged or typed; `gui/shell/dispatch.py` is the one place
that acts on them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import Experiment, UserError
from engine.quantities import Name
from engine.user_error import Location
from gui.state import Pointed
from gui.state.changes import LookChanges, PracticeChanges

if TYPE_CHECKING:
    from engine.maps.trainability import Trainability


@dataclass(frozen=True, slots=True)
class Seek:
    """See the step `index` of the run, or the nearest that it has."""

    index: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Change one field of the experiment."""

    location: Location
    value: object


@dataclass(frozen=True, slots=True)
class Refuse:
    """Type what can't be the value of a field, for this reason."""

    location: Location
    fault: UserError


@dataclass(frozen=True, slots=True)
class Settle:
    """End the typing in a field: the next edit there is an edit of its own."""


@dataclass(frozen=True, slots=True)
class Drag:
    """Drag one number of the experiment to `value`; all that follows is one edit, until `Drop`."""

    location: Location
    value: float


@dataclass(frozen=True, slots=True)
class Drop:
    """Let go of what is dragged; where it is not `kept`, all is as it was."""

    kept: bool = True


@dataclass(frozen=True, slots=True)
class HoldKeys:
    """Give the keys of the window to a field, or take them back."""

    holds: bool


@dataclass(frozen=True, slots=True)
class Replace:
    """Put another experiment in the place of the present one."""

    experiment: Experiment


@dataclass(frozen=True, slots=True)
class EditParameter:
    """Edit the initial value of a parameter."""

    name: Name


@dataclass(frozen=True, slots=True)
class Point:
    """Light up everywhere the number under the mouse, or none."""

    at: Pointed | None


@dataclass(frozen=True, slots=True)
class Highlight:
    """Light up everywhere the number on which the keys stand, or none.

    `walks` tells that ← and → walk on from there, instead of stepping.
    """

    at: Pointed | None
    walks: bool = False


@dataclass(frozen=True, slots=True)
class Show:
    """Show things otherwise: some fields of the look."""

    look: LookChanges


@dataclass(frozen=True, slots=True)
class ShowView:
    """Have another view of a part: its record, as `gui/state/views.py` says."""

    view: object


@dataclass(frozen=True, slots=True)
class Tell:
    """Read a sentence about something that could not be done."""

    problem: UserError


@dataclass(frozen=True, slots=True)
class KeepRun:
    """Keep the present run, to compare others with it."""


@dataclass(frozen=True, slots=True)
class DropRun:
    """Stop comparing."""


@dataclass(frozen=True, slots=True)
class CancelTraining:
    """Stop a long training."""


@dataclass(frozen=True, slots=True)
class ImportSamples:
    """Take the samples from a table in a file."""


@dataclass(frozen=True, slots=True)
class SaveMap:
    """Save this map as a picture, or the numbers of its pixels."""

    map: "Trainability"


@dataclass(frozen=True, slots=True)
class Do:
    """Do what an entry of the menus does, by its name."""

    action: str


@dataclass(frozen=True, slots=True)
class Practise:
    """Begin or end a practice."""

    on: bool


@dataclass(frozen=True, slots=True)
class ChoosePractice:
    """Practise otherwise."""

    choices: PracticeChanges


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer the question that waits with this text."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowAnswer:
    """See the answer to the question that waits."""


@dataclass(frozen=True, slots=True)
class TrainRule:
    """Train with the rule that explains the wrong answers, beside the true run."""


@dataclass(frozen=True, slots=True)
class Teach:
    """Do something in a lesson: `deed` is one of these, `value` what it is done with.

    answer text     choose option   point name      hint        show
    next  back  skip  go place      write text      compare     tick point
    restart         leave           list            open name or path
    """

    deed: str
    value: object = None


@dataclass(frozen=True, slots=True)
class Present:
    """Do something in a presentation: `deed` is one of these, `value` what it is done with.

    start  leave  forward  back  cover  show name  show_step  spotlight  laser
    freeze
    vote   reveal  add option  take option
    """

    deed: str
    value: object = None


Intent = (
    Practise
    | ChoosePractice
    | Answer
    | ShowAnswer
    | TrainRule
    | Seek
    | Edit
    | Refuse
    | Settle
    | Drag
    | Drop
    | HoldKeys
    | Replace
    | EditParameter
    | Point
    | Highlight
    | Show
    | ShowView
    | Tell
    | KeepRun
    | DropRun
    | CancelTraining
    | ImportSamples
    | SaveMap
    | Teach
    | Present
    | Do
)
"""All that a view can ask for."""
