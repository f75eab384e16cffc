"""Small changes to a module's syntax tree, each of which some test should notice.

Comparisons and `and`/`or` are turned, `not` doubled, conditions fixed, numbers and truths changed, results replaced by
None (False is not: it means the same to who asks whether). Strings are left alone: they are names of rules and
messages; so are decorators (`frozen`, `slots`), annotations and `copy=False`.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ADDED: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.BitOr: ast.BitAnd}


@dataclass(frozen=True)
class Mutant:
    """`function` is where it stands ("" for the module's own level); `what` tells it apart within the module."""

    module: str
    function: str
    what: str
    text: str
    position: int
    change: str

    def source(self) -> str:
        """The module's text with the change."""
        tree = ast.parse(self.text)
        node = next(one for number, one in enumerate(ast.walk(tree)) if number == self.position)
        dict(_changes(node))[self.change](node)
        return ast.unparse(ast.fix_missing_locations(tree))


def mutants(module: str, text: str) -> Iterator[Mutant]:
    """Every mutant of one module."""
    tree = ast.parse(text)
    functions = _functions(tree)
    seen: dict[str, int] = {}
    marks = [mark for one in ast.walk(tree) for mark in getattr(one, "decorator_list", ())]
    marks += [one.annotation for one in ast.walk(tree) if getattr(one, "annotation", None)]
    marks += [one.returns for one in ast.walk(tree) if getattr(one, "returns", None)]
    spared = {part for mark in marks for part in ast.walk(mark)} | set(_uncopied(tree))
    for position, node in enumerate(ast.walk(tree)):
        for name, _ in _changes(node) if node not in spared else ():
            what = f"{ast.unparse(node)[:60].splitlines()[0]} [{name}]"
            seen[what] = seen.get(what, 0) + 1
            label = what if seen[what] == 1 else f"{what} #{seen[what]}"
            yield Mutant(module, functions.get(node, ""), label, text, position, name)


def _uncopied(tree: ast.Module) -> Iterator[ast.AST]:
    """`copy=False`: a tree nobody else holds is not copied, which costs time and changes nothing."""
    for one in ast.walk(tree):
        if isinstance(one, ast.keyword) and one.arg == "copy" and ast.unparse(one.value) == "False":
            yield one.value


def _functions(tree: ast.Module) -> dict[ast.AST, str]:
    owners: dict[ast.AST, str] = {}
    for one in ast.walk(tree):  # outer ones come first, so that the innermost wins
        if isinstance(one, ast.FunctionDef):
            owners.update(dict.fromkeys(ast.walk(one), one.name))
    return owners


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], None]]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _TURNED:
        yield "turned", _turn
    elif isinstance(node, ast.BoolOp):
        yield "and/or", _swap
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not", _affirm
    elif isinstance(node, ast.Constant) and type(node.value) in {int, bool}:
        yield "constant", _change
    elif isinstance(node, ast.BinOp) and type(node.op) in _ADDED:
        yield "operator", _operate
    elif isinstance(node, ast.If | ast.IfExp) and ast.unparse(node.test) != "TYPE_CHECKING":
        yield "always", partial(_fix, value=True)
        yield "never", partial(_fix, value=False)
    elif isinstance(node, ast.Return) and node.value is not None and ast.unparse(node.value) not in {"None", "False"}:
        yield "returns None", _empty


def _turn(node: Any) -> None:
    node.ops[0] = _TURNED[type(node.ops[0])]()


def _swap(node: Any) -> None:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()


def _affirm(node: Any) -> None:
    node.operand = ast.UnaryOp(ast.Not(), node.operand)


def _change(node: Any) -> None:
    node.value = not node.value if isinstance(node.value, bool) else node.value + 1


def _operate(node: Any) -> None:
    node.op = _ADDED[type(node.op)]()


def _fix(node: Any, *, value: bool) -> None:
    node.test = ast.Constant(value)


def _empty(node: Any) -> None:
    node.value = ast.Constant(None)
