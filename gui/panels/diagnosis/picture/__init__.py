"""The diagnosis: the findings of a run, what holds at an update. No Qt."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine import Run
from engine.diagnosis import EVEN, Facts, Identity, diagnose, facts_at
from engine.parameters import WEIGHT
from engine.quantities import Name, Quantity
from gui.language import Say, speech
from gui.language.covering import COVERED
from gui.language.numbers import exact, power, rounded
from gui.panels.diagnosis.picture.curves import invariant_name
from gui.panels.diagnosis.picture.findings import full, headline, number, short, unbroken
from gui.state import State
from gui.words import symbols

ROWS = 6
"""A longer chain shows the identity for the present layer alone."""


_LITTLE = 0.01
"""A step that takes away less than this share of the error leads nowhere soon."""

_SAME = 1e-12
"""A curvature that differs from 2/α by a smaller share is on the edge, but for rounding."""

_BEYOND = 1.5
"""The end of the bar, in multiples of 2/α."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding: a title and the sentence with its numbers."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """The curvature beside 2/α: both as text, and as shares of the length of a bar.

    `share` is None where the numbers are not finite. `above` tells that the curvature is beyond
    the edge, `hint` has the numbers in full.
    """

    curvature: str
    edge: str
    verdict: str
    share: float | None
    edge_share: float
    above: bool
    hint: str


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """One layer's side of the identity: "w₁ · ∂L/∂w₁", its value, the same in full."""

    symbol: str
    value: str
    hint: str


@dataclass(frozen=True, slots=True)
class IdentityPicture:
    """(e − ê)·e with its value, the layers' products, and whether they agree."""

    symbol: str
    value: str
    hint: str
    rows: tuple[IdentityRow, ...]
    verdict: str
    holds: bool


@dataclass(frozen=True, slots=True)
class DiagnosisPicture:
    """All texts of the panel; `identity` is None where the output is no product of the weights.

    `heading` stands over the gauge and all that follows.
    """

    main: Remark
    others: tuple[Remark, ...]
    heading: str
    gauge: Gauge
    identity: IdentityPicture | None
    drift: str


def diagnosis_picture(state: State) -> DiagnosisPicture:
    """Describe the panel, but for its curve."""
    say, digits = speech(state.look.locale), state.look.digits
    main, *others = (
        (_curtain(say),) if state.curtained else _remarks(state.run, state.look.locale, digits)
    )
    facts = facts_at(state.run, state.moment.update)
    finite = math.isfinite(facts.curvature)  # else it is said once, beside the curvature
    return DiagnosisPicture(
        main=main,
        others=tuple(others),
        heading=_heading(say, state),
        gauge=_gauge(say, facts, digits),
        identity=_identity(say, state, facts.identity) if facts.identity and finite else None,
        drift=_drift(say, facts, digits, invariant_name(state.run.experiment.parameters)),
    )


def _heading(say: Say, state: State) -> str:
    if len(state.run.experiment.parameters) == 1:
        return say("With the weights before this update")
    return say("With the parameters before this update")


def _curtain(say: Say) -> Remark:
    """Return what stands in the place of the findings while the future is hidden."""
    text = say(
        "The result is shown at the end of the run, or at once when “Hide the future” is off."
    )
    return Remark(say("The future is hidden"), text)


@lru_cache(maxsize=2)
def _remarks(run: Run, language: str, digits: int) -> tuple[Remark, ...]:
    say = speech(language)
    said = (
        (headline(short(say, found, digits)), full(say, found, digits))
        for found in diagnose(run).findings
    )
    return tuple(Remark(unbroken(title), unbroken(text)) for title, text in said)


def _gauge(say: Say, facts: Facts, digits: int) -> Gauge:
    share = facts.curvature / facts.edge
    return Gauge(
        curvature=number(facts.curvature, digits, say),
        edge=number(facts.edge, digits, say),
        verdict=_steepness(say, facts, digits),
        share=min(share, _BEYOND) / _BEYOND if math.isfinite(share) else None,
        edge_share=1 / _BEYOND,
        above=share > 1,
        hint=f"{exact(facts.curvature, say)} / {exact(facts.edge, say)}",
    )


def _steepness(say: Say, facts: Facts, digits: int) -> str:
    """Return what the curvature beside the edge means; an update sees that of its own sample."""
    if not math.isfinite(facts.curvature / facts.edge):
        return say("The numbers are not finite here.")
    alone = {"sample": facts.steepest_sample, "curvature": rounded(facts.steepest, digits, say)}
    uneven = facts.steepest > EVEN * facts.curvature
    if math.isclose(facts.curvature, facts.edge, rel_tol=_SAME) and not uneven:
        return say("On the edge of stability: oscillations neither shrink nor grow.")
    if facts.curvature <= facts.edge:
        return _below_edge(say, facts, alone)
    if uneven:
        template = say(
            "Above the edge of stability on average; sample {sample} alone has {curvature}."
        )
        return template.format(**alone)
    return say("Above the edge of stability: too steep for this learning rate.")


def _below_edge(say: Say, facts: Facts, alone: Mapping[str, object]) -> str:
    if facts.steepest > facts.edge:
        template = say("Below the edge on average, but sample {sample} alone has {curvature}.")
        return template.format(**alone)
    if facts.curvature > facts.edge / 2:
        return say(
            "Below the edge of stability, but above half of it: updates overshoot the minimum."
        )
    if facts.steepest > facts.edge / 2:
        template = say("Below half of the edge on average, but sample {sample} has {curvature}.")
        return template.format(**alone)
    # One step takes α·curvature of the error away, to first order.
    taken = 2 * facts.steepest / facts.edge
    if taken == 0.0:
        return say("No weight has any effect on the output here: an update changes nothing.")
    if taken < _LITTLE:
        template = say(
            "Far below the edge of stability: one update removes at most about {share} of the"
            " error."
        )
        return template.format(share=power(taken, say))
    return say("At most half of the edge of stability: updates do not overshoot.")


def _identity(say: Say, state: State, found: Identity) -> IdentityPicture:
    n, digits = state.run.experiment.layers, state.look.digits
    present = state.moment.layer
    layers = range(1, n + 1) if n <= ROWS else ((present or 1),)
    if not math.isfinite(found.gap):
        verdict = say("The numbers are not finite here.")
    elif not found.gap:
        verdict = say("The same for every layer, to the last digit.")
    elif found.holds:
        verdict = say("The same for every layer, to within {gap}.")
    else:
        verdict = say("They differ by up to {gap}: these are not the true gradients.")
    e = symbols.output(n, n)
    expected = _seen(state, Name(Quantity.OUTPUT, n), found.expected)
    products = {i: _seen(state, WEIGHT.gradient_of(i), found.products[i - 1]) for i in layers}
    return IdentityPicture(
        symbol=f"({e} − ê)·{e}",
        value=rounded(expected, digits, say),
        hint=exact(expected, say),
        rows=tuple(
            IdentityRow(
                f"{symbols.weight(i)}·{symbols.gradient(i, state.run.experiment)}",
                rounded(product, digits, say),
                exact(product, say),
            )
            for i, product in products.items()
        ),
        verdict=verdict.format(gap=power(found.gap, say)) if "{" in verdict else verdict,
        holds=found.holds,
    )


def _seen(state: State, name: Name, value: float) -> float:
    """Return what is computed from a number, as far as that may be seen."""
    return COVERED if state.hides(name) else value


def _drift(say: Say, facts: Facts, digits: int, invariant: str) -> str:
    if not (facts.drift and math.isfinite(facts.drift)):
        return ""
    template = say("Since the start, no {invariant} has changed by more than {drift}.")
    return template.format(invariant=invariant, drift=rounded(facts.drift, digits, say))
