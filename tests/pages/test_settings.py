"""What is read from mkdocs.yml: the name of the site, whatever else stands there; what MkDocs could not end with is refused."""

from itertools import pairwise
from pathlib import Path

import pytest

from macros.finding import Refused
from macros.pages.settings import site_name
from tests.support.broken import found

NAMED = {
    "plain": ("site_name: Doses\n", "Doses"),
    "quoted": ('site_name: "Doses: all"\n', "Doses: all"),
    "beside-a-tag": ("site_url: !ENV [URL, '']\nsite_name: Doses\n", "Doses"),
    "none": ("nav: []\n", ""),
    "a-list": ("site_name: [a]\n", ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), NAMED.values(), ids=NAMED.keys())
def test_site_name(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    assert site_name(tmp_path) == expected


BOMB = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghijklmnopqrstuvwxyz"))
# What is written in mkdocs.yml, and what is said of it.
REFUSED = {
    "not-yaml": (b"site_name: [a\n", "1: yaml: a '[' opens here and is not closed before the line ends; write the ']'"),
    "not-utf-8": (b"a: b\nsite_name: \xe9\n", "2: yaml: not UTF-8 text; save the file as UTF-8"),
    "binary": (b"\0" * 2000, "1: yaml: the text holds the invisible character U+0000; delete it"),
    "bomb": (BOMB.encode(), "1: yaml: anchor '&a' is not allowed; write the value out where it is needed"),
    "alias": (b"a: b\nb: *a\n", "2: yaml: alias '*a' is not allowed; write the value out"),
    "brackets": (b"a: " + b"[" * 50_000, "1: yaml: nested too deeply; write flat lists and menus"),
    "dashes": (b"- " * 40_000, "1: yaml: nested too deeply; write flat lists and menus"),
    "menu": (
        b"nav:\n" + b"".join(b" " * (2 * n) + b"- a:\n" for n in range(1, 100)),
        "7: yaml: nested too deeply; write flat lists and menus",
    ),
    "large": (b"# " + b"x" * 1_000_000, "1: yaml: larger than 1000000 bytes; delete what was not written by hand"),
    "code": (
        b"a: !!python/object/apply:os.getcwd []\n",
        "1: yaml: tag '!!python/object/apply:os.getcwd' is not allowed; write the plain value, or '!ENV [NAME, value]'",
    ),
    "a-list": (b"- a\n", "1: yaml: the file must hold 'name: value' entries; write 'name:' and indent what belongs to it"),
    "a-list-for-a-key": (b"? [a]\n: b\n", "1: yaml: a key must be a plain word; write 'key: value'"),
    "one-extension": (
        b"markdown_extensions: abbr\n",
        "1: yaml: markdown_extensions must be a list; write each extension on a line '- name'",
    ),
    "a-list-for-an-extension": (
        b"markdown_extensions:\n  - abbr\n  - [toc]\n",
        "3: yaml: this is no extension; write '- name', or '- name:' with its options indented below it",
    ),
    "a-number-without-end": (
        b"markdown_extensions:\n  - toc:\n      level: " + b"1" * 9_000,
        "2: yaml: a value can't be read as a number or a date; put it in quotes",
    ),
    "an-extension-that-is-none": (
        b"a: b\nmarkdown_extensions:\n  - nothing_here\n",
        "2: yaml: Markdown can't be set up: No module named 'nothing_here'; write extensions and options that it has",
    ),
}


@pytest.mark.parametrize(("raw", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused(project: Path, raw: bytes, said: str) -> None:
    (project / "mkdocs.yml").write_bytes(raw)
    assert found(project) == [f"mkdocs.yml:{said}"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"^mkdocs\.yml:1: yaml: this file is missing; take it from the last commit$"):
        site_name(tmp_path)
