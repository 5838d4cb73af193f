"""Medicines side by side: one table for each question, a column for each medicine, made from their facts."""

import re
from collections.abc import Sequence

from macros.finding import Refused, nearest
from macros.formulary import dosing, words
from macros.formulary.book import Monograph
from macros.formulary.model import Fact
from macros.pages.files import page_of
from macros.render import doses
from macros.render.desk import Desk
from macros.render.markup import citations, computed, untold, value_span
from macros.render.safe import Safe, joined
from macros.render.tables import NOTHING, Row, cell, table

# Which facts a table takes by what they rest on, and what it calls them; "" takes all.
_EVIDENCE: dict[str, tuple[bool | None, str]] = {
    "": (None, "What its sources say"),
    "official": (True, "What label or regulator say"),
    "other": (False, "What is said that is not the label"),
}


def compare(desk: Desk, *what: str, disease: str, caption: str, evidence: str = "") -> Safe:
    """`compare("contraindication", disease="hemophilia", caption="…")` – facts of each medicine for a disease.

    Raises Refused if the evidence, a name or the disease is unknown, or if no fact matches.
    """
    if evidence not in _EVIDENCE:
        raise Refused(f"unknown evidence '{evidence}'; {nearest(evidence, [name for name in _EVIDENCE if name])} or leave it out")
    wanted, head = _EVIDENCE[evidence]
    monographs = _for_disease(desk, disease)
    known = desk.vocabulary.lists.topics
    for name in what:
        if name not in known and not any(f"{each.slug}/{name}" in each.facts for each in monographs):
            raise Refused(f"no fact and no topic is called '{name}'; {nearest(name, known)}")
    found = [_facts(desk, each, what, wanted) for each in monographs]
    if not any(found):
        raise Refused(
            f"no fact matches {' '.join((*what, evidence)).strip() or 'nothing'}; name topics or facts that may stand outside a block"
        )
    cells = [Safe().join(cell(desk, fact, titled=True) for fact in each) or NOTHING for each in found]
    return _by_medicine(desk, monographs, cells, caption, head)


def compare_volumes(desk: Desk, weight: int, disease: str, caption: str) -> Safe:
    """`compare_volumes(70, disease="hemophilia", caption="…")` – the computed dose volume of each medicine for a body weight in kg.

    Raises Refused if nobody weighs so much, or if the disease is unknown.
    """
    dosing.possible(weight)
    monographs = _for_disease(desk, disease)
    cells = [_volume(desk, each, weight) for each in monographs]
    return _by_medicine(desk, monographs, cells, caption, computed("dose-table", f"For {weight}{words.NO_BREAK}kg"))


def _for_disease(desk: Desk, disease: str) -> list[Monograph]:
    every = list(desk.formulary.monographs.values())
    words_of_it = re.compile(rf"\b{re.escape(disease)}\b", re.IGNORECASE)
    found = [each for each in every if disease and any(words_of_it.search(name) for name in each.medicine.diseases)]
    if not found:
        known = [name for each in every for name in each.medicine.diseases]
        raise Refused(f"no medicine is for '{disease}'; {nearest(disease, known)}")
    return found


def _facts(desk: Desk, monograph: Monograph, what: Sequence[str], wanted: bool | None) -> list[Fact]:
    """The facts of the medicine with these ids or topics, without those that need a block of their own or that another states."""
    named: list[Fact] = []
    for name in what:
        one = monograph.facts.get(f"{monograph.slug}/{name}")
        named += [one] if one else monograph.about(name)
    free = [fact for fact in named if not desk.formulary.is_marked(fact)]
    return untold([fact for fact in free if wanted is None or desk.formulary.is_official(fact) == wanted])


def _volume(desk: Desk, monograph: Monograph, weight: int) -> Safe:
    rules = dosing.dose_rules(monograph.facts, monograph.slug)
    if rules is None:
        return doses.number(None)
    facts = doses.facts_for(desk, monograph.slug, dosing.VOLUME)
    volume = computed("dose-table", f"{dosing.plain(rules.volume_per_kg * weight)}{words.NO_BREAK}mL")
    limit = monograph.facts.get(f"{monograph.slug}/dose/{dosing.Part.HIGHEST_BMI}")
    beside = [Safe("for a body mass index up to {}").format(value_span(desk, limit))] if limit else []
    if not rules.diluted and f"{monograph.slug}/dose/{dosing.Part.FINAL_VOLUME}" in monograph.facts:
        beside.append(Safe("not read by us yet whether it is diluted"))
    limits = Safe("({})").format(Safe("; ").join(beside)) if beside else Safe()
    return joined(volume, "before dilution" if rules.diluted else "", limits, citations(desk, facts))


def _by_medicine(desk: Desk, monographs: Sequence[Monograph], cells: Sequence[Safe], caption: str, head: str) -> Safe:
    """A table with a row for each medicine: its name, linked, and its cell."""
    names = [
        Safe('<a href="{}">{}</a> ({})').format(desk.href(page_of(each.slug)), each.medicine.inn, words.listed(each.medicine.brands))
        for each in monographs
    ]
    rows = [Row([name, text]) for name, text in zip(names, cells, strict=True)]
    return table(caption, ("Medicine", head), rows, "side-by-side")
