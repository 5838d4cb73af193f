"""Parts of pages that are made from the data as a whole; REPORTS lists them by the names that editors use."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import TypeVar

from macros.formulary import words
from macros.formulary.book import Monograph
from macros.formulary.model import Correction, Fact
from macros.formulary.sourcing import UNREAD
from macros.formulary.values import Day, Gap, OfPassages, Statement, Terms
from macros.pages.files import page_of
from macros.render import bibliography, counts, official, reference, site_lists
from macros.render.bibliography import kind
from macros.render.desk import Desk
from macros.render.lists import items
from macros.render.markup import (
    attributes,
    citations,
    computed,
    condition,
    involved,
    marks,
    noted,
    numbered,
    opening,
    places,
    value,
    value_span,
    where,
    whole_context,
    with_facts,
)
from macros.render.safe import Safe, joined
from macros.render.tables import Row, table

T = TypeVar("T")


def _in_blocks(
    desk: Desk,
    things: Iterable[T],
    uses: Callable[[T], list[str | None]],
    title: str,
    rendered: Callable[[list[T]], Safe],
    searched: bool = True,
) -> Safe:
    """The things that need no block of their own, then those of each marked status inside a block of it.

    `uses` gives the statuses of a thing, `rendered` the HTML of several; blocks with `searched=False` are left out of the search.
    """
    marked = desk.vocabulary.marked
    blocks: dict[str | None, list[T]] = {name: [] for name in (None, *marked)}
    for thing in things:
        blocks[next((use for use in uses(thing) if use in marked), None)].append(thing)
    parts = [rendered(free)] if (free := blocks[None]) else []
    hidden = Safe() if searched else Safe(" { data-search-exclude }")
    block = Safe("\n\n/// {} | {}{}\n\n{}\n\n///\n\n")
    for name, own in blocks.items():
        if own and name:
            parts.append(block.format(name, opening(desk, name, title), hidden, rendered(own)))
    return Safe().join(parts)


def _use(fact: Fact) -> list[str | None]:
    return [fact.use]


def unknowns(desk: Desk) -> Safe:
    """Every gap of the medicine: what was not read, what the source does not say, what no search found."""
    absent = [fact for fact in desk.monograph().facts.values() if isinstance(fact.value, Gap)]
    if not absent:
        return Safe("\n<p>{}</p>\n").format(computed("unknowns", "No gap is marked in this monograph."))
    return _in_blocks(desk, absent, _use, "what is not known here", partial(items, desk))


def evidence(desk: Desk) -> Safe:
    """Every fact of the medicine with its use, evidence, sources and grades."""
    lists, statuses = desk.vocabulary.lists, desk.vocabulary.statuses

    def sources(fact: Fact) -> Safe:
        found = _passages(desk, fact)
        for citation in fact.sources:
            source = desk.formulary.sources[citation.source]
            locator = f"; {citation.locator}" if citation.locator else ""
            said = f"{citation.grade}: {kind(desk, source)}{locator}"
            found.append(Safe("&#91;{}&#93; {}").format(numbered(desk, citation.source, [citation]), said))
        if besides := citations(desk, list(involved(desk, fact))[1:]):
            found.append(Safe("figures named in it: {}").format(besides))
        return Safe("<br>").join(found) or Safe("none")

    def rendered(facts: list[Fact]) -> Safe:
        rows = []
        for fact in facts:
            rests_on = lists.evidence.get(fact.evidence or "")
            status = statuses.get(fact.use or "")
            about = []
            if status:  # what no authority says is only about a use that one authorized
                own = not isinstance(fact.value, Gap) and (status.notice or desk.formulary.authorizes(fact))
                about = [status.word if own else f"about the {status.word[0].lower()}{status.word[1:]} use"]
            basis = rests_on.word if rests_on else "gap" if isinstance(fact.value, Gap) else "product record"
            rests = joined(" · ".join([*about, basis]), where(desk, fact))
            name = Safe("{}<br><code>{}</code>").format(fact.title, fact.short_id)
            seen = joined(noted(desk, fact, value(desk, fact), whole_context(desk, fact)), marks(desk, fact))
            when = computed("checked", words.full_date(fact.checked))
            rows.append(Row([name, seen, rests, sources(fact), when], attributes(fact)))
        return table("Facts, with what each rests on", ("Fact", "Value", "Rests on", "Sources, with grade", "Checked"), rows, "evidence")

    return _in_blocks(desk, desk.monograph().facts.values(), _use, "facts of this use", rendered, searched=False)


def _passages(desk: Desk, fact: Fact) -> list[str]:
    """Each passage that a gap speaks of, with how far it was read, and when."""
    if not isinstance(fact.value, OfPassages):
        return []
    found = []
    for passage in fact.value.passages:
        source = desk.formulary.sources[passage.source]
        extent, day = source.extent(passage.part) or UNREAD, source.read_on(passage.part)
        when = f" on {words.full_date(day)}" if day and extent != UNREAD else ""
        place = f", {passage.part}" if passage.part else ""
        found.append(f"{source.title}{place}: {desk.vocabulary.lists.extents[extent].word}{when}")
    return found


def corrections(desk: Desk) -> Safe:
    """Every claim of the draft: what is published instead, why, and in the last column the claim."""
    monograph = desk.monograph()

    def uses(correction: tuple[str, Correction]) -> list[str | None]:
        return [desk.fact(name).use for name in correction[1].published]

    def rendered(chosen: Sequence[tuple[str, Correction]]) -> Safe:
        rows = []
        for name, correction in chosen:
            facts = [desk.fact(short) for short in correction.published]
            published = Safe("<br>").join(
                joined(f"{fact.title}:", value_span(desk, fact), where(desk, fact), citations(desk, [fact])) for fact in facts
            )
            why = with_facts(desk, Statement(correction.why), monograph.slug) if correction.why else ""
            verdict = desk.vocabulary.lists.verdicts[correction.verdict].word
            claim = Safe('<span class="verdict">{}:</span> {}').format(verdict, correction.claim)
            cells = [computed("number", name), published, why, computed("draft-claim", claim)]
            rows.append(Row(cells, Safe('id="{}"').format(name)))
        return table(
            "Claims of the draft, with what is published instead",
            ("Number", "What we publish", "Why", "What the draft said"),
            rows,
            "corrections",
        )

    return _in_blocks(desk, monograph.corrections.items(), uses, "claims of the draft", rendered, searched=False)


def citation(desk: Desk) -> Safe:
    """How to cite a page of the medicine."""
    monograph = desk.monograph()
    line = (
        f"{desk.site}. {monograph.medicine.inn.capitalize()} ({words.listed(monograph.medicine.brands)}). "
        f"Data version {desk.formulary.version}, sources checked {words.full_date(monograph.checked)}."
    )
    return Safe('\n<p class="cite-as">{}</p>\n').format(computed("citation", line))


def _line(desk: Desk, monograph: Monograph) -> Safe:
    """A medicine in one line: its names, with a link to the monograph, and its diseases."""
    medicine = monograph.medicine
    return Safe('<strong><a href="{}">{}</a></strong> ({}), {}.').format(
        desk.href(page_of(monograph.slug)), medicine.inn, words.listed(medicine.brands), words.listed(medicine.diseases)
    )


def _aliases(monograph: Monograph) -> Safe:
    named = [term for fact in monograph.about("alias") if isinstance(fact.value, Terms) for term in fact.value.terms]
    also = ", ".join(dict.fromkeys([*monograph.medicine.also_searched, *named]))
    return computed("aliases", f"Also called or searched as: {also}.")


def names(desk: Desk) -> Safe:
    """By which other names the medicine is known or searched."""
    return Safe('\n<p class="aliases">{}</p>\n').format(_aliases(desk.monograph()))


def medicines(desk: Desk) -> Safe:
    """Every medicine in one line each, with its banner events."""
    # A search for another name leads to the monograph, not to this list.
    item = Safe("<li>{} <span data-search-exclude>{}</span>{}</li>\n")
    items = [item.format(_line(desk, each), _aliases(each), _events(desk, each)) for each in desk.formulary.monographs.values()]
    return Safe('\n<ul class="medicines">\n{}</ul>\n').format(Safe().join(items))


def _events(desk: Desk, monograph: Monograph) -> Safe:
    items = []
    for fact, event in desk.formulary.present(monograph):
        if event.listed:
            head = joined(f"{places(desk, fact)}:", _when(fact), event.word)
            said = joined(head, condition(desk, fact), citations(desk, [fact]))
            items.append(Safe("<li {}>{}</li>").format(attributes(fact), said))
    return Safe("<ul>{}</ul>").format(Safe().join(items)) if items else Safe()


def _when(fact: Fact) -> str:
    return f"{fact.value}," if isinstance(fact.value, Day) else ""


def _grouped(desk: Desk, key: Callable[[Monograph], Iterable[str]]) -> Safe:
    monographs = desk.formulary.monographs.values()
    groups = sorted(set(chain.from_iterable(map(key, monographs))), key=str.lower)
    parts = []
    for group in groups:
        items = Safe().join(Safe("<li>{}</li>\n").format(_line(desk, each)) for each in monographs if group in key(each))
        parts.append(Safe("\n<h3>{}</h3>\n<ul>\n{}</ul>\n").format(computed("group", group), items))
    return Safe().join(parts)


def by_class(desk: Desk) -> Safe:
    """The medicines under each class."""
    return _grouped(desk, lambda monograph: monograph.medicine.class_)


def by_disease(desk: Desk) -> Safe:
    """The medicines under each disease."""
    return _grouped(desk, lambda monograph: monograph.medicine.diseases)


def by_status(desk: Desk) -> Safe:
    """The medicines under each event of authorization and availability, with jurisdiction."""

    def states(monograph: Monograph) -> list[str]:
        return [f"{words.listed(fact.jurisdictions)}: {event.word}" for fact, event in desk.formulary.present(monograph) if event.listed]

    return _grouped(desk, states)


def research(desk: Desk) -> Safe:
    """The register: every fact on a use that is marked, over all medicines, each medicine in blocks of its own."""

    parts = []
    for monograph in desk.formulary.monographs.values():
        marked = [fact for fact in monograph.facts.values() if desk.formulary.is_marked(fact)]
        parts.append(_in_blocks(desk, marked, _use, monograph.medicine.inn, partial(items, desk)))
    return Safe().join(parts)


def changes(desk: Desk) -> Safe:
    """What changed in the facts of the medicine, or of all of them on a page that belongs to none, the newest first."""
    monographs = [desk.monograph()] if desk.slug else list(desk.formulary.monographs.values())
    kinds = desk.vocabulary.lists.changes
    found = [(change.date, each, change) for each in monographs for change in reversed(list(each.changes.values()))]
    lines = []
    for when, monograph, change in sorted(found, key=lambda each: each[0], reverse=True):
        named = "" if desk.slug else f" {monograph.medicine.inn}:"
        text = f"{words.full_date(when)},{named} {kinds[change.kind].word}. {change.reason}"
        lines.append(Safe("<li>{}</li>\n").format(computed("change", text)))
    return Safe('\n<ul class="changes">\n{}</ul>\n').format(Safe().join(lines))


REPORTS: dict[str, Callable[[Desk], Safe]] = {
    "unknowns": unknowns,
    "evidence": evidence,
    "corrections": corrections,
    "citation": citation,
    "names": names,
    "medicines": medicines,
    "by-class": by_class,
    "by-disease": by_disease,
    "by-status": by_status,
    "research": research,
    "changes": changes,
    "official": official.pages,
    "official-in-line": official.in_line,
    "report-to": official.reporting,
    "a-to-z": site_lists.a_to_z,
    "stats": counts.stats,
    "recalls": site_lists.recalls,
    "glossary": reference.glossary,
    "legend": reference.legend,
    "vocabulary": reference.vocabulary,
    "rules": reference.rules,
    "read": bibliography.what_was_read,
    "sources": bibliography.all_sources,
}
