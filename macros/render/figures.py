"""Figures drawn from facts: results on a scale, events on a line of time, a schematic with the words of facts.

Only results of one report share a panel, panels share their scale, and nothing joins one point to another.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Template

from macros.finding import Refused
from macros.formulary import words
from macros.formulary.model import Fact, Outcome
from macros.formulary.values import Amount, Day, Terms
from macros.render import svg
from macros.render.markup import Desk, attributes, citations, escape, participants, places, plain_condition

_TEMPLATES = Path(__file__).parent.parent / "drawings"
_LEFT, _SPAN = 12, 304  # of a scale
_YEARS_LEFT, _YEARS = 18, 294  # room for a whole year's name under both ends
_MOST_YEARS = 7  # whose names stand side by side
_KEY, _KEY_LETTERS = 34, 41


@dataclass(frozen=True)
class Panel:
    """One drawing of a figure: its title, its description, its height and what is drawn."""

    title: str
    description: str
    height: int
    body: str


def figure(desk: Desk, kind: str, facts: Sequence[Fact], caption: str) -> str:
    """The drawings of a figure side by side, under a caption that cites all their facts."""
    cites = citations(desk, facts)  # first, so that the sources have their numbers
    begin = f"figure-{facts[0].id.replace('/', '-')}"
    drawn = "".join(
        svg.drawing(f"{begin}-{number}", escape(panel.title), escape(panel.description), panel.height, panel.body)
        for number, panel in enumerate(KINDS[kind](desk, facts), 1)
    )
    return f'\n<div class="figure">\n<figure>\n<figcaption>{escape(caption)} {cites}</figcaption>\n{drawn}</figure>\n</div>\n'


def bars(desk: Desk, facts: Sequence[Fact]) -> list[Panel]:
    """Results as bars from zero, those of one statistic of one report in a panel."""
    return _on_a_scale(desk, facts, _bar, lambda fact: (*_report(fact), fact.statistic))


def points(desk: Desk, facts: Sequence[Fact]) -> list[Panel]:
    """Results as points with their intervals, those of one report in a panel."""
    return _on_a_scale(desk, facts, _point, _report)


def timeline(desk: Desk, facts: Sequence[Fact]) -> list[Panel]:
    """Events as marks on a line of time, a panel for each jurisdiction."""
    dates = [fact.value for fact in facts if isinstance(fact.value, Day)]
    if not dates:
        raise Refused("no event has a date, so there is no line of time; name events with dates, or write timeline()")
    first = min(each.earliest.year for each in dates)
    last = max(each.earliest.year for each in dates) + 1
    known = desk.vocabulary.lists.jurisdictions
    names = dict.fromkeys(place for fact in facts for place in fact.jurisdictions)
    topics = list(dict.fromkeys(fact.topic for fact in facts))
    shapes = dict(zip(topics, svg.SHAPES, strict=False))
    if len(shapes) < len(topics):
        raise Refused(f"a figure has shapes for {len(svg.SHAPES)} topics; name fewer")
    return [_lane(desk, known[name].word, [f for f in facts if name in f.jurisdictions], shapes, first, last) for name in names]


def gene_transfer(desk: Desk, facts: Sequence[Fact]) -> list[Panel]:
    """A schematic from the vector to the protein in the blood, labelled with the titles of five facts."""
    template = Template((_TEMPLATES / "gene-transfer.svg").read_text("utf-8"))
    labels = [name for name in template.get_identifiers() if name.startswith("label_")]
    if len(facts) != len(labels):
        wanted = ", ".join(label.removeprefix("label_") for label in labels)
        raise Refused(f"this drawing has {len(labels)} labels, not {len(facts)}; name a fact for: {wanted}")
    parts = {}
    for label, fact in zip(labels, facts, strict=True):
        lines = [svg.line(0, number * svg.LINE, escape(text)) for number, text in enumerate(svg.wrapped(fact.title, 20))]
        parts[label] = f"<g {attributes(fact)}>\n{''.join(lines)}</g>"
    said = "; ".join(fact.title for fact in facts)
    described = f"Schematic, not to scale, from above to below: {said}."
    return [Panel("From the vector to the protein in the blood", described, 420, template.substitute(parts))]


def _report(fact: Fact) -> tuple[object, ...]:
    """What has to be the same for two results to be of one report."""
    sources = tuple(citation.source for citation in fact.sources)
    return fact.evidence, fact.jurisdictions, fact.endpoint, fact.population, fact.n, fact.assay, fact.trial, sources


def _on_a_scale(desk: Desk, facts: Sequence[Fact], draw: Callable[..., str], report: Callable[[Fact], object]) -> list[Panel]:
    """The panels of results that share their unit, all on the same scale."""
    amounts = [_measured(fact) for fact in facts]
    units = dict.fromkeys(amount.unit for amount in amounts)
    if len(units) > 1:
        raise Refused(f"unlike units can't share a scale: {words.listed(list(units))}; draw a figure for each")
    (unit,) = units
    marks = svg.ticks(max((fact.interval.high if fact.interval else _measured(fact).exact) for fact in facts) or Decimal(1))
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(report(fact), []).append(fact)
    assays = any(fact.assay for fact in facts)
    heads = [_head(desk, group[0], assays) for group in groups.values()]
    room = max(map(len, heads))  # so that panels side by side begin level
    axis = desk.vocabulary.units[unit].plural or unit
    return [_panel(desk, head, room, group, draw, marks, axis) for head, group in zip(heads, groups.values(), strict=True)]


def _head(desk: Desk, fact: Fact, assays: bool) -> list[str]:
    """Whose result it is, of what, in whom, by which assay, and the numbers of its sources, in lines."""
    basis = desk.vocabulary.lists.evidence[fact.evidence].word if fact.evidence else "no evidence named"
    assay = (f"{fact.assay} assay" if fact.assay else "assay not noted") if assays else ""
    whom = "; ".join(filter(None, (fact.population, participants(fact))))
    numbers = ", ".join(str(desk.numbers[citation.source]) for citation in fact.sources)
    said = (
        f"{_upper(basis)} – {places(desk, fact)}",
        fact.endpoint,
        whom,
        assay,
        f"{'sources' if len(fact.sources) > 1 else 'source'} [{numbers}]",
    )
    return [line for part in filter(None, said) for line in svg.wrapped(part)]


def _panel(
    desk: Desk, head: Sequence[str], room: int, facts: Sequence[Fact], draw: Callable[..., str], marks: Sequence[Decimal], axis: str
) -> Panel:
    first = len(svg.wrapped(head[0]))
    body = "".join(svg.line(0, 13 + svg.LINE * at, escape(text), "" if at else "head") for at, text in enumerate(head))
    y = 13 + svg.LINE * room
    at = {mark: svg.place(mark, marks[-1], _LEFT, _SPAN) for mark in marks}
    said = []
    for fact in facts:
        value = fact.value.written(desk.vocabulary).replace(" ", words.NO_BREAK)
        interval = f"({fact.interval})" if fact.interval else ""
        texts = svg.wrapped(
            ", ".join(filter(None, (f"{value} {interval}".strip(), plain_condition(desk, fact), fact.statistic, fact.time)))
        )
        lines = [f'<tspan class="value">{escape(value)}</tspan>{escape(texts[0].removeprefix(value))}', *map(escape, texts[1:])]
        y += 12
        body += f'<g class="result" {attributes(fact)}>\n'
        body += "".join(svg.line(_LEFT, y + svg.LINE * number, html) for number, html in enumerate(lines))
        y += svg.LINE * (len(lines) - 1) + 6
        # The lines of the scale stand behind each mark only, where they cross no words.
        body += "".join(svg.stroke("grid" if mark else "axis", x, y, x, y + 18) for mark, x in at.items())
        body += draw(fact, y + 2, marks[-1]) + "</g>\n"
        y += 22
        said.append(" ".join(texts))
    body += svg.stroke("axis", _LEFT, y, _LEFT + _SPAN, y) + svg.line(svg.WIDTH // 2, y + 33, escape(axis), "tick")
    body += "".join(svg.stroke("axis", x, y, x, y + 4) + svg.line(x, y + 17, f"{mark:f}", "tick") for mark, x in at.items())
    described = f"{'. '.join(head[first:])}. On a scale from zero: {'; '.join(said)}."
    return Panel(" ".join(head[:first]), described, y + 40, body)


def _measured(fact: Fact) -> Amount:
    """The result as an amount, from zero upwards."""
    if not isinstance(fact, Outcome) or not isinstance(fact.value, Amount) or fact.value.bound or fact.value.exact < 0:
        raise Refused(f"'{fact.short_id}' is no measured result from zero upwards, so it can't be drawn; name others")
    return fact.value


def _bar(fact: Fact, y: int, top: Decimal) -> str:
    """A bar from zero, and its interval across it."""
    width = svg.place(_measured(fact).exact, top, 0, _SPAN)
    return f'<rect class="bar" x="{_LEFT}" y="{y}" width="{width}" height="14"/>\n' + _interval(fact, y + 7, top)


def _point(fact: Fact, y: int, top: Decimal) -> str:
    """A point and its interval."""
    x = svg.place(_measured(fact).exact, top, _LEFT, _SPAN)
    return _interval(fact, y + 7, top) + f'<circle class="point" cx="{x}" cy="{y + 7}" r="5"/>\n'


def _interval(fact: Fact, y: int, top: Decimal) -> str:
    if not fact.interval:
        return ""
    low, high = (svg.place(end, top, _LEFT, _SPAN) for end in (fact.interval.low, fact.interval.high))
    return "".join(svg.stroke("interval", *ends) for ends in ((low, y, high, y), (low, y - 4, low, y + 4), (high, y - 4, high, y + 4)))


def _lane(desk: Desk, name: str, facts: Sequence[Fact], shapes: dict[str, str], first: int, last: int) -> Panel:
    """One jurisdiction: its line of time with a number at each mark, and what the numbers stand for."""
    start, days = date(first, 1, 1), Decimal((date(last, 1, 1) - date(first, 1, 1)).days)
    days_of = {fact.id: fact.value for fact in facts if isinstance(fact.value, Day)}
    dated = sorted((fact for fact in facts if fact.id in days_of), key=lambda fact: days_of[fact.id].earliest)
    spans = [tuple(_YEARS_LEFT + Decimal((day - start).days) * _YEARS / days for day in period(days_of[fact.id])) for fact in dated]
    middles = [(low + high) / 2 for low, high in spans]
    heights = floors(middles)
    body, x = svg.line(0, 13, escape(_upper(name)), "head"), 6
    for topic, path in shapes.items():
        word = desk.vocabulary.lists.topics[topic].word
        body += svg.shape(x, 29, path) + svg.line(x + 12, 33, escape(word))
        x += 36 + 7 * len(word)
    axis = 62 + 12 * max(heights, default=0)
    body += svg.stroke("axis", _YEARS_LEFT, axis, _YEARS_LEFT + _YEARS, axis)
    step = -(-(last - first) // _MOST_YEARS)
    for year in range(first, last + 1, step):
        tick = svg.short(_YEARS_LEFT + Decimal((date(year, 1, 1) - start).days) * _YEARS / days)
        body += svg.stroke("axis", tick, axis, tick, axis + 9) + svg.line(tick, axis + 22, str(year), "tick")
    y, said = axis + 46, []
    for number, fact in enumerate([*dated, *(fact for fact in facts if fact not in dated)], 1):
        told = f"{days_of.get(fact.id, 'no date')}: {_event(desk, fact)}"
        lines = svg.wrapped(told.replace(words.NO_BREAK, " "), _KEY_LETTERS)
        body += f'<g class="event" {attributes(fact)}>\n'
        if fact in dated:
            at = number - 1
            low, high = map(svg.short, spans[at])
            body += (svg.stroke("interval", low, axis, high, axis) if low != high else "") + svg.shape(
                svg.short(middles[at]), axis, shapes[fact.topic]
            )
            body += svg.line(svg.short(middles[at]), axis - 9 - 12 * heights[at], str(number), "tick value")
            body += svg.line(_KEY - 6, y, str(number), "number value")
        body += svg.shape(6, y - 4, shapes[fact.topic])
        body += "".join(svg.line(_KEY, y + svg.LINE * line, escape(text)) for line, text in enumerate(lines)) + "</g>\n"
        y += svg.LINE * len(lines) + 3
        said.append(told)
    return Panel(_upper(name), f"Events from {first} to {last}. {'; '.join(said)}.", y - 6, body)


def _event(desk: Desk, fact: Fact) -> str:
    """What happened, and which terms if it is about terms."""
    event = desk.formulary.event(fact)
    word = event.word if event else fact.title
    said = f"{word}: {words.listed(fact.value.terms)}" if isinstance(fact.value, Terms) else word
    return " ".join(filter(None, (said, plain_condition(desk, fact))))


def period(value: Day) -> tuple[date, date]:
    """The first and the last day that a date can mean."""
    low = value.earliest
    if len(value.text) == 10:
        return low, low
    if len(value.text) == 4:
        return low, date(low.year, 12, 31)
    return low, low.replace(day=monthrange(low.year, low.month)[1])


def floors(places_: Iterable[Decimal], apart: int = 16) -> list[int]:
    """How high the number over each mark stands, so that numbers of neighbours don't meet."""
    ends: list[Decimal] = []
    found = []
    for x in places_:
        floor = next((at for at, end in enumerate(ends) if x - end >= apart), len(ends))
        ends[floor : floor + 1] = [x]
        found.append(floor)
    return found


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


KINDS: dict[str, Callable[[Desk, Sequence[Fact]], list[Panel]]] = {
    "bars": bars,
    "points": points,
    "timeline": timeline,
    "gene-transfer": gene_transfer,
}
