"""A closed dock costs nothing, and tells what is so now as soon as it opens."""

import pytest

from engine import Experiment
from gui.experiment.view import ExperimentView
from gui.shell.app import Chainstep
from gui.widgets.number_field import NumberField
from tests.gui.screen import settle


def weights(view: ExperimentView) -> list[str]:
    fields = view.findChildren(NumberField)
    return [f.text() for f in fields if f.objectName().startswith("weights[")]


@pytest.mark.parametrize("zoom", [100, 200])
def test_experiment_is_drawn_when_somebody_can_see_it(program: Chainstep, zoom: int) -> None:
    dock, session = program.window.experiment_dock, program.session
    view = program.window.findChild(ExperimentView)
    assert view is not None
    session.set_look(zoom=zoom)
    before = weights(view)
    assert before
    dock.hide()
    for layers in (8, 6):
        session.replace_experiment(Experiment(weights=(0.25,) * layers))
        settle()
    assert weights(view) == before
    dock.show()
    assert weights(view) == ["0.25"] * 6
    session.replace_experiment(Experiment(weights=(0.5, 2.0)))
    settle()
    assert weights(view) == ["0.5", "2"]
