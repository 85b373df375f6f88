"""`chainstep quiz`: files that other programs read, with a sentence for each mistake."""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from engine import Experiment, Sample
from engine.commands.output import Patience
from engine.teaching.quiz.gift import escaped
from engine.teaching.quiz.html import of_markdown
from engine.teaching.slips import slips_at
from engine.teaching.standing import trained
from gui.__main__ import main
from tests.gui.quiz import readers
from tests.gui.quiz.readers import Read

Chainstep = Callable[..., tuple[int, str, str]]
HAND = ("--weights", -2, -1.5, -0.5, "--sample", 2, 1, "--learning-rate", 0.1)


@pytest.fixture
def chainstep(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Chainstep:
    """Return a function that runs `chainstep …` in this process."""
    # On a busy machine these take longer than a second, too, and tell so.
    monkeypatch.setattr(Patience, "_FIRST", 600.0)

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return run


@pytest.fixture
def both(chainstep: Chainstep, tmp_path: Path) -> Callable[..., tuple[list[Read], list[Read]]]:
    """Return a function that returns the questions of both formats."""

    def written(*arguments: object) -> tuple[list[Read], list[Read]]:
        for name in ("quiz.xml", "quiz.gift"):
            assert chainstep("quiz", tmp_path / name, *arguments) == (0, "", "")
        category, of_moodle = readers.moodle((tmp_path / "quiz.xml").read_bytes())
        other, of_gift = readers.gift((tmp_path / "quiz.gift").read_text("utf-8"))
        assert category == other
        return of_moodle, of_gift

    return written


Both = Callable[..., tuple[list[Read], list[Read]]]


def test_moodle_and_gift_say_the_same(both: Both) -> None:
    for arguments in (("--seed", 3), ("--lesson", "public-derivative"), HAND):
        of_moodle, of_gift = both(*arguments)
        assert of_moodle
        for one, other in zip(of_moodle, of_gift, strict=True):
            assert one._replace(hints=[]) == other


def test_every_slip_keeps_its_sentence(both: Both) -> None:
    questions, _ = both(*HAND, "--count", 13)
    assert len(questions) == 13
    run = trained(Experiment((-2, -1.5, -0.5), (Sample(2, 1),), 0.1, epochs=1))
    answers = [-4, 6, -3, 8, -4, -24, 2, -8, -3, -6, 1.9, -0.7, -1.4]
    for index, (question, answer) in enumerate(zip(questions, answers, strict=True), 1):
        (value, tolerance, told), *more = question.right
        assert not more
        assert float(value) == pytest.approx(answer)
        assert tolerance > 0
        assert f"= {answer:g}".replace("-", "−") in told
        found = {float(text): said for text, _, said in question.wrong if text != "*"}
        for slip in slips_at(run, index):
            said = next(
                said for number, said in found.items() if number == pytest.approx(slip.value)
            )
            assert len(said) > 10
    (_, _, at_7) = next(one for one in questions[6].wrong if one[0] == "-7.6")
    assert "A weight in it is already updated." in at_7
    assert "−7.6 = −4 × 1.9" in at_7
    assert questions[6].hints == [
        "<p>Multiply by this layer’s weight and pass it back.</p>",
        "<p>∂L/∂z = ∂L/∂e · w₃</p>",
        "<p>−4 × (−0.5)</p>",
    ]


def test_no_two_answers_overlap_and_the_right_one_comes_first(both: Both) -> None:
    for arguments in (("--seed", 3, "--count", 12), ("--preset", "tanh", "--count", 20)):
        for question in both(*arguments)[0]:
            ranges = [
                (float(value) - tolerance, float(value) + tolerance)
                for value, tolerance, _ in (*question.right, *question.wrong)
                if value != "*"
            ]
            ranges.sort()
            assert all(high < low for (_, high), (low, _) in pairwise(ranges))
            assert question.wrong[-1][0] == "*"


def test_a_question_tells_all_that_it_needs(both: Both) -> None:
    questions, _ = both(*HAND, "--count", 13)
    last = questions[-1].text
    for needed in ("y = w₁ · x", "x = 2", "w₁ = −2", "α = 0.1", "∂L/∂w₁ = −6"):
        assert needed in last
    assert "w₁ after the update" in last
    assert "∂L/∂z" not in questions[4].text


def test_the_same_seed_gives_the_same_questions(both: Both) -> None:
    short = ("--layers", 2, "--count")
    five = both(*short, 3, "--seed", 5)
    assert both(*short, 3, "--seed", 5) == five
    assert both(*short, 3, "--seed", 6) != five
    longer = both(*short, 7, "--seed", 5)[0]
    assert len(longer) == 7
    assert longer[:3] == five[0]


@pytest.mark.parametrize("lesson", ["forward", "loop", "wrong"])
def test_the_questions_of_a_lesson(lesson: str, both: Both, chainstep: Chainstep) -> None:
    status, printed, _ = chainstep("lesson", "list", "--json")
    assert status == 0
    names = [row["id"] for row in json.loads(printed)]
    name = next((one for one in names if lesson in one), names[0])
    questions, _ = both("--lesson", name, "--language", "zh_CN")
    assert len(questions) >= 3
    for question in questions:
        assert "{" not in question.text
        assert name in question.tags
        if question.kind != "essay":
            assert len(question.right) == 1
            assert question.wrong
        else:
            assert question.afterwards


def test_some_questions_of_a_lesson(both: Both) -> None:
    lesson = ("--lesson", "public-derivative")
    everything = both(*lesson)[0]
    assert both(*lesson, "--seed", 7)[0] == everything
    assert both(*lesson, "--count", 3)[0] == everything[:3]
    draws = [both(*lesson, "--count", 3, "--seed", seed)[0] for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]
    for some in draws:
        assert some == [question for question in everything if question in some]
        assert len(some) == 3


def test_an_author_s_own_sentence(both: Both, tmp_path: Path) -> None:
    lesson = tmp_path / "own.toml"
    lesson.write_text(
        'format = "chainstep lesson"\nversion = 1\nid = "own"\ntitle.en = "Own"\n'
        "[experiment.hand]\nweights = [-2, -1.5, -0.5]\nsamples = [{ x = 2, target = 1 }]\n"
        "learning_rate = 0.1\nepochs = 20\n"
        '[[step]]\nkind = "number"\nexperiment = "hand"\nat = "before pass_on 3"\n'
        'ask = "upstream 2"\nprompt.en = "What is **∂L/∂z**? {upstream 3} arrives: a = b ~ c."\n'
        'slips.in_place.en = "Too *early*: w₃ is old."\n',
        "utf-8",
    )
    (question,), _ = both("--lesson", lesson)
    assert "<b>∂L/∂z</b>? −4 arrives: a = b ~ c." in question.text
    assert ("-7.6", "<p>Too <i>early</i>: w₃ is old.</p>") in [
        (value, said) for value, _, said in question.wrong
    ]


def test_cards(chainstep: Chainstep, tmp_path: Path) -> None:
    out = tmp_path / "cards.txt"
    assert chainstep("quiz", out) == (0, "", "")
    head, cards = readers.anki(out.read_text("utf-8"))
    assert head["separator"] == "Tab"
    assert head["html"] == "true"
    assert head["tags column"] == "3"
    assert head["deck"].startswith("Chainstep::")
    assert 30 <= len(cards) <= 40
    assert len({front for front, _, _ in cards}) == len(cards)
    tags = " ".join(tag for _, _, tag in cards).split()
    assert {"formula", "term", "slip"} <= set(tags)
    assert not any(front == back for front, back, _ in cards)
    by_front = {front: back for front, back, _ in cards}
    assert (
        "<p>Multiply the layer’s input by its weight.</p>" in by_front["<p>How is y computed?</p>"]
    )
    wrong = next(back for front, back in by_front.items() if "∂L/∂z = ∂L/∂w₃ · w₃" in front)
    assert "The gradient ∂L/∂w₃ stays here." in wrong
    assert "<b>∂L/∂z = ∂L/∂e · w₃</b>" in wrong
    for front, back, _ in cards:
        assert not any(digit in front + back for digit in "3456789"), "no random numbers"


def test_cards_of_a_lesson(chainstep: Chainstep, tmp_path: Path) -> None:
    out = tmp_path / "cards.txt"
    assert chainstep("quiz", out, "--lesson", "public-derivative", "--language", "es") == (
        0,
        "",
        "",
    )
    _, cards = readers.anki(out.read_text("utf-8"))
    assert any("−24" in back for _, back, _ in cards)
    assert chainstep("quiz", out, "--lesson", "update", "--language", "es")[0] == 0
    _, cards = readers.anki(out.read_text("utf-8"))
    assert "<b>1,9</b>" in cards[0][1], "as Spanish writes it"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["a.doc"], "a.doc must end in .xml (Moodle), .gift or .txt (Anki)."),
        (["a.xml", "--lesson", "nothing"], "nothing: there is no lesson 'nothing'"),
        (["a.xml", "--lesson", "public-derivative", "--layers", "1"], "Give either a lesson or"),
        (["a.xml", "--count", "0"], "--count must be a whole number from 1 to 500, not 0."),
        (["a.xml", "--layers", "0"], "--layers must be a whole number from 1 to 5, not 0."),
        (["a.xml", "--layers", "6"], "--layers must be a whole number from 1 to 5, not 6."),
        (["a.xml", "--seed", "-1"], "--seed must be a whole number from 0 to 1000000000, not -1."),
        (["a.gift", "--epochs", "0"], "There is no question in it"),
        (["a.gift", "--activation", "sinus"], "--activation must be one of"),
    ],
)
def test_what_is_refused(
    arguments: list[str],
    told: str,
    chainstep: Chainstep,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, printed, fault = chainstep("quiz", *arguments)
    assert (status, printed) == (2, "")
    assert fault.startswith(f"chainstep quiz: {told}")
    assert not list(tmp_path.iterdir())


def test_what_is_right_is_backpropagation_whatever_the_algorithm(both: Both) -> None:
    assert both(*HAND, "--algorithm", "in_place") == both(*HAND)


def test_other_chains(both: Both, chainstep: Chainstep, tmp_path: Path) -> None:
    biased, _ = both("--biases", 0.5, 0, -1, "--activation", "tanh", "--count", 19)
    assert any("b₃" in question.text for question in biased)
    exploding, _ = both("--preset", "exploding", "--count", 30)
    assert not any("∞" in question.text.split("<b>")[1] for question in exploding)
    out = tmp_path / "cards.txt"
    arguments = ("--layers", 2, "--activation", "relu", "--language", "zh_CN")
    assert chainstep("quiz", out, *arguments) == (0, "", "")
    assert "ReLU" in out.read_text("utf-8")


def test_texts() -> None:
    assert of_markdown("a < b\nand **c**\n\n- *x*\n- `y = 1`") == (
        "<p>a &lt; b and <b>c</b></p><ul><li><i>x</i></li><li><code>y = 1</code></li></ul>"
    )
    assert escaped("a = {b}: ~c #1 \\") == "a \\= \\{b\\}\\: \\~c \\#1 \\\\"
