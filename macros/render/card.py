"""The cards at the top of a monograph: what is asked most, from the facts that cards.yml names, each with its place and marks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from macros.finding import Refused
from macros.formulary import dosing
from macros.formulary.medicine import Card
from macros.formulary.model import Fact
from macros.formulary.values import Day, Gap, Planned, Statement
from macros.formulary.vocabulary import CardOf
from macros.pages.files import DOSE_SHEET, page_of
from macros.render.columns import layout, letters
from macros.render.desk import Desk
from macros.render.doses import facts_for, row_id
from macros.render.markup import (
    attributes,
    bare_value,
    citations,
    computed,
    condition,
    first_citations,
    in_short,
    marks,
    place,
    value_span,
    whole_context,
)
from macros.render.safe import Safe, escape, joined

_NUMBERS = re.compile(r"\d+")
# As many sources as a card names of a fact.
_SOURCES = 1
# How many lines the table of rates and the links to weights take.
_ROWS_OF_RATES, _ROWS_OF_WEIGHTS = 4, 2


def cards(desk: Desk) -> Safe:
    """`cards()` – the cards at the top of a monograph, as cards.yml of the medicine has them, in the order of the vocabulary.

    Raises Refused if a card names a fact that is not there, or rates or weights that can't be shown.
    """
    own = desk.monograph().cards
    kinds = {name: kind for name, kind in desk.vocabulary.lists.cards.items() if name in own}
    made = {name: _card(desk, kind, own[name]) for name, kind in kinds.items()}
    stand = layout([lines for _, lines in made.values()])
    framed = [_framed(own[name], kinds[name], side, made[name][0]) for name, side in zip(made, stand.sides, strict=True)]
    look = f"cards {stand.look}".rstrip()
    return Safe('\n<div class="{}" id="at-a-glance">\n{}</div>\n{}').format(look, Safe().join(framed), _bar(desk, kinds.values()))


def _bar(desk: Desk, kinds: Iterable[CardOf]) -> Safe:
    """The way to the section of each card, for the foot of a phone's screen."""
    link = Safe('<li><a href="{}">{}</a></li>\n')
    links = Safe().join(link.format(desk.href(page_of(desk.monograph().slug), kind.to), kind.bar) for kind in kinds)
    return Safe('\n<ul class="bar" aria-label="Sections asked for most" data-unsearched>\n{}</ul>\n').format(links)


def _card(desk: Desk, kind: CardOf, card: Card) -> tuple[Safe, Sequence[int]]:
    """What stands on the card, and how many letters each of its lines has."""
    facts = [desk.fact(name) for name in card.facts]
    present = {fact.id for fact, _ in desk.formulary.present(desk.monograph())}
    shown = [fact for fact in facts if fact.id in present or not desk.formulary.event(fact)]
    more = desk.href(page_of(desk.monograph().slug), kind.to)
    link = Safe('<a href="{}">more</a>').format(more)
    parts = [Safe('<p class="card-word">{} {}</p>\n<ul class="facts">\n').format(kind.word, link)]
    entries = list(_entries(desk, shown, more))
    parts += [*entries, Safe("</ul>\n")]
    if card.rates:
        parts.append(_rates(desk))
    if card.weights:
        parts.append(_weights(desk, card.weights))
    lines = [*map(letters, entries), *[1] * (_ROWS_OF_RATES * card.rates + _ROWS_OF_WEIGHTS * bool(card.weights))]
    return Safe().join(parts), lines


def _framed(card: Card, kind: CardOf, column: str, said: Safe) -> Safe:
    look = f"card card-{card.id}" + (" alert" if kind.alert else "") + (f" {column}" if column else "")
    return Safe('<div class="{}" role="group" aria-label="{}">\n{}</div>\n').format(look, kind.word, said)


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says, and the facts that say it; as one, if they differ in nothing but the titles that the line names."""

    said: Safe
    facts: Sequence[Fact]
    as_one: bool = False


def _entries(desk: Desk, facts: Sequence[Fact], more: Safe) -> Iterator[Safe]:
    """A line for each thing that is said; facts that say the same share one, each with its own places, marks and sources.

    What the same experts advise in one source stands together, too, below one mark.
    """
    advice = groupby(_lines(desk, facts, more), key=lambda line: _advice(desk, line.facts, more) or line.said)
    for _, same in advice:
        first, *others = same
        fact, *alike = first.facts
        told = [first.said, *(Safe("<span {}>{}</span>").format(attributes(each.facts[0]), each.said) for each in others)]
        said = joined(Safe("; ").join(told), _tail(desk, fact, more))
        for each in alike:
            around, within = (said, Safe()) if first.as_one else (_tail(desk, each, more), said)
            said = joined(within, Safe("<span {}>{}</span>").format(attributes(each), around))
        amount = dosing.amount_of(fact.value) and desk.vocabulary.lists.topics[fact.topic].alone
        looks = Safe(' class="amount"') if amount else Safe()
        yield Safe("<li{} {}>{}</li>\n").format(looks, attributes(fact), said)


def _lines(desk: Desk, facts: Sequence[Fact], more: Safe) -> Iterator[_Line]:
    """Facts of which the same is said, line by line; where they are about different things, the line names each by its title.

    Those that differ in place, marks or sources as well have lines of their own, so that each says what it is about.
    """
    said: dict[Safe, list[Fact]] = {}
    for fact in facts:
        said.setdefault(_said(desk, fact), []).append(fact)
    for text, same in said.items():
        if len({fact.title for fact in same if _has_subject(desk, fact)}) > 1:
            alike: dict[Safe, list[Fact]] = {}
            for fact in same:
                alike.setdefault(_tail(desk, fact, more), []).append(fact)
            for own in alike.values():
                yield _Line(joined(_name("; ".join(dict.fromkeys(fact.title for fact in own))), text), own, as_one=True)
        else:
            yield _Line(joined(_name(same[0].title), text) if _is_titled(desk, same[0]) else text, same)


def _name(title: str) -> Safe:
    return Safe('<span class="name">{}:</span>').format(title)


def _has_subject(desk: Desk, fact: Fact) -> bool:
    """Whether what is said of the fact may need its title: an event and a gap begin with what they are about."""
    return not isinstance(fact.value, Gap) and not desk.formulary.event(fact)


def _is_titled(desk: Desk, fact: Fact) -> bool:
    """Whether the line of the fact alone begins with its title: a sentence needs none, unless it is about a dose and does not say whose."""
    if isinstance(fact.value, Statement):
        silent = not fact.value.text.lower().startswith(fact.title.lower())
        return silent and desk.vocabulary.lists.topics[fact.topic].regimens and not fact.short
    return _has_subject(desk, fact) and not fact.short


def _advice(desk: Desk, alike: Sequence[Fact], more: Safe) -> Safe | None:
    """What the line of a fact ends with, if it is advice and no label; else None."""
    return _tail(desk, alike[0], more) if len(alike) == 1 and desk.formulary.rests_elsewhere(alike[0]) else None


def _said(desk: Desk, fact: Fact) -> Safe:
    """What a card says of a fact below its title: an event is its word and its day, a gap what it is about, its kind, what is missing."""
    event = desk.formulary.event(fact)
    if isinstance(fact.value, Gap):
        head, kind = (fact.short, fact.value.word) if fact.short else (event.word if event else fact.title, fact.value.head)
        return joined(Safe('{}: <span class="gap">{}</span>').format(head, kind), condition(desk, fact))
    if event:
        beside = Safe("({})").format(bare_value(desk, fact)) if isinstance(fact.value, Day | Planned) else ""
        return joined(event.word, beside, condition(desk, fact))
    return joined(Safe('<span class="value">{}</span>').format(_amount_first(desk, fact)), whole_context(desk, fact))


def _amount_first(desk: Desk, fact: Fact) -> Safe:
    """The short form or the value of the fact; of a single dose the amount stands out, and what belongs to it follows."""
    said, amount = in_short(desk, fact), dosing.amount_of(fact.value)
    if amount is None or not desk.vocabulary.lists.topics[fact.topic].alone:
        return said
    before, much, after = said.partition(escape(amount.written(desk.vocabulary)))
    return before + Safe('<span class="much">{}</span>').format(much) + after if much else said


def _tail(desk: Desk, fact: Fact, more: Safe) -> Safe:
    """Place, marks and the first sources; whoever wants all of them is led to the section."""
    return joined(place(desk, fact), marks(desk, fact), first_citations(desk, fact, _SOURCES, more))


def _rates(desk: Desk) -> Safe:
    """The rates of the infusion as the label's steps: at each how long and how much, the last for the rest of the dose.

    Raises Refused if dose.yml gives no rate that rises by steps, or one of a use that no authority approved.
    """
    slug = desk.monograph().slug
    rules = dosing.dose_rules(desk.monograph().facts, slug)
    if rules is None or rules.rates is None or not rules.rates.steps:
        raise Refused("a card shows rates, but dose.yml has no rate that rises by steps; delete 'rates: true'")
    legs = rules.rates.climb()
    facts = facts_for(desk, slug, dosing.STEPPED)
    rates = [*(leg.rate for leg in legs), rules.rates.fastest]
    head = Safe().join(Safe('<th scope="col">{}</th>').format(dosing.plain(rate)) for rate in rates)
    lines = {
        "For (min)": [*(dosing.plain(leg.minutes) for leg in legs), "the rest"],
        "Volume (mL)": [*(dosing.plain(leg.volume) for leg in legs), "the rest"],
    }
    rows = Safe().join(
        Safe('<tr><th scope="row">{}</th>{}</tr>\n').format(name, Safe().join(Safe("<td>{}</td>").format(each) for each in cells))
        for name, cells in lines.items()
    )
    below = Safe("; ").join(joined(f"{fact.title}:", value_span(desk, fact)) for fact in facts if fact.condition)
    carried = dict.fromkeys(joined(place(desk, fact), marks(desk, fact)) for fact in facts)
    caption = joined("Rates", *carried, citations(desk, facts), below)
    return Safe(
        '<table class="rates" data-computed="rates" data-unsearched>\n<caption>{}</caption>\n'
        '<thead><tr><th scope="row">Rate (mL/min)</th>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n'
    ).format(caption, head, rows)


def _weights(desk: Desk, given: str) -> Safe:
    """Links to the rows of these body weights on the dose sheet."""
    page = page_of(desk.monograph().slug, DOSE_SHEET)
    links = Safe(" ").join(Safe('<a href="{}">{}</a>').format(desk.href(page, row_id(each)), str(each)) for each in _spread(given))
    return Safe('<p class="weights">{}</p>\n').format(computed("weights", joined("Row for", links, "kg")))


def _spread(given: str) -> Sequence[int]:
    """The body weights in kg of `40 to 150 by 10`. Raises Refused if they don't rise, or if nobody has them."""
    first, last, step = (int(each) for each in _NUMBERS.findall(given))
    if not 0 < first <= last or step < 1:
        raise Refused(f"no weights from {first} to {last} kg by {step}; write numbers that rise: 40 to 150 by 10")
    return range(dosing.possible(first), dosing.possible(last) + 1, step)
