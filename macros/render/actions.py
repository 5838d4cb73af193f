"""What to do on a finding, label first; and worked examples, in which each source's rule is applied to figures that are nobody's."""

from collections.abc import Sequence

from macros.finding import Refused
from macros.formulary.checklist import Answer, Case
from macros.formulary.judging import Compared, Judged, Verdict, judged
from macros.formulary.model import Fact
from macros.formulary.values import Gap
from macros.render.desk import Desk
from macros.render.forms import cell, checklist_of, entry, fact_of, form, is_official, row, speaker
from macros.render.markup import computed, untold, value_span
from macros.render.safe import Safe, joined


def actions(desk: Desk) -> Safe:
    """`actions()` – what to do on a finding, label first, and loud where it was not read; then what is not the label.

    Raises Refused if the medicine has no actions.
    """
    asked = checklist_of(desk).actions
    if not asked:
        raise Refused("the checklist of this medicine has no 'actions:'; write them there, or delete the call")
    found = {question.ask: [fact_of(desk, name) for name in question.facts] for question in asked.values()}
    body = Safe()
    for where, official in _speakers(desk, [fact for facts in found.values() for fact in facts]):
        said = {ask: _spoken_by(desk, facts, where, official) for ask, facts in found.items()}
        gaps = [fact for facts in said.values() for fact in facts if isinstance(fact.value, Gap)]
        if gaps:
            body += _loud(desk, speaker(desk, [where], official), gaps, len(said))
        known = {ask: [fact for fact in facts if fact not in gaps] for ask, facts in said.items()}
        if any(known.values()):
            cells = Safe().join(cell(ask, _entries(desk, untold(facts))) for ask, facts in known.items())
            body += row(speaker(desk, [where], official), cells)
    return form("actions", "What to do when a test is abnormal", ["Whose rule", *found], body)


def cases(desk: Desk) -> Safe:
    """`cases()` – worked examples: what each source says, computed from its own thresholds.

    Raises Refused if the medicine has none.
    """
    known = checklist_of(desk).cases
    if not known:
        raise Refused("the checklist of this medicine has no 'cases:'; write them there, or delete the call")
    return Safe().join(_case(desk, case) for case in known.values())


def _speakers(desk: Desk, facts: Sequence[Fact]) -> list[tuple[str, bool]]:
    """Each place with whether a label or regulator speaks there, those first, in the order of the vocabulary; "" is for no place."""
    order = (*desk.vocabulary.lists.jurisdictions, "")
    found = {(place, is_official(desk, fact)) for fact in facts for place in fact.jurisdictions or ("",)}
    return [(place, official) for official in (True, False) for place in order if (place, official) in found]


def _spoken_by(desk: Desk, facts: Sequence[Fact], where: str, official: bool) -> list[Fact]:
    return [fact for fact in facts if where in (fact.jurisdictions or ("",)) and is_official(desk, fact) is official]


def _loud(desk: Desk, speaker: str, gaps: Sequence[Fact], width: int) -> Safe:
    """The row that says what was not read of a label, across all columns."""
    said = Safe("<strong>Check the label first.</strong> ") + _entries(desk, gaps)
    return row(speaker, Safe('<td colspan="{}">{}</td>').format(width, said), "loud")


def _entries(desk: Desk, facts: Sequence[Fact]) -> Safe:
    return Safe().join(entry(desk, fact) for fact in facts)


def _case(desk: Desk, case: Case) -> Safe:
    figures = "; ".join(f"{each.what} {each.amount.written(desk.vocabulary)}" for each in case.given)
    caption = f"Example, no patient: {case.title} ({figures})"
    body = Safe()
    for answer in case.answers:
        rule = fact_of(desk, answer.rule)
        result = judged(case.given, rule, [fact_of(desk, name) for name in answer.any], [fact_of(desk, name) for name in answer.within])
        body += _answer(desk, rule, answer, result)
    return form("cases", caption, ("Whose rule", "Does it apply?", "What it says to do"), body)


def _answer(desk: Desk, rule: Fact, answer: Answer, result: Judged) -> Safe:
    applies = {Verdict.APPLIES: answer.then, Verdict.NO_FIGURE: answer.then, Verdict.NOT_REACHED: answer.otherwise}
    follows = [fact_of(desk, name) for name in applies.get(result.verdict, ())]
    compared = Safe("; ").join(_comparison(desk, each) for each in result.compared)
    said = joined(Safe("<strong>{}</strong>").format(result.verdict.value), compared)
    title = rule.value.head if isinstance(rule.value, Gap) else rule.title
    shown = entry(desk, rule, said=joined(Safe("{}:").format(title), said))
    cells = cell("Does it apply?", shown) + cell("What it says to do", _entries(desk, follows))
    kind = "loud" if result.verdict is Verdict.NOT_READ else ""
    return row(speaker(desk, rule.jurisdictions, is_official(desk, rule)), cells, kind)


def _comparison(desk: Desk, compared: Compared) -> Safe:
    """A threshold beside the figure of the example: ALT 1.6 × ULN, threshold ≥ 1.5 × ULN: reached."""
    threshold = value_span(desk, compared.threshold)
    if compared.given is None:
        return Safe("{} {}: not given in the example").format(compared.threshold.title, threshold)
    figure = computed("case", f"{compared.given.what} {compared.given.amount.written(desk.vocabulary)}")
    return Safe("{} against {}: {}").format(figure, threshold, "yes" if compared.holds else "no")
