"""What stands between the title of a page and its text: names, status, when it was checked, supply, and the medicine's other pages."""

from collections.abc import Iterable, Sequence
from datetime import date

from macros.formulary import words
from macros.formulary.model import Fact, StatusFact
from macros.formulary.monograph import Monograph
from macros.formulary.values import Day, Gap, Planned
from macros.formulary.vocabulary import Event
from macros.formulary.words import full_date
from macros.pages.files import CHECKLIST, DOSE_SHEET, HANDOUT, MONOGRAPH, PATIENT_GUIDE, RESULTS, TABS, is_page, page_of
from macros.pages.seen import BY_DAY, DUE, OVERDUE
from macros.render import events
from macros.render.desk import Desk
from macros.render.markup import (
    attributes,
    bare_value,
    citations,
    computed,
    condition,
    first_citations,
    named,
    place,
    places,
    value,
)  # fmt: skip
from macros.render.safe import Safe, joined

# From this many days before the next check is due, pages say so.
DUE_SOON = 60
_LABEL = "label"  # the evidence of what a label says
_WARNING = Safe('\n<div class="overdue" role="note">\n<p><strong>{}</strong></p>\n</div>\n')


def masthead(desk: Desk) -> Safe:
    """`masthead()` – below the title of each page: names, status by place, check and review, supply, and the medicine's pages."""
    own = desk.monograph() if desk.slug else None
    if own is None:
        return checked(desk, None) + _due(desk, None)
    head = is_page(desk.path, MONOGRAPH)
    told_apart = _look_alikes(desk, own) if head or is_page(desk.path, DOSE_SHEET) else Safe()
    chips = _chips(desk, own) if head else _elsewhere(desk, own)
    parts = [_names(own) if head else Safe(), told_apart, checked(desk, own), chips]
    parts += [_draft(own), _due(desk, own), _supply(desk, own), _tabs(desk, own)]
    return Safe('\n<div class="masthead">\n{}</div>\n').format(Safe().join(parts))


def _names(own: Monograph) -> Safe:
    """Brands, classes and diseases in a line."""
    medicine = own.medicine
    beside = " · ".join([words.listed(medicine.class_), words.listed(medicine.diseases)])
    line = Safe("<strong>{}</strong> · {}").format(words.listed(medicine.brands), beside)
    return Safe('<p class="names">{}</p>\n').format(computed("names", line))


def _look_alikes(desk: Desk, own: Monograph) -> Safe:
    """With which names the medicine's own may be mixed up, in a line: those that look alike, each with its sources, and shared brands."""
    topics = desk.vocabulary.lists.topics
    facts = [fact for fact in own.facts.values() if topics[fact.topic].look_alike]
    own_name = [fact for fact in facts if fact.title.lower() in own.called.lowered and not isinstance(fact.value, Gap)]
    others = [fact for fact in facts if fact not in own_name]
    said = [
        Safe("{}: {}").format(head, Safe(", ").join(_written(desk, fact) for fact in found))
        for head, found in (("Written", own_name), ("Look-alike", others))
        if found
    ]
    for brand in own.medicine.brands:
        for other in desk.formulary.sharing(own, brand):
            link = Safe('<a href="{}">{}</a>').format(desk.href(page_of(other.slug)), other.medicine.inn)
            line = joined(named(desk, sorted(other.places_of(brand))) + ":", Safe("<strong>{}</strong>").format(brand), "is", link)
            said.append(computed("names", line))
    return Safe('<p class="look-alikes">{}</p>\n').format(Safe(" · ").join(said)) if said else Safe()


def _written(desk: Desk, fact: Fact) -> Safe:
    """A name with the capitals that set it apart, and its sources."""
    told = Safe("<strong {}>{}</strong>").format(attributes(fact), value(desk, fact))
    return joined(told, place(desk, fact), citations(desk, [fact]))


def _chips(desk: Desk, own: Monograph) -> Safe:
    """What authorities decided, by place, and whose labels nobody read; of an authorization that ended, that it did.

    Of the supply only what the alert does not say.
    """
    order = list(desk.vocabulary.lists.jurisdictions)
    found = [(fact, event, _holds_for(desk, own, fact, event)) for fact, event in desk.formulary.present(own)]
    shown = sorted((each for each in found if each[2]), key=lambda each: min(map(order.index, each[2])))
    made = Safe().join(_chip(desk, fact, event, held) for fact, event, held in shown)
    return Safe('<ul class="chips">\n{}</ul>\n').format(made + _unread(desk, own))


def _elsewhere(desk: Desk, own: Monograph) -> Safe:
    """On a sheet by which somebody is chosen or a dose is given: whose labels it does not have."""
    unread = _unread(desk, own) if any(is_page(desk.path, name) for name in (DOSE_SHEET, CHECKLIST)) else Safe()
    return Safe('<ul class="chips">\n{}</ul>\n').format(unread) if unread else Safe()


def _unread(desk: Desk, own: Monograph) -> Safe:
    """The places whose labels nobody read: a reader there must not take the doses of another place for those of the own one."""
    read = {place for fact in own.facts.values() if fact.evidence == _LABEL for place in fact.jurisdictions}
    unread = [place for place in desk.formulary.authorities if place not in read]
    line = Safe('<li><span class="nothing" data-computed="nothing"><strong>{}</strong> labels {}</span></li>\n')
    return line.format(", ".join(unread), events.UNREAD) if unread else Safe()


def _holds_for(desk: Desk, own: Monograph, fact: StatusFact, event: Event) -> Sequence[str]:
    """The places for which the event is the state of things: the authorization stands, or ended, or no decision came after it."""
    granted, ended = desk.formulary.granted(own), desk.formulary.ended(own)
    if event.effect == "granted":
        return [place for place in fact.jurisdictions if place not in ended]
    if event.effect == "ended":
        return [place for place in fact.jurisdictions if place in ended and ended[place].id == fact.id]
    decisions = {each.topic for each in desk.vocabulary.lists.events.values() if each.effect}
    if event.gap and event.topic not in decisions:  # what is not known of the supply stands in its section
        return ()
    led_to_one = not event.gap and all(place in granted or place in ended for place in fact.jurisdictions)
    return fact.jurisdictions if event.listed and not event.banner and not led_to_one else ()


def _chip(desk: Desk, fact: Fact, event: Event, held: Iterable[str]) -> Safe:
    """An event in a few words: its places, what happened, the day, its sources; granted, ended or not known by word, border and color."""
    said = joined(Safe("<strong>{}</strong>").format(named(desk, held)), events.told(desk, fact, event.word))
    cites = first_citations(desk, fact, 1, _by_country(desk, fact.slug))
    return Safe('<li {}><span class="chip {}">{}</span> {}</li>\n').format(attributes(fact), events.kind(fact, event), said, cites)


def checked(desk: Desk, own: Monograph | None) -> Safe:
    """When the sources were checked, and who reviewed the page clinically; of all medicines for a page of none."""
    when = own.checked if own else desk.formulary.checked
    reviews = own.medicine.reviews if own else ()
    named = "; ".join(f"{r.name}, {r.role}, {full_date(r.date)}" for r in reviews)
    review = Safe('<span class="review{}">Clinical review: {}.</span>').format("" if named else " none", named or "none yet")
    line = Safe("Sources checked {}. {}").format(full_date(when), review)
    return Safe('\n<p class="checked">{}</p>\n').format(computed("checked", line))


def _draft(own: Monograph) -> Safe:
    if not own.medicine.draft:
        return Safe()
    return _WARNING.format("Draft: not for use. The facts of this monograph have not been gathered yet.")


def _due(desk: Desk, own: Monograph | None) -> Safe:
    """A note when the next check is near, a banner when its day has passed; by the day that the page is made for."""
    due = own.medicine.check_due if own else desk.formulary.check_due
    told = turn(due, desk.today) if desk.today else ""
    if told == DUE:
        return Safe('\n<p class="due-soon">{}</p>\n').format(computed(BY_DAY, told.format(full_date(due))))
    return _WARNING.format(computed(BY_DAY, told.format(full_date(due)))) if told else Safe()


def turn(due: date, today: date) -> str:
    """What pages say of a check that is due on a day, if they are made on another; "" while there is time."""
    left = (due - today).days
    return OVERDUE if left < 0 else DUE if left <= DUE_SOON else ""


def _supply(desk: Desk, own: Monograph) -> Safe:
    """The alert that says in one line what is known of the supply, each with its places and day; nothing if there is no cause."""
    said, nowhere = [], False
    for fact, event in desk.formulary.present(own):
        if event.banner:
            nowhere = nowhere or event.nowhere
            day = Safe("({})").format(bare_value(desk, fact)) if isinstance(fact.value, Day | Planned) else Safe()
            line = joined(f"{places(desk, fact)}:", event.word, condition(desk, fact), day, citations(desk, [fact]))
            said.append(Safe("<span {}>{}.</span>").format(attributes(fact), line))
    if not said:
        return Safe()
    patient = is_page(desk.path, PATIENT_GUIDE) or is_page(desk.path, HANDOUT)
    ask = "It can no longer be had. Ask your team what that means for you." if nowhere else "Ask your team first if you can still get it."
    head = ask if patient else "Check supply first."
    told = Safe(" ").join(said)
    return Safe(
        '<p class="availability" role="note"><strong class="availability-title">{}</strong> {} <a href="{}">Supply by country</a></p>\n'
    ).format(head, told, _by_country(desk, own.slug))


def _by_country(desk: Desk, slug: str) -> Safe:
    """Where decisions and supply stand country by country: beside the results if there is such a page, else in the monograph."""
    return desk.href(page_of(slug, RESULTS), "market") if RESULTS in desk.pages else desk.href(page_of(slug), "availability")


def _tabs(desk: Desk, own: Monograph) -> Safe:
    """Links to the pages of the medicine that there are, the open one marked."""
    links = []
    for name, word in TABS.items():
        if name in desk.pages:
            here = Safe(' aria-current="page"') if is_page(desk.path, name) else Safe()
            links.append(Safe('<li><a href="{}"{}>{}</a></li>\n').format(desk.href(page_of(own.slug, name)), here, word))
    return Safe('<ul class="tabs" aria-label="Pages of this medicine">\n{}</ul>\n').format(Safe().join(links)) if len(links) > 1 else Safe()
