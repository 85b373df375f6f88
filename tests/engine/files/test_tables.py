"""engine.files.tables: tables as programs and people in all the world write them."""

from __future__ import annotations

import codecs
import contextlib
import math
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine import Sample, UserError
from engine.files.samples_file import load_samples, samples_from
from engine.files.tables import Layout, Signs, read, read_text
from engine.files.tables.rows import MOST_LINES

if TYPE_CHECKING:
    from pathlib import Path

Pairs = list[tuple[float, float]]

# --- an independent writer of tables -------------------------------------------------------

MARKS = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "gb18030": b"",
    "cp1252": b"",
}


class Dialect(NamedTuple):
    """How a table is written."""

    delimiter: str
    decimal: str
    thousands: str
    minus: str
    quoted: bool
    heading: tuple[str, str] | None
    index: int | None
    trailing: bool
    end: str
    encoding: str
    wide: bool
    named: bool

    def number(self, value: float) -> str:
        text = f"{abs(value):.2f}" if self.thousands else f"{abs(value)!r}".removesuffix(".0")
        whole, point, rest = text.partition(".")
        if self.thousands and "e" not in text:
            whole = f"{int(whole):,}".replace(",", self.thousands)
        sign = self.minus if math.copysign(1, value) < 0 else ""
        return f"{sign}{whole}{point and self.decimal}{rest}".replace("e-", f"e{self.minus}")

    def cell(self, text: str) -> str:
        return f'"{text}"' if self.quoted or self.delimiter in text else text

    def line(self, *cells: str) -> str:
        end = self.delimiter if self.trailing else ""
        return self.delimiter.join(map(self.cell, cells)) + end + self.end

    def written(self, pairs: Pairs) -> bytes:
        counted = self.index is not None
        lines = []
        if self.heading:
            lines.append(self.line(*[""] * counted, *self.heading))
        for row, pair in enumerate(pairs):
            start = [str(row + (self.index or 0))] if counted else []
            lines.append(self.line(*start, *map(self.number, pair)))
        text = f"sep={self.delimiter}{self.end}" * self.named + "".join(lines)
        if self.wide:
            text = text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,-"})
        return MARKS[self.encoding] + text.encode(self.encoding.removesuffix("-sig"))


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    delimiter = draw(st.sampled_from(",;\t|"))
    decimal = draw(st.sampled_from(".,"))
    others = [sign for sign in "., '\u00a0" if sign != decimal]
    encoding = draw(st.sampled_from(sorted(MARKS)))
    wide = encoding != "cp1252" and draw(st.booleans())
    heading = draw(
        st.sampled_from([None, ("x", "target"), ("input (m)", "label"), ("Größe; 1", "a, b")])
        if encoding == "cp1252"
        else st.sampled_from([None, ("x", "target"), ("输入", "目标值"), ("a", "b"), ("x; m", "ê")])
    )
    index = draw(st.sampled_from([None, 0, 1])) if heading else None
    return Dialect(
        delimiter=delimiter,
        decimal=decimal,
        thousands=draw(st.sampled_from(["", *others])),
        minus="-" if encoding == "cp1252" else draw(st.sampled_from("-−－")),
        quoted=draw(st.booleans()),
        heading=heading,
        index=index,
        trailing=draw(st.booleans()),
        end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
        encoding=encoding,
        wide=wide,
        named=draw(st.booleans()),
    )


money = st.integers(-(10**9), 10**9).map(lambda cents: cents / 100)
finite = st.floats(allow_nan=False, allow_infinity=False)
pair_lists = st.lists(st.tuples(money, money), min_size=1, max_size=6) | st.lists(
    st.tuples(finite, finite), min_size=1, max_size=6
)


def could_be_thousands(dialect: Dialect, pairs: Pairs) -> bool:
    """Whether a number has one decimal sign and three figures behind it: 1,234 or 1.200."""
    texts = [dialect.number(abs(value)) for pair in pairs for value in pair]
    tails = [text.split(dialect.decimal)[-1] for text in texts if dialect.decimal in text]
    return any(len(tail) == 3 and tail.isdigit() for tail in tails)


@given(dialects(), pair_lists)
def test_whatever_a_program_writes_is_read_back(dialect: Dialect, pairs: Pairs) -> None:
    if dialect.thousands:
        pairs = [(round(x, 2), round(t, 2)) for x, t in pairs if max(abs(x), abs(t)) < 1e12]
        assume(pairs)
    data = dialect.written(pairs)
    try:
        found = read(data).samples()
    except UserError:
        # 1,234 alone may be one or a thousand: that has to be asked.
        assert could_be_thousands(dialect, pairs)
    else:
        assert found == tuple(Sample(*pair) for pair in pairs)


@given(dialects(), pair_lists, st.data())
def test_a_damaged_table_is_never_read_as_another(
    dialect: Dialect, pairs: Pairs, data: st.DataObject
) -> None:
    dialect = dialect._replace(thousands="", wide=False, encoding="utf-8", named=False)
    assume(not could_be_thousands(dialect, pairs))
    lines = dialect.written(pairs).decode().split(dialect.end)
    bad = data.draw(st.sampled_from(["NA", "three", "€3", "3 m", "", "?", "∞", "1e999", "nan"]))
    row = data.draw(st.integers(0, len(pairs) - 1)) + (dialect.heading is not None)
    cells = lines[row].split(dialect.delimiter)
    assume(len(cells) == 2 + (dialect.index is not None) + dialect.trailing)
    cells[-1 - dialect.trailing] = bad
    lines[row] = dialect.delimiter.join(cells)
    with pytest.raises(UserError, match=rf"[Ll]ine {row + 1}\b"):
        samples_from(dialect.end.join(lines))


# --- by example ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ('x,target\n"1,200.50","2,401.00"\n900.00,800.00\n', [(1200.5, 2401), (900, 800)]),
        ("a;b\n1.200,50;2.401,00\n", [(1200.5, 2401)]),
        ('0.5,"1,200"', [(0.5, 1200)]),
        ("x,target\n1/2,3/4\n½,1½\n", [(0.5, 0.75), (0.5, 1.5)]),
        ('="1",="2"\n3,4\n', [(1, 2), (3, 4)]),
        ('"x; metres",target\r\n1,2\r\n', [(1, 2)]),
        ("# exported; by tool\nx,target\n1,2\n", [(1, 2)]),
        ("x,target\t\n1,2\n", [(1, 2)]),
        ("x,target\r1,-1\r\n-1,1\n", [(1, -1), (-1, 1)]),
        ("x，target\n1，-1\n", [(1, -1)]),
        ("x,target\n1，－１\n", [(1, -1)]),
        ("sep=;\n0,5;1\n", [(0.5, 1)]),
        (",x,target\n0,1,-1\n1,-1,1\n", [(1, -1), (-1, 1)]),
        ("序号,甲,乙\n1,5,6\n2,7,8\n", [(5, 6), (7, 8)]),
        ("target,x\n-1,1\n", [(1, -1)]),
        ("name,y,x\nfoo,1,2\n", [(2, 1)]),
        ("x,y,target\n1,9,2\n", [(1, 2)]),
        ("0,5 1,5\n2 3\n", [(0.5, 1.5), (2, 3)]),
        ("1   2\n 3\t4 \n", [(1, 2), (3, 4)]),
        ("|1|2|\n|3|4|", [(1, 2), (3, 4)]),
        ("1 200;2\u00a0400,5\n3;4", [(1200, 2400.5), (3, 4)]),
        ("1'200,2’400.5\n", [(1200, 2400.5)]),
        ("0,5;1.5\n1;2", [(0.5, 1.5), (1, 2)]),
        ("1×10⁻³,2·10^3\n", [(0.001, 2000)]),
        ("1,2\n,\n\n3,4\n,\n", [(1, 2), (3, 4)]),
        ('"x\n(m)",target\n1,2', [(1, 2)]),
    ],
)
def test_read(text: str, pairs: Pairs) -> None:
    assert samples_from(text) == tuple(Sample(*pair) for pair in pairs)


@pytest.mark.parametrize(
    "text",
    [
        *('"x","y"\n"1",5,6\n"2",7,8\n', "x target\nAda 5 6\nBob 7 8\n", ",x,y\n3,5,6\n9,7,8\n"),
        *(",x,target\nAda,5,6\nBob,7,8\n", "\tx\ty\n2024-01-01\t5\t6\n2024-01-02\t7\t8\n"),
    ],
)
def test_a_column_without_a_name_names_the_rows(text: str) -> None:
    assert samples_from(text) == (Sample(5.0, 6.0), Sample(7.0, 8.0))


@pytest.mark.parametrize(
    "first",
    [
        *("¥1.00,¥2.00", "€3,€4", "3 m,4 m", "NA,NA", "NaN,NaN", "null,null", "-,-", "?,?"),
        *("US$3,US$4", "USD 3,EUR 4", "3%,4%", "(3),(4)", "~3,~4", "x=3,target=4", "一,二"),
        *("2020-01-01,2020-01-02", "12:30,12:31", "true,false", "#N/A,#N/A", "①,②", "1.2.3,4.5.6"),
        *("x,NA", "x,3 m", "O.5,l.5", "3rd,4th", "‘3’,‘4’", "元3,元4", ".,.", "1 2,3 4"),
        *("zł5,zł6", "Kč 5.00,Kč 6.00", "SEK 1,SEK 2", "t 1.5,t 2.5"),
    ],
)
@pytest.mark.parametrize("before", ["", "x,target\n"])
def test_a_row_that_looks_like_numbers_is_never_a_heading(first: str, before: str) -> None:
    line = 2 if before else 1
    with pytest.raises(UserError, match=rf"[Ll]ine {line}\b"):
        samples_from(f"{before}{first}\n1,2\n3,4\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('"1,200","2,400"\n"900","1,800"', "'1,200' in line 1 could be 1200 or 1.200"),
        ("1.200;900\n900;1\n", "could be 1200 or 1.200"),
        ("x,target\n1,2\nx,target\n3,4\n", "'x' in line 3 is not a number"),
        ("1,2,3\n4,5,7\n", "3 columns: name two of them x and target"),
        ("a,b,c\n3,2,3\n9,5,7\n", "their names do not tell"),
        ("x;y;n\n1;2;3\n1;2;3;4\n1;2;3\n", "Line 3 has 4 cells, the others have 3"),
        ('1,2\n"3,4\n5,6\n', "Line 2 has a quotation mark that is not closed"),
        (
            "1,2\n3,1/" + "9" * 5000,
            "Line 2: “1/9999999999…999999999999” is not a number: it has more",
        ),
        ("1,2\n3,1/0\n", "Line 2: “1/0” divides by zero"),
        ("1,2\n3,\n", "In line 2 a number is missing."),
        ("1,2\n3,1e-400\n", "Line 2: “1e-400” is too small"),
        ("1,2\n" * (MOST_LINES + 1), "more than 30000 lines"),
        ("1,2\n3,4\n5;6\n", "Line 3 must have two numbers"),
    ],
)
def test_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(UserError) as caught:
        samples_from(text)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04 [Content_Types].xml xl/workbook.xml", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet"),
        (b"PK\x03\x04 readme.txt", "compressed"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"%PDF-1.7\n", "document"),
        (b'{"format": "chainstep experiment"}', "JSON"),
        (b"[[1, 2], [3, 4]]", "JSON"),
        (b"<!DOCTYPE html><table><tr><td>1</td>", "web page"),
        (b"1,2\n3,4\x00\n", "not text"),
        (bytes(range(256)), "not text"),
        (b"\xff\xfe1,2", "not text"),
    ],
)
def test_what_is_no_table_is_told_what_it_is(data: bytes, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read(data)


@pytest.mark.parametrize(
    "encoding", ["gbk", "gb18030", "utf-16-le", "utf-16-be", "utf-32", "utf-8"]
)
@pytest.mark.parametrize(
    "text", ["输入，目标值\r\n１。５，－２\r\n", "輸入,目標\n1.5,-2\n", "x,y\n1½,−2\n"]
)
def test_encodings_without_a_mark(encoding: str, text: str) -> None:
    if encoding == "gbk":
        text = text.replace("½", ".5").replace("−", "-")
    x = 1.5
    assert read(text.encode(encoding)).samples() == (Sample(x, -2.0),)


def test_latin_1() -> None:
    assert read("Größe;Länge\n1½;–2\n".encode("cp1252")).samples() == (Sample(1.5, -2.0),)


# --- anything at all -----------------------------------------------------------------------

SIGNS = st.text(st.sampled_from('0123456789.,;\t| "\r\n-+e€½/×^=#x目，１\u00a0\x00'), max_size=60)


@given(st.binary(max_size=200) | SIGNS.map(str.encode) | SIGNS.map(lambda t: t.encode("utf-16")))
@example(b'"' * 5000)
@example(b"sep=")
@example(b"\xff\xfe")
def test_any_bytes_are_samples_or_a_problem(data: bytes) -> None:
    begun = time.process_time()
    try:
        samples = read(data).samples()
    except UserError as fault:
        assert len(str(fault)) < 250  # noqa: PT017 - either is right
    else:
        assert samples
    assert time.process_time() - begun < 0.5


LARGE = {
    "short": lambda: "1,2\n" * 29_900,
    "long": lambda: "0.12345678901234567,-9.8765432109876543e-05\n" * 22_000,
    "decimal commas": lambda: "0,5123;−1,25\n" * 29_900,
    "thousands": lambda: '"1,234,567.5","2,401.00"\n' * 29_900,
    "every delimiter": lambda: "a b|c\n" + "1;2,5|3 4\t6\n" * 29_900,
    "words": lambda: "one, two; three\n" * 29_900,
    "an open quotation mark": lambda: '1,2\n"' + "1,2\n" * 40_000,
    "quotation marks": lambda: '"' * 999_000,
    "one line": lambda: "1," * 499_000,
    "many lines": lambda: "\n" * 999_000,
    "digits": lambda: "9" * 999_000 + ",1",
    "carriage returns": lambda: "1,2\r" * 29_900,
    "full width": lambda: "１，－２\n" * 29_900,
    "fractions": lambda: "½;1/3\n" * 29_900,
    "a long fraction": lambda: "1/" + "9" * 900_000 + ",2",
    "a long almost fraction": lambda: "9" * 499_000 + "/" + "9" * 499_000 + ",2",
    "a long almost number": lambda: ("9" * 1990 + "x;1\n") * 490,
}


@pytest.mark.parametrize("kind", LARGE)
def test_at_the_limit_of_size_it_takes_less_than_a_second(kind: str) -> None:
    data = LARGE[kind]().encode()[:1_000_000]
    begun = time.process_time()
    with contextlib.suppress(UserError):
        read(data).samples()
    # Alone it is a third of a second; other programs may share the processor.
    assert time.process_time() - begun < 1.0


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    begun = time.process_time()
    with pytest.raises(UserError, match="larger than 1000000 bytes"):
        load_samples(path)
    assert time.process_time() - begun < 0.1
    for missing in (tmp_path, tmp_path / "none"):
        with pytest.raises(OSError, match=str(missing)):
            load_samples(missing)


# --- as somebody says it is written --------------------------------------------------------


def test_a_layout_decides() -> None:
    text = '"1,200","2,400",7\n900,800,8\n'
    layout = Layout(0, 1, heading=False)
    table = read_text(text, layout)
    assert table.faulty == [0]
    assert "other decimal signs" in str(table.fault(0))
    assert table.good_samples() == (Sample(900.0, 800.0),)
    thousands = Layout(0, 1, heading=False, signs=Signs(".", ","))
    assert read_text(text, thousands).samples() == (Sample(1200.0, 2400.0), Sample(900.0, 800.0))
    commas = Layout(2, 1, heading=True, signs=Signs(","))
    assert read_text(text, commas).samples() == (Sample(8.0, 800.0),)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        *(("1,2", True), ("x,target\n1,2", True), ("输入\t目标值\n1\t2", True), ("1;2", True)),
        *(("a,b\n1,2", False), ("0,5;1", False), ("1,2,3", False), ("1,two", False)),
        *(('"1,200.5",2', False), (",x,target\n0,1,2\n", False)),
    ],
)
def test_a_plain_table_is_one_in_which_nothing_is_guessed(text: str, plain: bool) -> None:  # noqa: FBT001
    assert read_text(text).plain is plain
