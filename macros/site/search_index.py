"""What the search knows of a page: its sections, in which each line says of which marked use it speaks, and the words they are found by.

Tables stand in it as lines, row by row, each cell with the head of its column. A section is also found by what nobody sees in it:
the titles of its facts. By which words people search in place of those that pages use, the browser knows. Research comes after approval.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from math import log2

from selectolax.lexbor import LexborNode

from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.naming import named
from macros.formulary.values import Gap
from macros.pages.files import MONOGRAPH, is_page
from macros.pages.html import Html, has_class, section_below
from macros.site import search_words
from macros.site.search_entries import Entry, Found, dose_rows, terms
from macros.site.search_sections import ROW, Line, Section, said, sections

# How much a result weighs: on the monograph itself, in a block of its own, about this site, of gaps alone, in a list of sources.
_MONOGRAPH, _MARKED, _SITE, _GAPS, _SOURCES = 2.0, 0.5, 0.4, 0.05, 0.1
# A further page of a medicine, for whoever asks for it by its title; a combination, for whoever names one of its parts alone.
_PAGE, _WHOLE = 4.0, 0.5
# How much a word tells in a heading, and in the titles of all facts of a section; in the text it counts by how often it stands there.
_TITLE, _OTHER, _SHARE = 12.0, 7.5, 0.1
_ALONE = 0.3  # a title of a fact that says nothing else tells a little more
# A section of so many words is of usual length; in a longer one each word tells less.
_USUAL = 60
ALERT = "⚠"  # begins what the status says against the supply or an authorization; every result of the medicine shows it
# The signs of the levels, three for each doubling; none of them is a digit or a small letter.
LEVELS = ":;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LEAST = 10  # the level of the weight 1


@dataclass(frozen=True)
class Records:
    """All that the search knows of one page, which follows from that page and the data alone.

    `status` is what authorities decided and what can be had, of a monograph; `words` has for each word the numbers of the
    sections that it stands in, from one to the next in base 36, each behind the sign of its level: "A3B".
    """

    address: str
    monograph: str | None
    title: str
    status: tuple[str, ...]
    found: tuple[Found, ...]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Shared:
    """What all pages share, computed once: the medicines whose generic name holds another's, and the lists of words."""

    combinations: frozenset[str]
    negations: frozenset[str]
    passed: frozenset[str]


def shared(book: Formulary) -> Shared:
    """What the pages of this formulary share."""
    inns = {slug: each.inn for slug, each in book.names.called.items()}
    beginning: dict[str, list[str]] = {}
    for slug, inn in inns.items():
        beginning.setdefault(search_words.words(inn)[0], []).append(slug)
    others = {
        slug: [inns[each] for word in search_words.words(inn) for each in beginning.get(word, ()) if each != slug]
        for slug, inn in inns.items()
    }
    language = book.vocabulary.search
    return Shared(
        frozenset(slug for slug, inn in inns.items() if any(named(inn, [other]) for other in others[slug])),
        frozenset(language.negations),
        frozenset(stem for word in language.passed_over for stem in search_words.words(word)),
    )


def records(address: str, page: Html, book: Formulary, common: Shared) -> Records:
    """What the search knows of the page at this address."""
    read = sections(page, book.vocabulary.marked)
    entries = [
        *(_entry(section, page, book, common, _parts(read, number)) for number, section in enumerate(read)),
        *dose_rows(page, book),
        *terms(page),
    ]
    words: dict[str, str] = {}
    last: dict[str, int] = {}
    for number, entry in enumerate(entries):
        for word, level in _levels(entry, common):
            words[word] = f"{words.get(word, '')}{level}{base36(number - last.get(word, -1), 1)}"
            last[word] = number
    own = is_page(page.source, MONOGRAPH)
    return Records(address, page.monograph, read[0].title, _status(page) if own else (), tuple(each.found for each in entries), words)


@cache
def base36(number: int, unsaid: int) -> str:
    """The number in small letters and digits; nothing for the one that goes without saying."""
    if number == unsaid:
        return ""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def _levels(entry: Entry, common: Shared) -> Iterator[tuple[str, str]]:
    """Each word of the entry with the sign that says how much it tells there."""

    def counts(text: str) -> Counter[str]:
        return Counter(search_words.indexed(text, common.negations, common.passed))

    told: dict[str, float] = {}
    for heading, worth in entry.headings:
        found = counts(heading)
        for word in found:
            told[word] = max(told.get(word, 0), worth * _TITLE / len(found) ** 0.5)
    titles = [counts(other) for other in entry.others]
    of_facts = Counter(word for title in titles for word in title)
    for word, facts in of_facts.items():
        alone = max(title[word] / title.total() for title in titles) ** _ALONE
        told[word] = told.get(word, 0) + _OTHER * (facts / len(titles)) ** _SHARE * alone
    found = counts(entry.text)
    long = 0.6 + 0.4 * (found.total() / _USUAL) ** 0.5
    for word, times in found.items():
        told[word] = told.get(word, 0) + (1 + log2(times) / 2) / long
    for word, value in sorted(told.items()):
        if entry.pairs_only and "_" not in word:
            continue
        level = round(3 * log2(value * entry.weight)) + _LEAST
        yield word, LEVELS[min(max(level, 0), len(LEVELS) - 1)]


def _parts(read: Sequence[Section], number: int) -> tuple[Section, ...]:
    """The sections below one that tells no fact itself, of which a result shows what they are called, and the first of them."""
    section = read[number]
    if section.facts or not section.anchor:
        return ()
    below = takewhile(lambda each: each.deep > section.deep, read[number + 1 :])
    return tuple(each for each in below if each.deep == section.deep + 1)


def _entry(section: Section, page: Html, book: Formulary, common: Shared, parts: tuple[Section, ...]) -> Entry:
    opening = [each for each in parts[:1] if not any(line.use for line in each.lines)]  # a marked block is a result of its own
    shown, below = ([book.facts[fact] for each in own for fact in each.facts if fact in book.facts] for own in ([section], opening))
    statuses = book.vocabulary.statuses
    uses = tuple(status.icon for status in statuses.values())
    # What happened to an authorization speaks of no use, and would say "label use" of a price beside it.
    told = (fact for fact in (*shown, *below) if not book.event(fact))
    marks = sorted({word for fact in told for word in _words(fact, book)}, key=lambda word: (not word.startswith(uses), word))
    called = (Line(f"In parts: {'; '.join(each.title for each in parts)}", "", "", False),) if parts else ()
    every = (*section.lines, *called, *(line for each in opening for line in each.lines))
    lines = tuple(
        _led(text, f"{statuses[use].icon} {statuses[use].chip}" if use else "", card)
        for text, use, card, _ in sorted(every, key=lambda line: line.gap)  # what is not known hides nothing that is
    )
    title = _title(section, page, book)
    itself = not section.anchor and is_page(page.source, MONOGRAPH)
    own = _PAGE if page.monograph and not section.anchor and not itself else 1.0
    headings = [(part, own) for part in title.split(": ")]
    headings += [(each, 1.0) for each in (_status(page) if itself else ())]
    others = tuple(fact.title for fact in shown if page.monograph and not isinstance(fact.value, Gap) and not book.is_marked(fact))
    weight = _weight(section, page, shown, book) * (_WHOLE if page.monograph in common.combinations else 1.0)
    return Entry(
        Found(section.anchor, title, tuple(marks), lines),
        weight,
        tuple(headings),
        "\n".join((*section.cards, *(line.text for line in section.lines))),
        others,
    )


def _led(line: str, *before: str) -> str:
    """A line with what governs it before it, such as a use or the card that it stands on."""
    row = ROW if line.startswith(ROW) else ""
    return row + ": ".join((*filter(None, before), line.removeprefix(ROW)))


def _title(section: Section, page: Html, book: Formulary) -> str:
    """The heading; of a monograph with the brands that it leaves out, since who types a brand means this page."""
    own = book.monographs.get(page.monograph or "")
    if own is None or section.anchor or not is_page(page.source, MONOGRAPH):
        return section.title
    unsaid = ", ".join(brand for brand in own.medicine.brands if not named(section.title, [brand]))
    if not unsaid:
        return section.title
    return f"{section.title[:-1]}, {unsaid})" if section.title.endswith(")") else f"{section.title} ({unsaid})"


def basis(fact: Fact, book: Formulary) -> str:
    """A mark of what an entry of a page that belongs to no medicine takes from a fact that it shows."""
    return repr((fact, book.is_marked(fact), *_words(fact, book)))


def _weight(section: Section, page: Html, shown: list[Fact], book: Formulary) -> float:
    """How much the section counts beside others that hold the same words."""
    itself = page.monograph is not None and not section.anchor and is_page(page.source, MONOGRAPH)
    weight = _MONOGRAPH if page.monograph and is_page(page.source, MONOGRAPH) else 1.0
    weight *= _SITE if page.about_the_site else 1.0
    weight *= _MARKED if any(book.is_marked(fact) for fact in shown) else 1.0
    weight *= _GAPS if shown and not itself and all(isinstance(fact.value, Gap) for fact in _told_for_themselves(shown)) else 1.0
    return weight * (_SOURCES if _lists_sources(page, section.anchor) else 1.0)


def _told_for_themselves(shown: Iterable[Fact]) -> list[Fact]:
    """These facts without the ones that another of them names."""
    facts = list(shown)
    named_ = {f"{fact.slug}/{reference}" for fact in facts for statement in fact.statements for reference in statement.references}
    return [fact for fact in facts if fact.id not in named_]


def _lists_sources(page: Html, anchor: str) -> bool:
    """Whether the list of sources stands below the heading; on a page of nothing else, below its title."""
    heading = page.tree.css_first(f'[id="{anchor}"]') if anchor else page.main.css_first("h1")
    return heading is not None and any(has_class(below, "sources") for below in section_below(heading))


def _words(fact: Fact, book: Formulary) -> Iterator[str]:
    """What a result says of a fact: its use; an approved one only of what authorizes it, of a trial in a label that it is about that."""
    if fact.use is None:
        return
    status = book.vocabulary.statuses[fact.use]
    if book.is_marked(fact) or book.authorizes(fact):
        yield f"{status.icon} {status.chip}"
    elif book.is_stated(fact):
        yield book.word_of_use(fact)
    elif fact.evidence and book.rests_elsewhere(fact):
        yield book.vocabulary.lists.evidence[fact.evidence].word


def _status(page: Html) -> tuple[str, ...]:
    """What authorities decided and what can be had, as the head of the monograph says it; a warning on supply first."""
    alerts: list[LexborNode] = page.main.css(".masthead .availability [data-fact]")
    told = [f"{ALERT} {said(node).rstrip('.')}" for node in alerts]
    # Whose labels nobody read is kept out of texts, where it stands on each page, but a result says it of its medicine.
    chips = ((node, said(node).rstrip(".")) for node in page.main.css(".masthead > .chips > li"))
    return (*told, *(chip or " ".join(node.text().split()) for node, chip in chips))


def names_of(monograph: Monograph) -> tuple[str, ...]:
    """What the medicine is called: its generic name, then its brands."""
    return (monograph.medicine.inn, *monograph.medicine.brands)
