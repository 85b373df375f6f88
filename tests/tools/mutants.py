"""The small faults that a source text can be given, each at its exact place.

A fault changes an operator, a constant, a condition, a returned value or a call, or removes a
statement. Left out is what no test should hold: type annotations, docstrings, sentences for the
user, `__all__`, decorators, `strict=True`, which only guards, and lines that end in a comment with
the words "speed alone".
"""

import ast
import re
from typing import NamedTuple

COMPARISONS: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: (r"<", ("<=", ">=")),
    ast.LtE: (r"<=", ("<", ">")),
    ast.Gt: (r">", (">=", "<=")),
    ast.GtE: (r">=", (">", "<")),
    ast.Eq: (r"==", ("!=",)),
    ast.NotEq: (r"!=", ("==",)),
    ast.Is: (r"\bis\b", ("is not",)),
    ast.IsNot: (r"\bis\s+not\b", ("is",)),
    ast.In: (r"\bin\b", ("not in",)),
    ast.NotIn: (r"\bnot\s+in\b", ("in",)),
}
OPERATORS: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "*"),
    ast.Pow: ("**", "*"),
    ast.BitOr: ("|", "&"),
    ast.BitAnd: ("&", "|"),
    ast.BitXor: ("^", "|"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}
UNWRAPPED = {"abs", "sorted", "reversed", "float", "tuple"}
"""Functions that a fault leaves out, so that their argument stands alone."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Mutant(NamedTuple):
    """One fault: the bytes from `start` to `end` become `new`.

    `lines` are those of the statement it is in. It is `early` where it already acts when the
    module is imported.
    """

    file: str
    line: int
    start: int
    end: int
    new: str
    lines: tuple[int, int]
    early: bool

    def applied(self, source: bytes) -> bytes:
        """Return the source with the fault; all other lines keep their numbers."""
        lost = source[self.start : self.end].count(b"\n") - self.new.count("\n")
        return source[: self.start] + self.new.encode() + b"\n" * lost + source[self.end :]

    def shown(self, source: bytes) -> str:
        """Return the place and the change in one line."""
        begin = source.rfind(b"\n", 0, self.start) + 1
        old = source[self.start : self.end].decode()
        context = source[begin : self.start].decode().lstrip(), source[self.end :].decode()
        after = context[1].split("\n", 1)[0]
        text = f"{context[0]}⟦{' '.join(old.split())} → {self.new}⟧{after}"
        return f"{self.file}:{self.line}: {text}"


def mutants(file: str, source: bytes) -> list[Mutant]:
    """Return all faults for a file, in the order of their places."""
    finder = _Finder(file, source)
    finder.visit(ast.parse(source))
    return sorted(finder.found, key=lambda mutant: (mutant.start, mutant.end, mutant.new))


class _Finder(ast.NodeVisitor):
    def __init__(self, file: str, source: bytes) -> None:
        self.file, self.source, self.found = file, source, list[Mutant]()
        self._starts, self._depth, self._lines = [0], 0, (1, 1)
        self._returned = ""
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._exempt = {
            number
            for number, line in enumerate(source.decode().split("\n"), 1)
            if re.search(r"#.*\bspeed alone\b", line)
        }

    # --- places -----------------------------------------------------------------------------

    def _span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        return start, self._starts[node.end_lineno - 1] + node.end_col_offset

    def _text(self, node: ast.expr | ast.stmt) -> str:
        start, end = self._span(node)
        return self.source[start:end].decode()

    def _add(self, start: int, end: int, new: str) -> None:
        line = self.source.count(b"\n", 0, start) + 1
        if line not in self._exempt:
            early = self._depth == 0
            self.found.append(Mutant(self.file, line, start, end, new, self._lines, early))

    def _replace(self, node: ast.expr | ast.stmt, new: str) -> None:
        self._add(*self._span(node), new)

    def _between(self, left: ast.expr, right: ast.expr, pattern: str, *new: str) -> None:
        start, end = self._span(left)[1], self._span(right)[0]
        found = re.search(pattern.encode(), self.source[start:end])
        assert found, (self.file, left.lineno, pattern)
        for text in new:
            self._add(start + found.start(), start + found.end(), text)

    # --- what is left out -------------------------------------------------------------------

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if body else node.end_lineno
            self._lines = node.lineno, max(node.lineno, last or 0)
        super().visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.visit(default)
        outer, self._returned = self._returned, ast.unparse(node.returns) if node.returns else ""
        self._depth += 1
        for statement in node.body:
            self.visit(statement)
        self._depth -= 1
        self._returned = outer

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._depth += 1
        self.visit(node.body)
        self._depth -= 1

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            self.visit(statement)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_If(self, node: ast.If) -> None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return
        self._condition(node.test)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        name = node.targets[0].id if isinstance(node.targets[0], ast.Name) else ""
        of_type = self._depth == 0 and re.fullmatch(r"_?[A-Z]\w*[a-z]\w*", name)
        if name != "__all__" and not of_type:
            if not name and not isinstance(node.targets[0], (ast.Tuple, ast.Starred)):
                self._replace(node, "pass")
            self.generic_visit(node)

    def visit_keyword(self, node: ast.keyword) -> None:
        if node.arg != "strict":
            self.visit(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        for part in node.values:
            # Up to Python 3.11 the places in an f-string may be wrong.
            if isinstance(part, ast.FormattedValue) and self._is_there(part.value):
                self.visit(part.value)

    def _is_there(self, node: ast.expr) -> bool:
        try:
            return ast.dump(ast.parse(self._text(node), mode="eval").body) == ast.dump(node)
        except (SyntaxError, UnicodeDecodeError):
            return False

    # --- the faults -------------------------------------------------------------------------

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            pattern, new = COMPARISONS[type(operator)]
            self._between(left, right, pattern, *new)
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        old, new = OPERATORS[type(node.op)]
        self._between(node.left, node.right, re.escape(old), new)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._between(left, right, rf"\b{old}\b", new)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        self._replace(node, f"({self._text(node.operand)})")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        match node.value:
            case bool():
                self._replace(node, str(not node.value))
            case int():
                self._replace(node, str(node.value + 1))
            case float():
                self._replace(node, repr(2 * node.value if node.value else 1.0))
            case _:
                pass

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        if name in CALLS:
            end = self._span(node.func)[1]
            self._add(end - len(name), end, CALLS[name])
        if name in UNWRAPPED and len(node.args) == 1 and isinstance(node.func, ast.Name):
            inner = self._text(node.args[0])
            self._replace(node, f"({inner})")
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._condition(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self._condition(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._condition(test)
        self.generic_visit(node)

    def _condition(self, test: ast.expr) -> None:
        """Turn a condition round, unless a fault in it does the same."""
        if not isinstance(test, (ast.Compare, ast.UnaryOp, ast.Constant)):
            self._replace(test, f"(not ({self._text(test)}))")

    def visit_Return(self, node: ast.Return) -> None:
        value = node.value
        if value is None or (isinstance(value, ast.Constant) and value.value is None):
            return
        text = self._text(value)
        if self._returned == "bool":
            if not isinstance(value, (ast.Compare, ast.UnaryOp, ast.Constant)):
                self._replace(value, f"not ({text})")
        elif self._returned in {"float", "int"}:
            if not isinstance(value, ast.Constant):
                self._replace(value, f"({text}) + 1")
        else:
            self._replace(value, "None")
        self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):
            self._replace(node, "pass")
            self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        old, new = OPERATORS[type(node.op)]
        self._between(node.target, node.value, re.escape(old), new)
        self._replace(node, "pass")
        self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        self._replace(node, "pass")

    def visit_Delete(self, node: ast.Delete) -> None:
        self._replace(node, "pass")

    def visit_Continue(self, node: ast.Continue) -> None:
        self._replace(node, "break")

    def visit_Break(self, node: ast.Break) -> None:
        self._replace(node, "continue")
