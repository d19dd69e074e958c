"""Where code can be broken in one place, and how: filters, rules of state, counts, signs, words."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.catalogue import statements

PYTHON = ("graph/questions", "graph/answers", "graph/load.py", "graph/works.py", "graph/upgrade.py")
WORDS = ("visualise/mark_styles.py",)
CYPHER = "graph/cypher"
MADE = {"schema.cypher", "read.cypher", "write.cypher"}
"""Made from the models, which a test compares them with."""

COMPARED = {
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
COUNTED = {ast.Add: ("+", "-"), ast.Sub: ("-", "+")}
CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
IN_CYPHER = (
    ("count", r"count\(DISTINCT ", "count("),
    ("count", r"\bmin\(", "max("),
    ("count", r"\bmax\(", "min("),
    ("order", r" DESC\b", " ASC"),
    ("filter", r"\bOPTIONAL MATCH\b", "MATCH"),
    ("filter", r"\bNOT ", ""),
    ("filter", r"(?<!NOT )\bEXISTS \{", "NOT EXISTS {"),
    ("filter", r"\bany\(", "all("),
    ("filter", r"\ball\(", "any("),
    ("sign", r" <> ", " = "),
    ("sign", r"(?<=\S) = (?='|true|false)", " <> "),
    ("sign", r" > (?=\d|\$|size)", " >= "),
    ("sign", r" >= ", " > "),
    ("sign", r"(?<!\$)\b(\w+\.\w+) IS NULL", r"\1 IS NOT NULL"),
    ("sign", r" IS NOT NULL", " IS NULL"),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One place broken in one way.

    Attributes:
        file: its path in the checkout.
        start: where in the text what is replaced begins.
        end: where it ends.
        to: what stands there instead.
        rule: filter, state, count, sign, order or word.
        line: the line, from 1.
        scope: where the function that holds it begins; 0 outside of functions, and in Cypher.
    """

    file: str
    start: int
    end: int
    to: str
    rule: str
    line: int
    scope: int

    def told(self, text: str) -> str:
        """The line as it is and as it becomes."""
        begin, end = text.rfind("\n", 0, self.start) + 1, text.find("\n", self.end)
        after = text[begin : self.start] + self.to + text[self.end : end]
        return " → ".join(" ".join(one.split()) for one in (text[begin:end], after))

    def key(self, text: str) -> str:
        """A name that stays when other lines change."""
        return f"{self.file}: {self.told(text)}"

    def rank(self, text: str) -> bytes:
        """Its place in a sample; each sample holds the smaller ones."""
        return hashlib.blake2b(self.key(text).encode(), digest_size=8).digest()

    def broken(self, text: str) -> str:
        """The file with it."""
        return text[: self.start] + self.to + text[self.end :]


def statements_with(mutant: Mutant, text: str) -> set[str]:
    """The names of the Cypher statements that it changes."""
    before = {query.name: query.text for query in statements(text)}
    after = {query.name: query.text for query in statements(mutant.broken(text))}
    return {name for name in before if before[name] != after.get(name)}


def mutants(root: Path) -> Iterator[Mutant]:
    """All of them, file by file; what two rules make of a place in the same way comes once."""
    seen: set[tuple[str, str]] = set()
    for mutant in _all(root):
        broken = mutant.broken((root / mutant.file).read_text("utf-8"))
        if (mutant.file, broken) not in seen:
            seen.add((mutant.file, broken))
            yield mutant


def _all(root: Path) -> Iterator[Mutant]:
    for place in PYTHON:
        for path in (
            sorted((root / place).rglob("*.py")) if (root / place).is_dir() else [root / place]
        ):
            if path.is_file():
                yield from _in_python(path.relative_to(root).as_posix(), path.read_text("utf-8"))
    for place in WORDS:
        if (root / place).is_file():
            yield from _in_tables(place, (root / place).read_text("utf-8"))
    for path in sorted((root / CYPHER).glob("*.cypher")):
        if path.name not in MADE:
            yield from _in_cypher(path.relative_to(root).as_posix(), path.read_text("utf-8"))


def _in_cypher(file: str, text: str) -> Iterator[Mutant]:
    at = 0
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        begin, at = at, at + len(line)
        if line.startswith("//") or not line.strip():
            continue
        condition = re.match(r"(\s*(?:WHERE|AND|OR) )(.+)$", line)
        if condition and _whole(condition[2]):
            neutral = "false" if condition[1].strip() == "OR" else "true"
            start = begin + condition.end(1)
            yield Mutant(file, start, start + len(condition[2]), neutral, "filter", number, 0)
        for rule, pattern, to in IN_CYPHER:
            for found in re.finditer(pattern, line):
                start, end = begin + found.start(), begin + found.end()
                yield Mutant(file, start, end, found.expand(to), rule, number, 0)
        for found in re.finditer(r"'\w[\w ]*'", line):
            yield Mutant(
                file, begin + found.start(), begin + found.end(), "'other'", "word", number, 0
            )


def _whole(condition: str) -> bool:
    """True where a condition ends on its line."""
    return all(condition.count(one) == condition.count(other) for one, other in ("()", "{}", "[]"))


class _Text:
    """A Python file by the positions that its tree tells."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.lines = text.splitlines()

    def at(self, line: int, column: int) -> int:
        # The tree counts bytes of UTF-8.
        before = self.lines[line - 1].encode()[:column].decode()
        return self.starts[line - 1] + len(before)

    def begin(self, node: ast.expr) -> int:
        return self.at(node.lineno, node.col_offset)

    def end(self, node: ast.expr) -> int:
        return self.at(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def between(
        self, one: ast.expr, other: ast.expr, sign: str, to: str, rule: str, scope: int
    ) -> Iterator[Mutant]:
        start, end = self.end(one), self.begin(other)
        pattern = rf"\b{sign}\b".replace(" ", r"\s+") if sign[0].isalpha() else re.escape(sign)
        found = re.search(pattern, self.text[start:end])
        if found:
            yield self.made(start + found.start(), start + found.end(), to, rule, scope)

    def made(self, start: int, end: int, to: str, rule: str, scope: int) -> Mutant:
        line = self.text.count("\n", 0, start) + 1
        return Mutant(self.file, start, end, to, rule, line, scope)


def _in_python(file: str, text: str) -> Iterator[Mutant]:
    source = _Text(file, text)
    tree = ast.parse(text)
    for node in ast.iter_child_nodes(tree):
        yield from _below(node, source, 0)


def _below(node: ast.AST, source: _Text, scope: int) -> Iterator[Mutant]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        # Code begins, for the interpreter, at the first decorator.
        scope = min([node.lineno, *(one.lineno for one in node.decorator_list)])
        inside: list[ast.AST] = [*node.body]
    else:
        inside = [*ast.iter_child_nodes(node)]
    if isinstance(node, ast.AnnAssign):
        inside = [node.value] if node.value else []
    if scope:
        yield from _of(node, source, scope)
    for child in inside:
        yield from _below(child, source, scope)


def _of(node: ast.AST, source: _Text, scope: int) -> Iterator[Mutant]:
    if isinstance(node, ast.Compare):
        before = node.left
        for operator, after in zip(node.ops, node.comparators, strict=True):
            sign, to = COMPARED[type(operator)]
            yield from source.between(before, after, sign, to, "sign", scope)
            before = after
    elif isinstance(node, ast.BoolOp):
        sign, to = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for one, other in zip(node.values, node.values[1:], strict=False):
            yield from source.between(one, other, sign, to, "state", scope)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        start = source.at(node.lineno, node.col_offset)
        yield source.made(start, start + len("not "), "", "state", scope)
    elif isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        if not any(isinstance(one, ast.List | ast.JoinedStr) for one in (node.left, node.right)):
            sign, to = COUNTED[type(node.op)]
            yield from source.between(node.left, node.right, sign, to, "count", scope)
    elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        if isinstance(node.value, ast.Constant | ast.Name | ast.Call):
            yield from source.between(node.target, node.value, "+=", "-=", "count", scope)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        start, end = source.begin(node.func), source.end(node.func)
        if node.func.id in CALLED:
            yield source.made(start, end, CALLED[node.func.id], "count", scope)
        elif node.func.id == "len":
            yield source.made(start, end, "1 + len", "count", scope)
    elif isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield source.made(source.begin(test), source.end(test), "True", "filter", scope)
    elif isinstance(node, ast.If | ast.IfExp | ast.While) and isinstance(
        node.test, ast.Name | ast.Attribute | ast.Call | ast.Subscript
    ):
        start, end = source.begin(node.test), source.end(node.test)
        yield source.made(start, end, f"(not {source.text[start:end]})", "state", scope)


def _in_tables(file: str, text: str) -> Iterator[Mutant]:
    """Words and signs kept in tables: one takes the place of its neighbour."""
    source = _Text(file, text)
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Dict):
            continue
        values = [one for one in node.values if isinstance(one, ast.Constant) and one.value]
        for one, other in zip(values, [*values[1:], *values[:1]], strict=True):
            if isinstance(one.value, str) and one.value != other.value:
                start, end = source.begin(one), source.end(one)
                yield source.made(start, end, repr(other.value), "word", 0)
