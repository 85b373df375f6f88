"""The presets: named experiments, each with one sentence that says what to look for.

    >>> from engine import train
    >>> train(preset_named("rates").experiment).converged_at
    >>> train(preset_named("rates").beside).converged_at
    34

Titles and sentences are English, marked for translation. The values of the article stand in
`Experiment` itself; every other number was chosen so that the sentence can be seen in a run that
trains at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.experiment import Experiment, Sample, random_weights
from engine.words import mark


@dataclass(frozen=True, slots=True)
class Preset:
    """A named experiment.

    `name` is for the command line, `title` for menus (at most 33 characters), `sentence` says what
    to look for. `beside` is an experiment whose run is shown along with it, to compare.
    """

    name: str
    title: str
    sentence: str
    experiment: Experiment
    beside: Experiment | None = None


OPENING = Experiment()
"""What the window opens with: the article's values, correct backpropagation, 240 epochs."""

FIRST_LISTING = Experiment(epochs=160, algorithm="in_place")
"""The article's first listing exactly as it is printed."""

# A start from which the framework ends with the wrong signs; other seeds are luckier.
_DRAWN = random_weights(3, seed=3)

_ARTICLE = (
    Preset(
        "article",
        mark("The article: learn e = −x"),
        mark(
            "The chain learns to turn 1 into −1 and −1 into 1: the loss hardly falls for 150"
            " epochs, and w₂ changes sign; 50 epochs later it is almost 0."
        ),
        OPENING,
    ),
    Preset(
        "listing",
        mark("The article’s first listing"),
        mark(
            "It converges sooner than correct backpropagation, although the gradient check finds"
            " that only the gradient of w₃ is right."
        ),
        FIRST_LISTING,
    ),
    Preset(
        "framework",
        mark("The framework, a random start"),
        mark(
            "The loss rises and both outputs keep the wrong sign; correct backpropagation, shown"
            " beside it, learns from the same start."
        ),
        Experiment(weights=_DRAWN, epochs=160, algorithm="front_to_back"),
        beside=Experiment(weights=_DRAWN, epochs=160),
    ),
    Preset(
        "framework_right",
        mark("The framework, corrected"),
        mark(
            "The same random start, with the derivative passed from the last layer to the first:"
            " the loss falls, and the gradient check agrees."
        ),
        Experiment(weights=_DRAWN, epochs=160),
    ),
)

_STARTS = (
    Preset(
        "equal_weights",
        mark("All weights 0.2333"),
        mark(
            "The three weights stay equal and sink towards 0 together; none can change its sign,"
            " so the loss never gets below 0.5."
        ),
        Experiment(weights=(0.2333,) * 3, epochs=400),
    ),
    Preset(
        "conserved",
        mark("A conserved quantity"),
        mark(
            "The weights travel far, but the differences of their squares, such as w₁² − w₂²,"
            " hardly change: see the diagnosis panel."
        ),
        Experiment(weights=(0.9, 0.5, -0.2), learning_rate=0.01, epochs=200),
    ),
)

_RATES = (
    Preset(
        "rates",
        mark("Learning rates 0.66 and 0.67"),
        mark(
            "The run shown beside this one, with 0.66, settles; with 0.67 the weights never stop"
            " oscillating, because for three layers the limit is 2/3."
        ),
        Experiment(learning_rate=0.67, epochs=120),
        beside=Experiment(learning_rate=0.66, epochs=120),
    ),
    Preset(
        "diverging",
        mark("A learning rate that diverges"),
        mark(
            "The loss is almost 0 when each update begins to overshoot further than the one"
            " before; in epoch 13 the numbers are infinite."
        ),
        Experiment(learning_rate=1.5, epochs=20),
    ),
)

_DEPTHS = (
    Preset(
        "ten_layers",
        mark("Ten layers"),
        mark(
            "For 60 epochs the loss hardly falls, while all ten weights grow in absolute value; 20"
            " epochs later it is almost 0."
        ),
        Experiment(weights=(*[0.6] * 9, -0.6), epochs=120),
    ),
    Preset(
        "vanishing",
        mark("30 layers: vanishing gradient"),
        mark(
            "Each layer halves the value on the way forward and the upstream gradient (public"
            " derivative) on the way back: no weight learns anything."
        ),
        Experiment(weights=(0.5,) * 30, epochs=20),
    ),
    Preset(
        "exploding",
        mark("30 layers: exploding gradient"),
        mark(
            "Each layer doubles the value forward and the upstream gradient (public derivative)"
            " backward: after one update the next sample overflows."
        ),
        Experiment(weights=(2.0,) * 30, epochs=5),
    ),
)

_ACTIVATIONS = (
    Preset(
        "tanh",
        mark("A chain with tanh"),
        mark(
            "Each layer gives its gradient one more factor, for example the slope tanh′(w₃·z); the"
            " targets are ±0.8, because tanh never reaches ±1."
        ),
        Experiment(
            samples=(Sample(1.0, -0.8), Sample(-1.0, 0.8)),
            learning_rate=0.1,
            epochs=160,
            activation="tanh",
        ),
    ),
    Preset(
        "sigmoid",
        mark("A chain of sigmoids"),
        mark(
            "Each layer passes back under 1/4 of the upstream gradient (public derivative): the"
            " first weights hardly move, and both outputs become equal."
        ),
        Experiment(
            weights=(1.0,) * 6,
            samples=(Sample(1.0, 0.8), Sample(-1.0, 0.2)),
            learning_rate=0.5,
            epochs=300,
            activation="sigmoid",
        ),
    ),
    Preset(
        "dead_relu",
        mark("A dead ReLU"),
        mark(
            "The ReLU outputs 0 for both samples, so every gradient is 0 and no weight ever"
            " changes."
        ),
        Experiment(epochs=20, activation="relu"),
    ),
)

# The line ê = 2x + 1.
_LINE = (Sample(-1.0, -1.0), Sample(0.0, 1.0), Sample(1.0, 3.0))

_BIASES = (
    Preset(
        "bias_line",
        mark("A line that does not go through 0"),
        mark(
            "With a bias the neuron learns ê = 2x + 1; without one, shown beside it, the line goes"
            " through 0 and the loss stays above 0.5."
        ),
        Experiment((0.5,), _LINE, learning_rate=0.1, epochs=60, biases=(0.0,)),
        beside=Experiment((0.5,), _LINE, learning_rate=0.1, epochs=60),
    ),
    Preset(
        "bias_first",
        mark("What the bias learns first"),
        mark(
            "In 20 epochs the biases bring both outputs near 1, the mean of the targets; it takes"
            " the weights 60 more to tell the samples apart."
        ),
        Experiment(samples=(Sample(1.0, 0.0), Sample(-1.0, 2.0)), biases=(0.0,) * 3),
    ),
)

ARTICLE = "零基础神经网络实战 2"
"""The title of the article, in the only language that it has."""

FROM_ARTICLE = frozenset(preset.name for preset in _ARTICLE)
"""The presets with values or programs of the article."""

GROUPS = (_ARTICLE, _STARTS, _RATES, _DEPTHS, _ACTIVATIONS, _BIASES)
"""All of them: the article, its starts, learning rates, depth, activations, biases."""

PRESETS = tuple(preset for group in GROUPS for preset in group)
"""All of them in a row, in the order in which they are best looked at."""

_BY_NAME: Mapping[str, Preset] = MappingProxyType({preset.name: preset for preset in PRESETS})
_BY_EXPERIMENT = MappingProxyType({preset.experiment: preset for preset in PRESETS})


def preset_named(name: str) -> Preset:
    """Return the preset with this name. Raises KeyError if there is none."""
    return _BY_NAME[name]


def preset_of(experiment: Experiment) -> Preset | None:
    """Return the preset that an experiment is, or None for one of the user's own."""
    return _BY_EXPERIMENT.get(experiment)


def beside_of(experiment: Experiment) -> Experiment | None:
    """Return the experiment that a preset shows for comparison; None for other experiments."""
    preset = preset_of(experiment)
    return preset.beside if preset else None


def title_of(experiment: Experiment) -> str:
    """Return the English title of an experiment, marked for translation."""
    preset = preset_of(experiment)
    return preset.title if preset else mark("An experiment of your own")
