"""The macros of what is printed and written on: a dose sheet, a handout. MACROS lists them; their docstrings open with a call."""

from macros.finding import Refused, nearest
from macros.formulary import dosing
from macros.pages.files import TABS
from macros.render import doses, paper
from macros.render.choosing import rules_of, unsaid, whole_numbers
from macros.render.desk import Desk
from macros.render.safe import Safe


def check_table(desk: Desk, first: int, last: int, caption: str) -> Safe:
    """`check_table(40, 150, caption="…")` – the same for every whole kilogram, in narrow columns that fit on one sheet of paper.

    Raises Refused if the weights don't rise or nobody has them, or if the dose can't be computed from the weight alone.
    """
    kilograms = whole_numbers(first, last, 1, 1, dosing.HEAVIEST, "kg")
    return doses.to_check(desk, rules_of(desk), kilograms, doses.facts_for(desk, desk.monograph().slug), caption)


def worksheet(desk: Desk, *what: str, caption: str) -> Safe:
    """`worksheet("dose/standard", "dose/volume-per-kg", caption="…")` – room for two people to work out a dose by these facts, and to sign.

    Raises Refused if the dose depends on the height as well, or if the caption is empty.
    """
    own = desk.monograph()
    if f"{own.slug}/dose/{dosing.Part.HIGHEST_BMI}" in own.facts:
        raise Refused("the dose depends on the height as well, so the body weight alone gives none; leave worksheet() out")
    return paper.worked_out(desk, dosing.dose_rules(own.facts, own.slug), unsaid(desk, what), caption)


def rate_steps(desk: Desk, caption: str) -> Safe:
    """`rate_steps(caption="…")` – the rates of an infusion one a row, with room for the clock times.

    Raises Refused if the rate never rises or is not known, or if the caption is empty.
    """
    return doses.steps(desk, rules_of(desk), doses.facts_for(desk, desk.monograph().slug, dosing.STEPPED), caption)


def brief(desk: Desk, *what: str) -> Safe:
    """`brief("dose/thaw")` – the same as list() for paper, where room is short: a line for each fact, with its title."""
    return paper.brief(desk, unsaid(desk, what))


def checks(desk: Desk, *what: str, caption: str) -> Safe:
    """`checks("contraindication", caption="…")` – facts to compare a patient with, each with boxes for no and yes to the caption.

    Of what was not read there is one more.
    """
    return paper.checks(desk, unsaid(desk, what), caption)


def fields(desk: Desk, *names: str) -> Safe:
    """`fields("Patient", "Ward")` – boxes with these names, to fill in by hand."""
    return paper.fields(names)


def imprint(desk: Desk, page: str) -> Safe:
    """`imprint("patient.md")` – what a printed sheet says of itself, and on which of the medicine's pages its sources stand.

    Raises Refused if a medicine has no such page.
    """
    if page not in TABS:
        raise Refused(f"a medicine has no page '{page}'; {nearest(page, TABS)}")
    return paper.imprint(desk, page)


def urgent(desk: Desk, *what: str) -> Safe:
    """`urgent("call")` – facts as sentences for patients, by how urgent each is.

    Raises Refused if a fact does not say how urgent it is.
    """
    facts = unsaid(desk, what)
    if silent := [each.short_id for each in facts if each.urgency is None]:
        raise Refused(f"'{silent[0]}' does not say how urgent it is; show it with plain()")
    return paper.urgent(desk, facts)


def panel(desk: Desk, title: str, *what: str) -> Safe:
    """`panel("Do", "do")` – facts as sentences for patients in a frame with a title, beside the next one where there is room."""
    return paper.panel(desk, title, unsaid(desk, what))
