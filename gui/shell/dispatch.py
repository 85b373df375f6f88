"""The one place that acts on what the user wants, whichever view it comes from."""

from typing import TYPE_CHECKING, assert_never

from gui.state import intents
from gui.state.intents import Intent
from gui.state.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.shell.window_parts import WindowParts


class Dispatcher:
    """Acts on intents. `parts` returns what stands around the chain, once it is needed."""

    def __init__(self, session: Session, parts: "Callable[[], WindowParts]") -> None:
        self._session, self._parts = session, parts

    def act(self, intent: Intent) -> None:  # noqa: C901, PLR0912, PLR0915 - a case for each intent
        """Do what the user wants."""
        session = self._session
        match intent:
            case intents.Seek(index):
                session.seek(index)
            case intents.Edit(location, value):
                session.change(location, value)
            case intents.Refuse(location, fault):
                session.refuse(location, fault)
            case intents.Settle():
                session.settle()
            case intents.Drag(location, value):
                session.drag(location, value)
            case intents.Drop(kept):
                session.drop(kept=kept)
            case intents.HoldKeys(holds):
                session.hold_keys(holds)
            case intents.Replace(experiment):
                session.replace_experiment(experiment)
            case intents.EditParameter(name):
                self._parts().edit_parameter(name)
            case intents.Point(at):
                session.point(at)
            case intents.Highlight(at, walks):
                session.highlight(at, walks=walks)
            case intents.Show(look):
                session.set_look(**look)
            case intents.ShowView(view):
                session.show_view(view)
            case intents.Tell(problem):
                session.tell(problem)
            case intents.KeepRun():
                session.keep_reference()
            case intents.DropRun():
                session.drop_reference()
            case intents.CancelTraining():
                session.cancel()
            case intents.ImportSamples():
                self._parts().documents.import_samples()
            case intents.SaveMap(seen):
                self._parts().documents.export_map(seen)
            case intents.Practise(on):
                session.practise(on)
            case intents.ChoosePractice(choices):
                session.choose_practice(**choices)
            case intents.Answer(text):
                session.answer(text)
            case intents.ShowAnswer():
                session.show_answer()
            case intents.TrainRule():
                session.train_rule()
            case intents.Teach(deed, value):
                self._parts().lessons.do(deed, value)
            case intents.Present(deed, value):
                self._parts().presentation.do(deed, value)
            case intents.Do(action):
                self._parts().actions[action].trigger()
            case _:
                assert_never(intent)
