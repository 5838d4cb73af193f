"""Builds the project with each builder that reads the same pages, and compares what comes out with what MkDocs makes.

python -m bench.builders, or `make builders`, which sets them up first. Ends with 1 at a difference that builders.yml does not allow.
"""

import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from posixpath import dirname, join, normpath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from bench.built import ROOT, copied

BUILDERS = ROOT / ".cache/builders"
ALLOWED = ROOT / "bench/builders.yml"
_SWITCH, _FIRST = "macros/site/shard.py", 'BUILDER = "mkdocs"'
# The commands that come after the build, and so have to work whatever built: what each is given and by what its success shows.
_AFTER = (["site"], ["gate"], ["headers"], ["bundle"], ["page", "apixaban"], ["zim"])
# What has to be said around an article: edition, recalls, how to report an error, where one is and where one can go.
_AROUND = (
    ".md-copyright",
    ".printed",
    ".edition-banner",
    ".md-path",
    ".md-tabs",
    ".md-sidebar--secondary .md-nav__link",
    ".download",
    "[data-until]",
)
_CUT = 12  # so many lines of what a builder said are shown


class Entry(NamedTuple):
    """A difference that is allowed: a pattern of its whole line, and the reason in words."""

    pattern: str
    reason: str


class Built(NamedTuple):
    """What a builder made of the project: each command with what it said if it failed, and the folder of the site."""

    said: Mapping[str, str]
    site: Path
    version: str


def allowed(builder: str, kind: str) -> list[Entry]:
    """The differences that builders.yml allows a builder."""
    return [Entry(each["difference"], each["reason"]) for each in yaml.safe_load(ALLOWED.read_text("utf-8"))[builder][kind]]


def told(html: str, address: str) -> dict[str, list[str]]:
    """All that has to be the same in a page, by kind: text, ids, links, marked blocks, facts, and what stands around the article."""
    tree = LexborHTMLParser(html)
    for each in tree.css("script, style, svg"):
        each.decompose(recursive=True)
    article = tree.css_first("article")
    found: dict[str, list[str]] = {"text": [], "ids": [], "links": [], "blocks": [], "facts": [], "around": list(_head(tree))}
    if article is None:
        return found
    found["text"] = _words(article)
    for node in article.css("*"):
        attributes = node.attributes
        found["ids"] += [attributes["id"] or ""] if "id" in attributes else []
        found["links"] += [f"{_target(attributes['href'] or '', address)} {' '.join(_words(node))}"] if "href" in attributes else []
        found["facts"] += [f"{name}={value or ''}" for name, value in attributes.items() if name.startswith("data-")]
        if "admonition" in (attributes.get("class") or "").split():
            title = node.css_first(".admonition-title, h2, h3, h4")
            found["blocks"].append(f"{attributes['class']}: {' '.join(_words(title)) if title else ''}")
    article.decompose(recursive=True)
    found["around"] += [f"{part} {' '.join(_words(node))}" for part in _AROUND for node in tree.css(part)]
    return found


def _head(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("head title"):
        yield f"title {node.text(strip=True)}"
    for node in tree.css("head meta"):
        yield f"meta {node.attributes.get('name') or node.attributes.get('property')}={node.attributes.get('content') or ''}"


def _words(node: LexborNode) -> list[str]:
    return node.text(separator=" ").split()


def _target(href: str, address: str) -> str:
    """Where a link leads to, from the root of the site, so that two ways of writing it are one."""
    if re.match(r"[a-z][a-z0-9+.-]*:", href):
        return href
    path, mark, rest = href.partition("#")
    return f"{normpath(join(dirname(address), path)) if path else address}{mark}{rest}"


def differing(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> Iterator[str]:
    """A line for each thing that one page has and the other has not, and one if both have the same in another order."""
    for kind in one:
        ours, theirs = Counter(one[kind]), Counter(other[kind])
        yield from (f"{kind}: - {each}" for each in (ours - theirs).elements())
        yield from (f"{kind}: + {each}" for each in (theirs - ours).elements())
        if ours == theirs and one[kind] != other[kind]:
            yield f"{kind}: in another order"


def judged(found: Iterable[tuple[str, str]], entries: Iterable[Entry]) -> Iterator[str]:
    """A line for each difference, given with its place, that no entry allows, and for each entry that allows none."""
    unused = {each.pattern for each in entries}
    seen: Counter[str] = Counter()
    first: dict[str, str] = {}
    for place, line in found:
        if used := [each.pattern for each in entries if re.fullmatch(each.pattern, line)]:
            unused.difference_update(used)
        else:
            seen[line] += 1
            first.setdefault(line, place)
    yield from (f"{first[line]}: {line}" + (f" (and {count - 1} more such)" if count > 1 else "") for line, count in seen.most_common())
    yield from (f"{ALLOWED.name}: allows “{pattern}”, and there is no such difference; take the entry away" for pattern in sorted(unused))


def pages(one: Built, other: Built) -> Iterator[tuple[str, str]]:
    """What differs in pages, each with the address of its page."""
    for address in sorted({path.relative_to(built.site).as_posix() for built in (one, other) for path in built.site.rglob("*.html")}):
        here, there = ((built.site / address) for built in (one, other))
        if here.is_file() and there.is_file():
            html = here.read_text("utf-8"), there.read_text("utf-8").replace(other.version, one.version)
            yield from ((address, line) for line in differing(*(told(each, address) for each in html)))
        else:
            yield address, f"page: {'+' if there.is_file() else '-'}"


def files(one: Built, other: Built) -> Iterator[tuple[str, str]]:
    """What differs in files that are no pages: the search, what programs get, what the theme brings along."""
    here, there = (dict(_sums(built, one.version)) for built in (one, other))
    for name in sorted(here.keys() | there.keys()):
        if here.get(name) != there.get(name):
            yield name, f"{'-' if name not in there else '+' if name not in here else 'other'} {name}"


def _sums(built: Built, version: str) -> Iterator[tuple[str, str]]:
    for path in built.site.rglob("*"):
        if path.is_file() and path.suffix != ".html":
            if path.suffix == ".sqlite":
                base = sqlite3.connect(path)
                content = "\n".join(base.iterdump()).encode()
                base.close()
            else:
                content = path.read_bytes()
            yield path.relative_to(built.site).as_posix(), sha256(content.replace(built.version.encode(), version.encode())).hexdigest()


def made(builder: str, python: Path, project: Path, folder: Path) -> Built:
    """The project made by the builder in an empty folder: all commands, then what is left of the site."""
    copied(project, folder)
    switch = folder / _SWITCH
    text = switch.read_text("utf-8")
    assert text.count(_FIRST) == 1
    switch.write_text(text.replace(_FIRST, _FIRST.replace("mkdocs", builder)), "utf-8", newline="\n")
    said = {words[0]: _run(python, folder, words) for words in _AFTER}
    return Built(said, folder / "site", _run(python, folder, ["--version"], tell=True))


def _run(python: Path, folder: Path, words: list[str], *, tell: bool = False) -> str:
    """What a command said if it failed, or was asked to tell."""
    done = subprocess.run([python, "-m", "macros", *words], cwd=folder, capture_output=True, text=True, check=False)
    lines = f"{done.stdout}{done.stderr}".strip().splitlines()
    return "\n".join(lines[:_CUT]) or "failed without a word" if done.returncode else "\n".join(lines) if tell else ""


def main() -> int:
    """Prints a table of commands and builders, then what differs; the exit code."""
    ours, theirs = ROOT / ".venv/bin/python", BUILDERS / "bin/python"
    if not theirs.is_file():
        print("The builders are not set up: run `make builders`.", file=sys.stderr)
        return 1
    names: list[str] = list(yaml.safe_load(ALLOWED.read_text("utf-8")))
    with TemporaryDirectory() as folder:
        project = copied(ROOT, Path(folder, "project"))  # once, since somebody may go on writing
        base = made("mkdocs", ours, project, Path(folder, "mkdocs"))
        results = {"mkdocs": base, **{name: made(name, theirs, project, Path(folder, name)) for name in names}}
        faults = [f"{name}: {command}: {said}" for name, built in results.items() for command, said in built.said.items() if said]
        print(_table(results))
        for name in names:
            kinds: dict[str, Any] = {"made": pages, "files": files}
            for kind, compare in kinds.items():
                faults += [f"{name}: {line}" for line in judged(compare(base, results[name]), allowed(name, kind))]
    print("\n".join(faults) or "Every page says the same, and every other difference is allowed.")
    return bool(faults)


def _table(results: Mapping[str, Built]) -> str:
    rows = [[words[0], *("failed" if built.said[words[0]] else "passes" for built in results.values())] for words in _AFTER]
    return "\n".join(" ".join(f"{cell:12}" for cell in row).rstrip() for row in [["command", *results], *rows])


if __name__ == "__main__":
    sys.exit(main())
