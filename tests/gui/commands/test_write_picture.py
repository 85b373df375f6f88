"""`chainstep picture` writes what the window shows, or says in one line why not."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QImageReader
from PySide6.QtWidgets import QApplication

from engine import Experiment, UserError
from engine.files.experiment_file import save
from gui.__main__ import main
from gui.commands.write_picture import parsed_size
from tests.gui.sheets.reading import Pdf

pytestmark = pytest.mark.usefixtures("qapp")

Chainstep = Callable[..., tuple[int, str, str]]


@pytest.fixture
def chainstep(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Chainstep:
    """Return a function that runs `chainstep …` in this process."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return run


def pixels(path: Path) -> QImage:
    image = QImage(str(path))
    assert not image.isNull()
    return image


def ink(image: QImage) -> int:
    """Return how many colours there are on a grid over the picture."""
    return len(
        {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    )


def test_a_png_of_the_window(chainstep: Chainstep, tmp_path: Path) -> None:
    out = tmp_path / "window.png"
    assert chainstep("picture", out, "--step", 8) == (0, "", "")
    image = pixels(out)
    assert (image.width(), image.height()) == (1440, 900)
    assert ink(image) > 50
    assert [path.name for path in tmp_path.iterdir()] == ["window.png"]


def test_a_png_of_the_chain(chainstep: Chainstep, tmp_path: Path) -> None:
    out = tmp_path / "chain.PNG"
    arguments = ("--part", "chain", "--size", "1000x600", "--language", "zh_CN", "--theme", "dark")
    assert chainstep("picture", out, "--step", 3, *arguments) == (0, "", "")
    image = pixels(out)
    assert (image.width(), image.height()) == (1000, 600)
    assert image.pixelColor(2, 300).lightness() < 60
    assert ink(image) > 10


@pytest.mark.parametrize("part", ["window", "chain"])
def test_an_svg(part: str, chainstep: Chainstep, tmp_path: Path) -> None:
    out = tmp_path / "picture.svg"
    arguments = ("--part", part, "--size", "1200x800", "--theme", "projector")
    assert chainstep("picture", out, "--step", 5, *arguments) == (0, "", "")
    root = ET.parse(out).getroot()  # noqa: S314 - written just now
    assert root.tag.endswith("}svg")
    assert root.get("viewBox") == "0 0 1200 800"
    texts = {"".join(e.itertext()).strip() for e in root.iter() if e.tag.endswith("}text")}
    assert "∂L/∂e" in texts
    assert "1.0283" in texts


def test_a_panel_that_is_asked_for_is_shown_at_every_size(
    chainstep: Chainstep, tmp_path: Path
) -> None:
    def seen(*arguments: object) -> str:
        out = tmp_path / "picture.svg"
        assert chainstep("picture", out, "--size", "900x600", *arguments) == (0, "", "")
        return out.read_text(encoding="utf-8")

    for theme in ("light", "projector"):
        assert "Initial weights" in seen("--theme", theme)
        assert "Diagnosis" not in seen("--theme", theme)
        picture = seen("--theme", theme, "--panel", "diagnosis")
        assert "Diagnosis" in picture
        assert "Initial weights" not in picture


def test_the_same_picture_twice(chainstep: Chainstep, tmp_path: Path) -> None:
    for name in ("one.png", "two.png"):
        assert chainstep("picture", tmp_path / name, "--step", 20, "--size", "1024x700")[0] == 0
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_another_step_and_another_experiment_look_otherwise(
    chainstep: Chainstep, tmp_path: Path
) -> None:
    save(Experiment(weights=(0.5,) * 5, epochs=3), tmp_path / "five.json")
    seen = set()
    for i, arguments in enumerate(
        [(), ("--step", 1), ("--step", 6240), ("--file", tmp_path / "five.json", "--step", 63)]
    ):
        out = tmp_path / f"{i}.png"
        assert chainstep("picture", out, "--part", "chain", *arguments) == (0, "", "")
        seen.add(out.read_bytes())
    assert len(seen) == 4


def test_an_experiment_that_trains_for_long(chainstep: Chainstep, tmp_path: Path) -> None:
    out = tmp_path / "late.png"
    arguments = ("--epochs", 20_000, "--step", 520_000, "--part", "chain")
    assert chainstep("picture", out, *arguments) == (0, "", "")
    assert out.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["{}/a.jpg"], ".png, .svg, .gif or .pdf"),
        (["{}/a"], ".png, .svg, .gif or .pdf"),
        (["{}/a.png", "--step", "6241"], "--step must be from 0 to 6240, not 6241."),
        (["{}/a.png", "--step", "-1"], "--step must be from 0 to 6240, not -1."),
        (["{}/a.png", "--step", "x"], "whole number"),
        (["{}/a.png", "--size", "1440"], "--size must be WIDTHxHEIGHT"),
        (["{}/a.png", "--size", "100x100"], "from 900x600 to 8000x8000"),
        (["{}/a.png", "--size", "900x9999"], "from 900x600 to 8000x8000"),
        (["{}/a.png", "--size", "-900x700"], ""),
        (["{}/a.png", "--language", "de"], "--language"),
        (["{}/a.png", "--theme", "pink"], "--theme"),
        (["{}/a.png", "--part", "plots"], "--part"),
        (["{}/a.png", "--activation", "step"], "activation must be one of"),
        (["{}/a.png", "--learning-rate", "0"], "learning_rate must be greater than 0"),
        (["{}/a.png", "--layers", "65"], "at most 64"),
        (["{}/a.png", "--epochs", "999999999999999999"], "at most"),
        (["{}/a.png", "--weights", "1", "--layers", "2"], "either the weights"),
        (["{}/a.png", "--file", "{}/nothing.json"], "nothing.json: No such file"),
        (["{}/no folder/a.png"], "a.png: No such file"),
        (["{}/a.png", "--more"], "--more"),
        ([], "OUT.png"),
    ],
)
def test_a_wrong_argument_is_one_line(
    arguments: list[str], says: str, chainstep: Chainstep, tmp_path: Path
) -> None:
    status, out, err = chainstep("picture", *(a.replace("{}", str(tmp_path)) for a in arguments))
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    assert err.startswith("chainstep picture: ")
    assert says in err
    assert list(tmp_path.iterdir()) == []


def test_a_refused_picture_leaves_no_window_behind(
    chainstep: Chainstep, tmp_path: Path, qapp: QApplication
) -> None:
    before = len([w for w in qapp.topLevelWidgets() if w.isVisible()])
    assert chainstep("picture", tmp_path / "no" / "a.png")[0] == 2
    assert len([w for w in qapp.topLevelWidgets() if w.isVisible()]) <= before


@pytest.mark.parametrize("text", ["900x600", "8000x8000", "1440x900"])
def test_a_size(text: str) -> None:
    width, height = map(int, text.split("x"))
    assert parsed_size(text) == QSize(width, height)


@pytest.mark.parametrize(
    "text",
    ["", "x", "899x600", "900x599", "8001x8000", "900x600x1", "900,600", "1.5x900"],
)
def test_no_size(text: str) -> None:
    with pytest.raises(UserError, match="--size must be"):
        parsed_size(text)


def test_steps_as_an_animation_and_as_a_hand_out(
    chainstep: Chainstep, tmp_path: Path, handles: list[bool]
) -> None:
    moving, printed = tmp_path / "steps.gif", tmp_path / "steps.pdf"
    chosen = ("--part", "chain", "--size", "900x600")
    assert chainstep("picture", moving, "--from", 3, "--to", 6, "--fps", 2, *chosen)[0] == 0
    reader = QImageReader(str(moving))
    assert reader.imageCount() == 4
    frames = [reader.read() for _ in range(4)]
    assert reader.nextImageDelay() == 500
    assert reader.loopCount() == -1
    assert all(frame.size() == QSize(900, 600) for frame in frames)
    for index, frame in enumerate(frames, 3):
        still = tmp_path / f"{index}.png"
        assert chainstep("picture", still, "--step", index, *chosen)[0] == 0
        assert unlike(frame, pixels(still)) < 0.002, index
        assert not handles[-1], "a picture of the chain has nothing to drag"
    assert chainstep("picture", printed, "--part", "chain")[0] == 0
    assert not handles[-1]
    content = printed.read_bytes()
    assert not [piece for piece in Pdf(content).pages[0] if "Space" in piece], "no keys on paper"
    assert content.startswith(b"%PDF-")
    assert content.count(b"/Type /Page\n") == 3, "14 steps, from 0 to 13, are three pages"
    assert b"/FontFile2" in content
    again = tmp_path / "again.pdf"
    assert chainstep("picture", again, "--part", "chain")[0] == 0
    assert again.read_bytes() == content


def unlike(one: QImage, other: QImage) -> float:
    """Return the share of pixels on a grid of which a colour differs much."""
    grid = [(x, y) for x in range(0, one.width(), 3) for y in range(0, one.height(), 3)]
    pairs = [(one.pixelColor(x, y), other.pixelColor(x, y)) for x, y in grid]
    parts = (QColor.red, QColor.green, QColor.blue)
    return sum(any(abs(f(a) - f(b)) > 40 for f in parts) for a, b in pairs) / len(grid)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("a.gif", "--step", 3), "--from and --to, and not --step"),
        (("a.png", "--from", 3), "are for files that end in .gif or .pdf"),
        (("a.pdf", "--fps", 3), "--fps is for files that end in .gif"),
        (("a.gif", "--fps", 1000), "--fps must be from 0.1 to 50.0, not 1000."),
        (("a.gif", "--from", 9, "--to", 3), "from 0 to 6240"),
        (("a.gif", "--to", 7000), "from 0 to 6240"),
        (("a.gif", "--to", 600), "at most 500 steps, and not 601"),
        (("a.jpg",), ".png, .svg, .gif or .pdf"),
    ],
)
def test_what_does_not_fit_together_is_refused_in_a_sentence(
    chainstep: Chainstep, tmp_path: Path, arguments: tuple[object, ...], told: str
) -> None:
    name, *options = arguments
    status, out, err = chainstep("picture", tmp_path / str(name), *options)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())
