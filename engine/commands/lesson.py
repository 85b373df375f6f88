"""`chainstep lesson`: lists lessons, begins a new one, checks one, prints one with its answers."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.commands.output import print_json, write
from engine.commands.streams import STANDARD_STREAM, standard_input, tell
from engine.user_error import UserError, named
from engine.words import Say, mark

if TYPE_CHECKING:
    from engine.teaching.lesson import Lesson
    from engine.teaching.lesson_check import Report
    from engine.teaching.reading.faults import LessonFault

_Told = Callable[[UserError], str]
_REMARKS, _FAULTS = mark("Remarks:"), mark("Faults:")

_TITLES = ("en", "zh_CN")
_LANGUAGES = (*_TITLES, "es")


def add(commands: Any) -> Any:  # noqa: ANN401 - argparse's own type is private
    """Add `lesson` and what it does to a parser's sub-commands; return those, to add more."""
    parser = commands.add_parser(
        "lesson",
        help="list, begin, check or print lessons",
        description="List the lessons, begin one of your own, check it, or print one with its"
        " answers. The window opens a lesson from its list (Ctrl+L), or a file that is dropped.",
    )
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    told = "list the lessons: those that ship, then your own"
    listing = _action(actions, "list", told, lesson_list)
    _add_language(listing)
    told = "write a new lesson, one step of each kind, with remarks on all that may be said"
    new = _action(actions, "new", told, lesson_new)
    new.add_argument("file", metavar="FILE", help="the file to write; it must not be there yet")
    told = "answer every question of a lesson, and tell its faults; status 1 if there are any"
    checking = _action(actions, "check", told, lesson_check)
    _add_lesson(checking)
    _add_language(checking)
    # Whoever has catalogues puts others in their places.
    checking.set_defaults(sentence=lambda fault, language: str(fault), speech=lambda code: Say())  # noqa: ARG005
    show = _action(actions, "show", "print a lesson with its answers", lesson_show)
    _add_lesson(show)
    _add_language(show)
    return actions


def _action(actions: Any, name: str, told: str, command: Any) -> argparse.ArgumentParser:  # noqa: ANN401
    parser: argparse.ArgumentParser = actions.add_parser(
        name, help=told, description=f"{told[0].upper()}{told[1:]}."
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead")
    parser.set_defaults(command=command, parser=parser)
    return parser


def _add_lesson(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "lesson", metavar="ID-or-FILE", help="a lesson of the list, or a file; - is standard input"
    )


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language", choices=_LANGUAGES, default="en", help="en, zh_CN or es (en)", metavar="NAME"
    )


def lesson_list(options: argparse.Namespace) -> None:
    """Run `chainstep lesson list`. Files of one's own that are no lessons are told on stderr."""
    from engine.teaching.reading_time import minutes  # noqa: PLC0415 - for this command alone

    rows = [(lesson, minutes(lesson)) for lesson in _listed()]
    if options.json:
        print_json(
            [
                {
                    "id": lesson.name,
                    "title": {language: lesson.title.of(language) for language in _TITLES},
                    "steps": len(lesson.steps),
                    "minutes": taken,
                }
                for lesson, taken in rows
            ]
        )
        return
    width = max((len(lesson.name) for lesson, _ in rows), default=0)
    for lesson, taken in rows:
        title = lesson.title.of(options.language)
        print(f"{lesson.name:{width}}  {len(lesson.steps):2} steps  {taken:2} min  {title}")


def _listed() -> "list[Lesson]":
    from engine.teaching import shelf  # noqa: PLC0415 - for this command alone
    from engine.teaching.lesson_file import load  # noqa: PLC0415

    lessons = []
    for path in (*shelf.shipped(), *shelf.own()):
        try:
            lessons.append(load(path))
        except UserError as fault:
            tell(f"{named(path)}: {fault}")
        except OSError as fault:
            tell(f"{named(path)}: {fault.strerror}")
    return lessons


def lesson_new(options: argparse.Namespace) -> None:
    """Run `chainstep lesson new`. Raises `UserError` where the file is there, and OSError."""
    from engine.teaching.lesson_file import is_name  # noqa: PLC0415 - for this command alone
    from engine.teaching.shelf import template  # noqa: PLC0415

    path = Path(options.file)
    if options.file != STANDARD_STREAM and (path.exists() or path.is_symlink()):
        raise UserError("{file} is there already; it is not overwritten.", file=named(path))
    name = path.stem.lower().replace(" ", "-")
    write(options.file, template(name) if is_name(name) else template())
    if options.json:
        print_json({"file": str(path)})


def lesson_check(options: argparse.Namespace) -> int:
    """Run `chainstep lesson check`; return 1 where the lesson has faults, else 0."""
    from engine.teaching.lesson_check import check  # noqa: PLC0415 - for this command alone

    language, say = options.language, options.speech(options.language)
    report = check(lesson_bytes(options.lesson), say, language)
    told = partial(options.sentence, language=language)
    if options.json:
        print_json(_told(report, told))
    else:
        _print_report(report, told, say)
    return 1 if report.faults else 0


def lesson_bytes(name: str) -> bytes:
    """Return the bytes of a lesson by its `id` or file; - is standard input.

    Raises `UserError` where there is no such lesson, and OSError.
    """
    from engine.teaching import shelf  # noqa: PLC0415 - for these commands alone

    if name == STANDARD_STREAM:
        return standard_input(shelf.LARGEST_FILE + 1)
    return shelf.found(name)


def _told(report: "Report", told: _Told) -> dict[str, Any]:
    from engine.teaching.reading_time import minutes  # noqa: PLC0415 - for this command alone

    lesson = report.lesson
    return {
        "id": lesson.name if lesson else None,
        "minutes": minutes(lesson) if lesson else None,
        "faults": [_fault(fault, told) for fault in report.faults],
        "remarks": [_fault(fault, told) for fault in report.remarks],
        "answers": [
            {**answer._asdict(), "slips": [slip._asdict() for slip in answer.slips]}
            for answer in report.answers
        ],
    }


def _fault(fault: "LessonFault", told: _Told) -> dict[str, Any]:
    return {
        "line": fault.line,
        "step": fault.step,
        "field": fault.field,
        "sentence": told(fault.fault),
    }


def _print_report(report: "Report", told: _Told, say: Say) -> None:
    from engine.teaching.lesson_check import number  # noqa: PLC0415 - for this command alone
    from engine.teaching.reading_time import minutes  # noqa: PLC0415

    lesson = report.lesson
    if lesson is not None:
        languages = ", ".join(lesson.languages)
        head = say("{name}: {steps} steps, {minutes} min; {languages}")
        size, taken = len(lesson.steps), minutes(lesson)
        print(head.format(name=lesson.name, steps=size, minutes=taken, languages=languages))
    for answer in report.answers:
        asked = f" {answer.asked}:" if answer.asked else ""
        right = "; ".join(answer.right)
        print(f"  step {answer.step}, {answer.kind}:{asked} {right}")
        for slip in answer.slips:
            print(f"      {number(slip.value)}  {' or '.join(slip.names)}: {slip.sentence}")
        if answer.untold:
            untold = say("can’t be told: {slips}").format(slips=", ".join(answer.untold))
            print(f"      {untold}")
    for title, faults in ((_REMARKS, report.remarks), (_FAULTS, report.faults)):
        if faults:
            print(say(title))
            print("\n".join(f"  {told(fault)}" for fault in faults))
    if not report.faults:
        print(say("No faults."))


def lesson_show(options: argparse.Namespace) -> None:
    """Run `chainstep lesson show`. Raises `UserError` for a file with faults, and OSError."""
    from engine.teaching.lesson_file import from_bytes  # noqa: PLC0415 - for this command alone
    from engine.teaching.lesson_text import lines, steps_told  # noqa: PLC0415

    try:
        lesson = from_bytes(lesson_bytes(options.lesson))
    except UserError as fault:
        raise UserError("{file}: {fault}", file=named(options.lesson), fault=fault) from None
    if options.json:
        print_json(steps_told(lesson, options.language))
    else:
        print("\n".join(lines(lesson, options.language)))
