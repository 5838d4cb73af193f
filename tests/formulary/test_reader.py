"""Data files as text: what YAML would make of a value, what is refused, and on which line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.finding import Finding
from macros.formulary.reader import Document, read, read_text

FILE = "dose.yml"
HINT = "check the indentation, the colons and the quotes of this line and the one before"


def faults(text: str) -> list[tuple[int, str]]:
    """Line and message of everything that is wrong with the text."""
    return [(finding.line, finding.message) for finding in read_text(text, FILE)[1]]


# What YAML 1.1 would turn into something else.
PLAIN = {
    "time-of-day": "1:30",
    "octal": "010",
    "hexadecimal": "0x1F",
    "no": "no",
    "yes": "yes",
    "true": "true",
    "null": "null",
    "tilde": "~",
    "exponent": "1e3",
    "decimal": "0.50",
    "infinity": ".inf",
    "date": "2026-01-10",
    "underscores": "1_000",
    "power": "6 × 10^13 vg/kg",
}


@pytest.mark.parametrize("written", PLAIN.values(), ids=PLAIN.keys())
def test_a_value_stays_the_text_that_was_written(written: str) -> None:
    assert read_text(f"amount: {written}\n", FILE)[0].tree == {"amount": written}


TREES = {
    "empty": ("", {}),
    "comments-only": ("# nothing yet\n", {}),
    "no-value": ("note:\n", {"note": ""}),
    "quoted": ('phase: "3"\n', {"phase": "3"}),
    "folded": ("note: >-\n  one\n  two\n", {"note": "one two"}),
    "nested": ("a:\n  b: [1, {c: 2}]\n", {"a": {"b": ["1", {"c": "2"}]}}),
    "number-as-key": ("1: a\n", {"1": "a"}),
    "byte-order-mark": ("\ufeffa: 1\n", {"a": "1"}),
    "windows-line-ends": ("a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
    "first-of-a-repeated-key": ("a: 1\na: 2\n", {"a": "1"}),
    "as-deep-as-allowed": (f"a: {'[' * 12}{']' * 12}\n", {"a": [[[[[[[[[[[[]]]]]]]]]]]]}),
}


@pytest.mark.parametrize(("text", "tree"), TREES.values(), ids=TREES.keys())
def test_tree(text: str, tree: dict) -> None:
    assert read_text(text, FILE)[0].tree == tree


COLON = "a colon too many, or the line before lacks its colon and the space after it; put a text that holds ': ' in quotes"
SYNTAX = {
    "tab": ("a:\n\tb: 1\n", 2, "a tab stands here; indent with spaces only"),
    "tab-after-a-space": ("a:\n \tb: 1\n", 2, "a tab stands here; indent with spaces only"),
    "bracket-left-open": ("a: [1, 2\nb: 3\n", 1, "a '[' opens here and is not closed before the line ends; write the ']'"),
    "brace-left-open": ("a: 1\nb: {c: 2\nd: 3\n", 2, "a '{' opens here and is not closed before the line ends; write the '}'"),
    "quote-left-open": (
        'a: "1\nb: 2\n',
        1,
        "a quote opens here and is never closed; write the closing quote, or leave both out",
    ),
    "colon-in-a-value": ("a: 1\nb: c: d\n", 2, COLON),
    "indented-too-far": ("a: 1\n b: 2\n", 2, COLON),
    "indented-too-little": (
        "a:\n    b: 1\n  c: 2\n",
        3,
        "this line does not fit its entry; give all lines of an entry the same number of spaces, and quote a whole text or none of it",
    ),
    "percent-in-front": ("a: %\n", 1, "a text can't begin with '%'; put it in quotes"),
    "unknown-tag-handle": (
        "a: !x!y 1\n",
        1,
        f"not valid YAML (while parsing a node found undefined tag handle); {HINT}",
    ),
}

FAULTS = {
    "anchor": ("a: &x 1\n", 1, "anchor '&x' is not allowed; write the value out where it is needed"),
    "anchor-on-a-block": ("a: &x\n  b: 1\n", 1, "anchor '&x' is not allowed; write the value out where it is needed"),
    "alias": ("a: 1\nb: *x\n", 2, "alias '*x' is not allowed; write the value out"),
    "alias-in-a-list": ("a:\n  - 1\n  - *x\n", 3, "alias '*x' is not allowed; write the value out"),
    "alias-as-key": ("*x : 1\n", 1, "a key must be a plain word; write 'key: value'"),
    "list-as-key": ("a: 1\n? [b, c]\n: 2\n", 2, "a key must be a plain word; write 'key: value'"),
    "tag": ("a: 1\nb: !!int 3\n", 2, "tag '!!int' is not allowed; write the plain value"),
    "tag-that-runs-python": (
        "a: !!python/object/apply:os.system [ls]\n",
        1,
        "tag '!!python/object/apply:os.system' is not allowed; write the plain value",
    ),
    "tag-of-ones-own": ("a: !ENV HOME\n", 1, "tag '!ENV' is not allowed; write the plain value"),
    "merge-key": ("a:\n  b: 1\n  <<: {c: 2}\n", 3, "merge key '<<' is not allowed; write the keys out"),
    "merge-key-of-an-alias": ("a:\n  <<: *x\n", 2, "merge key '<<' is not allowed; write the keys out"),
    "second-document": ("a: 1\n---\nb: 2\n", 2, "a second document begins here; keep one per file, without '---'"),
    "list-at-top": (
        "- a\n- b\n",
        1,
        "the file must hold 'name: value' entries; write 'name:' and indent what belongs to it",
    ),
    "text-at-top": (
        "nothing\n",
        1,
        "the file must hold 'name: value' entries; write 'name:' and indent what belongs to it",
    ),
    "too-deep-in-one-line": (
        f"a: 1\nb: {'[' * 13}{']' * 13}\n",
        2,
        "nested too deeply; compare with the example on the page 'For editors'",
    ),
    "too-deep-without-end": (
        f"a: {'[' * 100_000}\n",
        1,
        "nested too deeply; compare with the example on the page 'For editors'",
    ),
    "too-deep-in-many-lines": (
        "".join(f"{' ' * depth}k:\n" for depth in range(20)),
        14,
        "nested too deeply; compare with the example on the page 'For editors'",
    ),
    "bell": ('a: 1\nb: "x\x07y"\n', 2, "the text holds the invisible character U+0007; delete it"),
    "nought": ("a: \x00\n", 1, "the text holds the invisible character U+0000; delete it"),
    "escape": ("a: 1\nb: 2\nc: \x1b[31m\n", 3, "the text holds the invisible character U+001B; delete it"),
    "delete": ("a: \x7f\n", 1, "the text holds the invisible character U+007F; delete it"),
    "beyond-ascii-control": ("a: \x80\n", 1, "the text holds the invisible character U+0080; delete it"),
    "escaped-nought": ('a: 1\nb: "x\\0y"\n', 2, "the text holds the invisible character U+0000; delete it"),
    "text-turned-round": ("a: 1\nb: x\u202ey\n", 2, "the text holds the invisible character U+202E; delete it"),
    "invisible-in-a-key": ("a\u200b: 1\n", 1, "the text holds the invisible character U+200B; delete it"),
    **SYNTAX,
}


@pytest.mark.parametrize(("text", "line", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_fault(text: str, line: int, message: str) -> None:
    assert faults(text) == [(line, message)]


@pytest.mark.parametrize("text", [row[0] for row in FAULTS.values()], ids=FAULTS.keys())
def test_nothing_is_read_from_a_file_with_a_fault_of_its_form(text: str) -> None:
    assert read_text(text, FILE)[0] == Document(FILE, {}, {})


REPEATED = {
    "at-top": (
        "a: 1\nb: 2\na: 3\nb: 4\n",
        [
            (3, "key 'a' stands twice, first on line 1; keep one of them"),
            (4, "key 'b' stands twice, first on line 2; keep one of them"),
        ],
    ),
    "three-times": (
        "a: 1\na: 2\na: 3\n",
        [
            (2, "key 'a' stands twice, first on line 1; keep one of them"),
            (3, "key 'a' stands twice, first on line 1; keep one of them"),
        ],
    ),
    "nested": ("a:\n  x: 1\n  y: 2\n  x: 3\n", [(4, "key 'x' stands twice, first on line 2; keep one of them")]),
    "nested-and-at-top": (
        "a:\n  x: 1\n  x: 2\na:\n  z: 3\n",
        [
            (3, "key 'x' stands twice, first on line 2; keep one of them"),
            (4, "key 'a' stands twice, first on line 1; keep one of them"),
        ],
    ),
    "in-braces": ("a: {x: 1, x: 2}\n", [(1, "key 'x' stands twice, first on line 1; keep one of them")]),
    "in-a-list": (
        "a:\n  - x: 1\n    y: 1\n    x: 2\n  - x: 1\n",
        [(4, "key 'x' stands twice, first on line 2; keep one of them")],
    ),
    "quoted-and-plain": ('a: 1\n"a": 2\n', [(2, "key 'a' stands twice, first on line 1; keep one of them")]),
}


@pytest.mark.parametrize(("text", "expected"), REPEATED.values(), ids=REPEATED.keys())
def test_every_repeated_key_is_reported(text: str, expected: list[tuple[int, str]]) -> None:
    assert faults(text) == expected


def test_the_same_key_in_two_places_is_no_fault() -> None:
    assert faults("a:\n  x: 1\nb:\n  x: 1\n") == []


LINED = "# head\na:\n  b: 1\n  c:\n    - x\n    - {d: 2,\n       e: 3}\n"
PLACES = {
    "top": ((), 2),
    "key": (("a",), 2),
    "nested": (("a", "b"), 3),
    "item": (("a", "c", 0), 5),
    "in-braces": (("a", "c", 1, "e"), 7),
    "missing-key-is-at-its-parent": (("a", "c", 1, "f"), 6),
    "missing-item-is-at-its-list": (("a", "c", 9), 4),
    "missing-all": (("z", "y"), 2),
}


@pytest.mark.parametrize(("place", "line"), PLACES.values(), ids=PLACES.keys())
def test_line_of_a_place(place: tuple[str | int, ...], line: int) -> None:
    assert read_text(LINED, FILE)[0].line(place) == line


FILES = {
    "not-utf-8": (lambda path: path.write_bytes(b"a: 1\nb: \xff\n"), 2, "not UTF-8 text; save the file as UTF-8"),
    "utf-16": (lambda path: path.write_text("a: 1\n", "utf-16"), 1, "not UTF-8 text; save the file as UTF-8"),
    "too-large": (
        lambda path: path.write_bytes(b"a: " + b"x" * 999_998),
        1,
        "larger than 1000000 bytes; delete what was not written by hand",
    ),
    "missing": (lambda path: None, 1, "this file is missing; macros/template shows what belongs in it"),
    "malformed": (
        lambda path: path.write_text("a: *x\n", "utf-8"),
        1,
        "alias '*x' is not allowed; write the value out",
    ),
}


@pytest.mark.parametrize(("write", "line", "message"), FILES.values(), ids=FILES.keys())
def test_fault_of_a_file(tmp_path: Path, write: Callable[[Path], object], line: int, message: str) -> None:
    write(tmp_path / "any.yml")
    assert read(tmp_path / "any.yml", FILE) == (Document(FILE, {}, {}), (Finding(FILE, line, "yaml", message),))


def test_the_largest_file_that_is_read(tmp_path: Path) -> None:
    (tmp_path / "any.yml").write_bytes(b"a: b\n# " + b"x" * 999_993)
    assert read(tmp_path / "any.yml", FILE)[1] == ()
