"""Rules on dose regimens: that doses stand in them, that groups neither overlap nor leave a gap, that nothing is said twice."""

from collections.abc import Iterator
from itertools import groupby

from macros.finding import Fault
from macros.formulary.apart import complete, facts_here
from macros.formulary.bands import Band, flaws
from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.regimens import Regimen
from macros.formulary.units import DOSED
from macros.formulary.values import Amount, Count, Gap, Range, Schedule, Statement, Terms
from macros.formulary.words import plainly
from macros.rules.rule import rule


@rule("data")
def dose_is_regimen(book: Formulary) -> Iterator[Fault]:
    """A dose stands in a regimen, so that no page can show its amount without group, division, interval and maximum."""
    topics, known = book.vocabulary.lists.topics, book.vocabulary
    for fact in facts_here(book):
        value = fact.value
        if not topics[fact.topic].regimens:
            continue
        dosed = isinstance(value, Amount | Range) and known.kind_of_unit(value.unit) in DOSED
        if dosed or isinstance(value, Schedule) or (isinstance(value, Count) and known.kind_of_unit(value.unit) in DOSED):
            message = f"{fact.short_id}: is a dose by itself, which could stand without its group, its interval or its maximum"
            yield Fault(fact.at, f"{message}; write it as 'regimen:', a maximum in the regimen that it limits")


@rule("data")
def groups_meet(book: Formulary) -> Iterator[Fault]:
    """The bands of a measure in regimens of one title and place neither overlap nor leave a gap between them."""
    for slug, monograph in complete(book).items():
        if any(name.startswith(f"{slug}/") for name in book.left_out):
            continue  # what could not be read would look like a gap
        regimens = [(fact, fact.value) for fact in monograph.facts.values() if isinstance(fact.value, Regimen)]
        for place in book.vocabulary.lists.jurisdictions:
            told = [(fact, value) for fact, value in regimens if place in fact.jurisdictions]
            yield from _flaws(book, told, place)


def _flaws(book: Formulary, told: list[tuple[Fact, Regimen]], place: str) -> Iterator[Fault]:
    for measure in book.vocabulary.lists.measures:
        sorts: dict[tuple[object, ...], list[tuple[Fact, Band]]] = {}
        for fact, value in told:
            if band := value.group.band(measure):
                # Units without a size, such as mg/dL and micromole/L, can't be compared with one another.
                unit = band.unit if book.vocabulary.units[band.unit].size is None else ""
                for under in fact.under or ("",):
                    key = (unit, fact.title, fact.use, under, fact.condition, value.medicine, value.route, value.group.without(measure))
                    sorts.setdefault(key, []).append((fact, band))
        # Facts under two indications that both have would be told twice.
        yield from dict.fromkeys(fault for group in sorts.values() for fault in _unmet(book, group, measure, place))


def _unmet(book: Formulary, group: list[tuple[Fact, Band]], measure: str, place: str) -> Iterator[Fault]:
    bands = [band for _, band in group]
    for first, second, flaw in flaws(bands, book.vocabulary):
        one, other = group[first][0], group[second][0]
        if bands[first] == bands[second]:
            continue  # the same group, which said_once_for_a_group judges
        ends = plainly(f"'{bands[first].written(book.vocabulary)}' and '{bands[second].written(book.vocabulary)}'")
        if flaw == "overlap":
            wrong = "overlap, so somebody has two doses; write 'below' before the end that does not count"
        else:
            wrong = "leave a gap, so somebody has no dose; close it, or add what the label says of it with 'withheld:'"
        yield Fault(other.at, f"{other.short_id}: its {measure} and that of {one.short_id} in {place}, {ends}, {wrong}")


@rule("data")
def said_once_for_a_group(book: Formulary) -> Iterator[Fault]:
    """Two facts of one title say two things only where group, place, population, time or condition tells them apart."""
    for monograph in complete(book).values():
        facts = sorted((fact for fact in monograph.facts.values() if _figured(fact)), key=lambda fact: (fact.title, fact.topic))
        for _, alike in groupby(facts, key=lambda fact: (fact.title, fact.topic)):
            yield from _twice(book, list(alike))


def _twice(book: Formulary, facts: list[Fact]) -> Iterator[Fault]:
    for number, fact in enumerate(facts):
        for other in facts[:number]:
            shared = set(fact.jurisdictions) & set(other.jurisdictions)
            together = bool(set(fact.under) & set(other.under)) or fact.under == other.under
            same = together and _apart(fact) == _apart(other) and fact.value != other.value
            if same and (shared or fact.jurisdictions == other.jurisdictions):
                where = f" in {sorted(shared)[0]}" if shared else ""
                message = f"says something else than {other.short_id}, which has the same title and group{where}"
                yield Fault(fact.at, f"{fact.short_id}: {message}; correct the one that is wrong, or say what tells them apart")


def _figured(fact: Fact) -> bool:
    return not isinstance(fact.value, Statement | Terms | Gap)


def _apart(fact: Fact) -> tuple[object, ...]:
    """All that can tell two facts of one title apart, but for their places and indications."""
    regimen = fact.value if isinstance(fact.value, Regimen) else None
    whose = (regimen.medicine, regimen.group, regimen.route) if regimen else ()
    measured = (fact.endpoint, fact.population, fact.n, fact.time, fact.statistic, fact.assay, fact.trial)
    return (*whose, fact.condition, fact.use, fact.evidence, getattr(fact, "event", None), measured, type(fact.value))
