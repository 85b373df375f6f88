"""engine.files.samples_file: training data from a table."""

import io
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Sample, UserError
from engine.files.samples_file import content_of, is_experiment, load_samples, samples_from
from engine.files.tables.table import LARGEST_TABLE

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(finite, finite), min_size=1), st.sampled_from(",;\t"), st.booleans())
def test_what_is_written_reads_back(
    pairs: list[tuple[float, float]],
    delimiter: str,
    heading: bool,  # noqa: FBT001
) -> None:
    lines = [delimiter.join(map(repr, pair)) for pair in pairs]
    if heading:
        lines.insert(0, delimiter.join(("x", "target")))
    assert samples_from("\r\n".join(lines)) == tuple(Sample(*pair) for pair in pairs)


def test_decimal_commas_real_minus_blank_lines_and_spaces() -> None:
    text = "Eingang; Ziel\n\n 0,5 ; −1,25\n2;3\n"
    assert samples_from(text) == (Sample(0.5, -1.25), Sample(2.0, 3.0))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no row of numbers"),
        ("x,target\n", "no row of numbers"),
        ("1,2\n3\n", "Line 2 must have two numbers, x and target, not '3'"),
        ("1,2\n3,4,5\n", "Line 2"),
        ("1,2\n3,four\n", "'four' in line 2"),
        ("1,nan\n", "samples[0].target must be a finite number"),
        ("1,1e999\n", "samples[0].target must be a finite number"),
    ],
)
def test_a_broken_table_names_its_line(text: str, told: str) -> None:
    with pytest.raises(UserError) as caught:
        samples_from(text)
    assert told in str(caught.value)


def test_a_file(tmp_path: Path) -> None:
    table = tmp_path / "data.csv"
    table.write_bytes("\ufeffx,target\n1,-1\n".encode())
    assert load_samples(table) == (Sample(1.0, -1.0),)
    table.write_bytes(b"\xff\xfe1,2")
    with pytest.raises(UserError, match="UTF-8"):
        load_samples(table)
    table.write_bytes(b"1,2\n" * 300_000)
    with pytest.raises(UserError, match="larger than"):
        load_samples(table)
    with pytest.raises(FileNotFoundError):
        load_samples(tmp_path / "none.csv")


def test_what_is_too_large_is_not_read_to_its_end(tmp_path: Path) -> None:
    table = tmp_path / "data.csv"
    with table.open("wb") as file:
        file.truncate(LARGEST_TABLE)
    assert len(content_of(table)) == LARGEST_TABLE
    with table.open("wb") as file:
        file.truncate(10**12)
    with pytest.raises(UserError, match="larger than"):
        content_of(table)


def test_standard_input_has_the_same_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def give(size: int) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(bytes(size))))

    give(LARGEST_TABLE)
    assert len(content_of("-")) == LARGEST_TABLE
    give(LARGEST_TABLE + 1)
    with pytest.raises(UserError, match="larger than"):
        content_of("-")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.json", b"", True),
        ("a.JSON", b"1,2", True),
        ("a.csv", b'{"weights": []}', True),
        ("a", b"\xef\xbb\xbf \n{", True),
        ("a.csv", b"1,2\n{", False),
        ("a.csv", b"", False),
    ],
)
def test_an_experiment_is_told_from_a_table(
    tmp_path: Path, name: str, content: bytes, *, expected: bool
) -> None:
    (tmp_path / name).write_bytes(content)
    assert is_experiment(tmp_path / name) is expected
