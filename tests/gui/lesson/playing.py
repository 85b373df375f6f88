"""A learner with a keyboard, who knows every answer."""

from engine.quantities import Name
from engine.teaching.choices import right_options, shuffled
from engine.teaching.lesson import CarryOut, Choose, Do, Explain, Number, Point
from engine.teaching.questions import (
    next_steps,
    reached,
    rows_of,
    search_of,
)
from engine.teaching.session import LessonSession
from engine.teaching.standing import trained
from gui.lesson.view import LessonView
from gui.shell.app import Chainstep
from tests.gui.screen import press, settle, write

SOLUTIONS = {
    "learning_rate": ("0.3", "0.25", "0.4", "0.02", "0.1"),
    "epochs": ("400", "1000", "240"),
}


def view(program: Chainstep) -> LessonView:
    """Return what shows the lesson."""
    found = program.window.findChild(LessonView)
    assert isinstance(found, LessonView)
    return found


def learner(program: Chainstep) -> LessonSession:
    """Return the lesson that is open."""
    found = program.session.state.lesson
    assert found is not None
    return found


def written(value: float) -> str:
    """Return a number as somebody types it."""
    return repr(value).removesuffix(".0")


def answer(program: Chainstep) -> None:
    """Answer the step that is open, with keys alone."""
    step = learner(program).step
    match step:
        case Number():
            write(program, written(step.answer))
            press(program, "Return")
        case Choose():
            place = shuffled(step).index(right_options(step)[0])
            press(program, str(place + 1))
        case Point():
            point(program, step.target[0])
        case CarryOut():
            carry_out(program, step)
        case Explain():
            write(program, "One number is enough.")
            press(program, "Ctrl+Return")
        case Do():
            change(program, step)
    settle()


def point(program: Chainstep, name: Name) -> None:
    """Walk the ring to a number, and choose it."""
    for _ in range(40):
        if program.session.state.highlight == name:
            press(program, "Return")
            return
        walk(program, name)
    raise AssertionError(name)


def walk(program: Chainstep, name: Name) -> None:
    """Go one box nearer to a number."""
    parts = {part.name: part for part in program.window.chain.parts()}
    at = program.session.state.highlight
    if at not in parts:
        press(program, "Down")
        return
    here, there = parts[at].where, parts[name].where
    if abs(here[1] + here[3] / 2 - there[1] - there[3] / 2) > 1:
        press(program, "Down" if there[1] > here[1] else "Up")
    else:
        press(program, "Right" if there[0] > here[0] else "Left")


def carry_out(program: Chainstep, step: CarryOut) -> None:
    """Enter every value; find every step that comes next, or the wrong row."""
    if step.find:
        search = search_of(step)
        assert search is not None
        for _ in range(search.wrong):
            press(program, "Tab")
        press(program, "Return")
        return
    for k, row in enumerate(rows_of(step)):
        if step.order:
            press(program, str(next_steps(step, k).index(row.name) + 1))
        write(program, written(row.value))
        press(program, "Return")


def change(program: Chainstep, step: Do) -> None:
    """Put in the stored solution, field by field."""
    solution = step.solution
    assert solution is not None
    assert reached(step, trained(solution))
    for field in step.edit:
        wanted = getattr(solution, field)
        if isinstance(wanted, str):
            choice = view(program).fields.first
            assert choice is not None
            choice.setFocus()
            names = list(choice.names)  # type: ignore[attr-defined]
            press(program, "Home", *["Down"] * names.index(wanted))
            continue
        for value in wanted if isinstance(wanted, tuple) else (wanted,):
            press(program, "Ctrl+A")
            write(program, written(value))
            press(program, "Return")
