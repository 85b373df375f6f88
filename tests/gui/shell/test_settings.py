"""gui.shell.settings: what is remembered comes back, and garbage counts as nothing."""

from dataclasses import asdict, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.language import languages
from gui.shell import settings as settings_module
from gui.shell.app import Chainstep
from gui.shell.saved_values import Unkept
from gui.shell.settings import Settings
from gui.state import Look
from gui.theme import CHOICES

pytestmark = pytest.mark.usefixtures("qapp")

looks = st.builds(
    Look,
    language=st.sampled_from(languages()),
    theme=st.sampled_from(list(CHOICES)),
    digits=st.integers(2, 15),
    movement=st.booleans(),
    logarithmic=st.booleans(),
    speed=st.floats(0.5, 100_000),
)


def speak(monkeypatch: pytest.MonkeyPatch, *languages: str) -> None:
    """Let the system speak these languages, the best first."""
    system = SimpleNamespace(uiLanguages=lambda: list(languages))
    monkeypatch.setattr(settings_module, "QLocale", SimpleNamespace(system=lambda: system))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    speak(monkeypatch, "en-US")


@pytest.mark.parametrize(
    ("languages", "language"),
    [
        (["zh-Hans-CN", "zh-CN", "zh"], "zh_CN"),
        (["zh_TW"], "zh_CN"),
        (["en-US", "en", "zh-CN"], "en"),
        (["de-DE", "de", "zh-CN", "en"], "zh_CN"),
        (["de-DE"], "en"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_the_first_start_follows_the_system(
    languages: list[str], language: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(monkeypatch, *languages)
    assert settings.look().language == language
    settings.remember(Look(language="en"))
    assert settings.look().language == "en"


@given(look=looks)
def test_a_look_comes_back(look: Look, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = str(tmp_path_factory.mktemp("settings") / "s.ini")
    store = QSettings(path, QSettings.Format.IniFormat)
    Settings(store).remember(look)
    store.sync()
    again = Settings(QSettings(path, QSettings.Format.IniFormat)).look()
    assert replace(again, dark_system=False) == look
    types = {name: type(value) for name, value in asdict(again).items()}
    assert types == {name: type(value) for name, value in asdict(look).items()}


def test_the_first_start_has_the_defaults(settings: Settings) -> None:
    assert replace(settings.look(), dark_system=False) == Look()


def test_texts_and_arrangements_come_back(settings: Settings, store: QSettings) -> None:
    assert (settings.text("a"), settings.bytes("b")) == ("", QByteArray())
    settings.remember_text("a", '{"x": "−1, 中文"}\n')
    settings.remember_bytes("b", QByteArray(bytes(range(256))))
    store.sync()
    again = Settings(QSettings(store.fileName(), QSettings.Format.IniFormat))
    assert again.text("a") == '{"x": "−1, 中文"}\n'
    assert again.bytes("b") == QByteArray(bytes(range(256)))


def test_a_picture_remembers_until_it_ends_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(Unkept())
    settings.remember_text("a", "b")
    settings.sync()  # QSettings without a file warns here, and leaves a lock
    assert (settings.text("a"), list(tmp_path.iterdir())) == ("b", [])
    settings.forget("a")
    assert settings.text("a") == ""


@pytest.mark.parametrize(
    "garbage",
    [
        *("abc", "a, b", "@Invalid()", "-3", "nan", "inf", "5.5x", "@Variant(xx)", "@Point(1 2)"),
        *("1e400", "99999999999999999999", "{}", "zh", "@ByteArray(xx)"),
    ],
)
@pytest.mark.parametrize(
    "name", ["language", "theme", "digits", "movement", "logarithmic", "speed"]
)
def test_garbage_counts_as_nothing(name: str, garbage: str, tmp_path: Path) -> None:
    path = tmp_path / "garbage.ini"
    path.write_text(f"[look]\n{name}={garbage}\n")
    look = Settings(QSettings(str(path), QSettings.Format.IniFormat)).look()
    assert replace(look, dark_system=False) == Look()


@pytest.mark.parametrize(
    ("name", "value"), [("digits", 1), ("digits", 16), ("speed", 0.4), ("speed", 1e6)]
)
def test_values_out_of_range_count_as_nothing(
    name: str, value: float, settings: Settings, store: QSettings
) -> None:
    store.setValue(f"look/{name}", value)
    assert replace(settings.look(), dark_system=False) == Look()


def test_garbage_is_no_text_and_no_arrangement(settings: Settings, store: QSettings) -> None:
    store.setValue("key", ["a", "list"])
    assert (settings.text("key"), settings.bytes("key")) == ("", QByteArray())


def test_the_layout_is_remembered(program: Chainstep, settings: Settings) -> None:
    window = program.window
    window.experiment_dock.hide()
    window.close()
    layout = settings.bytes("window/layout")
    assert not layout.isEmpty()
    window.experiment_dock.show()
    window.arrange(layout)
    assert window.experiment_dock.isHidden()


def sizes(program: Chainstep) -> list[tuple[int, int]]:
    QTest.qWait(100)
    window = program.window
    docks = (window.experiment_dock, window.plots_dock, window.panels_dock)
    return [(dock.width(), dock.height()) for dock in docks]


def test_large_type_and_back_leaves_every_part_as_large_as_it_was(
    program: Chainstep, settings: Settings, qapp: QApplication
) -> None:
    window = program.window
    window.resizeDocks([window.panels_dock], [420], Qt.Orientation.Horizontal)
    window.resizeDocks([window.plots_dock], [210], Qt.Orientation.Vertical)
    before = sizes(program)
    for theme in ("projector", "dark", "projector", "light"):
        program.session.set_look(theme=theme)
        if theme != "projector":
            assert sizes(program) == before
        else:
            assert sizes(program) != before
    program.session.set_look(theme="projector")
    sizes(program)
    window.close()
    again = Chainstep(qapp, settings, settings.look())
    again.show()
    again.window.resize(window.size())
    again._after_first_paint()
    assert again.session.state.look.theme == "projector"
    sizes(again)
    again.session.set_look(theme="light")
    assert sizes(again) == before
    again.window.close()
    again.session.close()


def test_a_first_start_in_large_type_and_then_ordinary_type_is_like_a_first_start(
    program: Chainstep, qapp: QApplication, tmp_path: Path
) -> None:
    before = sizes(program)
    values = QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat)
    other = Chainstep(qapp, Settings(values), Look(theme="projector", movement=False))
    other.show()
    other._after_first_paint()
    sizes(other)
    other.session.set_look(theme="light")
    assert sizes(other) == before
    other.window.close()
    other.session.close()


@pytest.mark.parametrize("garbage", [b"", b"garbage", b"\x00\x00\x00\xff" * 50])
def test_a_layout_that_is_none_changes_nothing(garbage: bytes, program: Chainstep) -> None:
    program.window.arrange(QByteArray(garbage))
    program.window.restoreGeometry(QByteArray(garbage))
    assert program.window.experiment_dock.isVisible()
    assert program.window.plots_dock.isVisible()


def test_the_layout_of_another_version_is_not_restored(program: Chainstep) -> None:
    window = program.window
    window.experiment_dock.hide()
    for version in (0, 1, 99):
        other = window.saveState(version)
        window.experiment_dock.show()
        window.arrange(other)
        assert window.experiment_dock.isVisible()
        window.experiment_dock.hide()
