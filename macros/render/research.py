"""The register of research: for each marked status one block with one table over all medicines, and below it what is not known."""

from collections.abc import Sequence

from macros.formulary.model import Fact, Trial
from macros.formulary.values import Code, Gap
from macros.pages.files import page_of
from macros.pages.listing import RESEARCH
from macros.render.desk import Desk
from macros.render.markup import (
    attributes,
    citations,
    computed,
    context,
    marks,
    noted,
    opening,
    outward,
    untold,
    value,
    where,
    whole_context,
)
from macros.render.safe import Safe, joined
from macros.render.site_lists import shown
from macros.render.tables import Row, table

_HEAD = ("What was tried or is told", "Medicine", "Trial and registry number", "Phase", "Place", "Source")


def register(desk: Desk, part: str = "") -> Safe:
    """Every fact on a use that is marked, over all medicines: a block for each status, in it a table, below the table its gaps."""
    return shown(desk, RESEARCH, part, _by_status)


def _by_status(desk: Desk, facts: Sequence[Fact]) -> Safe:
    marked = untold(list(facts))
    block = Safe("\n\n/// {} | {}\n\n{}\n\n///\n\n")
    parts = []
    for status in desk.vocabulary.marked:
        own = [fact for fact in marked if fact.use == status]
        if own:
            parts.append(block.format(status, opening(desk, status, "all medicines"), _told(desk, status, own)))
    return Safe().join(parts)


def _told(desk: Desk, status: str, facts: Sequence[Fact]) -> Safe:
    known = [fact for fact in facts if not isinstance(fact.value, Gap)]
    rows = [_row(desk, fact) for fact in _by_trial(known)]
    word = desk.vocabulary.statuses[status].word
    return (table(f"{word}: every entry of all medicines", _HEAD, rows, "register") if rows else Safe()) + _gaps(desk, facts)


def _by_trial(facts: Sequence[Fact]) -> list[Fact]:
    """The facts in their order, but what names a trial below the trial itself."""
    order = {fact.id: number for number, fact in enumerate(facts)}
    return sorted(facts, key=lambda fact: (order.get(f"{fact.slug}/{fact.trial}", order[fact.id]), order[fact.id]))


def _row(desk: Desk, fact: Fact) -> Row:
    """A fact with the trial that it is or comes from; the number of that trial stands beside it where it speaks of the same use."""
    trial = _trial(desk, fact)
    own = trial is fact
    said = Safe() if own and isinstance(fact.value, Code) else value(desk, fact)
    about = context(desk, trial.design, trial.population) if own and trial else whole_context(desk, fact)
    told = joined(noted(desk, fact, Safe("<strong>{}:</strong>").format(fact.title), said, about), marks(desk, fact))
    cells = [told, _medicine(desk, fact), _registered(desk, trial, own), _phase(trial), where(desk, fact)]
    return Row([*cells, citations(desk, [fact] if own or not trial else [fact, trial])], attributes(fact))


def _trial(desk: Desk, fact: Fact) -> Trial | None:
    """The trial that the fact is, or that it names, if that speaks of the same use."""
    named = fact if isinstance(fact, Trial) and fact.name else desk.fact(fact.trial, fact.slug) if fact.trial else None
    return named if isinstance(named, Trial) and named.use == fact.use else None


def _registered(desk: Desk, trial: Trial | None, own: bool) -> Safe:
    """The trial's name and number; the number leads to its record in the registry."""
    if trial is None:
        return Safe('<span class="nothing">none named</span>')
    number = Safe()
    if isinstance(trial.value, Code):
        number = outward(trial.value.text, trial.value.record) if trial.value.record else Safe("{}").format(trial.value.text)
        number = Safe("<br>") + number
    whole = Safe("{}{}").format(trial.name or trial.title, number)
    return whole if own else Safe("<span {}>{}</span>").format(attributes(trial), whole)


def _phase(trial: Trial | None) -> str:
    return trial.phase or "" if trial else ""


def _medicine(desk: Desk, fact: Fact) -> Safe:
    name = desk.formulary.short_name(desk.monograph(fact.slug))
    return computed("medicine", Safe('<a href="{}">{}</a>').format(desk.href(page_of(fact.slug)), name))


def _gaps(desk: Desk, facts: Sequence[Fact]) -> Safe:
    """What is not known, by why it is not, each with the medicine that it is not known of; empty if there is nothing."""
    heads: dict[str, list[Safe]] = {}
    for fact in facts:
        if isinstance(fact.value, Gap):
            entry = Safe("<span {}>{} ({})</span>").format(attributes(fact), fact.value.only or fact.title, _medicine(desk, fact))
            heads.setdefault(fact.value.word, []).append(entry)
    line = Safe('\n<p class="gaps"><span class="gap">{}:</span> {}. {}</p>\n')
    after = computed("gaps", "The monograph says what was searched or not read; this does not mean that there is none.")
    return Safe().join(line.format(word, Safe("; ").join(entries), after) for word, entries in heads.items())
