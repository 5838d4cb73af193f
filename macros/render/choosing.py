"""What editors' words choose: facts by topic or id, the rules of a dose, a row of whole numbers."""

from collections.abc import Iterable, Sequence

from macros.finding import Refused, nearest
from macros.formulary import dosing, words
from macros.formulary.model import Fact
from macros.render.desk import Desk
from macros.render.markup import untold


def chosen(desk: Desk, what: Iterable[str], jurisdiction: str, use: str) -> list[Fact]:
    """The facts of the topics or ids; of a topic those that need a block of their own only when their use is asked for.

    Raises Refused if a topic, an id, a jurisdiction or a use is unknown, or if nothing is left.
    """
    lists, statuses = desk.vocabulary.lists, desk.vocabulary.statuses
    if use and use not in statuses:
        raise Refused(f"unknown use '{use}'; {nearest(use, statuses)}")
    if jurisdiction and jurisdiction not in lists.jurisdictions:
        raise Refused(f"unknown jurisdiction '{jurisdiction}'; {nearest(jurisdiction, lists.jurisdictions)}")
    facts = []
    for name in what:
        if "/" in name:
            facts.append(desk.fact(name))
            continue
        if name not in lists.topics:
            raise Refused(f"unknown topic '{name}'; {nearest(name, lists.topics)}")
        for found in desk.monograph().about(name):
            right_use = found.use == use if use else not desk.formulary.is_marked(found)
            if right_use and (not jurisdiction or jurisdiction in found.jurisdictions):
                facts.append(found)
    facts = untold(facts)
    if not facts:
        asked = " ".join(filter(None, (*what, jurisdiction, use)))
        raise Refused(f"no fact matches {asked}; change the topic, jurisdiction or use, or delete the call")
    return facts


def unsaid(desk: Desk, what: Sequence[str], jurisdiction: str = "", use: str = "") -> list[Fact]:
    """The same, to be shown now: of a topic without what the page has said already, so that nothing is said twice.

    Raises Refused as `chosen` does, and if all of it is said already.
    """
    named = set(what)
    facts = [each for each in chosen(desk, what, jurisdiction, use) if each.id not in desk.told or each.short_id in named]
    if not facts:
        raise Refused(f"all about {words.listed(list(what))} is said above already; delete the call, or name other topics")
    desk.told.update(each.id for each in facts)
    return facts


def rules_of(desk: Desk) -> dosing.DoseRules:
    """The rules of the dose of the page's medicine. Raises Refused if it can't be computed."""
    rules = dosing.dose_rules(desk.monograph().facts, desk.monograph().slug)
    if rules is None:
        wanted = ", ".join(f"dose/{name} in {unit}" for name, unit in dosing.PARTS.items())
        raise Refused(f"the dose can't be computed; give those that the label states as amounts above zero: {wanted}")
    return rules


def whole_numbers(first: int, last: int, step: int, least: int, most: int, unit: str) -> range:
    """The whole numbers from the first to the last, a step apart. Raises Refused if they don't rise or lie outside their bounds."""
    if step < 1 or not least <= first <= last <= most:
        raise Refused(f"no figures from {first} to {last} {unit} by {step}; write whole numbers that rise, from {least} to {most}")
    return range(first, last + 1, step)
