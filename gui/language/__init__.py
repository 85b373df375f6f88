"""The languages of the window: sentences by gettext, so that code without Qt can speak too.

A sentence is written in English where it is used, as `say("…")`, and looked up in the
catalogue of the language (`gui.language.catalogues`). `engine.words.mark` marks those that are
looked up later.
"""

from types import MappingProxyType

from engine.user_error import Location, UserError
from engine.words import Say, mark
from gui.language.catalogues import ENGLISH, languages, speech, understood
from gui.language.joining import listed, quoted, spaced
from gui.language.numbers import subscript

__all__ = [
    "ENGLISH",
    "Say",
    "languages",
    "location_name",
    "sentence",
    "speech",
    "understood",
]


def sentence(problem: UserError, language: str) -> str:
    """Return what is wrong, in `language`."""
    say = speech(language)
    template = say.chosen(problem.template, problem.values)
    if problem.location:
        name = location_name(problem.location, language)
        if not template.startswith("{location}"):
            name = name[:1].lower() + name[1:]
        name = name.replace("{", "{{").replace("}", "}}")
        template = spaced(template.replace("{location}", name))
    values = {name: _shown(value, language) for name, value in problem.values.items()}
    return template.format(**values)


def _shown(value: object, language: str) -> str:
    if isinstance(value, UserError):
        return sentence(value, language)
    if isinstance(value, tuple):
        return listed(map(str, value), speech(language))
    return quoted(value, speech(language))


_FIELDS = MappingProxyType(
    {
        "weights": mark("The list of weights"),
        "biases": mark("The list of biases"),
        "samples": mark("The training data"),
        "learning_rate": mark("The learning rate"),
        "epochs": mark("The number of epochs"),
        "activation": mark("The activation"),
        "algorithm": mark("The algorithm"),
        "layers": mark("The number of layers"),
        "seed": mark("The seed"),
        "x": mark("The input x"),
        "target": mark("The target ê"),
    }
)


_ROWS = MappingProxyType(
    {"weights": mark("The weight w{layer}"), "biases": mark("The bias b{layer}")}
)
"""The parameter of a layer, by the field that holds those of all layers."""


def location_name(location: Location, language: str) -> str:
    """Return what the user calls a place in an experiment."""
    say = speech(language)
    if location.row is None:
        return say(_FIELDS.get(location.field, location.field))
    if location.field in _ROWS:
        return say(_ROWS[location.field]).format(layer=subscript(location.row + 1))
    number = location.row + 1
    if location.column is None:
        return say("Sample {number}").format(number=number)
    column = say(_FIELDS[location.column])
    return say("{column} of sample {number}").format(column=column, number=number)
