"""Medicines side by side: one table for each question, a column for each medicine, made from their facts."""

import re
from collections.abc import Sequence

from macros.finding import Refused, nearest
from macros.formulary import dosing, words
from macros.formulary.book import Monograph
from macros.formulary.model import Fact
from macros.pages.files import page_of
from macros.render import tables
from macros.render.markup import Desk, citations, computed, escape, joined, untold, value_span
from macros.render.tables import cell, table

# Which facts a table takes by what they rest on, and what it calls them; "" takes all.
_EVIDENCE: dict[str, tuple[bool | None, str]] = {
    "": (None, "What its sources say"),
    "official": (True, "What label or regulator say"),
    "other": (False, "What is said that is not the label"),
}


def compare(desk: Desk, *what: str, disease: str, caption: str, evidence: str = "") -> str:
    """`compare("contraindication", disease="hemophilia", caption="…")` – facts of each medicine for a disease."""
    if evidence not in _EVIDENCE:
        raise Refused(f"unknown evidence '{evidence}'; {nearest(evidence, [name for name in _EVIDENCE if name])} or leave it out")
    wanted, head = _EVIDENCE[evidence]
    books = _books(desk, disease)
    known = desk.vocabulary.lists.topics
    for name in what:
        if name not in known and not any(f"{book.slug}/{name}" in book.facts for book in books):
            raise Refused(f"no fact and no topic is called '{name}'; {nearest(name, known)}")
    found = [_chosen(desk, book, what, wanted) for book in books]
    if not any(found):
        raise Refused(
            f"no fact matches {' '.join((*what, evidence)).strip() or 'nothing'}; name topics or facts that may stand outside a block"
        )
    cells = ["".join(cell(desk, fact, titled=True) for fact in each) or tables.NOTHING for each in found]
    return _table(desk, books, cells, caption, head)


def compare_volumes(desk: Desk, weight: int, disease: str, caption: str) -> str:
    """`compare_volumes(70, disease="hemophilia", caption="…")` – the computed dose volume of each medicine for a body weight in kg."""
    dosing.possible(weight)
    books = _books(desk, disease)
    return _table(
        desk, books, [_volume(desk, book, weight) for book in books], caption, computed("dose-table", f"For {weight}{words.NO_BREAK}kg")
    )


def _books(desk: Desk, disease: str) -> list[Monograph]:
    every = list(desk.formulary.monographs.values())
    words_of_it = re.compile(rf"\b{re.escape(disease)}\b", re.IGNORECASE)
    books = [book for book in every if disease and any(words_of_it.search(name) for name in book.medicine.diseases)]
    if not books:
        known = [name for book in every for name in book.medicine.diseases]
        raise Refused(f"no medicine is for '{disease}'; {nearest(disease, known)}")
    return books


def _chosen(desk: Desk, book: Monograph, what: Sequence[str], wanted: bool | None) -> list[Fact]:
    """The facts of the medicine that answer; none that needs a block of its own, and none that another one tells."""
    named: list[Fact] = []
    for name in what:
        one = book.facts.get(f"{book.slug}/{name}")
        named += [one] if one else book.about(name)
    free = [fact for fact in named if not desk.formulary.is_marked(fact)]
    return untold([fact for fact in free if wanted is None or desk.formulary.is_official(fact) == wanted])


def _volume(desk: Desk, book: Monograph, weight: int) -> str:
    rules = dosing.dose_rules(book.facts, book.slug)
    if rules is None:
        return tables.figured(None)
    facts = tables.dose_facts(desk, book.slug, dosing.VOLUME)
    volume = computed("dose-table", f"{dosing.plain(rules.volume_per_kg * weight)}{words.NO_BREAK}mL")
    limit = book.facts.get(f"{book.slug}/dose/{dosing.Part.HIGHEST_BMI}")
    beside = [f"for a body mass index up to {value_span(desk, limit)}"] if limit else []
    if not rules.diluted and f"{book.slug}/dose/{dosing.Part.FINAL_VOLUME}" in book.facts:
        beside.append("not read by us yet whether it is diluted")
    return joined(volume, "before dilution" if rules.diluted else "", f"({'; '.join(beside)})" if beside else "", citations(desk, facts))


def _table(desk: Desk, books: Sequence[Monograph], cells: Sequence[str], caption: str, head: str) -> str:
    heads = [
        f'<a href="{desk.href(page_of(book.slug))}">{escape(book.medicine.inn)}</a> ({escape(words.listed(book.medicine.brands))})'
        for book in books
    ]
    rows = [("", [head, each]) for head, each in zip(heads, cells, strict=True)]
    return table(caption, ("Medicine", head), rows, "side-by-side")
