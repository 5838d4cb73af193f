"""Rules on the checklist of a medicine: what it names exists, its times are times, its examples follow from the rules they name."""

from collections.abc import Callable, Iterator

from macros.finding import Fault, Refused, nearest
from macros.formulary import timing
from macros.formulary.apart import complete
from macros.formulary.book import Formulary
from macros.formulary.checklist import Answer, Checklist, Rule
from macros.formulary.judging import judged
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.quantities import Amount
from macros.formulary.values import Gap, Statement, Value
from macros.rules.rule import rule


@rule("data", stops=True)
def checklist_known(book: Formulary) -> Iterator[Fault]:
    """A checklist names facts of its medicine that exist and need no block of their own, each once in an entry."""
    for monograph, checklist in _checklists(book):
        own = {fact.short_id: fact for fact in monograph.facts.values()}
        for keys, name in checklist.named():
            at = checklist.place(*keys)
            if name not in own:
                if not book.is_faulty(f"{monograph.slug}/{name}"):
                    yield Fault(at, f"{_said(keys)}: refers to the unknown fact '{name}'; {nearest(name, own)}")
            elif book.is_marked(own[name]):
                yield Fault(at, f"{_said(keys)}: '{name}' is {own[name].use} and needs a block of its own; leave it out")


@rule("data", stops=True)
def calendar_timed(book: Formulary) -> Iterator[Fault]:
    """A rule of a calendar has times that can be reckoned with, all of them by the same source's rule and counted from the same day."""
    for monograph, checklist in _checklists(book):
        if checklist.calendar is None or not _all_known(monograph, checklist):
            continue
        named = _by_name(monograph)
        calendar, since = checklist.calendar, dict[str, tuple[str, int]]()
        for key, track in calendar.tests.items():
            for number, each in enumerate(track.rules):
                at = checklist.place("calendar", "tests", key, "rules", number)
                values = [named(name).value for name in each.times or ()]
                if wrong := _untimed(each, values, named, calendar.through) or _of_several(book, [named(name) for name in each.named]):
                    yield Fault(at, f"{key}: {wrong}")
                for anchor in timing.anchors(values):
                    since.setdefault(anchor, at)
        for anchor in list(since)[1:]:
            message = f"counts from {anchor}, other times of the calendar from {next(iter(since))}; leave one of the two out"
            yield Fault(since[anchor], message)


@rule("data", stops=True)
def case_follows(book: Formulary) -> Iterator[Fault]:
    """A worked example applies all thresholds that its rule names, no others, and says what the same source says."""
    for monograph, checklist in _checklists(book):
        if not _all_known(monograph, checklist):
            continue
        named = _by_name(monograph)
        for key, case in checklist.cases.items():
            for number, answer in enumerate(case.answers):
                at = checklist.place("cases", key, "answers", number)
                for wrong in _not_following(book, answer, named):
                    yield Fault(at, f"{key}: {wrong}")
                try:
                    judged(case.given, named(answer.rule), [*map(named, answer.any)], [*map(named, answer.within)])
                except Refused as refused:
                    yield Fault(at, f"{key}: {refused}")


def _checklists(book: Formulary) -> Iterator[tuple[Monograph, Checklist]]:
    for monograph in complete(book).values():
        if monograph.checklist is not None:
            yield monograph, monograph.checklist


def _by_name(monograph: Monograph) -> Callable[[str], Fact]:
    return lambda name: monograph.facts[f"{monograph.slug}/{name}"]


def _all_known(monograph: Monograph, checklist: Checklist) -> bool:
    """Whether every fact that the checklist names is there; that one is not, checklist-known says."""
    return all(f"{monograph.slug}/{name}" in monograph.facts for _, name in checklist.named())


def _said(keys: tuple[str | int, ...]) -> str:
    """The entry by its last name."""
    return [str(key) for key in keys if isinstance(key, str) and key not in ("rules", "answers")][-1]


def _untimed(rule_: Rule, values: list[Value], named: Callable[[str], Fact], through: Amount) -> str:
    """What is wrong with the times of a rule; "" if nothing."""
    until = named(rule_.until).value if rule_.until else None
    if until is not None and not isinstance(until, Amount):
        return f"'{rule_.until}' is no amount, so no times can end there; name one that is"
    if not rule_.named:
        return "a rule names no fact; write 'says:', 'times:' or both"
    try:
        timing.times_of(values, until, through)
    except Refused as refused:
        return f"{', '.join(rule_.times or ())}: {refused}"
    return ""


def _of_several(book: Formulary, facts: list[Fact]) -> str:
    """Which facts of a rule hold elsewhere, or on other grounds, than the one that tells it; "" if none."""
    first = facts[0]
    for each in facts[1:]:
        if not set(first.jurisdictions) <= set(each.jurisdictions) or book.rests_elsewhere(first) != book.rests_elsewhere(each):
            return f"'{each.short_id}' is not of the same places and grounds as '{first.short_id}'; make it a rule of its own"
    return ""


def _not_following(book: Formulary, answer: Answer, named: Callable[[str], Fact]) -> Iterator[str]:
    """What an answer says that its rule does not."""
    stated = named(answer.rule)
    if isinstance(stated.value, Gap):
        if answer.named[1:]:
            yield f"'{answer.rule}' was not read, so nothing follows from it; delete what follows, or name the rule"
        return
    own = [name for each in stated.statements for name in each.references] if isinstance(stated.value, Statement) else []
    compared = [*answer.any, *answer.within]
    for name in compared:
        if name not in (*own, answer.rule):
            yield f"'{answer.rule}' names no threshold '{name}'; apply what the rule itself refers to"
    for name in own:
        if compared and isinstance(named(name).value, Amount) and name not in compared:
            yield f"'{answer.rule}' names '{name}', too; add it to 'any:' or 'within:', so that no condition of the rule is lost"
    for name in (*answer.then, *answer.otherwise):
        each = named(name)
        if set(each.jurisdictions).isdisjoint(stated.jurisdictions) or book.rests_elsewhere(each) != book.rests_elsewhere(stated):
            yield f"'{name}' is not of the same source as '{answer.rule}'; an answer says what one source says"
