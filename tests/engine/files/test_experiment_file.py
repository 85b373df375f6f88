"""engine.files.experiment_file: experiments on disk."""

import gc
import json
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given

from engine import Experiment, Sample, UserError
from engine.files.experiment_file import (
    LARGEST_FILE,
    from_bytes,
    from_json,
    load,
    save,
    to_json,
    write_atomically,
)
from engine.user_error import Location
from tests.engine import chains


def bits(experiment: Experiment) -> list[str]:
    flat = [*experiment.weights, experiment.learning_rate]
    flat += [v for sample in experiment.samples for v in (sample.x, sample.target)]
    return [v.hex() for v in flat]


@given(chains.experiments(most_epochs=10**9))
def test_round_trip_bit_for_bit(experiment: Experiment) -> None:
    back = from_json(to_json(experiment))
    assert back == experiment
    assert bits(back) == bits(experiment)


def test_round_trip_on_disk(tmp_path: Path) -> None:
    experiment = Experiment((1 / 3, -0.0, 5e-324), (Sample(0.1, 1e308),), 1e-300, 7, "tanh")
    path = tmp_path / "实验 1.json"
    save(experiment, path)
    assert bits(load(path)) == bits(experiment)
    assert load(str(path)) == experiment
    assert path.read_bytes().endswith(b"}\n")


def test_what_a_file_looks_like() -> None:
    assert json.loads(to_json(Experiment())) == {
        "format": "chainstep experiment",
        "version": 1,
        "experiment": {
            "weights": [0.2333, -0.233, -0.52133],
            "samples": [{"x": 1.0, "target": -1.0}, {"x": -1.0, "target": 1.0}],
            "learning_rate": 0.05,
            "epochs": 240,
            "activation": "identity",
            "algorithm": "backprop",
        },
    }


def test_files_written_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "hand.json"
    text = to_json(Experiment()).replace("1.0", "1").replace("240", "2.4e2")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load(path) == Experiment()


# --- broken files --------------------------------------------------------------------------


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    content = json.loads(to_json(Experiment()))
    change(content)
    return json.dumps(content).encode()


def with_field(name: str, value: object) -> bytes:
    return changed(lambda content: content["experiment"].update({name: value}))


def of_version(version: object) -> bytes:
    """Return a file that has an unknown field as well."""
    content = json.loads(to_json(Experiment()))
    content["experiment"]["momentum"] = 0.9
    return json.dumps(content | {"version": version}).encode()


GOOD = to_json(Experiment()).encode()

BROKEN: list[tuple[str, bytes, str]] = [
    ("empty", b"", r"not valid JSON \(line 1, column 1\)"),
    ("blank", b" \n ", r"not valid JSON \(line 2"),
    ("text", b"hello", "not valid JSON"),
    ("cut short", GOOD[:-20], r"not valid JSON \(line"),
    ("two objects", GOOD + GOOD, r"not valid JSON \(line"),
    ("trailing comma", GOOD.replace(b'"backprop"', b'"backprop",'), "not valid JSON"),
    ("not UTF-8", GOOD.replace(b"tanh", b"tanh") + b"\xff\xfe", "UTF-8"),
    ("UTF-16", to_json(Experiment()).encode("utf-16"), "UTF-8"),
    ("binary", bytes(range(256)), "UTF-8"),
    ("a list", b"[1, 2]", "not a Chainstep experiment"),
    ("a number", b"1", "not a Chainstep experiment"),
    ("null", b"null", "not a Chainstep experiment"),
    ("another object", b'{"a": 1}', "not a Chainstep experiment"),
    ("deeply nested lists", b"[" * 200_000, "not a Chainstep|not valid JSON"),
    ("deeply nested objects", b'{"a":' * 200_000, "not a Chainstep|not valid JSON"),
    (
        "nested in the middle",
        GOOD.replace(b"240", b"[" * 100_000 + b"]" * 100_000),
        "not a Chainstep|not valid JSON",
    ),
    ("huge", GOOD + b" " * LARGEST_FILE, "larger than 10000000 bytes"),
    ("another format", GOOD.replace(b"chainstep exp", b"other exp"), "not a Chainstep experiment"),
    ("no version", changed(lambda c: c.pop("version")), "version None.* reads version 1"),
    ("newer version", changed(lambda c: c.update(version=2)), "version 2; .* reads version 1"),
    ("older version", of_version(0), "version 0;"),
    ("version as text, of more", of_version("2"), "version '2';"),
    (
        "newer version of a list",
        changed(lambda c: c.update(version=2, experiment=["a"])),
        "version 2;",
    ),
    ("version as text", changed(lambda c: c.update(version="1")), "version '1'"),
    ("version true", changed(lambda c: c.update({"version": True})), "version True"),
    ("version 1.5", changed(lambda c: c.update(version=1.5)), r"version 1\.5;"),
    ("no experiment", changed(lambda c: c.pop("experiment")), "has no experiment in it"),
    ("experiment is a list", changed(lambda c: c.update(experiment=[])), "has no experiment"),
    ("extra field outside", changed(lambda c: c.update(note="x")), "field 'note'.*not know"),
    ("extra field", with_field("momentum", 0.9), "field 'momentum'.*not know"),
    (
        "duplicate key",
        GOOD.replace(b'"epochs"', b'"epochs": 1, "epochs"'),
        "'epochs' appears twice",
    ),
    (
        "duplicate outside",
        GOOD.replace(b'"version"', b'"version": 1, "version"'),
        "'version' .*twice",
    ),
    (
        "duplicate in a sample",
        GOOD.replace(b'"x": 1.0', b'"x": 1.0, "x": 1.0'),
        "'x' appears twice",
    ),
    ("NaN", GOOD.replace(b"0.05", b"NaN"), "NaN is not allowed here: numbers must be finite"),
    (
        "Infinity",
        GOOD.replace(b"0.2333", b"Infinity"),
        "Infinity is not allowed here: numbers must be finite",
    ),
    (
        "-Infinity",
        GOOD.replace(b"0.2333", b"-Infinity"),
        "-Infinity is not allowed here: numbers must be finite",
    ),
    ("1e999", GOOD.replace(b"0.2333", b"1e999"), r"weights\[0\] must be a finite number, not inf"),
    ("a weight as text", with_field("weights", [0.1, "0.2"]), r"weights\[1\].*number, not '0.2'"),
    ("a weight true", with_field("weights", [True]), r"weights\[0\].*number, not True"),
    ("no weights", with_field("weights", []), "weights is empty.*at least one"),
    ("weights an object", with_field("weights", {"1": 0.5}), "weights"),
    ("weights null", with_field("weights", None), "weights must be a list, not None"),
    ("no samples", with_field("samples", []), "samples is empty.*at least one"),
    ("samples a number", with_field("samples", 3), "samples must be a list, not 3"),
    ("samples an object", with_field("samples", {"x": 1}), "samples"),
    ("a sample as a pair", with_field("samples", [[1, 2]]), r"samples\[0\] must have an x and"),
    (
        "a sample without target",
        with_field("samples", [{"x": 1}]),
        r"samples\[0\].target is missing",
    ),
    (
        "a sample with more",
        with_field("samples", [{"x": 1, "target": 1, "weight": 1}]),
        "field 'weight'",
    ),
    (
        "a target true",
        with_field("samples", [{"x": 1, "target": 1}, {"x": 1, "target": True}]),
        r"samples\[1\].target must be a number, not True",
    ),
    ("learning rate 0", with_field("learning_rate", 0), "learning_rate must be greater than 0"),
    ("epochs 1.5", with_field("epochs", 1.5), "epochs must be a whole number.*not 1.5"),
    ("epochs true", with_field("epochs", value=True), "epochs must be a number, not True"),
    ("epochs -1", with_field("epochs", -1), "epochs must be a whole number from 0 up, not -1"),
    ("unknown activation", with_field("activation", "swish"), "activation .*identity.*'swish'"),
    ("unknown algorithm", with_field("algorithm", ["x"]), "algorithm .*backprop"),
    ("an endless integer", GOOD.replace(b"240", b"9" * 5000), "too many digits"),
    ("an integer beyond floats", GOOD.replace(b"240", b"9" * 400), "epochs must be a finite"),
    ("half a surrogate", with_field("\ud800", 1), "field"),
]


@pytest.mark.parametrize(("data", "said"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_a_broken_file_names_its_fault(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(data)
    with pytest.raises(UserError, match=said) as caught:
        load(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert len(sentence) < 200
    assert sentence.endswith(".")
    sentence.encode()  # it can be printed


FIELDS = ("weights", "samples", "learning_rate", "epochs", "activation", "algorithm")
OTHER = Experiment((0.5, 2.0), (Sample(3.0, 4.0),), 0.25, 7, "tanh", "in_place")


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_is_absent_has_its_default(name: str) -> None:
    content = json.loads(to_json(OTHER))
    del content["experiment"][name]
    assert from_json(json.dumps(content)) == replace(OTHER, **{name: getattr(Experiment(), name)})


def test_a_file_of_an_experiment_without_any_field_is_the_opening_one() -> None:
    content = json.loads(to_json(OTHER)) | {"experiment": {}}
    assert from_json(json.dumps(content)) == Experiment()


def test_a_later_file_names_what_this_version_lacks() -> None:
    content = json.loads(to_json(OTHER))
    content["version"] = 2
    content["experiment"] |= {"momentum": 0.9, "skip": [1, 2]}
    with pytest.raises(UserError) as caught:
        from_json(json.dumps(content))
    assert str(caught.value) == (
        "The file is from a later version of Chainstep; this version does not know 'momentum',"
        " 'skip'."
    )
    content["experiment"] |= {f"f{i}": i for i in range(4000)}
    with pytest.raises(UserError) as caught:
        from_json(json.dumps(content))
    assert len(str(caught.value)) < 200


def test_a_fault_in_a_sample_has_its_location() -> None:
    with pytest.raises(UserError) as caught:
        from_json(with_field("samples", [{"x": 1, "target": 1}, {"x": "1", "target": 1}]).decode())
    assert caught.value.location == Location("samples", 1, "x")


def test_a_file_of_very_many_fields_is_refused_quickly() -> None:
    text = json.dumps({f"f{i}": i for i in range(4000)})
    started = time.perf_counter()
    with pytest.raises(UserError, match="not a Chainstep experiment"):
        from_json(text)
    assert time.perf_counter() - started < 0.3


@pytest.mark.parametrize("place", ["missing.json", "no/such/folder.json", "."])
def test_what_can_t_be_read_is_an_oserror(place: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"No such file|Is a directory|Permission denied"):
        load(tmp_path / place)


# --- writing -------------------------------------------------------------------------------


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("there", ["old", "none"])
@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
def test_an_error_while_writing_leaves_what_was_there(
    call: str,
    there: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "experiment.json"
    if there == "old":
        save(Experiment(), path)
    before = files_in(tmp_path)

    def fail(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(call, fail)
    with pytest.raises(OSError, match="No space left"):
        save(Experiment(epochs=1), path)
    assert files_in(tmp_path) == before
    if there == "old":
        assert load(path) == Experiment()


def test_text_that_can_t_be_encoded_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "\ud800")
    assert path.read_text() == "old"
    assert files_in(tmp_path) == ["table.csv"]


def test_writing_replaces_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_atomically(path, "a long text\n" * 100)
    write_atomically(path, "短\n")
    assert path.read_bytes() == "短\n".encode()
    assert files_in(tmp_path) == ["file"]


def test_the_text_is_on_disk_before_it_takes_the_file_s_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_text("old")
    seen: list[tuple[str, ...]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        beside = [p.read_text() for p in tmp_path.iterdir() if p != path]
        what = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
        seen.append((what, path.read_text(), *beside))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write_atomically(path, "new")
    assert seen == [("file", "old", "new"), ("folder", "new")]
    assert path.read_text() == "new"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_keeps_its_mode_and_a_new_one_gets_the_usual(tmp_path: Path) -> None:
    old, new, usual = tmp_path / "old", tmp_path / "new", tmp_path / "usual"
    old.touch()
    old.chmod(0o640)
    usual.touch()
    write_atomically(old, "x")
    write_atomically(new, "x")
    assert mode(old) == 0o640
    assert mode(new) == mode(usual)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "file", tmp_path / "link"
    real.write_text("old")
    link.symlink_to(real)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    # As root, `--csv /dev/null` must not put an ordinary file in the place of /dev/null.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, "text")
    except OSError:
        pass  # to refuse it is as good as to write into it
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_saving_does_not_depend_on_the_rest_of_an_experiment(tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    experiment = replace(Experiment(), weights=(0.5,) * 5000)
    save(experiment, path)
    assert load(path) == experiment


FIRST_VERSION = sorted(Path(__file__).with_name("files-0.1.0").glob("*.json"))


@pytest.mark.parametrize("path", FIRST_VERSION, ids=lambda path: path.stem)
def test_the_files_of_the_first_version_open_for_ever(path: Path) -> None:
    content = json.loads(path.read_text("utf-8"))["experiment"]
    experiment = load(path)
    for name in ("learning_rate", "epochs", "activation", "algorithm"):
        assert repr(getattr(experiment, name)) == repr(content[name])
    assert list(map(repr, experiment.weights)) == list(map(repr, content["weights"]))
    told = [(repr(sample.x), repr(sample.target)) for sample in experiment.samples]
    assert told == [(repr(row["x"]), repr(row["target"])) for row in content["samples"]]


@pytest.mark.parametrize("sign", ["[", "{", ","])
def test_what_is_too_much_for_an_experiment_is_not_even_read(sign: str) -> None:
    with pytest.raises(UserError, match="more than 100000 layers or samples"):
        from_json(sign * 300_101)
    with pytest.raises(UserError) as caught:
        from_json(sign * 300_100)
    assert "more than" not in str(caught.value)


def test_the_largest_file_is_read() -> None:
    padded = GOOD + b" " * (LARGEST_FILE - len(GOOD))
    assert from_bytes(padded) == Experiment()
    with pytest.raises(UserError, match="larger than 10000000 bytes"):
        from_bytes(padded + b" ")


@pytest.mark.parametrize("collects", [True, False])
@pytest.mark.parametrize("text", [GOOD.decode(), "{"])
def test_while_a_file_is_read_no_garbage_is_searched_for(
    text: str, monkeypatch: pytest.MonkeyPatch, *, collects: bool
) -> None:
    loads, seen, was = json.loads, [], gc.isenabled()

    def watched(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - JSON may be anything
        seen.append(gc.isenabled())
        return loads(*given, **named)

    monkeypatch.setattr(json, "loads", watched)
    try:
        (gc.enable if collects else gc.disable)()
        with suppress(UserError):
            from_json(text)
        assert gc.isenabled() is collects
    finally:
        (gc.enable if was else gc.disable)()
    assert seen == [False]
