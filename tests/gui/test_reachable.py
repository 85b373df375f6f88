"""Every number that is to be seen can be reached as text, and each step is said once.

What is painted is watched while it is painted, so nothing that tells is asked what there is.
`tests/end_to_end/test_listening.py` finds the same over the wire of a real screen reader.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtWidgets import QWidget

from gui.panels import PANELS
from gui.shell.app import Chainstep
from tests.gui.listening import Heard, a_reader_listens, everything, interface
from tests.gui.screen import press, settle
from tests.gui.sighted import Sight, numbers, watching


@pytest.fixture
def sight() -> Iterator[Sight]:
    """Before the program: what it keeps as pictures is seen too."""
    with watching() as sight:
        yield sight


@pytest.fixture
def heard(sight: Sight, program: Chainstep, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    assert sight is not None
    assert program.window.isVisible()
    with a_reader_listens(monkeypatch) as heard:
        yield heard


def counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(number for text in texts for number in numbers(text))


def missing(sight: Sight, part: QWidget) -> list[str]:
    """Return the numbers that are seen more often than they are told."""
    told = everything(interface(part))
    seen = sight.look(part)
    assert seen, part
    # What has no room for its digits is told with all of them; a legend shows no value.
    full = [text.replace("w < 0", "w") for text in seen if not text.startswith("≈")]
    return sorted((counted(full) - counted(told)).elements())


def parts_of(program: Chainstep) -> dict[str, QWidget]:
    window = program.window
    middle = window.centralWidget()
    assert middle is not None
    docks = {"plots": window.plots_dock, "experiment": window.experiment_dock}
    held = {name: window.content(dock) for name, dock in docks.items()}
    return {"middle": middle, "bar": program.parts.bar, "status": program.parts.status, **held}


def test_every_number_around_the_panels_is_reached_at_every_step(
    sight: Sight, program: Chainstep, heard: Heard
) -> None:
    found = {}
    for index in range(14):
        for name, part in parts_of(program).items():
            lacks = missing(sight, part)
            if lacks:
                found[name, index] = lacks
        heard.new()
        press(program, "Right")
        said = heard.new()
        assert len(said) == 1, (index, said)
    assert found == {}


@pytest.mark.parametrize("panel", [tab.name for tab in PANELS])
def test_every_number_of_a_panel_is_reached_at_every_step(
    sight: Sight, program: Chainstep, heard: Heard, panel: str
) -> None:
    program.session.set_look(panel=panel)
    settle()
    found = {}
    for index in range(14):
        while not program.parts.panels.done:
            settle()
        lacks = missing(sight, program.parts.panels.front)
        if lacks:
            found[index] = lacks
        heard.new()
        press(program, "Right")
        assert len(heard.new()) == 1, index
    assert found == {}
