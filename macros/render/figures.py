"""Figures drawn from facts: results on a scale, events on a line of time, a schematic labeled with the titles of facts.

Only results of one report share a panel, panels share their scale, and nothing joins one point to another. Every length
and position is in user units of the drawing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from string import Template

from macros.finding import Refused
from macros.formulary import words
from macros.formulary.model import Fact, Outcome
from macros.formulary.values import Amount
from macros.render import lanes, svg
from macros.render.desk import Desk
from macros.render.markup import attributes, capitalized, citations, participants, places, plain_condition
from macros.render.safe import Safe

_TEMPLATES = Path(__file__).parent.parent / "drawings"
_LEFT, _SPAN = 12, 304  # of the scale


def figure(desk: Desk, kind: str, facts: Sequence[Fact], caption: str) -> Safe:
    """The drawings of a figure side by side, under a caption that cites all their facts.

    Raises Refused if the facts can't be drawn in this kind of figure.
    """
    cites = citations(desk, facts)  # first, so that the sources have their numbers
    begin = f"figure-{facts[0].id.replace('/', '-')}"
    drawn = Safe().join(svg.drawing(f"{begin}-{number}", panel) for number, panel in enumerate(KINDS[kind](desk, facts), 1))
    return Safe('\n<div class="figure">\n<figure>\n<figcaption>{} {}</figcaption>\n{}</figure>\n</div>\n').format(caption, cites, drawn)


def bars(desk: Desk, facts: Sequence[Fact]) -> list[svg.Panel]:
    """Results as bars from zero, those of one statistic of one report in a panel.

    Raises Refused if a fact is no measured result from zero upwards, or if their units differ.
    """
    return _on_a_scale(desk, facts, _bar, lambda fact: (*_report(fact), fact.statistic))


def points(desk: Desk, facts: Sequence[Fact]) -> list[svg.Panel]:
    """Results as points with their intervals, those of one report in a panel.

    Raises Refused if a fact is no measured result from zero upwards, or if their units differ.
    """
    return _on_a_scale(desk, facts, _point, _report)


def gene_transfer(desk: Desk, facts: Sequence[Fact]) -> list[svg.Panel]:
    """A schematic from the vector to the protein in the blood, labeled with the titles of five facts.

    Raises Refused if there are more or fewer facts.
    """
    template = Template((_TEMPLATES / "gene-transfer.svg").read_text("utf-8"))
    labels = [name for name in template.get_identifiers() if name.startswith("label_")]
    if len(facts) != len(labels):
        wanted = ", ".join(label.removeprefix("label_") for label in labels)
        raise Refused(f"this drawing has {len(labels)} labels, not {len(facts)}; name a fact for: {wanted}")
    parts = {}
    for label, fact in zip(labels, facts, strict=True):
        canvas = svg.Canvas(0)
        canvas.lines(0, svg.wrapped(fact.title, 20))
        parts[label] = Safe("<g {}>\n{}</g>").format(attributes(fact), canvas.drawn)
    said = "; ".join(fact.title for fact in facts)
    described = f"Schematic, not to scale, from above to below: {said}."
    return [svg.Panel("From the vector to the protein in the blood", described, 420, Safe(template.substitute(parts)))]


def _report(fact: Fact) -> tuple[object, ...]:
    """What has to be the same for two results to be of one report."""
    sources = tuple(citation.source for citation in fact.sources)
    return fact.evidence, fact.jurisdictions, fact.endpoint, fact.population, fact.n, fact.assay, fact.trial, sources


@dataclass(frozen=True)
class _Axis:
    """What the panels of a figure share: the scale, its marks, the name of its unit, and the most lines of a head."""

    scale: svg.Scale
    ticks: Sequence[Decimal]
    unit: str
    head_lines: int

    def marks(self) -> list[tuple[Decimal, str]]:
        """Each mark of the scale with its position, in user units."""
        return [(tick, svg.short(self.scale.x(tick))) for tick in self.ticks]


# Draws a result, below this height in user units, on the scale.
_Draw = Callable[[Fact, int, svg.Scale], Safe]


def _on_a_scale(desk: Desk, facts: Sequence[Fact], draw: _Draw, report: Callable[[Fact], object]) -> list[svg.Panel]:
    """The panels of results that share their unit, all on the same scale."""
    amounts = [_measured(fact) for fact in facts]
    units = dict.fromkeys(amount.unit for amount in amounts)
    if len(units) > 1:
        raise Refused(f"unlike units can't share a scale: {words.listed(list(units))}; draw a figure for each")
    (unit,) = units
    ticks = svg.ticks(max((fact.interval.high if fact.interval else _measured(fact).exact) for fact in facts) or Decimal(1))
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(report(fact), []).append(fact)
    assays = any(fact.assay for fact in facts)
    heads = [_head(desk, group[0], assays) for group in groups.values()]
    room = max(map(len, heads))  # so that panels side by side begin level
    axis = _Axis(svg.Scale(ticks[-1], _LEFT, _SPAN), ticks, desk.vocabulary.units[unit].plural or unit, room)
    return [_panel(desk, head, group, draw, axis) for head, group in zip(heads, groups.values(), strict=True)]


def _head(desk: Desk, fact: Fact, assays: bool) -> list[str]:
    """Whose result it is, of what, in whom, by which assay, and the numbers of its sources, in lines."""
    basis = desk.vocabulary.lists.evidence[fact.evidence].word if fact.evidence else "no evidence named"
    assay = (f"{fact.assay} assay" if fact.assay else "assay not noted") if assays else ""
    whom = "; ".join(filter(None, (fact.population, participants(fact))))
    numbers = ", ".join(str(desk.numbers[citation.source]) for citation in fact.sources)
    said = (
        f"{capitalized(basis)} – {places(desk, fact)}",
        fact.endpoint,
        whom,
        assay,
        f"{'sources' if len(fact.sources) > 1 else 'source'} [{numbers}]",
    )
    return [line for part in filter(None, said) for line in svg.wrapped(part)]


def _panel(desk: Desk, head: Sequence[str], facts: Sequence[Fact], draw: _Draw, axis: _Axis) -> svg.Panel:
    """The results of one report: its head, each result under its text, and the scale below them."""
    canvas = svg.Canvas(svg.TOP)
    canvas.draw(svg.line(0, canvas.y, head[0], "head"))
    canvas.down(svg.LINE)
    canvas.lines(0, head[1:])
    canvas.down(svg.LINE * (axis.head_lines - len(head)))
    said = [_result(canvas, desk, fact, draw, axis) for fact in facts]
    _ruler(canvas, axis)
    first = len(svg.wrapped(head[0]))
    described = f"{'. '.join(head[first:])}. On a scale from zero: {'; '.join(said)}."
    return svg.Panel(" ".join(head[:first]), described, canvas.y + 40, canvas.drawn)


def _result(canvas: svg.Canvas, desk: Desk, fact: Fact, draw: _Draw, axis: _Axis) -> str:
    """Draws a result under its text, and returns the text."""
    value = fact.value.written(desk.vocabulary).replace(" ", words.NO_BREAK)
    interval = f"({fact.interval})" if fact.interval else ""
    texts = svg.wrapped(", ".join(filter(None, (f"{value} {interval}".strip(), plain_condition(desk, fact), fact.statistic, fact.time))))
    canvas.down(12)
    with canvas.group("result", attributes(fact)):
        canvas.lines(_LEFT, [Safe('<tspan class="value">{}</tspan>{}').format(value, texts[0].removeprefix(value)), *texts[1:]])
        canvas.down(6 - svg.LINE)  # close below the last line
        # The lines of the scale stand behind each mark only, where they cross no text.
        canvas.draw(*(svg.stroke("grid" if tick else "axis", x, canvas.y, x, canvas.y + 18) for tick, x in axis.marks()))
        canvas.draw(draw(fact, canvas.y + 2, axis.scale))
    canvas.down(22)
    return " ".join(texts)


def _ruler(canvas: svg.Canvas, axis: _Axis) -> None:
    """Draws the scale with its marks and its unit."""
    y = canvas.y
    canvas.draw(svg.stroke("axis", _LEFT, y, _LEFT + _SPAN, y), svg.line(svg.WIDTH // 2, y + 33, axis.unit, "tick"))
    for tick, x in axis.marks():
        canvas.draw(svg.stroke("axis", x, y, x, y + 4), svg.line(x, y + 17, f"{tick:f}", "tick"))


def _measured(fact: Fact) -> Amount:
    """The result as an amount, from zero upwards."""
    if not isinstance(fact, Outcome) or not isinstance(fact.value, Amount) or fact.value.bound or fact.value.exact < 0:
        raise Refused(f"'{fact.short_id}' is no measured result from zero upwards, so it can't be drawn; name others")
    return fact.value


def _bar(fact: Fact, y: int, scale: svg.Scale) -> Safe:
    """A bar from zero, and its interval across it."""
    bar = Safe('<rect class="bar" x="{}" y="{}" width="{}" height="14"/>\n')
    return bar.format(scale.left, y, svg.short(scale.length(_measured(fact).exact))) + _interval(fact, y + 7, scale)


def _point(fact: Fact, y: int, scale: svg.Scale) -> Safe:
    """A point and its interval."""
    point = Safe('<circle class="point" cx="{}" cy="{}" r="5"/>\n')
    return _interval(fact, y + 7, scale) + point.format(svg.short(scale.x(_measured(fact).exact)), y + 7)


def _interval(fact: Fact, y: int, scale: svg.Scale) -> Safe:
    if not fact.interval:
        return Safe()
    low, high = (svg.short(scale.x(end)) for end in (fact.interval.low, fact.interval.high))
    ends = ((low, y, high, y), (low, y - 4, low, y + 4), (high, y - 4, high, y + 4))
    return Safe().join(svg.stroke("interval", *each) for each in ends)


KINDS: dict[str, Callable[[Desk, Sequence[Fact]], list[svg.Panel]]] = {
    "bars": bars,
    "points": points,
    "timeline": lanes.timeline,
    "gene-transfer": gene_transfer,
}
