"""Rules on the texts of the data: the figures that they hold and the facts that they refer to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.figures_in_text import figures
from macros.finding import Fault, nearest
from macros.formulary import Formulary, Monograph
from macros.values import Statement, Unknown


def statement_without_figures(book: Formulary) -> Iterator[Fault]:
    """A statement, a note, a reason or a title holds no figure except by naming the fact that holds it."""
    for monograph in book.monographs.values():
        for prose in _prose(monograph):
            found = figures(" ¦ ".join(prose.text.parts()[::2]), book.vocabulary.terms)
            if found:
                yield (
                    prose.at,
                    (
                        f"{prose.owner}: its {prose.where} holds the figure '{found[0]}'; make it a fact of its own "
                        "and write its id in braces, or list the name in terms.txt"
                    ),
                )


def reference_known(book: Formulary) -> Iterator[Fault]:
    """Every fact that another one refers to exists, and a text refers only to values, never to texts or back to itself."""
    for slug, monograph in book.monographs.items():
        short = {fact.short_id: fact for fact in monograph.facts.values()}
        named = [(f.at, f.short_id, name) for f in short.values() for name in (f.under, f.trial) if name]
        named += [(c.at, key, name) for key, c in monograph.corrections.items() for name in c.published]
        inline = [(each.at, each.owner, name) for each in _prose(monograph) for name in each.text.references]
        leads = {name: {to for f in fact.statements for to in f.references} for name, fact in short.items()}
        for at, owner, name in named + inline:
            if name not in short and not book.is_faulty(f"{slug}/{name}"):
                yield at, f"{owner}: refers to the unknown fact '{name}'; {nearest(name, short)}"
        for at, owner, name in inline:
            if name in short and isinstance(short[name].value, Statement | Unknown):
                yield at, f"{owner}: refers to '{name}', which is a text; refer to the value in it"
            elif owner == name:
                yield at, f"{owner}: refers to itself; take the reference out"
            elif owner in _reached(name, leads):
                yield at, f"{owner}: refers to '{name}', which leads back to it; take one of the two references out"
        for prose in _prose(monograph):
            left = prose.text.parts()[::2] if prose.where != "title" else [prose.text.text]
            if any(brace in part for part in left for brace in "{}"):
                yield (
                    prose.at,
                    f"{prose.owner}: its {prose.where} holds a loose brace; a reference is written {{dose/standard}}, in texts only",
                )


def reference_of_own_use(book: Formulary) -> Iterator[Fault]:
    """A text refers to no fact that needs a block of its own, unless it stands in such a block itself."""
    statuses = book.vocabulary.statuses
    for slug, monograph in book.monographs.items():
        for prose in _prose(monograph):
            block = next((use for use in prose.uses if use and statuses[use].notice), None)
            for name in prose.text.references:
                fact = monograph.facts.get(f"{slug}/{name}")
                if fact and fact.use and fact.use != block and (block or statuses[fact.use].notice):
                    yield prose.at, f"{prose.owner}: refers to '{name}', which is {fact.use}; write the sentence without it"


@dataclass(frozen=True)
class _Prose:
    """A text of the data that readers see, whose it is, and the uses that decide in which block it stands."""

    at: tuple[str, int]
    owner: str
    text: Statement
    where: str
    uses: tuple[str | None, ...]


def _prose(monograph: Monograph) -> Iterator[_Prose]:
    for fact in monograph.facts.values():
        for statement in fact.statements:
            yield _Prose(fact.at, fact.short_id, statement, "text", (fact.use,))
        if not getattr(fact, "name", None):  # a trial's title is its name
            yield _Prose(fact.at, fact.short_id, Statement(fact.title), "title", (fact.use,))
    for key, correction in monograph.corrections.items():
        published = (monograph.facts.get(f"{monograph.slug}/{name}") for name in correction.published)
        yield _Prose(correction.at, key, Statement(correction.why or ""), "reason", tuple(fact.use for fact in published if fact))


def _reached(start: str, leads: Mapping[str, set[str]]) -> set[str]:
    """Every name that is reached from this one, itself included."""
    reached, waiting = set(), [start]
    while waiting:
        if (name := waiting.pop()) not in reached:
            reached.add(name)
            waiting += leads.get(name, ())
    return reached
