"""Reads code and templates without running them: what imports what, which words are compared with, where HTML is typed."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes

_TAG = re.compile("</?(?!inn>)[a-z]")  # <inn> stands for a name in messages
# Methods that compare their object with what they are given.
_COMPARING = {"startswith", "endswith", "__eq__"}


def module_name(path: Path, package: Path) -> str:
    """The module's name under the package; the package itself goes by its own name."""
    parts = path.relative_to(package).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or package.name


def room(module: str) -> str:
    """The room that a module stands in; one outside all rooms is its own."""
    return module.partition(".")[0]


def imports(source: str, package: str, modules: Iterable[str]) -> set[str]:
    """The package's own modules that the source imports, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = f"{package}.{node.module or ''}".rstrip(".") if node.level else node.module or ""
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            top, _, rest = name.partition(".")
            if top == package:
                parts = rest.split(".")
                longer = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
                found.add(next((each for each in longer if each in modules), package))
    return found


def imported_packages(source: str) -> set[str]:
    """The first part of every name that the source imports."""
    tree = ast.parse(source)
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    from_ = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | from_}


def compared_in_python(source: str) -> set[str]:
    """Every string that the source compares with, also by way of a name that it was given before."""
    tree = ast.parse(source)
    given: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.expr):
                given.setdefault(target.id, []).append(value)
    found: set[str] = set()
    for part in _compared(tree):
        for leaf in ast.walk(part):
            behind = given.get(leaf.id, []) if isinstance(leaf, ast.Name) else []
            found |= {text for expr in (leaf, *behind) for text in _strings(expr)}
    return found


def _compared(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from (node.left, *node.comparators)
        elif isinstance(node, ast.MatchValue):
            yield node.value
        elif isinstance(node, ast.MatchMapping):
            yield from node.keys
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _COMPARING:
            yield from node.args


def _strings(expr: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(expr) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def compared_in_template(source: str) -> set[str]:
    """Every string that a Jinja template's expressions compare with, test for or filter by."""
    tree = jinja2.Environment().parse(source)
    given: dict[str, list[nodes.Node]] = {}
    for assigned in tree.find_all(nodes.Assign):
        if isinstance(assigned.target, nodes.Name):
            given.setdefault(assigned.target.name, []).append(assigned.node)
    parts: list[nodes.Node] = list(tree.find_all(nodes.Compare))
    for node in tree.find_all((nodes.Test, nodes.Filter)):
        parts += [*node.args, *(option.value for option in node.kwargs)]
        parts += [node.node] if isinstance(node, nodes.Test) else []
    for part in list(parts):
        for name in (part, *part.find_all(nodes.Name)):
            parts += given.get(name.name, []) if isinstance(name, nodes.Name) else []
    leaves = [leaf for part in parts for leaf in (part, *part.find_all(nodes.Const))]
    return {leaf.value for leaf in leaves if isinstance(leaf, nodes.Const) and isinstance(leaf.value, str)}


def _calls_of(tree: ast.AST, name: str) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name]


def not_literal(source: str, name: str) -> list[str]:
    """The functions that call the one of this name with anything but texts that are typed out; "" for the module."""
    tree = ast.parse(source)
    around = {call: node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for call in _calls_of(node, name)}
    calls = [call for call in _calls_of(tree, name) if not all(isinstance(each, ast.Constant) for each in call.args)]
    return [around.get(call, "") for call in calls]


def html_outside(source: str, name: str) -> list[str]:
    """The texts with a tag in them that are neither docstrings nor given to the function of this name."""
    tree = ast.parse(source)
    known = {arg for call in _calls_of(tree, name) for arg in call.args}
    known |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in known]
    return [str(node.value) for node in texts if _TAG.search(str(node.value))]


def silent_refusals(source: str) -> list[str]:
    """The public functions that raise Refused themselves and don't say so in their docstring."""
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    return [node.name for node in functions if _refuses(node) and "aises Refused" not in (ast.get_docstring(node) or "")]


def _refuses(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Raise) and node.exc and _calls_of(node.exc, "Refused") for node in ast.walk(function))


def undocumented(source: str) -> list[str]:
    """The module itself, and each public function, class, method and property in it, that has no docstring."""

    def public(body: Iterable[ast.stmt], prefix: str) -> Iterator[str]:
        for node in body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node):
                yield prefix + node.name
            if isinstance(node, ast.ClassDef):
                yield from public(node.body, f"{prefix}{node.name}.")

    tree = ast.parse(source)
    return ([] if ast.get_docstring(tree) else ["the module"]) + list(public(tree.body, ""))
