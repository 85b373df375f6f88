"""Practice: a step forward asks for its result before it shows it."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random
from time import time
from typing import TYPE_CHECKING, Unpack

from engine import UserError, moment_at
from engine.teaching.outcome import MOST_TRIES_ALONE, Outcome
from gui.language import speech
from gui.state.practice import (
    WHICH,
    Help,
    Level,
    Practice,
    Question,
    Said,
    Tone,
)
from gui.state.training import Training

if TYPE_CHECKING:
    from engine import Experiment
    from engine.quantities import Name
    from gui.state.changes import PracticeChanges, StateChanges


class Practising(Training):
    """Asks before it shows, while `State.practice` is there; steps back and jumps stay free."""

    def practise(self, on: bool) -> None:  # noqa: FBT001 - what is to be
        """Begin or end a practice; the future is hidden meanwhile, since it has the answers."""
        if on != (self.state.practice is not None):
            if self.state.practice is not None and self.state.practice.fresh:
                self.give_back()
            look = self.state.look
            practice = Practice(look.asked, look.ask_every, look.fresh) if on else None
            changes: StateChanges = {"practice": practice, "curtain": on, "playing": False}
            self._set(**(changes | self._uncovered()))
            if practice is not None and practice.fresh:
                self._draw(replace(practice, seed=int(time())))

    def choose_practice(self, **changes: Unpack[PracticeChanges]) -> None:
        """Practise otherwise: other steps, fewer of them, other numbers; what waits is dropped."""
        practice = self.state.practice
        if practice is None:
            return
        changed = replace(practice, **changes, question=None, said=None)
        look = replace(
            self.state.look, asked=changed.which, ask_every=changed.every, fresh=changed.fresh
        )
        self._set(look=look)
        if changed.fresh and not practice.fresh:
            self._draw(replace(changed, seed=int(time())))
        elif practice.fresh and not changed.fresh:
            self.give_back(practice=changed, curtain=True)
        else:
            changed_state: StateChanges = {"practice": changed}
            self._set(**(changed_state | self._uncovered()))

    def _draw(self, practice: Practice) -> None:
        """Practise with other friendly numbers, from the start of a sample."""
        from engine.teaching.friendly import MOST_LAYERS, friendly_soon  # noqa: PLC0415 - for these alone

        layers = min(self.state.run.experiment.layers, MOST_LAYERS)
        drawn = replace(practice, seed=practice.seed + 1)
        wanted: StateChanges = {"practice": drawn, "curtain": True}
        self.borrow(friendly_soon(drawn.seed, layers), 0, **(wanted | self._uncovered()))

    def borrow(self, experiment: Experiment, index: int, /, **wanted: Unpack[StateChanges]) -> None:
        """Show another experiment for a while."""
        raise NotImplementedError

    def give_back(self, **wanted: Unpack[StateChanges]) -> None:
        """Show the user's own experiment again."""
        raise NotImplementedError

    def step(self, by: int) -> None:
        """Go on, as far as to the next question; what waits is shown the second time."""
        practice = self.state.practice
        if practice is None or by <= 0:
            super().step(by)
        elif practice.question is not None:
            self._insist(practice, practice.question)
        else:
            self._ask_within(practice, by)

    def answer(self, text: str) -> None:
        """Judge what was typed."""
        practice = self.state.practice
        question = practice.question if practice else None
        if practice is None or question is None:
            return
        from gui.state.judging import believed, judged  # noqa: PLC0415 - only where one is asked

        try:
            said = judged(self.state.run, question, text, self._sign())
        except UserError as fault:
            self._set(practice=replace(practice, question=replace(question, fault=fault)))
            return
        practice = believed(practice, self.state.run, question, said)
        if said.tone is Tone.RIGHT:
            alone = not question.hints and question.tries < MOST_TRIES_ALONE
            self._end(practice, question, Outcome.ALONE if alone else Outcome.HELPED, said)
            return
        tried = replace(question, tries=question.tries + 1, fault=None, warned=False)
        self._set(
            practice=replace(practice, question=tried, said=said),
            highlight=self._mistaken(said, question) or question.name,
            walking=False,
        )

    def _sign(self) -> str:
        return speech(self.state.look.locale).decimal_sign

    @staticmethod
    def _mistaken(said: Said, question: Question) -> Name | None:
        """Return the number that was mistaken for another, to light it up."""
        verdict = said.verdict
        if verdict is None or said.tone is not Tone.NOT_YET:
            return None
        lit = next((slip.lit for slip in verdict.slips), None) or verdict.other
        return None if lit == question.name else lit

    def hint(self) -> None:
        """Give a hint: first what the step does, then more and more of its formula."""
        practice = self.state.practice
        question = practice.question if practice else None
        if practice is None or question is None or not question.has_hint:
            return
        shown = Help(max(question.help - 1, 0)) if question.hints else question.help
        hints = question.hints + 1
        helped = replace(question, hints=hints, help=shown, fault=None, warned=False)
        self._set(practice=replace(practice, question=helped, said=Said(Tone.HINT)))

    def show_answer(self) -> None:
        """Show what was asked; the question ends so."""
        practice = self.state.practice
        if practice is not None and practice.question is not None:
            self._end(practice, practice.question, Outcome.SHOWN, Said(Tone.SHOWN))

    def train_rule(self) -> None:
        """Train with the rule that explains the wrong answers, and compare the run with it."""
        practice = self.state.practice
        if practice is not None and practice.belief and practice.belief.slip.algorithm:
            algorithm = practice.belief.slip.algorithm
            ruled = replace(self.state.run.experiment, algorithm=algorithm)
            self._set(curtain=False, look=replace(self.state.look, panel="diagnosis"))
            self._refer(ruled)

    def _set(self, **changes: Unpack[StateChanges]) -> None:
        """Change the state; who goes elsewhere drops the question that waits."""
        practice = self.state.practice
        moves = "run" in changes or changes.get("index", self.state.index) != self.state.index
        if practice is not None and changes.get("lesson") is not None:
            changes["practice"] = None
        elif practice is not None and moves and "practice" not in changes:
            changes["practice"] = replace(practice, question=None, said=None)
            if practice.question is not None:
                changes |= self._uncovered()
        super()._set(**changes)

    def _uncovered(self) -> StateChanges:
        lit = self.state.highlight
        practice = self.state.practice
        asked = practice is not None and practice.question is not None
        kept = None if asked else lit
        return {"covered": frozenset(), "covered_at": None, "highlight": kept}

    def _insist(self, practice: Practice, question: Question) -> None:
        if question.warned:
            self.show_answer()
            return
        warned = replace(question, warned=True, fault=None)
        said = Said(Tone.FIRST)
        self._set(practice=replace(practice, question=warned, said=said), playing=False)

    def _ask_within(self, practice: Practice, by: int) -> None:
        """Go forward by so many steps, or to the first question on the way."""
        if practice.fresh and self.state.index == self.state.per_sample:
            self._draw(practice)
            practice = self.state.practice or practice
        state = self.state
        for index in range(state.index + 1, min(state.index + by, state.last) + 1):
            step = state.steps[(index - 1) % state.per_sample]
            if not self._is_asked(practice, index):
                continue
            level = practice.level(step.phase)
            if level.worked:
                self._work(practice, index, level)
            else:
                self._ask(practice, index, level.help)
            return
        super().step(by)

    def _is_asked(self, practice: Practice, index: int) -> bool:
        """Tell whether a step is asked: the same ones each time that one comes by."""
        step = self.state.steps[(index - 1) % self.state.per_sample]
        if step.phase not in WHICH[practice.which]:
            return False
        if practice.every > 1 and Random(index).random() * practice.every >= 1:  # noqa: S311 - no secret
            return False
        computation = moment_at(self.state.run, index).computation
        return computation is not None and math.isfinite(computation.result.value)

    def _ask(self, practice: Practice, index: int, shown: Help) -> None:
        step = self.state.steps[(index - 1) % self.state.per_sample]
        question = Question(step.result, step.phase, index, shown)
        self._set(
            index=index - 1,
            playing=False,
            practice=replace(practice, question=question, said=None),
            covered=frozenset({step.result}),
            covered_at=(index - 1) // self.state.per_sample,
            highlight=step.result,
            walking=False,
        )

    def _work(self, practice: Practice, index: int, level: Level) -> None:
        """Show a step with all its numbers, in the place of a question."""
        step = self.state.steps[(index - 1) % self.state.per_sample]
        done = practice.with_level(step.phase, replace(level, worked=False))
        said = Said(Tone.WORKED)
        self._set(index=index, playing=False, practice=replace(done, said=said))

    def _end(self, practice: Practice, question: Question, outcome: Outcome, said: Said) -> None:
        """Show the result, and count how it was found."""
        former = practice.level(question.phase)
        level = former.after(outcome)
        ended = practice.with_level(question.phase, level)
        ended = replace(
            ended,
            question=None,
            said=replace(said, outcome=outcome),
            score=practice.score.after(outcome),
            lessened=level.help if level.help > former.help else None,
        )
        changes: StateChanges = {"practice": ended, "index": question.index, "playing": False}
        self._set(**(changes | self._uncovered()))
