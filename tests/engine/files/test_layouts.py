"""engine.files.tables: how a table is understood, by example: what somebody would say who reads it.

Each example says which columns are x and the target, what stands between cells, which signs numbers
have; what a table is that merely looks likely, and what of it is refused.
"""

from __future__ import annotations

import pytest

from engine import Sample, UserError
from engine.files.tables import Layout, Signs, Table, read, read_text
from engine.files.tables.cells import is_number, looks_like_number
from engine.files.tables.rows import MOST_LINES
from engine.files.tables.table import LARGEST_TABLE, MOST_COLUMNS


def rows(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def told(table: Table) -> str:
    with pytest.raises(UserError) as caught:
        table.samples()
    return str(caught.value)


# --- which columns -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "x", "target"),
    [
        ("x,target", 0, 1),
        ("target,x", 1, 0),
        ("y,x", 1, 0),
        ("t,x", 1, 0),
        ("foo,x", 1, 0),
        ("target,foo", 1, 0),
        ("foo,target", 0, 1),
        ("ê,输入", 1, 0),
        ("e\u0302,x", 1, 0),
        ("标签,特征", 1, 0),
        ("輸出,foo", 1, 0),
        ("Target [V],Input (m)", 1, 0),
        ("y=f(x),x", 1, 0),
        ("output_1_b,input_1_b", 1, 0),
        ("foo,x,target", 1, 2),
        ("x,foo,target", 0, 2),
        ("target,foo,x", 2, 0),
        ("x,y,target", 0, 2),  # target is certain, y is likely
        ("x,in,y", 0, 2),  # and so is x
        ("index,output,in", 2, 1),
    ],
)
def test_names_tell_the_columns(head: str, x: int, target: int) -> None:
    width = head.count(",") + 1
    table = read_text(rows(head, "3,5,8"[: 2 * width - 1], "1,4,9"[: 2 * width - 1]))
    layout = table.layout
    assert (layout.x, layout.target, layout.heading) == (x, target, True)
    first, second = ((3.0, 5.0, 8.0), (1.0, 4.0, 9.0))
    assert table.samples() == (Sample(first[x], first[target]), Sample(second[x], second[target]))
    assert table.plain is (width == 2)


@pytest.mark.parametrize("head", ["foo,bar", "x,x", "target,target", "y,t", "in,x1"])
def test_two_columns_whose_names_do_not_tell_are_taken_in_their_order(head: str) -> None:
    table = read_text(rows(head, "1,2"))
    assert (table.layout.heading, table.samples()) == (True, (Sample(1.0, 2.0),))
    assert not table.plain


@pytest.mark.parametrize(
    ("lines", "pairs"),
    [
        (("a,b,c", "1,5,6", "2,7,8"), [(5, 6), (7, 8)]),
        (("a,b,c", "0,5,6", "1,7,8"), [(5, 6), (7, 8)]),
        (("id,b,c", "1,5,6"), [(5, 6)]),
        (("N,b,c", "0,5,6"), [(5, 6)]),
        (("序号,b,c", "1,5,6"), [(5, 6)]),
        (("Unnamed: 0,x,target", "0,5,6"), [(5, 6)]),  # as pandas does
        (("a,,b,c", "1,,5,6", "2,,7,8"), [(5, 6), (7, 8)]),
        ((",a,b", ",1,2", ",3,4"), [(1, 2), (3, 4)]),
        (("x,,target", "1,,2"), [(1, 2)]),
        (("a,b,", "1,2,"), [(1, 2)]),
        ((",x,target", "0,5,6"), [(5, 6)]),
        (("#,x,target", "1,5,6"), [(5, 6)]),
        (("x,target", "a,5,6", "b,7,8"), [(5, 6), (7, 8)]),  # as R writes the names of rows
        (("x,target,n", "a,5,6,1", "b,7,8,1"), [(5, 6), (7, 8)]),
        (("x,z,target", "1,2,3", "4,5,6"), [(1, 3), (4, 6)]),
        (("n,y", "1,5", "2,6"), [(1, 5), (2, 6)]),  # but not of two
        (("index,value", "0,5", "1,6"), [(0, 5), (1, 6)]),
    ],
)
def test_a_column_that_counts_or_names_the_rows_is_passed_over(
    lines: tuple[str, ...], pairs: list[tuple[int, int]]
) -> None:
    assert read_text(rows(*lines)).samples() == tuple(Sample(*pair) for pair in pairs)


@pytest.mark.parametrize(
    ("lines", "x", "target", "heading"),
    [
        (("a,b,c", "2,5,6", "3,7,8"), 0, 1, True),
        (("a,b,c", "1,5,6", "3,7,8"), 0, 1, True),
        (("a,b,c", "1,5,6"), 0, 1, True),  # one row is not counted
        (("a,b,c,d", "1,5,6,7", "2,7,8,9"), 1, 2, True),
        (("x,y,x", "1,2,3", "4,5,6"), 0, 1, True),
        (("x,a,b", "1,2,3", "4,5,6"), 0, 1, True),
        (("in,x1,y", "1,2,3", "4,5,6"), 0, 1, True),
        (("1,5,6", "2,7,8"), 0, 1, False),
        (("a,b,c", "u,5,6", "v,7,8"), 1, 2, True),
        (("a,b,c", "5,u,6", "7,v,8"), 0, 2, True),
        (("a,b,c", "5,6,u", "7,8,9"), 0, 1, True),
        (("a,b,c", "5,u,6", "v,w,9"), 0, 2, True),
        (("a,b,c", "5,u,6", "7,8,9", "9,v"), 0, 2, True),
        (("u,5,6", "v,7,8"), 1, 2, False),
        (("u,y,2",), 0, 2, False),
        (("2,n,n", "u,1,3.5", "1.5,2,12"), 1, 2, False),
        (("a,b,c", "1,2,3", "u,5,6"), 1, 2, True),
        (("a,b,c",), 0, 1, True),
    ],
)
def test_of_many_columns_those_with_the_most_numbers_are_proposed(
    lines: tuple[str, ...],
    x: int,
    target: int,
    heading: bool,  # noqa: FBT001
) -> None:
    table = read_text(rows(*lines))
    assert table.layout == Layout(x, target, heading)
    count = lines[0].count(",") + 1
    asks = "their names do not tell which are x and target" if heading else "name two of them x"
    assert f"{count} columns" in told(table)
    assert asks in told(table)
    assert not table.plain


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (("x,3", "1,2"), "'x' in line 1 is not a number."),
        (("x,NA", "1,2"), "'x' in line 1 is not a number."),
        (("NA,target", "1,2"), "In line 1 a number is missing: there is 'NA'."),
        (("x,target", "a,1", "b,2"), "'a' in line 2 is not a number."),
        (("x,target", "1,2", "a,1,2"), "Line 3 must have two numbers, x and target, not 'a,1,2'."),
        (("x", "1,2"), "Line 1 must have two numbers, x and target, not 'x'."),
        (("1,2,3", "4,5", "6,7"), "Line 1 must have two numbers, x and target, not '1,2,3'."),
        (("x,3", "a,1,2", "b,3,4"), "The table has 3 columns: name two"),
        (("x,target", "a,1,2", "b,3,c"), "The table has 3 columns: name two"),
        (("x,y,z", "1,2,3", "4,5,6", "7"), "Line 4 has 1 cell, the others have 3."),
        (("x,z,y", "1,2,3", "4,5"), "Line 3 has 2 cells, the others have 3."),
        (("x,y,z", "1,2,3", "4,5,6,7", "8,9,1"), "Line 3 has 4 cells, the others have 3."),
        (("1", "2"), "Line 1 must have two numbers, x and target, not '1'."),
        (("one", "2"), "Line 1 must have two numbers, x and target, not 'one'."),
        (("sep=;", "1,2"), "Line 2 must have two numbers, x and target, not '1,2'."),
        (("sep=x", "1,2"), "Line 1 must have two numbers, x and target, not 'sep=x'."),
        (("2;",), "Line 1 must have two numbers, x and target, not '2;'."),
        (("one", "two"), "There is no row of numbers in the table."),
        (("x,target",), "There is no row of numbers in the table."),
        (("1,2", "3,inf"), "Line 2: samples[1].target must be a finite number, not 'inf'."),
        (("x,target", "1,2", "-inf,3"), "Line 3: samples[1].x must be a finite number"),
        (("1;2,5", "3;4.000,5.1"), "'4.000,5.1' in line 2 has other decimal signs"),
        (("1,2", "3;4", "5;6", "7;8"), "Line 1 must have two numbers, x and target, not '1,2'."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(lines: tuple[str, ...], fault: str) -> None:
    assert told(read_text(rows(*lines))).startswith(fault.removesuffix("."))


def test_each_faulty_row_has_its_own_fault_and_the_others_their_numbers() -> None:
    table = read_text(rows("x,target", "1,2", "a,3", "4,5", "6,NA", "7,8,9", "1,1/0"))
    assert table.pairs == {1: (1.0, 2.0), 3: (4.0, 5.0)}
    assert list(table.faulty) == [2, 4, 5, 6]
    faults = [str(table.fault(place)) for place in table.faulty]
    lines = [3, 5, 6, 7]
    assert all(f"ine {line}" in fault for line, fault in zip(lines, faults, strict=True))
    assert table.good_samples() == (Sample(1.0, 2.0), Sample(4.0, 5.0))
    assert not table.plain
    single = read_text("1\n2\n")
    assert single.layout == Layout(0, 0, heading=False)
    assert (single.width, list(single.faulty), dict(single.pairs)) == (1, [0, 1], {})
    assert str(single.fault(1)).startswith("Line 2 must have two numbers")


@pytest.mark.parametrize("text", ["", "\n \n", '""\n', ",\n,\n", "# 1,2\n"])
def test_nothing_is_no_table(text: str) -> None:
    with pytest.raises(UserError, match="no row of numbers"):
        read_text(text)


# --- what stands between cells -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "delimiter", "pairs"),
    [
        ("1\t2\n", "\t", [(1, 2)]),
        ("1;2\n", ";", [(1, 2)]),
        ("1,2\n", ",", [(1, 2)]),
        ("1|2\n", "|", [(1, 2)]),
        (" 1  2 \n", " ", [(1, 2)]),
        ("1, 2\n3, 4\n", ",", [(1, 2), (3, 4)]),
        ("1,5\t2,5\n", "\t", [(1.5, 2.5)]),
        ("0,5|1\n", "|", [(0.5, 1)]),
        ("1;2,5\n3;4,5\n", ";", [(1, 2.5), (3, 4.5)]),
        ("a;b,c\n1;2\n3;4\n", ";", [(1, 2), (3, 4)]),
        ("a,b;c\n1,2\n3,4\n", ",", [(1, 2), (3, 4)]),
        ("a b,c d\n1,2\n", ",", [(1, 2)]),
        ("1 000;2 000\n3;4\n", ";", [(1000, 2000), (3, 4)]),
        ("1,5|2,5|3,5\n4,5|5,5|6,5\n", "|", None),
        ('1, "2"\n', ",", [(1, 2)]),
        ("2, 1/2\n1, 0,5\n2, 2.25\n", " ", [(2, 0.5), (1, 0.5), (2, 2.25)]),
        ("2, 1,5\n1.200, 0,5\n", " ", [(2, 1.5), (1200, 0.5)]),
        ("900, 1.200, 1\n3.5, n, 2\n2.25, 2.25, 1e3\n", ",", None),
        ('2\t900\n2\t1e3\n"a, b"\t12\n3.5\t2.25\n', "\t", None),
        ("1\u00a0000 2\n", " ", [(1000, 2)]),
        ("sep=|\n1,5|2\n", "|", [(1.5, 2)]),
        ("sep=\n1\t2\n", "\t", [(1, 2)]),
        ("SEP=;;\n1;2\n", ";", [(1, 2)]),
        ('\n"sep=,"\n"1","2"\n', ",", [(1, 2)]),
        ("  sep=;\n1,5;2\n", ";", [(1.5, 2)]),
        ('"1,5","2,5"\n', ",", [(1.5, 2.5)]),
        ('"1" "2"\n"3"\t"4"\n', " ", [(1, 2), (3, 4)]),
        ('  "1" "2"\n', " ", [(1, 2)]),
        ('"a, b";c\n1;2\n', ";", [(1, 2)]),
        ('="1";=" 2 "\n', ";", [(1, 2)]),
        ('"=""1""";2\n', ";", [(1, 2)]),
        ("1,2\r3,4\r\n5,6\n\r7,8", ",", [(1, 2), (3, 4), (5, 6), (7, 8)]),
        ("\ufeff1,2\n", ",", [(1, 2)]),
        ("# c\n1,2\n% c\n3,4\n// c\n", ",", [(1, 2), (3, 4)]),
        ('"1","2"\n# c\n\n"3","4"\n', ",", [(1, 2), (3, 4)]),
        ('# "a\n"1","2"\n', ",", [(1, 2)]),
        ("1,2,\n3,4\n5,6,,\n", ",", [(1, 2), (3, 4), (5, 6)]),
        ("1,2\n" * 299 + "3;4\n" + "1,2\n" * 3, ",", None),
    ],
)
def test_the_delimiter_is_the_one_that_fits(
    text: str, delimiter: str, pairs: list[tuple[float, float]] | None
) -> None:
    table = read_text(text)
    assert table.layout.delimiter == delimiter
    if pairs is not None:
        assert table.samples() == tuple(Sample(*pair) for pair in pairs)


@pytest.mark.parametrize(
    ("text", "line"),
    [('1,2\n3,"4\n', 2), ('"1"x,2\n', 1), ('\n\n1,2\n"3"x,4\n5,6\n', 4), ('"1\n"\n"2"x\n', 3)],
)
def test_a_quotation_mark_out_of_place_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UserError, match=rf"^Line {line} has a quotation mark"):
        read_text(text)


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    table = read_text('"a\nb";target\n1;2\n"3\n";4\n5;6\n7;x\n')
    assert [row.line for row in table.rows] == [1, 3, 4, 6, 7]
    assert told(table) == "'x' in line 7 is not a number."


# --- signs ---------------------------------------------------------------------------------

POINT, COMMA = (".", ""), (",", "")


@pytest.mark.parametrize(
    ("cells", "signs", "values"),
    [
        ("1;2", POINT, (1, 2)),
        ("1.200;1.5", POINT, (1.2, 1.5)),
        ("1.200;2.400", POINT, (1.2, 2.4)),
        ("1.234;900", POINT, (1.234, 900)),
        ("1,200;1,5", COMMA, (1.2, 1.5)),
        ("0,200;0,400", COMMA, (0.2, 0.4)),
        ("01,200;3", COMMA, (1.2, 3)),
        ("1,2000;3", COMMA, (1.2, 3)),
        ("1000,200;3", COMMA, (1000.2, 3)),
        ("1,5e-3;2e1", COMMA, (0.0015, 20)),
        ("1/2;1,5", COMMA, (0.5, 1.5)),
        ("1.200,5;1", (",", "."), (1200.5, 1)),
        ("1.200,300;3", (",", "."), (1200.3, 3)),
        ("1,5;1.200", (",", "."), (1.5, 1200)),
        ("1.234.567;1", (",", "."), (1234567, 1)),
        ("1,200.5;1", (".", ","), (1200.5, 1)),
        ("1.5;1,200", (".", ","), (1.5, 1200)),
        ("-1,234,567;1", (".", ","), (-1234567, 1)),
        ("1 200;1", (".", " "), (1200, 1)),
        ("1\u00a0200 300.5;1", (".", " "), (1200300.5, 1)),
        ("1 200,5;1", (",", " "), (1200.5, 1)),
        ("1'200;1", (".", "'"), (1200, 1)),
        ("1'200,5;1", (",", "'"), (1200.5, 1)),
        ("1,5;2.5", None, (1.5, 2.5)),
    ],
)
def test_the_signs_are_those_in_which_all_are_numbers(
    cells: str, signs: tuple[str, str] | None, values: tuple[float, float]
) -> None:
    table = read_text(cells + "\n")
    assert table.layout.signs == (signs and Signs(*signs))
    assert table.samples() == (Sample(*values),)
    assert table.plain is (signs == POINT)


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        (("1,200;900",), "'1,200' in line 1 could be 1200 or 1.200"),
        (("1,200;2,400",), "'1,200' in line 1 could be 1200 or 1.200"),
        (("1.200;900", "900;1"), "'1.200' in line 1 could be 1200 or 1.200"),
        (("1.5;900", "2;1", "3;-1.230"), "'-1.230' in line 3 could be -1230 or -1.230"),
    ],
)
def test_a_thousand_or_one_is_asked(lines: tuple[str, ...], cell: str) -> None:
    assert told(read_text(rows(*lines))).startswith(cell)


@pytest.mark.parametrize(
    "lines",
    [
        ("1.200;900", "1.300;1"),  # all of x have three figures
        ("1.200;900", "1.25;3", "4;1"),  # 1.25 has two
        ("1.234;900", "900;1"),  # whoever pads with 0 shows one
        ("1.200;900", "1000;1"),  # thousands are written without a sign
        ("0.200;900", "900;1"),
    ],
)
def test_a_point_that_cannot_stand_between_thousands_is_a_decimal_sign(
    lines: tuple[str, ...],
) -> None:
    table = read_text(rows(*lines))
    assert table.layout.signs == Signs(".")
    assert table.samples()[0].x == float(lines[0].split(";")[0])


def test_signs_follow_the_many() -> None:
    commas = read_text(rows("1,5;2", "1,25;2", "1.5;2"))
    assert (commas.layout.signs, list(commas.faulty)) == (None, [])
    grouped = read_text(rows("1.200,5;2", "2.300,25;2", "1.200.5;2"))
    assert (grouped.layout.signs, list(grouped.faulty)) == (Signs(",", "."), [2])
    assert "has other decimal signs" in told(grouped)
    # Names and missing values say nothing of signs.
    mixed = read_text(rows("1,5;2", "a.b;NA", "v1.2;n.a.", "3.4.5;2"))
    assert mixed.layout.signs == Signs(",")


# --- encodings and other files -------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"\xef\xbb\xbf1,2\n", "utf-8"),
        ("输入,目标\n1,2\n".encode(), "utf-8"),
        (b"\xff\xfe" + "1,2\n".encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + "1,2\n".encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + "1,2\n".encode("utf-32-le"), "utf-32-le"),
        (b"\x00\x00\xfe\xff" + "1,2\n".encode("utf-32-be"), "utf-32-be"),
        ("1,2\n".encode("utf-16-le"), "utf-16-le"),
        ("1,2\n".encode("utf-16-be"), "utf-16-be"),
        ("输入值值值值值,目标值值值值\n1,2\n".encode("utf-16-le"), "utf-16-le"),
        ("输入值值值值值,目标值值值值\n1,2\n".encode("utf-16-be"), "utf-16-be"),
        ("输入,目标\n1,2\n".encode("gbk"), "gb18030"),
        ("輸入,目標\n1,2\n".encode("gb18030"), "gb18030"),
        ("1½,−2\n".encode("gb18030"), "gb18030"),
        ("é;à\n1;2\n".encode("cp1252"), "cp1252"),
        ("丂;丂\n1;2\n".encode("gb18030"), "cp1252"),  # no common character
        (b"\x81a;b\n1;2\n", "cp1252"),
        (b"1,2\n\x1a", "utf-8"),
        (b"1,2\t\x0b\x0c\n", "utf-8"),
    ],
)
def test_the_encoding_is_found(data: bytes, encoding: str) -> None:
    table = read(data)
    assert table.layout.encoding == encoding
    assert len(table.pairs) == 1
    assert table.plain is (encoding == "utf-8")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        *((data, "compressed") for data in (b"\x1f\x8b..", b"7z\xbc\xaf", b"BZh9", b"\xfd7zXZ")),
        (b"PK\x03\x04 mimetype opendocument.spreadsheet", "spreadsheet"),
        *((data, "document") for data in (b"%PDF-1", b"{\\rtf1")),
        *((data, "picture") for data in (b"\xff\xd8\xff\xe0", b"GIF89a")),
        *((data, "JSON") for data in (b' {"a": 1}', b"[ {", b"[\n[1, 2]]", b"[{}]")),
        *((data, "web page") for data in (b"<HTML>", b" <?xml", b"<!-- a", b"<svg>", b"<TABLE>")),
        *((data, "not text") for data in (b"1,2\x07\n", b"1,2\x7f\n", b"1,2\x1b[0m\n")),
        (b"1,2\n" + bytes(2) + b"3,4\n" * 9, "not text"),
        (bytes(400) + "1,2\n".encode("utf-16-le") * 50, "not text"),
        ("值值值值,".encode("utf-16-le") * 60, "not text"),  # of 5 signs 1 is ASCII
        ("1,2\n".encode("utf-16-le") + b"\x00", "not text"),
        (b"\xff\xfe1", "not text"),
    ],
)
def test_what_is_no_table_is_told_apart(data: bytes, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read(data)


def test_brackets_alone_are_no_other_file() -> None:
    for text in ("[1,2]\n3,4\n", "<1,2\n3,4\n", "x,{y\n1,2\n3,4\n"):
        assert (3.0, 4.0) in read(text.encode()).pairs.values()


def test_an_encoding_can_be_told() -> None:
    data = "é;à\n1;2\n".encode("cp1252")
    assert read(data, encoding="gb18030").layout.encoding == "gb18030"
    assert read(data, encoding="utf-8").rows[0].cells == ["\ufffd", "\ufffd"]
    layout = Layout(1, 0, heading=True, delimiter=";", encoding="cp1252")
    table = read(data, layout)
    assert (table.rows[0].cells, table.samples()) == (["é", "à"], (Sample(2.0, 1.0),))
    marked = read(b"\xef\xbb\xbf1,2\n", encoding="utf-8")
    assert marked.samples() == (Sample(1.0, 2.0),)


# --- as somebody says, and limits ----------------------------------------------------------


def test_a_delimiter_can_be_told() -> None:
    assert read_text("1;2,5\n3;4,5\n", delimiter=",").layout.delimiter == ","
    assert read_text("1;2,5\n3;4,5\n").layout.delimiter == ";"
    assert read_text("sep=;\n1;2,5\n", delimiter=",").layout.delimiter == ","


def test_a_layout_may_name_columns_that_are_not_there() -> None:
    for layout in (Layout(0, 2, heading=False), Layout(2, 1, heading=False)):
        table = read_text("1,2\n3,4\n", layout)
        assert (table.width, list(table.faulty)) == (3, [0, 1])
        assert str(table.fault(0)) == "Line 1 has 2 cells, the others have 3."
    assert read_text("1,2\n3,4\n", Layout(1, 0, heading=True)).samples() == (Sample(4.0, 3.0),)
    assert not read_text("", Layout(0, 1, heading=False)).rows
    named = read_text(rows("x,target", "a,5,6", "b,7,8"), Layout(1, 2, heading=True))
    assert named.samples() == (Sample(5.0, 6.0), Sample(7.0, 8.0))


def test_the_limits_are_the_largest_that_is_read() -> None:
    wide = ",".join(["1"] * MOST_COLUMNS) + "\n"
    assert read_text(wide).width == MOST_COLUMNS == 1000
    with pytest.raises(UserError, match="1001 columns; it may have 1000"):
        read_text("1," + wide)
    long = "1,2\n" * MOST_LINES
    assert len(read_text(long).samples()) == MOST_LINES == 30_000
    with pytest.raises(UserError, match="more than 30000 lines"):
        read_text("\n" + long)
    large = b"#" * (LARGEST_TABLE - 5) + b"\n1,2\n"
    assert len(large) == LARGEST_TABLE == 1_000_000
    assert read(large).samples() == (Sample(1.0, 2.0),)
    with pytest.raises(UserError, match="larger than 1000000 bytes"):
        read(b"#" + large)
    with pytest.raises(UserError, match="larger than 1000000 bytes"):
        read_text("#" + large.decode())
    with pytest.raises(UserError, match="larger than 1000000 bytes"):
        read(("é" * 600_000).encode())


# --- cells ---------------------------------------------------------------------------------

NUMBERS = [
    *(
        "1",
        "-1.5",
        "+1,5",
        ".5",
        "1.",
        "1e5",
        "1E-5",
        "1.234.567",
        "1'000",
        "1 000",
        "1/2",
        "1 1/2",
    ),
    *("½", "1½", "10^3", "2x10^3", "nan", "-inf", "Infinity", "1/0", "1e-999"),
]


@pytest.mark.parametrize("cell", NUMBERS)
def test_a_number_in_any_form_is_one(cell: str) -> None:
    assert is_number(cell)
    assert looks_like_number(cell)


@pytest.mark.parametrize("cell", ["", "x", "x1", "e5", "1m", "-", "a" * 3000, "one", "1-2"])
def test_what_is_no_number(cell: str) -> None:
    assert not is_number(cell)


@pytest.mark.parametrize(
    "cell", ["€3", "3 m", "$ 5", "USD 5", "US$5", "(3)", "~3", "x=3", "l.5", "zł5.00", "∞", "³"]
)
def test_what_begins_like_a_number_is_no_name(cell: str) -> None:
    assert looks_like_number(cell)


@pytest.mark.parametrize("cell", ["x", "target (m)", "USD", "x_1", "ratio", "a=b", "€", ""])
def test_a_name_is_no_number(cell: str) -> None:
    assert not looks_like_number(cell)
