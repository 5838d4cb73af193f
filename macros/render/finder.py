"""The list of medicines that one finds one's way by: a row for each, what authorities decided and what can be had in fixed columns.

Nothing in it is cited: each event leads to the section of the monograph that tells it with its sources, which rules see to.
Where there are too many medicines for rows, letters and the lists by class, disease and status stand in their place.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from macros.formulary import words
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.values import Day
from macros.formulary.vocabulary import Event
from macros.pages import listing
from macros.pages.files import page_of
from macros.render import events
from macros.render.desk import Desk
from macros.render.markup import attributes, capitalized, computed, condition, day_beside
from macros.render.safe import Safe, joined
from macros.render.site_lists import leads_to, some
from macros.render.tables import Row, table

# So many medicines have a row each; of more, which no screen holds, there are letters.
ROWS = 12
# So many diseases of a medicine are named in its row.
_DISEASES = 2
# Of a place that facts of the medicine speak of, but none of what was decided there.
_UNGATHERED = "status not gathered by us"
# The heading of each monograph that tells what authorities decided and what can be had.
_TOLD_AT = "availability"
# How each kind of event is marked, beside its words and its border: the sign of an approved use, of a warning, of an end, of a gap.
_SIGNS = {"granted": "✓", "alert": "!", "ended": "✕", "unknown": "?", "told": ""}


def search_field(desk: Desk) -> Safe:
    """What looks like the field of the search and opens it, and what leads on without one."""
    return Safe(
        '\n<div class="find" data-computed="search">\n'
        '<label class="find-field" for="__search">Name, brand, code, disease or question</label>\n'
        '<p class="find-else">Or look it up: <a href="{}">A to Z of all names</a> · '
        '<a href="{}">all medicines by class, disease and status</a></p>\n'
        "</div>\n"
    ).format(desk.href("a-z.md"), desk.href("monographs/index.md"))


def medicines(desk: Desk) -> Safe:
    """Every medicine in a row: its names and diseases, its events in fixed columns by place, and where people go first.

    Of more than a screen holds, the letters that they begin with, each with their number.
    """
    monographs = list(desk.formulary.monographs.values())
    if len(monographs) > ROWS:
        return _by_letter(desk, monographs)
    columns = _columns(desk)
    rows = [_row(desk, each, columns) for each in monographs]
    head = ["Medicine", *(heading for heading, _ in columns), "Go to"]
    return table(f"Medicines. “{events.UNREAD.capitalize()}” says nothing of what was decided there.", head, rows, "finder")


def _by_letter(desk: Desk, monographs: Sequence[Monograph]) -> Safe:
    """How many medicines begin with each letter, which leads to all names that do; how many have each status, which leads to them."""
    counted = Counter(listing.letters(each.medicine.inn)[0] for each in monographs)
    lines = [(f"{len(monographs):,} medicines, by the first letter of the generic name", listing.NAMES, counted)]
    if desk.path != listing.STATUSES.page:  # where the whole list stands
        have = {(entry.way[0], entry.what[1].slug) for entry in listing.STATUSES.entries(desk.formulary)}
        lines.append(("By what was decided and what can be had", listing.STATUSES, Counter(step for step, _ in have)))
    made = Safe().join(Safe("<p>{}:</p>\n{}").format(line, _ways(desk, kind, counts)) for line, kind, counts in lines)
    return Safe('\n<div class="by-letter" data-computed="letters">\n{}</div>\n').format(made)


def _ways(desk: Desk, kind: listing.Listing, counted: Mapping[listing.Step, int]) -> Safe:
    item = Safe('<li><a href="{}">{}</a> {}</li>\n')
    items = Safe().join(item.format(leads_to(desk, kind, step), step.label, f"{number:,}") for step, number in sorted(counted.items()))
    return Safe('<ul class="ways">\n{}</ul>\n').format(items)


def _columns(desk: Desk) -> list[tuple[str, list[str]]]:
    """The heading of each column with its places; those without a column of their own share the last one."""
    known = desk.vocabulary.lists.jurisdictions
    own = [place for place in desk.formulary.authorities if known[place].column]
    others = [place for place in desk.formulary.authorities if place not in own]
    return [*((place, [place]) for place in own), *([(", ".join(others), others)] if others else [])]


def _row(desk: Desk, monograph: Monograph, columns: Sequence[tuple[str, list[str]]]) -> Row:
    medicine = monograph.medicine
    name = Safe('<a href="{}">{}</a> <span class="brands">{}</span> <span class="diseases">{}</span>').format(
        desk.href(page_of(monograph.slug)), capitalized(medicine.inn), words.listed(medicine.brands), some(medicine.diseases, _DISEASES)
    )
    cells = [_cell(desk, monograph, places) for _, places in columns]
    return Row([computed("medicine", name), *cells, computed("shortcuts", _shortcuts(desk, monograph))])


def _cell(desk: Desk, monograph: Monograph, places: list[str]) -> Safe:
    """The events of these places, warnings first; each is named once, with its places where the column has several."""
    ended = desk.formulary.ended(monograph)
    found = []
    told = _told(desk, monograph)
    for fact, event in told:
        # An authorization is not told where it ended since, and where a warning speaks of the supply nothing else of it is.
        over = ended if event.effect == "granted" else () if event.effect or event.banner else _warned(told, event.topic)
        if held := [place for place in places if place in fact.jurisdictions and place not in over]:
            found.append((events.kind(fact, event), fact, event, held))
    order = list(_SIGNS)
    found.sort(key=lambda each: (each[0] not in ("alert", "ended"), order.index(each[0])))
    chips = [_chip(desk, monograph, kind, fact, event, held if held != places else []) for kind, fact, event, held in found]
    silent = [place for place in places if not any(place in held for *_, held in found)]
    unread = [place for place in silent if place not in monograph.places]
    for word, those in ((events.UNREAD, unread), (_UNGATHERED, [place for place in silent if place not in unread])):
        said = word if those == places else f"{', '.join(those)}: {word}"
        chips += [Safe('<span class="nothing" data-computed="nothing">{}</span>').format(said)] if those else []
    return Safe('<ul class="chips">{}</ul>').format(Safe().join(Safe("<li>{}</li>").format(chip) for chip in chips))


def _warned(told: Iterable[tuple[Fact, Event]], topic: str) -> set[str]:
    """Where a warning speaks of the topic."""
    return {place for fact, event in told if event.banner and event.topic == topic for place in fact.jurisdictions}


def _told(desk: Desk, monograph: Monograph) -> list[tuple[Fact, Event]]:
    """The events that lists show, but not what a decision or a warning has overtaken in all its places: an opinion, a first sale."""
    present = [(fact, event) for fact, event in desk.formulary.present(monograph) if event.listed]

    def settled(fact: Fact, event: Event) -> bool:
        if event.effect or event.banner or not isinstance(fact.value, Day):
            return False
        day = fact.value.earliest
        over = {
            place
            for other, others in present
            if others.topic == event.topic and (others.effect or others.banner)
            if isinstance(other.value, Day) and other.value.earliest >= day
            for place in other.jurisdictions
        }
        return over.issuperset(fact.jurisdictions)

    return [(fact, event) for fact, event in present if not settled(fact, event)]


def _chip(desk: Desk, monograph: Monograph, kind: str, fact: Fact, event: Event, places: list[str]) -> Safe:
    """An event in a few words, which lead to where it is told: sign, places, what happened, under what condition, when."""
    sign = Safe('<span aria-hidden="true">{}</span>').format(_SIGNS[kind]) if _SIGNS[kind] else Safe()
    where = f"{', '.join(places)}:" if places else ""
    word = event.chip or event.word
    told = Safe("{}").format(word if where else capitalized(word))
    said = joined(sign, where, told, condition(desk, fact), _when(desk, kind, fact))
    return Safe('<a class="chip {}" href="{}" {}>{}</a>').format(kind, desk.href(page_of(monograph.slug), _TOLD_AT), attributes(fact), said)


def _when(desk: Desk, kind: str, fact: Fact) -> Safe:
    """When it happened, as far as a row has room: the year of what was granted, else the month; the day stands where the chip leads."""
    if not isinstance(fact.value, Day):
        return day_beside(desk, fact)
    since = fact.value.earliest
    to_the_year = kind == "granted" or len(fact.value.text) == len("2023")
    return Safe("{}").format(str(since.year) if to_the_year else words.month(since.year, since.month))


def _shortcuts(desk: Desk, monograph: Monograph) -> Safe:
    link = Safe('<a href="{}">{}</a>')
    links = []
    for each in monograph.medicine.shortcuts:
        page, _, anchor = each.to.partition("#")
        links.append(link.format(desk.href(page_of(monograph.slug, page) if page else page_of(monograph.slug), anchor), each.word))
    return Safe('<span class="shortcuts">{}</span>').format(Safe(" ").join(links))
