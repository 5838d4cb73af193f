"""The calendar of tests after treatment: a form with a row for each time, in whose cells stands whose rule asks for the test."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from macros.finding import Refused
from macros.formulary import timing, words
from macros.formulary.checklist import Calendar, Rule
from macros.formulary.model import Fact
from macros.formulary.quantities import Amount
from macros.formulary.schedules import Schedule, Step
from macros.render.desk import Desk
from macros.render.forms import cell, checklist_of, entry, fact_of, form, is_official, row
from macros.render.markup import computed, places
from macros.render.safe import Safe

_BLANK = Safe("<td></td>")
_NOT_DUE = Safe("–")
# In cells, of which there are many.
_NOT_LABEL = "not label"
_LEAST = "at least until then"


def calendar(desk: Desk) -> Safe:
    """`calendar()` – the tests after treatment as a form to fill in: a row for each time, a column for each test, and whose rule it is.

    Raises Refused if the medicine has no calendar, or if a fact that it names states no time.
    """
    known = checklist_of(desk).calendar
    if known is None:
        raise Refused("the checklist of this medicine has no 'calendar:'; write it there, or delete the call")
    tracks = [[_timed(desk, rule, known) for rule in track.rules] for track in known.tests.values()]
    since = timing.anchors(fact.value for track in tracks for each in track for fact in each.facts)
    tests = [track.test for track in known.tests.values()]
    body = _whose(desk, tests, tracks) + _visit("Before treatment", tests, [Safe("baseline")] * len(tests))
    for name, when in timing.rows(each.times for track in tracks for each in track):
        body += _visit(name, tests, [_due(desk, track, name, when) for track in tracks])
    after = f"After {timing.row_name(timing.days(known.through)).lower()}"
    body += _visit(after, tests, [_later(desk, track) for track in tracks])
    caption = "Monitoring calendar" + (f", counted from {words.listed(since)}" if since else "")
    legend = (
        "A cell names whose rule asks for the test at that time; where an interval is a range, the form has room for the shortest. "
        "A dash: no rule in what we read asks for it then, which does not mean that there is none. Check the label."
    )
    return form("calendar", caption, ["When", "Date", *tests, "Initials"], body, legend)


@dataclass(frozen=True, slots=True)
class _Timed:
    """A rule of a test: the fact that tells it, the facts of its times, when they are, and the names of the rows that these stand in."""

    told: list[Fact]
    facts: list[Fact]
    times: timing.Times
    rows: frozenset[str]


def _timed(desk: Desk, rule: Rule, known: Calendar) -> _Timed:
    facts = [fact_of(desk, name) for name in rule.times or ()]
    until = fact_of(desk, rule.until).value if rule.until else None
    if until is not None and not isinstance(until, Amount):
        raise Refused(f"'{rule.until}' is no amount, so no times can end there; name one that is")
    told = [fact_of(desk, rule.says)] if rule.says else facts
    times = timing.times_of([fact.value for fact in facts], until, known.through)
    return _Timed(told, facts, times, frozenset(map(timing.row_name, times.due)))


def _whose(desk: Desk, tests: Sequence[str], tracks: Sequence[Sequence[_Timed]]) -> Safe:
    cells = _BLANK
    for test, track in zip(tests, tracks, strict=True):
        told = [fact for each in track for fact in each.told]
        cells += cell(test, Safe().join(entry(desk, fact, places(desk, fact)) for fact in told))
    return row("Whose rule, and when", cells + _BLANK, "rules")


def _visit(name: str, tests: Sequence[str], cells: Sequence[Safe]) -> Safe:
    filled = Safe().join(cell(test, text or _NOT_DUE, kind="" if text else "not-due") for test, text in zip(tests, cells, strict=True))
    return row(computed("calendar", name), _BLANK + filled + _BLANK)


def _due(desk: Desk, track: Sequence[_Timed], name: str, when: Fraction) -> Safe:
    """Whose rules ask for the test in a row; a rule without an interval says so in its own words."""
    by: list[tuple[Fact, str]] = []
    for each in track:
        if name in each.rows:
            by.append((each.told[0], ""))
        elif each.times.open is not None and when > each.times.open:
            by.append((each.told[0], each.times.then))
    return _askers(desk, by)


def _later(desk: Desk, track: Sequence[_Timed]) -> Safe:
    """Whose rules go on after the last row."""
    by = [(each.told[0], _how_often(desk, each)) for each in track if each.facts and each.times.goes_on]
    return _askers(desk, by) or Safe("no rule in what we read")


def _how_often(desk: Desk, rule: _Timed) -> str:
    """How a rule goes on after the last row: in its own words, or by the interval of its last step."""
    last = rule.facts[-1].value
    often = Step(last.steps[-1].every, last.steps[-1].times).written(desk.vocabulary) if isinstance(last, Schedule) else ""
    return rule.times.then or _LEAST * rule.times.least or often


def _askers(desk: Desk, by: Sequence[tuple[Fact, str]]) -> Safe:
    """Whose rules they are: those of labels and regulators first, then, marked, the others."""
    own, other = ([pair for pair in by if is_official(desk, pair[0]) is official] for official in (True, False))
    named = [Safe(", ").join(dict.fromkeys(_asker(desk, fact, then) for fact, then in pairs)) for pairs in (own, other)]
    parts = [named[0], Safe("{}: {}").format(_NOT_LABEL, named[1]) if named[1] else Safe()]
    text = Safe("; ").join(filter(None, parts))
    return computed("calendar", text) if text else Safe()


def _asker(desk: Desk, fact: Fact, then: str) -> Safe:
    weak = "weak source" if desk.formulary.weak_for(fact) else ""
    beside = "; ".join(filter(None, (then, weak)))
    return Safe("{}").format(places(desk, fact) + (f" ({beside})" if beside else ""))
