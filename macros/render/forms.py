"""What the forms of a checklist are made of: a table to fill in, its cells, and a fact in short with all that it holds under."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from types import MappingProxyType

from macros.finding import Refused
from macros.formulary.checklist import Checklist
from macros.formulary.model import Fact
from macros.formulary.values import Gap, Statement
from macros.render.desk import Desk
from macros.render.markup import attributes, citations, computed, in_short, marks, places, untold, whole_context
from macros.render.safe import Safe, joined

NOT_THE_LABEL = "not the label"
NOTHING = Safe('<span class="nothing">nothing read</span>')


def checklist_of(desk: Desk) -> Checklist:
    """The checklist of the medicine whose page this is. Raises Refused if it has none."""
    own = desk.monograph().checklist
    if own is None:
        raise Refused("this medicine has no checklist; write checklist.yml beside its other data files, or delete the call")
    return own


def fact_of(desk: Desk, name: str) -> Fact:
    """The fact of this short id. Raises Refused if there is none."""
    return desk.fact(name, desk.monograph().slug)


def is_official(desk: Desk, fact: Fact) -> bool:
    """Whether the fact, or the gap, is of a label or a regulator, in a place that has one."""
    return bool(desk.formulary.authorities_of(fact)) and not desk.formulary.rests_elsewhere(fact)


def form(kind: str, caption: str, head: Sequence[str], body: Safe, legend: str = "", looks: Sequence[str] = ()) -> Safe:
    """A table to fill in; on paper the template puts medicine, version and the patient's name above it, on each sheet.

    `looks` are the classes of its columns, "" for none.
    """
    names = Safe().join(_column(name, look) for name, look in zip_longest(head, looks, fillvalue=""))
    below = Safe('<p class="form-legend">{}</p>\n').format(legend) if legend else Safe()
    return Safe(
        '\n<div class="form {kind}">\n<table class="facts form {kind}" data-unsearched>\n<caption>{caption}</caption>\n'
        "<thead><tr>{names}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"
        "{below}</div>\n"
    ).format(kind=kind, caption=computed("form", caption), names=names, body=body, below=below)


def _column(name: str, look: str) -> Safe:
    began = Safe('<th scope="col" class="{}">').format(look) if look else Safe('<th scope="col">')
    return began + Safe("{}</th>").format(name)


def row(name: str, cells: Safe, kind: str = "") -> Safe:
    """A row with its name and its cells; `kind` is the class of its style."""
    began = Safe('<tr class="{}">').format(kind) if kind else Safe("<tr>")
    return began + Safe('<th scope="row">{}</th>{}</tr>\n').format(name, cells)


def cell(head: str, text: Safe, width: int = 1, kind: str = "") -> Safe:
    """A cell with the name of its column, which stands before it where columns stand below each other; `kind` is the class of its style."""
    began = Safe('<td class="{}"').format(kind) if kind else Safe("<td")
    span = Safe(' colspan="{}"').format(width) if width > 1 else Safe()
    return began + Safe('{} data-h="{}">{}</td>').format(span, head, text or NOTHING)


TO_FILL = Safe('<td class="to-fill"></td>')


def entries(desk: Desk, facts: Iterable[Fact], asked: str, own: Sequence[str] = (), told: Mapping[str, str] = MappingProxyType({})) -> Safe:
    """The facts in short, each with its marks and sources, and before the first of each topic what kind of statement it is.

    The kind is told where it says how strong the statement is, as the topics of a card that warns do, or what a gap is a gap of.

    `asked` is the question, whose words no title says again; `own` are the places of a shared column, which stand before each fact;
    `told` names, by id, the column that tells it already.
    """
    kind, said = "", Safe()
    strong = {topic for card in desk.vocabulary.lists.cards.values() if card.alert for topic in card.topics}
    for fact in untold(list(facts)):
        where = ", ".join(place for place in fact.jurisdictions if place in own) if own else ""
        where = where or (places(desk, fact) if not is_official(desk, fact) else "")
        needed = fact.topic in strong or (isinstance(fact.value, Gap) and not fact.value.only)
        word = desk.vocabulary.lists.topics[fact.topic].word if needed else ""
        again = f"as {told[fact.id]}" if fact.id in told and not isinstance(fact.value, Gap) else ""
        text = computed("form", again) if again else _said(desk, fact, f"{word} {asked}")
        said = joined(said, entry(desk, fact, where, "" if word == kind else word, text))
        kind = word
    return said


def entry(desk: Desk, fact: Fact, where: str = "", kind: str = "", said: Safe | None = None) -> Safe:
    """A fact, or what is said of it, for a cell. Of a gap only its head: the monograph leads to the passages."""
    head = Safe('<span class="kind">{}:</span>').format(kind) if kind else Safe()
    place = Safe('<span class="where">{}:</span>').format(where) if where else Safe()
    text = joined(head, place, said or _said(desk, fact, ""), marks(desk, fact), citations(desk, [fact]))
    return Safe('<div class="entry" {}>{}</div>').format(attributes(fact), text)


def _said(desk: Desk, fact: Fact, beside: str) -> Safe:
    """The fact in short with all that it holds under; its title where it has no short form, or where that is no sentence.

    A title that `beside` says already is left out.
    """
    if isinstance(fact.value, Gap):
        return Safe('<span class="gap">{}</span>').format(fact.value.head)
    named = (not fact.short or not isinstance(fact.value, Statement)) and fact.title.lower() not in beside.lower()
    title = Safe("{}:").format(fact.title) if named else Safe()
    return joined(title, in_short(desk, fact), whole_context(desk, fact))


def speaker(desk: Desk, where: Sequence[str], official: bool) -> str:
    """Who speaks: the places, and whether it is a label or regulator there."""
    known = desk.vocabulary.lists.jurisdictions
    named = ", ".join(place if place in desk.formulary.authorities else known[place].word for place in where if place)
    return f"{named or 'General'}: {'label or regulator' if official else NOT_THE_LABEL}"
