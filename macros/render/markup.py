"""Facts as HTML: the value with its id, its spoken text, its marks and its citations.

Every text that comes from data is escaped here, for HTML and for Markdown, so that a fact prints as the text it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from macros.formulary import values, words
from macros.formulary.model import Fact
from macros.formulary.naming import any_of, headed
from macros.formulary.sourcing import Citation
from macros.formulary.vocabulary import Vocabulary
from macros.render.desk import Desk
from macros.render.safe import Safe, escape, joined

_TAG = re.compile(r"<[^>]*>")
# What a result is a result of stands in a line of its own, which has no stop.
_CONTEXT, _END = Safe('<span class="context">'), Safe("</span>")
_LINE_OF_ITS_OWN = re.compile(rf"{_CONTEXT}(?:(?!</?span).)*{_END}$")
_BEFORE_NUMBER = re.compile(r" (?=\d)")
capitalized = headed  # of any text


@cache
def _abbreviations(known: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    return re.compile(rf"(?<![\w/-])(?:{any_of(name for name, _ in known)})(?![\w/-])"), dict(known)


def prose(text: str, vocabulary: Vocabulary) -> Safe:
    """The text escaped, with a tooltip on each abbreviation."""
    pattern, full = _abbreviations(vocabulary.long_forms)
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(text):
        parts += [text[end : match.start()], Safe('<abbr title="{}">{}</abbr>').format(full[match[0]], match[0])]
        end = match.end()
    return Safe().join([*parts, text[end:]])


def with_facts(desk: Desk, statement: values.Statement, slug: str) -> Safe:
    """The statement with each reference replaced by the value of the fact that it names.

    Raises Refused if a reference names no fact of the medicine.
    """
    parts = statement.parts()
    html = prose(parts[0], desk.vocabulary)
    for reference, after in zip(parts[1::2], parts[2::2], strict=True):
        html += value_span(desk, desk.fact(reference, slug)) + prose(after, desk.vocabulary)
    return html


def value(desk: Desk, fact: Fact) -> Safe:
    """The value of the fact with the condition that it holds under, which no macro may leave out."""
    return joined(bare_value(desk, fact), condition(desk, fact))


def in_short(desk: Desk, fact: Fact) -> Safe:
    """The short form of the fact, where it has one, else its value; with the condition either way, and of a gap with its kind."""
    said = with_facts(desk, values.Statement(fact.short), fact.slug) if fact.short else bare_value(desk, fact)
    if fact.short and isinstance(fact.value, values.Gap):
        said = Safe('{}: <span class="gap">{}</span>').format(said, fact.value.word)
    return joined(said, condition(desk, fact))


def condition(desk: Desk, fact: Fact) -> Safe:
    """The condition that the value holds under; empty if it always holds."""
    if not fact.condition:
        return Safe()
    return Safe('<span class="condition">{}</span>').format(with_facts(desk, values.Statement(fact.condition), fact.slug))


def plain_condition(desk: Desk, fact: Fact) -> str:
    """The condition as plain text, for drawings."""
    parts = values.Statement(fact.condition or "").parts()
    parts[1::2] = [desk.fact(each, fact.slug).value.written(desk.vocabulary) for each in parts[1::2]]
    return "".join(parts)


def bare_value(desk: Desk, fact: Fact) -> Safe:
    """The value alone, and beside it, where that differs, the text that a screen reader should say."""
    if isinstance(fact.value, values.Statement):
        return with_facts(desk, fact.value, fact.slug)
    if isinstance(fact.value, values.Gap):
        told = Safe().join(each if isinstance(each, str) else passage_link(desk, each) for each in fact.value.rest())
        return Safe('<span class="gap">{}</span>: {}').format(fact.value.head, told)
    return said_aloud(desk, fact.value.written(desk.vocabulary), fact.value.spoken(desk.vocabulary))


def day_beside(desk: Desk, fact: Fact) -> Safe:
    """The day of an event as it follows its words; one that is only planned in brackets, and what has none gives nothing."""
    day = bare_value(desk, fact) if isinstance(fact.value, values.Day | values.Planned) else Safe()
    return Safe("({})").format(day) if isinstance(fact.value, values.Planned) else day


def said_aloud(desk: Desk, written: str, heard: str) -> Safe:
    """The text as it is seen, and beside it, if there is any, the one that a screen reader should say."""
    seen = prose(written, desk.vocabulary)
    if not heard:
        return seen
    return Safe('<span aria-hidden="true">{}</span><span class="spoken" data-unsearched>{}</span>').format(seen, heard)


def passage_link(desk: Desk, passage: values.Passage) -> Safe:
    """The title of a passage's source, linked if it has an address, and the name of the part."""
    source = desk.formulary.sources[passage.source]
    title = outward(source.title, source.link) if source.link else escape(source.title)
    return title + (f", {passage.part}" if passage.part else "")


def outward(title: str, address: str) -> Safe:
    """A link to another site."""
    return Safe('<a href="{}" rel="external">{}</a>').format(address, title)


def value_span(desk: Desk, fact: Fact) -> Safe:
    """The value in a sentence, marked with the fact's id."""
    return Safe('<span class="fact" {}>{}</span>').format(attributes(fact), value(desk, fact))


def attributes(fact: Fact) -> Safe:
    """The attribute by which the gate knows the element that shows the fact."""
    return Safe('data-fact="{}"').format(fact.id)


def involved(desk: Desk, fact: Fact) -> Iterator[Fact]:
    """The fact and every fact that its texts refer to, directly or by way of another.

    Raises Refused if a reference names no fact of the medicine.
    """
    yield fact
    for statement in fact.statements:
        for reference in statement.references:
            yield from involved(desk, desk.fact(reference, fact.slug))


def untold(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a medicine without those whose value others of them state in their texts, which need no line of their own.

    A fact that holds in more places than the texts that state it keeps its line, so that no place loses it.
    """
    told: dict[str, list[Fact]] = {}
    for fact in facts:
        own = fact.value.references if isinstance(fact.value, values.Statement) else ()
        for name in {*own, *values.Statement(fact.condition or "").references}:
            told.setdefault(name, []).append(fact)
    return [fact for fact in facts if not _covered(fact, told.get(fact.short_id, ()))]


def _covered(fact: Fact, tellers: Sequence[Fact]) -> bool:
    """Whether the texts of the tellers hold in every place that the fact holds in; one without a place holds in all."""
    places = {place for teller in tellers for place in teller.jurisdictions}
    return bool(tellers) and (not all(teller.jurisdictions for teller in tellers) or places >= set(fact.jurisdictions))


def citations(desk: Desk, facts: Iterable[Fact]) -> Safe:
    """The numbers, in one pair of brackets, of all sources that the facts rest on; empty if there are none."""
    found: dict[str, list[Citation]] = {}
    for citation in (citation for fact in facts for each in involved(desk, fact) for citation in each.sources):
        found.setdefault(citation.source, []).append(citation)
    links = Safe(", ").join(numbered(desk, name, cited) for name, cited in found.items())
    return Safe('<span class="cites">&#91;{}&#93;</span>').format(links) if links else Safe()


def first_citations(desk: Desk, fact: Fact, most: int, more: Safe) -> Safe:
    """The numbers of the first sources that the fact rests on, and a link to where the others are named.

    Of each fact that its text names there is at least one, even if that makes more than `most`.
    """
    told = list(involved(desk, fact))
    cited: dict[str, list[Citation]] = {}
    for citation in (citation for each in told for citation in each.sources):
        cited.setdefault(citation.source, []).append(citation)
    first = dict.fromkeys(each.sources[0].source for each in told if each.sources)
    kept = [*first, *(name for name in cited if name not in first)][: max(most, len(first))]
    if len(kept) == len(cited):
        return citations(desk, [fact])
    links = Safe(", ").join(numbered(desk, name, cited[name]) for name in kept)
    return Safe('<span class="cites">&#91;{}, <a href="{}">+{}</a>&#93;</span>').format(links, more, len(cited) - len(kept))


def numbered(desk: Desk, source: str, cited: Iterable[Citation]) -> Safe:
    """The number of the source on this page, linked to its place in the list; a source gets its number when first cited."""
    number = desk.numbers.setdefault(source, len(desk.numbers) + 1)
    cited = tuple(cited)
    desk.locators.setdefault(source, {}).update(dict.fromkeys(each.locator for each in cited if each.locator))
    grades = "; ".join(dict.fromkeys(f"grade {each.grade}{f', {each.locator}' if each.locator else ''}" for each in cited))
    return Safe('<a href="#source-{number}" data-source="{source}" data-cited="{grades}">{number}</a>').format(
        number=number, source=source, grades=grades
    )


def opening(desk: Desk, status: str, title: str) -> Safe:
    """The Markdown heading of a block of this status, whose first words link to the legend."""
    heading = desk.vocabulary.statuses[status].heading
    return Safe('### <a class="to-legend" href="{}">{}</a>: {}').format(legend(desk, status), heading, title)


def legend(desk: Desk, status: str) -> Safe:
    """The address, from this page, of the explanation of a status."""
    return desk.href("about/statuses.md", f"status-{status}")


def places(desk: Desk, fact: Fact) -> str:
    """The jurisdictions that the fact speaks for, in short names, as text."""
    return named(desk, fact.jurisdictions)


def named(desk: Desk, jurisdictions: Iterable[str]) -> str:
    """The jurisdictions in short names, as text: that of a place with a regulator is its code."""
    known = desk.vocabulary.lists.jurisdictions
    return ", ".join(name if name in desk.formulary.authorities else known[name].word for name in jurisdictions)


def where(desk: Desk, fact: Fact) -> Safe:
    """The same as HTML."""
    return escape(places(desk, fact))


def place(desk: Desk, fact: Fact) -> Safe:
    """The same in an element of its own, for the end of a list item; empty if the fact names no jurisdiction."""
    return Safe('<span class="where">{}</span>').format(places(desk, fact)) if fact.jurisdictions else Safe()


def marks(desk: Desk, fact: Fact) -> Safe:
    """What a reader must know of the evidence: that it is not the label, that the source is weak; a gap has no marks."""
    if isinstance(fact.value, values.Gap):
        return Safe()
    elsewhere = fact.evidence if desk.formulary.rests_elsewhere(fact) else None
    other = basis(desk.vocabulary.lists.evidence[elsewhere].word) if elsewhere else Safe()
    return joined(other, weakness(desk, fact))


def basis(word: str) -> Safe:
    """The mark that says what a fact rests on."""
    return Safe('<span class="mark">{}</span>').format(word)


def context(desk: Desk, *parts: str | None) -> Safe:
    """What a result is a result of, in small type; empty if no part says anything."""
    kept = [_BEFORE_NUMBER.sub(words.NO_BREAK, part) for part in parts if part]
    text = Safe("; ").join(prose(part, desk.vocabulary) for part in kept)
    return Safe('<span class="context">{}</span>').format(text) if text else Safe()


def participants(fact: Fact) -> str | None:
    """The number of participants as `n = 112`, with no-break spaces, or None."""
    return f"n = {fact.n}".replace(" ", words.NO_BREAK) if fact.n else None


def certainty(fact: Fact) -> str | None:
    """The confidence interval in words, or None."""
    return str(fact.interval) if fact.interval else None


def whole_context(desk: Desk, fact: Fact) -> Safe:
    """Endpoint, population, number, time, statistic, interval and assay in one line."""
    return context(desk, fact.endpoint, fact.population, participants(fact), fact.time, fact.statistic, certainty(fact), fact.assay)


def weakness(desk: Desk, fact: Fact) -> Safe:
    """The mark of a value whose sources are all weak, or all weak for one of its jurisdictions; else empty."""
    weak_places = desk.formulary.weak_for(fact)
    if not weak_places:
        return Safe()
    word = next(iter(desk.vocabulary.lists.weak.values()))
    only = "" if set(weak_places) >= set(fact.jurisdictions) else f"{', '.join(weak_places)}: "
    return Safe('<span class="mark weak">{}</span>').format(only + word)


def note(desk: Desk, fact: Fact) -> Safe:
    """The fact's note; empty if it has none."""
    if not fact.note:
        return Safe()
    return Safe('<span class="note">{}</span>').format(with_facts(desk, values.Statement(fact.note), fact.slug))


def noted(desk: Desk, fact: Fact, *said: str | Safe) -> Safe:
    """What is said of the fact, and after it, as a sentence of its own, its note."""
    whole, beside = joined(*said), note(desk, fact)
    if beside and not _TAG.sub("", whole).endswith((".", ":")) and not _LINE_OF_ITS_OWN.search(whole):
        whole += "."
    return joined(whole, beside)


def closed(text: Safe) -> Safe:
    """The text as a sentence: with a full stop, unless it ends with one."""
    return text if _TAG.sub("", text).endswith(".") else text + "."


def computed(name: str, text: str) -> Safe:
    """Text, or HTML, that was worked out from data rather than typed; `name` says what it is."""
    return Safe('<span data-computed="{}">{}</span>').format(name, text)
