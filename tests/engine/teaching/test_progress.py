"""engine.teaching.progress: nothing is taken back, and what was missed comes again."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.teaching.outcome import Outcome
from engine.teaching.progress import (
    INTERVALS,
    Box,
    Done,
    Missed,
    Progress,
    Reviewed,
    StepKey,
    Topic,
    after,
)

TODAY = date(2026, 3, 2)
ALONE, HELPED, SHOWN = Outcome
SLIP, PHASE = Topic("slip", "in_place"), Topic("phase", "pass_on")

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
outcomes = st.sampled_from(Outcome)
topics = st.builds(Topic, st.sampled_from(["slip", "phase"]), st.sampled_from("abc"))
keys = st.builds(StepKey, st.sampled_from(["one", "two"]), st.sampled_from("ab"))
slips = st.lists(st.sampled_from("xyz"), max_size=2).map(tuple)
done = st.builds(Done, keys, outcomes, days, slips, st.sampled_from(["", "loss", "seed"]))
entries = st.one_of(
    done, st.builds(Missed, topics, days), st.builds(Reviewed, topics, outcomes, days)
)


def later(days: int) -> date:
    return TODAY + timedelta(days=days)


@given(st.lists(entries, max_size=12))
def test_an_outcome_is_never_taken_back(happened: list[Done | Missed | Reviewed]) -> None:
    progress, best = Progress(), dict[StepKey, Outcome]()
    for entry in happened:
        progress = after(progress, entry)
        if isinstance(entry, Done):
            former = best.get(entry.key, entry.outcome)
            best[entry.key] = min(former, entry.outcome, key=list(Outcome).index)
        for key, outcome in best.items():
            assert progress.outcome(*key) is outcome
    assert set(progress.steps) == set(best)


@given(st.lists(done, max_size=4))
def test_outcomes_are_the_same_in_whatever_order_windows_tell_them(happened: list[Done]) -> None:
    every = [after(Progress(), *order).steps for order in permutations(happened)]
    assert all(steps == every[0] for steps in every)
    # Told twice, by chance, makes no difference either.
    assert after(Progress(), *happened, *happened).steps == every[0]


@given(st.lists(entries, max_size=12), days)
def test_what_is_due_was_missed_and_waits_no_longer_than_its_box(
    happened: list[Done | Missed | Reviewed], today: date
) -> None:
    progress = after(Progress(), *happened)
    due = progress.due(today)
    assert len(set(due)) == len(due)
    for topic, box in progress.boxes.items():
        waits = (today - box.day).days
        assert (topic in due) == (waits >= INTERVALS[box.level] or waits < -1)
    assert [progress.boxes[topic].day for topic in due] == sorted(
        progress.boxes[topic].day for topic in due
    )


def test_a_topic_comes_again_after_1_3_7_and_21_days_and_then_is_known() -> None:
    progress, day = after(Progress(), Missed(SLIP, TODAY)), TODAY
    for interval in (1, 3, 7, 21):
        assert progress.due(day + timedelta(days=interval - 1)) == ()
        day += timedelta(days=interval)
        assert progress.due(day) == (SLIP,)
        progress = after(progress, Reviewed(SLIP, ALONE, day))
    assert progress.boxes == {}


def test_missed_it_falls_back_to_the_first_box_and_with_help_it_stays() -> None:
    third = Progress(boxes={SLIP: Box(2, TODAY)})
    assert after(third, Reviewed(SLIP, SHOWN, later(7))).boxes[SLIP] == Box(0, later(7))
    assert after(third, Missed(SLIP, later(3))).boxes[SLIP] == Box(0, later(3))
    assert after(third, Reviewed(SLIP, HELPED, later(7))).boxes[SLIP] == Box(2, later(7))


def test_two_reviews_on_one_day_count_as_one() -> None:
    progress = after(Progress(), Missed(SLIP, TODAY))
    once = after(progress, Reviewed(SLIP, ALONE, later(1)))
    assert after(once, Reviewed(SLIP, ALONE, later(1))) == once
    assert after(progress, Reviewed(SLIP, ALONE, TODAY)) == progress, "before it is due"


@pytest.mark.parametrize("back", [2, 30, 4000])
def test_a_clock_that_was_wrong_keeps_nobody_waiting(back: int) -> None:
    progress = after(Progress(), Missed(SLIP, later(back)))
    assert progress.due(TODAY) == (SLIP,)
    again = after(progress, Reviewed(SLIP, ALONE, TODAY))
    assert again.boxes[SLIP] == Box(1, TODAY)
    assert again.due(later(2)) == ()
    assert again.due(later(3)) == (SLIP,)


def test_a_day_ahead_is_another_time_zone() -> None:
    assert after(Progress(), Missed(SLIP, later(1))).due(TODAY) == ()


def test_a_slip_in_a_lesson_comes_again_or_else_the_phase_that_needed_help() -> None:
    key = StepKey("public-derivative", "f00d")

    def missed(outcome: Outcome, *slips: str, phase: str = "pass_on") -> set[Topic]:
        return set(after(Progress(), Done(key, outcome, TODAY, slips, phase)).boxes)

    assert missed(ALONE) == set()
    assert missed(ALONE, "in_place") == {SLIP}, "alone, at the second try"
    assert missed(HELPED) == missed(SHOWN) == {PHASE}
    assert missed(SHOWN, "in_place") == {SLIP}
    assert missed(SHOWN, phase="") == set(), "a page, or a sentence"


def test_a_lesson_counts_the_steps_as_they_are_now() -> None:
    progress = after(
        Progress(),
        *(Done(StepKey("a", step), SHOWN, TODAY) for step in ("1", "2", "old")),
        Done(StepKey("b", "3"), SHOWN, TODAY),
    )
    assert progress.outcome("a", "3") is None
