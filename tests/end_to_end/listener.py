"""A screen reader for test_listening: it obeys lines of JSON, and answers with lines of JSON.

A program of its own, for the system's Python: only that has the bindings of AT-SPI.
"""

import json
import sys
import time
import warnings

import gi

warnings.simplefilter("ignore")
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - once the version is told

_ROWS_OUT_OF_SIGHT = 60
"""So many cells after another are not shown: nothing of a table is seen from there on."""


class Listener:
    """Hears announcements, and walks through what is to be seen."""

    def __init__(self) -> None:
        Atspi.init()
        # On a busy machine an answer takes its time; what comes late would be left out.
        Atspi.set_timeout(15_000, 15_000)
        self._said: list[str] = []
        self._events = Atspi.EventListener.new(self._hear)
        self._events.register("object:announcement")
        self._program = self._found()

    def _hear(self, event: "Atspi.Event", *_: object) -> None:
        self._said.append(str(event.any_data))

    def _found(self) -> "Atspi.Accessible":
        end = time.monotonic() + 20
        while time.monotonic() < end:
            desktop = Atspi.get_desktop(0)
            for k in range(desktop.get_child_count()):
                program = desktop.get_child_at_index(k)
                if program is not None and program.get_name() == "Chainstep":
                    return program
            time.sleep(0.1)
        sys.exit("Chainstep is not on the bus")

    def said(self, seconds: float) -> list[str]:
        """Return what is said, up to some seconds after the first of it."""
        loop = GLib.MainLoop()
        end = time.monotonic() + 5

        def soon() -> bool:
            if self._said or time.monotonic() > end:
                GLib.timeout_add(int(1000 * seconds), loop.quit)
                return False
            return True

        GLib.timeout_add(5, soon)
        loop.run()
        said, self._said = self._said, []
        return said

    def part(self, name: str) -> "Atspi.Accessible":
        """Return the part of the window with this name."""
        waiting = [self._program]
        while waiting:
            one = waiting.pop(0)
            if one is None:
                continue
            if one.get_name() == name and one.get_state_set().contains(Atspi.StateType.SHOWING):
                return one
            waiting += [one.get_child_at_index(k) for k in range(one.get_child_count())]
        sys.exit(f"there is no {name}")

    def parts(self, of: "Atspi.Accessible") -> list[dict[str, object]]:
        """Return all that is shown in a part, itself first."""
        states, role = of.get_state_set(), of.get_role_name()
        if not states.contains(Atspi.StateType.SHOWING) and role != "application":
            return []
        found: list[dict[str, object]] = [
            {
                "role": role,
                "name": of.get_name(),
                "description": of.get_description(),
                "text": _text(of),
                "labels": _labels(of) if role == "combo box" else [],
                "focusable": states.contains(Atspi.StateType.FOCUSABLE),
                "enabled": states.contains(Atspi.StateType.ENABLED),
            }
        ]
        unseen = 0
        for k in range(of.get_child_count()):
            child = of.get_child_at_index(k)
            told = self.parts(child) if child is not None else []
            found += told
            unseen = 0 if told else unseen + 1
            if role == "table" and unseen > _ROWS_OUT_OF_SIGHT:
                break
        return found

    def press(self, name: str) -> None:
        """Press the part of this name."""
        self.part(name).do_action(0)


def _text(of: "Atspi.Accessible") -> str:
    """Return what is written in a field or a program."""
    text = of.get_text_iface()
    return Atspi.Text.get_text(text, 0, -1) if text is not None else ""


def _labels(of: "Atspi.Accessible") -> list[str]:
    """Return the names of what stands beside it as its label."""
    return [
        relation.get_target(k).get_name()
        for relation in of.get_relation_set()
        for k in range(relation.get_n_targets())
        if relation.get_relation_type() is Atspi.RelationType.LABELLED_BY
    ]


def _answer(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Obey line by line."""
    listener = Listener()
    _answer("ready")
    for line in sys.stdin:
        what, word = json.loads(line)
        if what == "said":
            answer: object = listener.said(float(word))
        elif what == "parts":
            answer = listener.parts(listener.part(word) if word else listener._program)
        else:
            answer = listener.press(word)
        _answer(answer)


if __name__ == "__main__":
    main()
