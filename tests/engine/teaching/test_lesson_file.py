"""Lesson files: what is read, and the sentence for each thing that can't be."""

import random
import time
from math import inf

import pytest

from engine.quantities import Name, Quantity
from engine.teaching.lesson import Choose, Do, Number
from engine.teaching.lesson_file import LARGEST_FILE, from_bytes, from_text, read
from engine.user_error import UserError
from gui.language import languages, sentence
from tests.stress.files import broken, is_clear

HEAD = """\
format = "chainstep lesson"
version = 1
id = "my-lesson"
title = { en = "My lesson", zh_CN = "我的课" }

[experiment.hand]
weights = [-2, -1.5, -0.5]
samples = [{ x = 2, target = 1 }]
learning_rate = 0.1
epochs = 20
"""

NUMBER = """
[[step]]
kind = "number"
experiment = "hand"
at = "before pass_on 3"
ask = "upstream 2"
mark = ["weight 3", "upstream 3"]
prompt.en = "{upstream 3} is passed on through w₃ = {weight 3}. What is ∂L/∂z?"
prompt.zh_CN = "{upstream 3} 经过 w₃ = {weight 3} 往前传，∂L/∂z 是多少？"
hints.en = ["e = w₃·z", "Multiply what arrives by w₃."]
hints.zh_CN = ["e = w₃·z", "把传来的数乘以 w₃。"]
"""

DO = """
[[step]]
kind = "do"
preset = "article"
edit = ["learning_rate"]
goal = ["converged_at < 50", "mean_loss end < 0.001"]
solution = { learning_rate = 0.3 }
near_miss = { learning_rate = 1.2 }
prompt.en = "Find a learning rate with which it converges in fewer than 50 epochs."
"""

CHOOSE = """
[[step]]
kind = "choose"
experiment = "hand"
at = "before seed"
prompt = { en = "If e grew a little, L would …" }

[[step.options]]
text.en = "fall"
holds = "upstream 3 < 0"

[[step.options]]
text.en = "rise"
holds = ["upstream 3 > 0"]
because.en = "e is too small."
"""


def told(text: str) -> list[str]:
    return [str(fault) for fault in read(text.encode()).faults]


def test_a_step_is_read_with_all_that_it_says() -> None:
    lesson = from_text(HEAD + NUMBER + DO + CHOOSE)
    number, do, choose = lesson.steps
    assert (lesson.name, lesson.title.of("zh_CN"), lesson.languages) == (
        "my-lesson",
        "我的课",
        ("en",),
    )
    assert isinstance(number, Number)
    assert (number.answer, number.line, number.index) == (2, 12, 6)
    assert number.mark == (Name(Quantity.WEIGHT, 3), Name(Quantity.UPSTREAM, 3))
    assert number.text.filled("en", number.here, lambda value: f"{value:g}") == (
        "-4 is passed on through w₃ = -0.5. What is ∂L/∂z?"
    )
    assert [hint.of("zh_CN") for hint in number.hints] == ["e = w₃·z", "把传来的数乘以 w₃。"]
    assert isinstance(do, Do)
    assert do.solution is not None
    assert (do.preset, do.edit, do.solution.learning_rate) == ("article", ("learning_rate",), 0.3)
    assert isinstance(choose, Choose)
    assert [option.text.of("en") for option in choose.options] == ["fall", "rise"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"upstream 2"', '"upstream 5"', "line 16: step 1, `ask`: layer 5 does not exist; this"),
        ('"weight 3", "up', '"weight 9", "up', "line 17: step 1, `mark`: layer 9 does not exist"),
        ("{weight 3}. What", "{weight 4}. What", "line 18: step 1, `prompt`: layer 4 does not"),
        ("{weight 3}. What", "{weight 3. What", "step 1, `prompt`: a brace stands alone"),
        ("{weight 3}. What", "{__class__}. What", "step 1, `prompt`: '__class__' is no value"),
        ("{weight 3}. What", "{upstream 1}. What", "upstream 1 is not computed yet at this place"),
        ('kind = "number"', 'kind = "numbre"', "line 13: step 1, `kind`: 'numbre' is not"),
        ('ask = "upstream 2"', "", "line 12: step 1, `ask`: this field is missing."),
        ('ask = "up', 'asc = "up', "step 1, `asc`: this field is not known here; there are"),
        ('"hand"\nat', '"foot"\nat', "line 14: step 1, `experiment`: 'foot' is not known here"),
        ("before pass_on 3", "behind pass_on 3", "line 15: step 1, `at`: 'behind pass_on 3' is no"),
        ("before pass_on 3", "before loss @ epoch 99", "epoch 99 does not exist; the run has 20."),
        ("hints.zh_CN = [", "hints.zh_CN = ['x', ", "`hints`: a list of 1 to 2 entries is meant"),
        ("prompt.zh_CN", "prompt.fr", "line 18: step 1, `prompt`: 'fr' is no language of lessons"),
        ("What is ∂L/∂z?", "![](file:///etc/passwd)", "`prompt`: a text shows no pictures"),
        ("What is ∂L/∂z?", "[here](x)", "`prompt`: a text has no links"),
        ("What is ∂L/∂z?", "see https://x.org", "`prompt`: a text has no addresses"),
        ("What is ∂L/∂z?", "open /etc/passwd", "`prompt`: a text has no names of files"),
        ("What is ∂L/∂z?", "<img src=x>", "`prompt`: a text has no HTML"),
        ("What is ∂L/∂z?", "\\u001b[31mred", "`prompt`: a text has no invisible characters"),
        ("What is ∂L/∂z?", "x" * 2001, "`prompt`: a text has at most 2000 characters"),
        ("epochs = 20", "epochs = 5001", "line 6, `experiment.hand`: an experiment of a lesson"),
        ("epochs = 20", "epoch = 20", "`experiment.hand`: an experiment has no field 'epoch'"),
        ("weights = [-2, -1.5", "weights = ['-2', -1.5", "weights[0] must be a number"),
        ("weights = [-2", "weights = [-1" + ", 1" * 64, "a list of 1 to 64 entries is meant"),
        ("x = 2, target", "x = 2, ziel", "`experiment.hand`: sample 1 must be an x and a target"),
        ("version = 1", "version = 2", "line 2, `version`: 2 is not known here"),
        ("chainstep lesson", "lesson", "this is no Chainstep lesson: it begins with format ="),
        ("my-lesson", "../my lesson", "line 3, `id`: '../my lesson' is no name"),
        ("id =", "name = 1\nid =", "`name`: this field is not known here"),
        ('ask = "upstream 2"', 'ask = "upstream 2', "line 16: a text is not closed by"),
        ('ask = "upstream 2"', "ask = upstream 2", "line 16: a value is missing at column 7"),
        ('ask = "upstream 2"', 'at = "start"', "line 16: what is said at column"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_step_and_field(old: str, new: str, sentence: str) -> None:
    text = (HEAD + NUMBER).replace(old, new, 1)
    assert text != HEAD + NUMBER
    assert sentence in "\n".join(told(text))


def test_all_faults_are_told_in_the_order_of_the_file() -> None:
    text = HEAD + NUMBER.replace("upstream 2", "upstream 7") + DO.replace("1.2", "0") + CHOOSE
    text = text.replace('holds = "upstream 3 < 0"', 'holds = "upstream 3 <"')
    first, second, third = told(text)
    assert first.startswith("line 16: step 1, `ask`: layer 7")
    assert second.startswith("line 29: step 2, `near_miss`: learning_rate must be greater than 0")
    assert third.startswith("line 40: step 3, `options.1.holds`: a value is missing")


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("edit", "step 1, `solution`: 'learning_rate' is not known here; there are epochs."),
        ("order", "step 1, `to`: it comes before the step gradient 1"),
    ],
)
def test_what_does_not_fit_together_is_told(kind: str, sentence: str) -> None:
    carry = '[[step]]\nkind = "carry_out"\nfrom = "gradient 1"\nto = "seed"\nprompt.en = "Go."\n'
    text = DO.replace('["learning_rate"]', '["epochs"]') if kind == "edit" else carry
    assert sentence in told(HEAD + text)[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe",
        b"x" * (LARGEST_FILE + 1),
        b"[" * 100_000,
        b"a." * 90_000 + b"b = 1",
        b"x = " + b"9" * 5000,
        b"x = " + b"[" * 3000 + b"]" * 3000,
        b'format = "chainstep lesson"\nversion = 1\nstep = 3\nid = 3\ntitle = []\nexperiment = []',
        (HEAD + "[[step]]\n" * 61).encode(),
        (HEAD + "[[step]]\nkind = []\n").encode(),
        (HEAD + "[[step]]\nkind = 0x" + "f" * 9000).encode(),
        b'"".' * 60_000,
        b'"' * 199_999,
        b"x = '''" + b"\\'" * 90_000,
    ],
)
def test_a_file_that_is_no_lesson_is_refused_in_a_sentence_and_at_once(data: bytes) -> None:
    start = time.process_time()
    with pytest.raises(UserError) as caught:
        from_bytes(data)
    assert time.process_time() - start < 1
    assert all(is_clear(sentence(caught.value, language)) for language in languages())


def test_whatever_is_done_to_a_file_is_told_in_one_sentence() -> None:
    draw = random.Random(13)  # noqa: S311 - a test
    refused = 0
    for _ in range(400):
        data = broken(HEAD + NUMBER + DO + CHOOSE, draw)
        start = time.process_time()
        faults = read(data).faults
        assert time.process_time() - start < 1
        refused += bool(faults)
        for fault in faults:
            for language in languages():
                assert is_clear(sentence(fault, language)), (data, fault)
    assert refused > 200


def test_an_epoch_that_never_comes_has_a_word_and_an_infinite_number_is_written() -> None:
    text = DO.replace('"article"', '"exploding"').replace(
        "50 epochs.", "{converged_at}, {loss @ epoch 1 sample 2}."
    )
    (step,) = from_text(HEAD + text).steps
    said = step.text.filled("en", step.here, lambda value: "∞" if value == inf else "", "never")
    assert said.endswith("it converges in fewer than never, ∞.")


def test_a_number_in_a_text_is_what_one_computes_by_hand() -> None:
    text = NUMBER.replace("before pass_on 3", "after update 2").replace(
        "{upstream 3} is", "{weight 3}, {checked 3}, {0 * gradient 3}: it is"
    )
    (step, _) = from_text(HEAD + text + DO).steps
    assert step.text.filled("en", step.here, repr).startswith("1.9, -24.0, 0.0: it is passed on")


def large(experiments: int, epochs: int) -> str:
    """Return a lesson in which each step has an experiment of 64 layers and 64 samples."""
    weights, samples = ", ".join(["0.95"] * 64), ", ".join(["{ x = 0.5, target = 1 }"] * 64)
    parts = [HEAD]
    for k in range(experiments):
        parts.append(f"[experiment.e{k}]\nweights = [{weights}]\nsamples = [{samples}]")
        parts.append(f"learning_rate = {0.0001 + k * 1e-6}\nepochs = {epochs}")
        parts.append(f'[[step]]\nkind = "number"\nexperiment = "e{k}"\nat = "end"')
        parts.append('ask = "mean_loss end"\nprompt.en = "What is it?"')
    return "\n".join(parts)


def test_what_would_take_long_to_train_is_refused_before_it_is_trained() -> None:
    start = time.process_time()
    (fault,) = told(large(1, 5000))
    assert "layers × samples × epochs are 20480000 here: at most 500000" in fault
    (fault,) = told(large(25, 100))
    assert "its experiments are too much together" in fault
    assert time.process_time() - start < 1
    assert told(large(1, 100)) == []


def test_a_lesson_asks_for_so_many_values_and_no_more() -> None:
    (fault,) = told(HEAD + NUMBER.replace("is passed on", "{weight 1} " * 20))
    assert "at most 20 values are meant in a text, not 22." in fault
    many = NUMBER.replace("is passed on", "{weight 1} " * 18).replace("经过", "{weight 1} " * 18)
    assert told(HEAD + many * 20) == []
    faults = told(HEAD + many * 60)
    assert "a lesson has at most 1500 values and conditions." in faults[0]
