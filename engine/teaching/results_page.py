"""A page with what a learner has done, to be kept, printed or handed in.

One HTML file that holds all it needs and asks for nothing: no names, no network, no script.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from html import escape

from engine.teaching.lesson import (
    CarryOut,
    Choose,
    Do,
    Explain,
    Lesson,
    LessonStep,
    Number,
    Page,
    Point,
    Watch,
)
from engine.teaching.outcome import Outcome
from engine.teaching.progress import INTERVALS, Progress, StepRecord, Topic
from engine.teaching.reviews import keys_of
from engine.words import Say, mark, within

SIGNS = {Outcome.ALONE: "✓", Outcome.HELPED: "◐", Outcome.SHOWN: "○"}
"""Signs of outcomes, besides their words."""

OUTCOMES = {
    Outcome.ALONE: within("outcome", "alone"),
    Outcome.HELPED: within("outcome", "with help"),
    Outcome.SHOWN: within("outcome", "shown"),
}

_KINDS: dict[type[LessonStep], str] = {
    Page: within("task", "read"),
    Watch: within("task", "watch"),
    Number: within("task", "compute"),
    Choose: within("task", "choose"),
    Point: within("task", "point at"),
    Do: within("task", "try out"),
    CarryOut: within("task", "carry out"),
    Explain: within("task", "explain"),
}

PHASES = {
    "forward": mark("going forward"),
    "loss": mark("computing the loss"),
    "seed": mark("starting the way back"),
    "gradient": mark("computing a gradient"),
    "pass_on": mark("passing back"),
    "update": mark("updating"),
}
"""What the phases of a sample are called where a topic is named."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The page may not ask for anything."""

_SHEET = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, "Noto Sans", "Noto Sans SC", "Microsoft YaHei", sans-serif;
  color: #1a1d23; background: #fff; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
p { margin: .3rem 0; } .muted { color: #595f69; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid #d5d9e0;
  vertical-align: top; }
th { font-weight: 600; color: #595f69; } .number { text-align: right; }
section { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } }
"""


def topic_words(topic: Topic, slip: Callable[[str], str], say: Say) -> str:
    """Return what a topic is called; `slip` returns that for the name of a slip."""
    return slip(topic.name) if topic.kind == "slip" else say(PHASES.get(topic.name, topic.name))


def results_page(
    progress: Progress,
    lessons: Iterable[Lesson],
    today: date,
    slip: Callable[[str], str],
    say: Say,
    language: str = "en",
) -> str:
    """Return the page, in the language of `say`, the code of which is `language`.

    Steps that nobody can answer, and those that were changed since, are left out.
    """
    begun = [found for lesson in lessons if (found := _Begun(lesson, progress)).records]
    # Within a formatted text, what is said would not be found for the translators.
    head = escape(say("My results with Chainstep"))
    day = escape(say("Up to {date}").format(date=today.isoformat()))
    body = [
        f"<h1>{head}</h1>",
        f'<p class="muted">{day}</p>',
        *_overview(begun, say, language),
        *_reviews(progress, slip, say),
        *(line for lesson in begun for line in _details(lesson, slip, say, language)),
    ]
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{escape(language.replace("_", "-"))}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{head}</title><style>{_SHEET}</style></head>",
            "<body>",
            *body,
            "</body></html>\n",
        )
    )


class _Begun:
    """A lesson, its steps that can be answered, and what was put down of them."""

    def __init__(self, lesson: Lesson, progress: Progress) -> None:
        self.lesson = lesson
        self.steps = [step for step in lesson.steps if step.is_question]
        found = zip(lesson.steps, map(progress.steps.get, keys_of(lesson)), strict=True)
        self.records = {
            step.number: record for step, record in found if step.is_question and record is not None
        }

    def count(self, outcome: Outcome) -> int:
        """Return how many steps ended so."""
        return sum(record.outcome is outcome for record in self.records.values())


def _overview(begun: list[_Begun], say: Say, language: str) -> Iterator[str]:
    if not begun:
        nothing = say("No lesson was begun yet.")
        yield f"<p>{escape(nothing)}</p>"
        return
    heads = [
        say("Lesson"),
        say.within("steps of a lesson", "Done"),
        *(_outcome(outcome, say) for outcome in Outcome),
    ]
    yield "<table><thead>"
    yield _row(heads, "th")
    yield "</thead><tbody>"
    for one in begun:
        done = say("{number} of {most}").format(number=len(one.records), most=len(one.steps))
        counts = (str(one.count(outcome)) for outcome in Outcome)
        yield _row((one.lesson.title.of(language), done, *counts))
    yield "</tbody></table>"


def _details(one: _Begun, slip: Callable[[str], str], say: Say, language: str) -> Iterator[str]:
    yield f"<section><h2>{escape(one.lesson.title.of(language))}</h2>"
    yield "<table><thead>"
    yield _row((say("Step"), say("Task"), say("Outcome"), say("Slips"), say("Date")), "th")
    yield "</thead><tbody>"
    for step in one.steps:
        record = one.records.get(step.number)
        task = say(_KINDS[type(step)])
        yield _row((str(step.number), task, *_told(record, slip, say)))
    yield "</tbody></table></section>"


def _told(record: StepRecord | None, slip: Callable[[str], str], say: Say) -> tuple[str, ...]:
    if record is None:
        return ("–", "", "")
    slips = "\n".join(slip(name) for name in record.slips)
    return (_outcome(record.outcome, say), slips, record.day.isoformat())


def _reviews(progress: Progress, slip: Callable[[str], str], say: Say) -> Iterator[str]:
    if not progress.boxes:
        return
    head = say("What comes again")
    yield f"<section><h2>{escape(head)}</h2><table><thead>"
    yield _row((say("Topic"), say.within("review", "From"), say.within("review", "Box")), "th")
    yield "</thead><tbody>"
    found = (
        (box.day + timedelta(INTERVALS[box.level]), topic, box.level)
        for topic, box in progress.boxes.items()
    )
    for day, topic, level in sorted(found):
        box = say("{number} of {most}").format(number=level + 1, most=len(INTERVALS))
        yield _row((topic_words(topic, slip, say), day.isoformat(), box))
    yield "</tbody></table></section>"


def _outcome(outcome: Outcome, say: Say) -> str:
    return f"{SIGNS[outcome]} {say(OUTCOMES[outcome])}"


def _row(cells: Iterable[str], kind: str = "td") -> str:
    written = (escape(cell).replace("\n", "<br>") for cell in cells)
    return f"<tr>{''.join(f'<{kind}>{cell}</{kind}>' for cell in written)}</tr>"
