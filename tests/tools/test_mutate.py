"""The tool that looks for what the tests do not see: what it changes, and what it finds."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.tools import mutate
from tests.tools.mutants import Mutant, mutants


def faults(source: str) -> list[str]:
    """Return each fault as ⟦old → new⟧."""
    text = dedent(source).encode()
    shown = [fault.shown(text) for fault in mutants("one.py", text)]
    return [one[one.index("⟦") : one.index("⟧") + 1].strip("⟦⟧") for one in shown]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", ["a < b → pass", "< → <=", "< → >="]),
        ("x = a == b != c", ["== → !=", "!= → =="]),
        ("x = (a) not  in (b)", ["not in → in"]),
        ("x = a is not b", ["is not → is"]),
        ("x = a + b * c", ["+ → -", "* → /"]),
        ("x = (a  # - is meant\n + b)", ["+ → -"]),
        ("x = a and b and c", ["and → or", "and → or"]),
        ("x = -a", ["-a → (a)"]),
        ("x = not a", ["not a → (a)"]),
        ("x = 3", ["3 → 4"]),
        ("x = 1.5, 0.0", ["1.5 → 3.0", "0.0 → 1.0"]),
        ("x = True", ["True → False"]),
        ("x = max(a, b)", ["max → min"]),
        ("x = math.floor(a)", ["floor → ceil"]),
        ("x = abs(a)", ["abs(a) → (a)"]),
        ("x += a", ["x += a → pass", "+ → -"]),
        ("x.y = a", ["x.y = a → pass"]),
        ("f(a)", ["f(a) → pass"]),
        ("raise A(3)", ["raise A(3) → pass"]),
        ("if a:\n    b = c", ["a → (not (a))"]),
        ("if a:\n    b = c\nelif a < d:\n    b = d", ["a → (not (a))", "< → <=", "< → >="]),
        ("x = a if b else c", ["b → (not (b))"]),
        ("x = [a for a in b if a]", ["a → (not (a))"]),
        ("for a in b:\n    continue", ["continue → break"]),
        ("def f() -> bool:\n    return a and b", ["a and b → not (a and b)", "and → or"]),
        ("def f() -> float:\n    return g(x)", ["g(x) → (g(x)) + 1"]),
        ("def f():\n    return g(x)", ["g(x) → None"]),
        ("def f(a, *, b=1):\n    return None", ["1 → 2"]),
        ('x = f"{a + b} {c:>3}"', ["+ → -"]),
    ],
)
def test_the_faults_of_a_line(source: str, expected: list[str]) -> None:
    assert sorted(faults(source)) == sorted(expected)


@pytest.mark.parametrize(
    "source",
    [
        '"""a + b"""',
        "__all__ = [3]",
        "from a import b",
        "x: dict[int, 3 | None]",
        "def f(a: 3 | None) -> 3 | None: ...",
        "Type = A | None",
        "x = zip(a, b, strict=True)",
        "@d(slots=True)\nclass A:\n    x: int | None",
        "if TYPE_CHECKING:\n    x = 3",
        "LOOK = 3  # seconds; speed alone",
        'x = "3 + 4"',
    ],
)
def test_what_no_test_should_hold_is_left_as_it_is(source: str) -> None:
    assert faults(source) == []


def test_every_fault_leaves_a_program_and_the_lines_after_it() -> None:
    source = dedent("""
        def f(α, b=(1,
                    -2)):  # «»
            raise Error(
                f"{α} is "
                f"{b + 3} too much"
            )
        class A:
            def g(self) -> bool:
                self.x = [
                    α < 3 for α in max(self.y,
                                       4)
                ]
                return (self.x and
                        -self.y in
                        self.z)
        last = 5
    """).encode()
    found = mutants("one.py", source)
    assert len(found) == 15
    for fault in found:
        changed = fault.applied(source)
        assert changed != source
        assert changed.count(b"\n") == source.count(b"\n")
        assert compile(changed, "one.py", "exec"), fault


def test_as_root_nothing_is_tried_that_may_replace_files_of_the_system(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[str] = []

    def outcomes(_root: Path, faults: list[Mutant], _jobs: int) -> list[tuple[int, int]]:
        tried.extend({fault.file for fault in faults})
        return []

    monkeypatch.setattr(mutate, "outcomes", outcomes)
    for user, expected in ((0, set()), (1000, {mutate.WRITES})):
        tried.clear()
        monkeypatch.setattr("os.geteuid", lambda user=user: user)
        assert mutate.main([str(mutate.ROOT / mutate.WRITES)]) == 0
        assert {*tried} == expected
        assert ("as root, its faults could harm" in capsys.readouterr().err) == (user == 0)


PROJECT = {
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\n',
    "engine/__init__.py": "",
    "engine/one.py": """
        LIMIT = 3

        def larger(a, b):
            return a > b

        def down(n):
            while n:
                n -= 1
            return n

        def unseen(a):
            return a + 1
    """,
    "tests/conftest.py": "",
    "tests/engine/test_one.py": """
        from engine import one
        AT_ONCE = one.larger(5, 4)

        def test_larger() -> None:
            assert AT_ONCE
            assert one.larger(2, 1)
            assert not one.larger(1, 2)
            assert one.LIMIT == 3

        def test_down() -> None:
            assert one.down(4) == 0
    """,
}


def test_it_tells_what_no_test_notices_and_changes_no_file(tmp_path: Path) -> None:
    for name, text in PROJECT.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(dedent(text).lstrip(), "utf-8")
    code = "import sys, pathlib; from tests.tools.mutate import main; "
    code += "sys.exit(main(sys.argv[2:], pathlib.Path(sys.argv[1])))"

    def tell(*words: str) -> list[str]:
        command = [sys.executable, "-c", code, str(tmp_path), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()

    told = tell("--jobs", "2")
    assert [line for line in told if line.startswith("engine/")] == [
        "engine/one.py:4: return a ⟦> → >=⟧ b",
        "engine/one.py:8: n -= ⟦1 → 2⟧",
        "engine/one.py:12: return ⟦a + 1 → None⟧",
        "engine/one.py:12: return a ⟦+ → -⟧ 1",
        "engine/one.py:12: return a + ⟦1 → 2⟧",
    ]
    assert told[-1].split() == ["7", "of", "12", "killed", "58.3%", "all;", "seed", "0"]
    drawn = tell("--count", "3", "--seed", "5")
    assert drawn[-1].split()[2] == "3"
    assert {line for line in drawn if line.startswith("engine/")} <= {*told}
    here = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert {name for name in here if not name.startswith(".mutation")} == {*PROJECT}
    for name, text in PROJECT.items():
        assert (tmp_path / name).read_text("utf-8") == dedent(text).lstrip()
