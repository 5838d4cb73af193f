"""Rules on names: a page, its title and its line in the menu are called by the medicine's own, and by no word of the template."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from macros.finding import Fault, excerpt
from macros.formulary.apart import facts_here
from macros.formulary.book import DATA, SOURCES, Formulary
from macros.formulary.naming import headed, named, others_named
from macros.formulary.values import Gap, Terms
from macros.pages.files import TABS, medicine_of, page_of
from macros.pages.markdown import DOCS, Page
from macros.pages.settings import SETTINGS, entries
from macros.pages.template import NOTES, placeholder
from macros.rules.rule import rule

_COMMENT = "#"


@rule("page")
def title_is_own(page: Page, book: Formulary) -> Iterator[Fault]:
    """The title of a medicine's page, which stands in the tab and in the printed head, names that medicine and no other one."""
    own = book.monographs.get(page.monograph or "")
    if own is None:
        return
    called = book.called(own)
    for key in ("title", "description"):
        said = page.front.tree.get(key)
        if not isinstance(said, str):
            continue
        at = (page.file, page.front.line((key,)))
        # A description may compare; one that does not name its own medicine was taken from another page.
        for name, slug in [] if key == "description" and named(said, called) else others_named(said, called, book.owned):
            yield Fault(at, f"the {key} names '{name}', which is {book.inn(slug)}; write the names of this medicine")
        if key == "title" and page.path == page_of(own.slug) and not named(said, own.called.spelled):
            yield Fault(at, f"the title '{excerpt(said)}' names no medicine of this page; write '{headed(own.medicine.inn)}' in it")


@rule("frame")
def menu_is_own(root: Path, book: Formulary) -> Iterator[Fault]:
    """In the menu a page of a medicine stands under the names of that medicine and under the word for its kind of page."""
    for key, value in entries(root):
        if key.value == "nav":
            yield from _misled(value, (), book)


@rule("files")
def nothing_of_the_template(root: Path, book: Formulary) -> Iterator[Fault]:
    """A medicine that is no draft holds no words that the template of a new one wrote to be replaced, nor notes from a label."""
    sought = placeholder(root)
    finished = [monograph for monograph in book.monographs.values() if not monograph.medicine.draft]
    for monograph in finished:
        for path in sorted([*(root / DATA / monograph.slug).glob("*.yml"), *(root / DOCS / page_of(monograph.slug)).parent.glob("*.md")]):
            text = path.read_bytes().decode("utf-8", "replace")
            if not (NOTES in text or sought.search(text)):
                continue
            for number, line in enumerate(text.splitlines(), 1):
                at = (path.relative_to(root).as_posix(), number)
                if path.suffix == ".yml" and line.lstrip().startswith(_COMMENT):
                    if line.startswith(f"{_COMMENT} {NOTES}"):
                        yield Fault(at, "the text of the label still stands here as notes; delete them, the facts are written")
                elif found := sought.search(line):
                    yield _left(at, found[0])
    cited = {name for monograph in finished for name in monograph.tally.cited}
    lines = (root / SOURCES).read_bytes().decode("utf-8", "replace").splitlines()
    begins = sorted((line, name) for name, (file, line) in book.source_at.items() if file == SOURCES.as_posix())
    ends = [line for line, _ in begins[1:]]
    for (begun, name), end in zip(begins, [*ends, len(lines) + 1], strict=True) if begins else ():
        for number in range(begun, end) if name in cited and name in book.sources else ():
            if found := sought.search(lines[number - 1]):
                yield _left((SOURCES.as_posix(), number), found[0])


@rule("data")
def look_alike_written(book: Formulary) -> Iterator[Fault]:
    """A name that looks like another is given as its title, and as its value once with capitals that set the two apart: hydrOXYzine."""
    for fact in facts_here(book):
        if not book.vocabulary.lists.topics[fact.topic].look_alike or isinstance(fact.value, Gap):
            continue
        terms = fact.value.terms if isinstance(fact.value, Terms) else ()
        if len(terms) != 1:
            yield Fault(fact.at, f"{fact.short_id}: the name stands once, with its capitals; write 'terms: [hydrOXYzine]'")
        for written in terms:
            if written.lower() != fact.title.lower():
                message = f"'{written}' is not '{fact.title}' in other letters; write the same name in both, 'title: hydroxyzine'"
                yield Fault(fact.at, f"{fact.short_id}: {message} and 'terms: [hydrOXYzine]'")
            elif written in (written.lower(), headed(written.lower()), written.upper()):
                message = f"'{written}' has no capitals that set it apart; write it as its source does, as in 'hydrOXYzine'"
                yield Fault(fact.at, f"{fact.short_id}: {message}")


def _left(at: tuple[str, int], words: str) -> Fault:
    return Fault(at, f"'{excerpt(words)}' was written by the template to be replaced; write what holds for this medicine")


def _misled(node: yaml.Node, above: tuple[yaml.ScalarNode, ...], book: Formulary) -> Iterator[Fault]:
    """What is wrong with the names under which each page of the menu stands; `above` are they, from the outermost."""
    if isinstance(node, yaml.ScalarNode):
        at = (SETTINGS, node.start_mark.line + 1)
        yield from (Fault(at, message) for message in _wrongly_under(node.value, [name.value for name in above], book))
        return
    for part in node.value if isinstance(node.value, list) else ():
        name, below = part if isinstance(part, tuple) else (None, part)
        yield from _misled(below, (*above, name) if isinstance(name, yaml.ScalarNode) else above, book)


def _wrongly_under(path: str, above: list[str], book: Formulary) -> Iterator[str]:
    own = book.monographs.get(medicine_of(path))
    names = " ¦ ".join(above)
    for _, slug in others_named(names, book.called(own) if own else (), book.owned):
        yield f"'{excerpt(path)}' stands in the menu under the name of {book.inn(slug)}; give it its own name"
    if own and path == page_of(own.slug) and not named(names, own.called.spelled):
        yield f"'{excerpt(path)}' stands in the menu without a name of its medicine; write '{headed(own.medicine.inn)}' above it"
    kind = next((name for name, word in TABS.items() if above and word.lower() == above[-1].strip().lower()), None)
    if own and kind and path.rpartition("/")[2] != kind:
        yield f"'{excerpt(path)}' stands in the menu as '{excerpt(above[-1])}', which is {kind}; write the word for what it is"
