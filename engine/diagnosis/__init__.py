"""What happens in a run, derived from its numbers.

    >>> from engine import Experiment, train
    >>> diagnose(train(Experiment())).main.kind
    <Kind.CONVERGED: 'converged'>

`diagnose` says how a run ended and why, each finding with the numbers that prove it; `facts_at`
says what holds at one update. Both are functions of the run alone.
"""

from functools import lru_cache

from engine.diagnosis.causes import EVEN, causes
from engine.diagnosis.findings import Diagnosis, Finding, Kind
from engine.diagnosis.measures import (
    Facts,
    Identity,
    curvature,
    edge,
    facts_at,
    invariants,
    mean_loss,
    moved,
)
from engine.diagnosis.outcome import finished, outcome
from engine.diagnosis.sentences import SENTENCES, Sentence, filled
from engine.run import Run

__all__ = [
    "EVEN",
    "SENTENCES",
    "Diagnosis",
    "Facts",
    "Finding",
    "Identity",
    "Kind",
    "Sentence",
    "curvature",
    "diagnose",
    "edge",
    "facts_at",
    "filled",
    "finished",
    "invariants",
    "mean_loss",
]


@lru_cache(maxsize=4)
def diagnose(run: Run) -> Diagnosis:
    """Return how `run` ended and why, the most important finding first."""
    main = outcome(run)
    others = tuple(causes(run, main))
    if main.kind in _STANDING and not moved(run):
        # Whatever it is that the chain is drawn to: with such gradients it never gets there.
        first = tuple(found for found in others if found.kind is Kind.VANISHING)
        return Diagnosis((*first, main, *(found for found in others if found not in first)))
    return Diagnosis((main, *others))


_STANDING = frozenset({Kind.SIGN_TRAPPED, Kind.SADDLE, Kind.MEAN, Kind.PLATEAU})
