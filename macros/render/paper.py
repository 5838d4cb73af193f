"""What is printed and written on: fields to fill in, checks to answer, a dose that two people work out, what a sheet says of itself."""

from collections.abc import Sequence

from macros.formulary.dosing import DoseRules, amount_of
from macros.formulary.model import Fact
from macros.formulary.values import Gap, NotRead, Statement
from macros.formulary.words import full_date, listed
from macros.pages.files import page_of
from macros.pages.html import address_of
from macros.render.desk import Desk
from macros.render.doses import volume_name
from macros.render.markup import attributes, capitalized, citations, computed, marks, noted, place, value, whole_context
from macros.render.plainly import general, general_mark, items, plain_list
from macros.render.safe import Safe, escape, joined
from macros.render.tables import Row, table

_PER_KG = "/kg"
_NO_OR_YES = Safe('<span class="tick">no</span> <span class="tick">yes</span>')
_READ = Safe('<span class="tick">label read</span>')
_SIGNED = "Name, signature"


def fields(names: Sequence[str]) -> Safe:
    """A box for each of these names, to be filled in by hand."""
    boxes = Safe().join(Safe('<p class="field">{}</p>\n').format(name) for name in names)
    return Safe('\n<div class="fields">\n{}</div>\n').format(boxes)


def checks(desk: Desk, facts: Sequence[Fact], caption: str) -> Safe:
    """The facts in the words of their sources, each with a box for no and one for yes, which answer the caption.

    What was not read can be answered by nobody before it is: a box of its own says that somebody did.
    """
    items = Safe().join(
        _item(desk, fact, _with_note(desk, fact) if isinstance(fact.value, Gap) else _said(desk, fact), _boxes(fact)) for fact in facts
    )
    return Safe('\n<p class="checks-caption">{}</p>\n<ul class="facts checks">\n{}</ul>\n').format(caption, items)


def brief(desk: Desk, facts: Sequence[Fact]) -> Safe:
    """The facts as a list with all that they need beside them and their notes."""
    return Safe('\n<ul class="facts">\n{}</ul>\n').format(Safe().join(_item(desk, fact, _with_note(desk, fact)) for fact in facts))


def worked_out(desk: Desk, rules: DoseRules | None, facts: Sequence[Fact], caption: str) -> Safe:
    """The rules of a dose, with room for what the first and the second person worked out, the row of the table, and signatures.

    A fact for each kilogram gives the total dose or the volume; whatever else is named says how many vials that takes.
    Raises Refused if the caption is empty.
    """
    rows: dict[str, list[Safe]] = {}
    for fact in facts:
        rows.setdefault(_row(rules, fact), []).append(_rule(desk, fact))
    lines = [Row([name, Safe().join(said), "", "", ""]) for name, said in rows.items()]
    head = ("What", "Rule", "Worked out by", "Checked by", "In the table")
    return table(caption, head, [*lines, Row([_SIGNED, "", "", "", ""], Safe('class="signatures"'))], "worksheet two-people")


def _row(rules: DoseRules | None, fact: Fact) -> str:
    """What is worked out by the fact, with its unit: a total dose, a volume, or vials; of a gap its title."""
    if isinstance(fact.value, Gap):
        return fact.title
    amount = amount_of(fact.value)
    if amount is None or not amount.unit.endswith(_PER_KG):
        return "Vials"
    unit = amount.unit.removesuffix(_PER_KG)
    return f"{capitalized(volume_name(rules)) if unit == 'mL' else 'Total dose'} ({unit})"


def _rule(desk: Desk, fact: Fact) -> Safe:
    amount = amount_of(fact.value)
    before = "" if isinstance(fact.value, Statement) else f"{fact.title}:"
    if amount and amount.unit.endswith(_PER_KG):
        before = "Body weight (kg) ×"
    return Safe('<div class="entry" {}>{}</div>').format(attributes(fact), joined(before, _with_note(desk, fact)))


def _item(desk: Desk, fact: Fact, said: Safe, before: str = "") -> Safe:
    title = Safe("<strong>{}:</strong>").format(fact.title)
    return Safe("<li {}>{}</li>\n").format(attributes(fact), joined(before, title, said))


def _boxes(fact: Fact) -> Safe:
    return joined(_READ, _NO_OR_YES) if isinstance(fact.value, NotRead) else _NO_OR_YES


def _said(desk: Desk, fact: Fact) -> Safe:
    """The fact with all that it needs beside it but its note."""
    return joined(value(desk, fact), whole_context(desk, fact), place(desk, fact), marks(desk, fact), citations(desk, [fact]))


def _with_note(desk: Desk, fact: Fact) -> Safe:
    """The same and its note: whoever works out a dose or gives it by a sheet has nothing else at hand."""
    return noted(desk, fact, _said(desk, fact))


def imprint(desk: Desk, page: str) -> Safe:
    """What a printed sheet says of itself: medicine, data version, when checked, by whom reviewed, and on which page its sources stand."""
    own = desk.monograph()
    medicine, file = own.medicine, page_of(own.slug, page)
    reviewed = f"Reviewed by {listed([each.name for each in medicine.reviews])}." if medicine.reviews else "Not reviewed by a clinician."
    address = address_of(file).removesuffix("index.html")
    told = [
        Safe("<strong>{} ({})</strong>.").format(" / ".join(medicine.brands), medicine.inn),
        escape(f"Data version {desk.formulary.version}. Sources checked {full_date(own.checked)}. {reviewed}"),
        joined("Sources and exact words:", Safe('<a href="{}">{}</a>').format(desk.href(file), address), f"({desk.site})."),
    ]
    return Safe('\n<p class="imprint">{}</p>\n').format(computed("imprint", joined(*told)))


def urgent(desk: Desk, facts: Sequence[Fact]) -> Safe:
    """The facts as sentences for patients, by how urgent each is: the most urgent first, each level under its words.

    General advice is marked in each level, or above all of them if there is nothing else.
    """
    advice = general(desk, facts)
    mark, shown = (general_mark(desk, advice), items) if len(advice) == len(facts) else (Safe(), plain_list)
    levels = [(urgency.word, [fact for fact in facts if fact.urgency == name]) for name, urgency in desk.vocabulary.lists.urgencies.items()]
    parts = [
        Safe('<div class="level">\n<p class="level-word">{}</p>\n{}</div>\n').format(word, shown(desk, found))
        for word, found in levels
        if found
    ]
    return mark + Safe('\n<div class="urgent">\n{}</div>\n').format(Safe().join(parts))


def panel(desk: Desk, title: str, facts: Sequence[Fact]) -> Safe:
    """The facts as sentences for patients in a frame with a title; a second one stands beside it where there is room."""
    return Safe('\n<div class="panel">\n<p class="panel-title">{}</p>\n{}</div>\n').format(title, plain_list(desk, facts))
