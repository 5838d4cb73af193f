"""Parts of pages that are made from the data as a whole: lists of medicines, sources, unknowns, corrections, the legend."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import TypeVar

from macros.formulary import words
from macros.formulary.book import Monograph
from macros.formulary.model import Correction, Fact
from macros.formulary.sourcing import UNREAD
from macros.formulary.values import Day, Gap, NotRead, Silent, Statement, Terms
from macros.pages.files import page_of
from macros.render import bibliography, counts, official, reference, registers
from macros.render.bibliography import kind
from macros.render.markup import (
    Desk,
    attributes,
    citations,
    computed,
    condition,
    escape,
    involved,
    items,
    joined,
    marks,
    note,
    numbered,
    opening,
    value,
    value_span,
    where,
    whole_context,
    with_facts,
)
from macros.render.tables import table

T = TypeVar("T")


def _in_blocks(
    desk: Desk,
    things: Iterable[T],
    uses: Callable[[T], list[str | None]],
    title: str,
    shown: Callable[[list[T]], str],
    searched: bool = True,
) -> str:
    """The things that may stand anywhere, then those of each status that wants its own block, inside such a block."""
    marked = desk.vocabulary.marked
    blocks: dict[str | None, list[T]] = {name: [] for name in (None, *marked)}
    for thing in things:
        blocks[next((use for use in uses(thing) if use in marked), None)].append(thing)
    parts = [shown(free)] if (free := blocks[None]) else []
    hidden = "" if searched else " { data-search-exclude }"
    for name, own in blocks.items():
        if own and name:
            parts.append(f"\n\n/// {name} | {opening(desk, name, title)}{hidden}\n\n{shown(own)}\n\n///\n\n")
    return "".join(parts)


def _use(fact: Fact) -> list[str | None]:
    return [fact.use]


def unknowns(desk: Desk) -> str:
    """Every gap of the medicine: what nobody read, what the source does not say, what no search found."""
    absent = [fact for fact in desk.monograph().facts.values() if isinstance(fact.value, Gap)]
    if not absent:
        return f"\n<p>{computed('unknowns', 'No gap is marked in this monograph.')}</p>\n"
    return _in_blocks(desk, absent, _use, "what is not known here", partial(items, desk))


def evidence(desk: Desk) -> str:
    """Every fact of the medicine with its use, evidence, sources and grades."""
    lists, statuses = desk.vocabulary.lists, desk.vocabulary.statuses

    def sources(fact: Fact) -> str:
        found = [escape(each) for each in _passages(desk, fact)]
        for citation in fact.sources:
            source = desk.formulary.sources[citation.source]
            locator = f"; {citation.locator}" if citation.locator else ""
            said = escape(f"{citation.grade}: {kind(desk, source)}{locator}")
            found.append(f"&#91;{numbered(desk, citation.source, [citation])}&#93; {said}")
        besides = citations(desk, list(involved(desk, fact))[1:])
        return "<br>".join([*found, f"figures named in it: {besides}"] if besides else found) or "none"

    def shown(facts: list[Fact]) -> str:
        rows = []
        for fact in facts:
            evidence = lists.evidence.get(fact.evidence or "")
            status = statuses.get(fact.use or "")
            about = []
            if status:  # what no authority says is only about a use that one authorized
                own = not isinstance(fact.value, Gap) and (status.notice or desk.formulary.authorizes(fact))
                about = [status.word if own else f"about the {status.word[0].lower()}{status.word[1:]} use"]
            basis = evidence.word if evidence else "gap" if isinstance(fact.value, Gap) else "product record"
            rests = joined(escape(" · ".join([*about, basis])), where(desk, fact))
            name = f"{escape(fact.title)}<br><code>{escape(fact.short_id)}</code>"
            seen = joined(value(desk, fact), whole_context(desk, fact), note(desk, fact), marks(desk, fact))
            when = computed("checked", escape(words.full_date(fact.checked)))
            rows.append((attributes(fact), [name, seen, rests, sources(fact), when]))
        return table("Facts, with what each rests on", ("Fact", "Value", "Rests on", "Sources, with grade", "Checked"), rows, "evidence")

    return _in_blocks(desk, desk.monograph().facts.values(), _use, "facts of this use", shown, searched=False)


def _passages(desk: Desk, fact: Fact) -> list[str]:
    """Each passage that a gap speaks of, with how far it was read, and when."""
    if not isinstance(fact.value, NotRead | Silent):
        return []
    found = []
    for passage in fact.value.passages:
        source = desk.formulary.sources[passage.source]
        extent, day = source.extent(passage.part) or UNREAD, source.read_on(passage.part)
        when = f" on {words.full_date(day)}" if day and extent != UNREAD else ""
        place = f", {passage.part}" if passage.part else ""
        found.append(f"{source.title}{place}: {desk.vocabulary.lists.extents[extent].word}{when}")
    return found


def corrections(desk: Desk) -> str:
    """Every claim of the draft: what is published instead, why, and only then the claim."""
    book = desk.monograph()

    def uses(correction: tuple[str, Correction]) -> list[str | None]:
        return [desk.fact(name).use for name in correction[1].published]

    def shown(chosen: Sequence[tuple[str, Correction]]) -> str:
        rows = []
        for name, correction in chosen:
            facts = [desk.fact(short) for short in correction.published]
            published = "<br>".join(
                joined(f"{escape(fact.title)}:", value_span(desk, fact), where(desk, fact), citations(desk, [fact])) for fact in facts
            )
            why = with_facts(desk, Statement(correction.why), book.slug) if correction.why else ""
            verdict = escape(desk.vocabulary.lists.verdicts[correction.verdict].word)
            claim = computed("draft-claim", f'<span class="verdict">{verdict}:</span> {escape(correction.claim)}')
            rows.append((f'id="{escape(name)}"', [computed("number", escape(name)), published, why, claim]))
        return table(
            "Claims of the draft, with what is published instead",
            ("Number", "What we publish", "Why", "What the draft said"),
            rows,
            "corrections",
        )

    return _in_blocks(desk, book.corrections.items(), uses, "claims of the draft", shown, searched=False)


def citation(desk: Desk) -> str:
    """How to cite a page of the medicine."""
    book = desk.monograph()
    line = (
        f"{desk.site}. {book.medicine.inn.capitalize()} ({words.listed(book.medicine.brands)}). "
        f"Data version {desk.formulary.version}, sources checked {words.full_date(book.checked)}."
    )
    return f'\n<p class="cite-as">{computed("citation", escape(line))}</p>\n'


def _line(desk: Desk, book: Monograph) -> str:
    """A medicine in one line: its names, with a link to the monograph."""
    page = desk.href(page_of(book.slug))
    return (
        f'<strong><a href="{page}">{escape(book.medicine.inn)}</a></strong> ({escape(words.listed(book.medicine.brands))}), '
        f"{escape(words.listed(book.medicine.diseases))}."
    )


def _aliases(book: Monograph) -> str:
    named = [term for fact in book.about("alias") if isinstance(fact.value, Terms) for term in fact.value.terms]
    also = ", ".join(dict.fromkeys([*book.medicine.also_searched, *named]))
    return computed("aliases", f"Also called or searched as: {escape(also)}.")


def names(desk: Desk) -> str:
    """By which other names the medicine is known or searched."""
    return f'\n<p class="aliases">{_aliases(desk.monograph())}</p>\n'


def medicines(desk: Desk) -> str:
    """Every medicine in one line each, with its banner events."""
    # A search for another name leads to the monograph, not to this list.
    lines = [
        f"<li>{_line(desk, book)} <span data-search-exclude>{_aliases(book)}</span>{_events(desk, book)}</li>\n"
        for book in desk.formulary.monographs.values()
    ]
    return f'\n<ul class="medicines">\n{"".join(lines)}</ul>\n'


def _events(desk: Desk, book: Monograph) -> str:
    lines = []
    for fact, event in desk.formulary.present(book):
        if event.listed:
            said = joined(f"{where(desk, fact)}:", _when(fact), escape(event.word), condition(desk, fact), citations(desk, [fact]))
            lines.append(f"<li {attributes(fact)}>{said}</li>")
    return f"<ul>{''.join(lines)}</ul>" if lines else ""


def _when(fact: Fact) -> str:
    return escape(str(fact.value)) + "," if isinstance(fact.value, Day) else ""


def _grouped(desk: Desk, key: Callable[[Monograph], Iterable[str]]) -> str:
    books = desk.formulary.monographs.values()
    names = sorted(set(chain.from_iterable(map(key, books))), key=str.lower)
    parts = []
    for name in names:
        lines = "".join(f"<li>{_line(desk, book)}</li>\n" for book in books if name in key(book))
        parts.append(f"\n<h3>{computed('group', escape(name))}</h3>\n<ul>\n{lines}</ul>\n")
    return "".join(parts)


def by_class(desk: Desk) -> str:
    """The medicines under each class."""
    return _grouped(desk, lambda book: book.medicine.class_)


def by_disease(desk: Desk) -> str:
    """The medicines under each disease."""
    return _grouped(desk, lambda book: book.medicine.diseases)


def by_status(desk: Desk) -> str:
    """The medicines under each event of authorization and availability, with jurisdiction."""

    def states(book: Monograph) -> list[str]:
        return [f"{words.listed(fact.jurisdictions)}: {event.word}" for fact, event in desk.formulary.present(book) if event.listed]

    return _grouped(desk, states)


def research(desk: Desk) -> str:
    """The register: every fact on a use that is marked, over all medicines, each medicine in blocks of its own."""

    parts = []
    for book in desk.formulary.monographs.values():
        marked = [fact for fact in book.facts.values() if desk.formulary.is_marked(fact)]
        parts.append(_in_blocks(desk, marked, _use, book.medicine.inn, partial(items, desk)))
    return "".join(parts)


def changes(desk: Desk) -> str:
    """What changed in the facts of the medicine, or of all of them on a page that belongs to none, the newest first."""
    books = [desk.monograph()] if desk.slug else list(desk.formulary.monographs.values())
    kinds = desk.vocabulary.lists.changes
    found = [(change.date, book, change) for book in books for change in reversed(list(book.changes.values()))]
    lines = []
    for when, book, change in sorted(found, key=lambda each: each[0], reverse=True):
        named = "" if desk.slug else f" {book.medicine.inn}:"
        text = f"{words.full_date(when)},{named} {kinds[change.kind].word}. {change.reason}"
        lines.append(f"<li>{computed('change', escape(text))}</li>\n")
    return f'\n<ul class="changes">\n{"".join(lines)}</ul>\n'


REPORTS: dict[str, Callable[[Desk], str]] = {
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
    "a-to-z": registers.a_to_z,
    "stats": counts.stats,
    "recalls": registers.recalls,
    "glossary": reference.glossary,
    "legend": reference.legend,
    "vocabulary": reference.vocabulary,
    "rules": reference.rules,
    "sources": bibliography.all_sources,
}
