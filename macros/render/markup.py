"""Facts as HTML: the value with its id, its spoken text, its marks and its citations.

Everything that comes from data is escaped here, for HTML and for Markdown, so that a fact prints as the text it is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from macros.finding import Refused, nearest
from macros.formulary import values, words
from macros.formulary.book import Formulary, Monograph
from macros.formulary.model import Fact
from macros.formulary.sourcing import Citation
from macros.formulary.vocabulary import Vocabulary
from macros.pages.html import address_of

# Characters that Markdown would act on; as numeric references it leaves them alone.
_ACTIVE = re.compile(r"[\\`*_{}\[\]!|~^<>&\"'#]")


_BEFORE_NUMBER = re.compile(r" (?=\d)")


@dataclass
class Desk:
    """One page while it is rendered: the formulary, whose page it is, the number that each source got, and where it was cited.

    `root` is the way from the page's address to the site's root, "" or "../" as often as needed; `today` is the day that
    the page is made for, if one was given; `site` is the site's name.
    """

    formulary: Formulary
    slug: str | None = None
    root: str = ""
    directory_urls: bool = True
    today: date | None = None
    site: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    locators: dict[str, dict[str, None]] = field(default_factory=dict)

    @property
    def vocabulary(self) -> Vocabulary:
        """The closed lists."""
        return self.formulary.vocabulary

    def monograph(self, slug: str | None = None) -> Monograph:
        """The medicine whose page this is, or the one named."""
        books = self.formulary.monographs
        wanted = slug or self.slug
        if wanted is None:
            raise Refused("this page belongs to no medicine; write 'monograph: <inn>' in its front matter")
        if wanted not in books:
            raise Refused(f"unknown medicine '{wanted}'; {nearest(wanted, books)}")
        return books[wanted]

    def fact(self, written_id: str, slug: str | None = None) -> Fact:
        """The fact of this id, short on a medicine's own pages, in full elsewhere."""
        home = slug or self.slug
        known = self.formulary.facts
        full = f"{home}/{written_id}" if home and written_id.count("/") == 1 else written_id
        if full not in known:
            own = [fact.short_id for fact in known.values() if home and fact.id.startswith(f"{home}/")]
            raise Refused(f"unknown fact '{written_id}'; {nearest(written_id, own or known)}")
        found = known[full]
        if self.slug and found.slug not in (self.slug, slug):
            raise Refused(
                f"'{written_id}' is a fact of another medicine; show it on that medicine's pages, or with compare() beside this one's"
            )
        return found

    def href(self, page: str, anchor: str = "") -> str:
        """The address, from this page, of a page named by its path under docs."""
        address = address_of(page, self.directory_urls)
        path = address.removesuffix("index.html") if self.directory_urls else address
        return (self.root + path or "./") + (f"#{anchor}" if anchor else "")


def escape(text: str) -> str:
    """The text with every character that HTML or Markdown would act on as a numeric reference."""
    return _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", text)


@cache
def _abbreviations(known: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    names = sorted((name for name, _ in known), key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?![\w/-])"), dict(known)


def prose(text: str, vocabulary: Vocabulary) -> str:
    """The text escaped, with a tooltip on each abbreviation."""
    pattern, full = _abbreviations(vocabulary.long_forms)
    parts, end = [], 0
    for match in pattern.finditer(text):
        parts += [escape(text[end : match.start()]), f'<abbr title="{escape(full[match[0]])}">{escape(match[0])}</abbr>']
        end = match.end()
    return "".join(parts) + escape(text[end:])


def with_facts(desk: Desk, statement: values.Statement, slug: str) -> str:
    """The statement with each reference replaced by the value that it names."""
    parts = statement.parts()
    html = [prose(parts[0], desk.vocabulary)]
    for reference, after in zip(parts[1::2], parts[2::2], strict=True):
        html += [value_span(desk, desk.fact(reference, slug)), prose(after, desk.vocabulary)]
    return "".join(html)


def value(desk: Desk, fact: Fact) -> str:
    """The value of the fact with the condition that it holds under, which no macro may leave out."""
    return joined(bare_value(desk, fact), condition(desk, fact))


def condition(desk: Desk, fact: Fact) -> str:
    """What the value holds under, if it does not hold always."""
    if not fact.condition:
        return ""
    return f'<span class="condition">{with_facts(desk, values.Statement(fact.condition), fact.slug)}</span>'


def plain_condition(desk: Desk, fact: Fact) -> str:
    """The condition as plain text, for drawings."""
    parts = values.Statement(fact.condition or "").parts()
    parts[1::2] = [desk.fact(each, fact.slug).value.written(desk.vocabulary) for each in parts[1::2]]
    return "".join(parts)


def bare_value(desk: Desk, fact: Fact) -> str:
    """The value alone, with what a screen reader should say where that differs."""
    if isinstance(fact.value, values.Statement):
        return with_facts(desk, fact.value, fact.slug)
    if isinstance(fact.value, values.Gap):
        told = "".join(escape(each) if isinstance(each, str) else passage_link(desk, each) for each in fact.value.rest())
        return f'<span class="gap">{escape(fact.value.head)}</span>: {told}'
    seen = prose(fact.value.written(desk.vocabulary), desk.vocabulary)
    heard = fact.value.spoken(desk.vocabulary)
    if not heard:
        return seen
    return f'<span aria-hidden="true">{seen}</span><span class="spoken" data-search-exclude>{escape(heard)}</span>'


def passage_link(desk: Desk, passage: values.Passage) -> str:
    """The source of a passage, linked, with the name of the part."""
    source = desk.formulary.sources[passage.source]
    title = escape(source.title)
    linked = f'<a href="{escape(source.link)}" rel="external">{title}</a>' if source.link else title
    return linked + (f", {escape(passage.part)}" if passage.part else "")


def value_span(desk: Desk, fact: Fact) -> str:
    """The value in a sentence, under its id."""
    return f'<span class="fact" {attributes(fact)}>{value(desk, fact)}</span>'


def item(desk: Desk, fact: Fact) -> str:
    """The fact as a line of a list, with all that belongs to it."""
    place = where(desk, fact)
    tail = joined(
        whole_context(desk, fact), note(desk, fact), f'<span class="where">{place}</span>' if place else "",
        marks(desk, fact), citations(desk, [fact]),
    )  # fmt: skip
    return f"<li {attributes(fact)}><strong>{escape(fact.title)}:</strong> {value(desk, fact)} {tail}</li>\n"


def items(desk: Desk, facts: Iterable[Fact]) -> str:
    """The facts as a list, one a line."""
    return f'\n<ul class="facts">\n{"".join(item(desk, fact) for fact in facts)}</ul>\n'


def attributes(fact: Fact) -> str:
    """What the gate reads on an element that shows a fact."""
    return f'data-fact="{escape(fact.id)}"'


def involved(desk: Desk, fact: Fact) -> Iterator[Fact]:
    """The fact and every fact that its texts refer to."""
    yield fact
    for statement in fact.statements:
        for reference in statement.references:
            yield from involved(desk, desk.fact(reference, fact.slug))


def untold(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of a medicine without those that another of them states in its sentence, which need no line of their own."""
    told = {name for fact in facts if isinstance(fact.value, values.Statement) for name in fact.value.references}
    told |= {name for fact in facts for name in values.Statement(fact.condition or "").references}
    return [fact for fact in facts if fact.short_id not in told]


def citations(desk: Desk, facts: Iterable[Fact]) -> str:
    """The numbers, in one bracket, of every source that the facts rest on; nothing if they rest on none."""
    found: dict[str, list[Citation]] = {}
    for citation in (citation for fact in facts for each in involved(desk, fact) for citation in each.sources):
        found.setdefault(citation.source, []).append(citation)
    links = ", ".join(numbered(desk, name, cited) for name, cited in found.items())
    return f'<span class="cites">&#91;{links}&#93;</span>' if links else ""


def numbered(desk: Desk, source: str, cited: Iterable[Citation]) -> str:
    """The number of the source on this page, linked to its place in the list; a source gets its number when first cited."""
    number = desk.numbers.setdefault(source, len(desk.numbers) + 1)
    cited = tuple(cited)
    desk.locators.setdefault(source, {}).update(dict.fromkeys(each.locator for each in cited if each.locator))
    said = "; ".join(dict.fromkeys(f"grade {each.grade}{f', {each.locator}' if each.locator else ''}" for each in cited))
    return f'<a href="#source-{number}" data-source="{escape(source)}" data-cited="{escape(said)}">{number}</a>'


def opening(desk: Desk, status: str, title: str) -> str:
    """The heading of a block of this status; its words lead to the legend."""
    said = escape(desk.vocabulary.statuses[status].heading)
    return f'### <a class="to-legend" href="{legend(desk, status)}">{said}</a>: {escape(title)}'


def legend(desk: Desk, status: str) -> str:
    """The address, from this page, of what the mark of a status means."""
    return desk.href("about/statuses.md", f"status-{status}")


def places(desk: Desk, fact: Fact) -> str:
    """The jurisdictions that the fact speaks for, short, as plain text."""
    known = desk.vocabulary.lists.jurisdictions
    return ", ".join(name if name in desk.formulary.authorities else known[name].word for name in fact.jurisdictions)


def where(desk: Desk, fact: Fact) -> str:
    """The jurisdictions that the fact speaks for, short."""
    return escape(places(desk, fact))


def marks(desk: Desk, fact: Fact) -> str:
    """What a reader must know of the evidence: that it is not the label, that the source is weak."""
    if isinstance(fact.value, values.Gap):
        return ""
    found = []
    if fact.evidence and desk.formulary.rests_elsewhere(fact):
        found.append(f'<span class="mark">{escape(desk.vocabulary.lists.evidence[fact.evidence].word)}</span>')
    found.append(weakness(desk, fact))
    return joined(*found)


def context(desk: Desk, *parts: str | None) -> str:
    """What a result is a result of, in small type; nothing if nothing is said."""
    kept = [_BEFORE_NUMBER.sub(words.NO_BREAK, part) for part in parts if part]
    said = "; ".join(prose(part, desk.vocabulary) for part in kept)
    return f'<span class="context">{said}</span>' if said else ""


def participants(fact: Fact) -> str | None:
    """How many were counted, if that is known."""
    return f"n = {fact.n}".replace(" ", words.NO_BREAK) if fact.n else None


def certainty(fact: Fact) -> str | None:
    """The confidence interval, if there is one."""
    return str(fact.interval) if fact.interval else None


def whole_context(desk: Desk, fact: Fact) -> str:
    """Endpoint, population, number, time, statistic, interval and assay in one line."""
    return context(desk, fact.endpoint, fact.population, participants(fact), fact.time, fact.statistic, certainty(fact), fact.assay)


def weakness(desk: Desk, fact: Fact) -> str:
    """The mark of a value whose sources, or whose sources for a jurisdiction, are all weak."""
    places = desk.formulary.weak_for(fact)
    if not places:
        return ""
    word = next(grade.word for grade in desk.vocabulary.lists.grades.values() if grade.weak)
    only = "" if set(places) >= set(fact.jurisdictions) else f"{', '.join(places)}: "
    return f'<span class="mark weak">{escape(only + word)}</span>'


def note(desk: Desk, fact: Fact) -> str:
    """The fact's note, if it has one."""
    if not fact.note:
        return ""
    return f'<span class="note">{with_facts(desk, values.Statement(fact.note), fact.slug)}</span>'


def joined(*parts: str) -> str:
    """The parts that are not empty, with a space between."""
    return " ".join(part for part in parts if part)


def computed(name: str, html: str) -> str:
    """Text that was worked out from data rather than typed."""
    return f'<span data-computed="{name}">{html}</span>'
