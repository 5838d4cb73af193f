"""The list of all evidence of a medicine by section, and what became of the claims of the draft it started from."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from macros.formulary import words
from macros.formulary.model import Correction, Fact
from macros.formulary.naming import anchor_of
from macros.formulary.sourcing import UNREAD
from macros.formulary.values import Gap, OfPassages, Statement
from macros.render.blocks import in_blocks, use_of
from macros.render.desk import Desk
from macros.render.markup import (
    attributes,
    citations,
    computed,
    involved,
    marks,
    noted,
    numbered,
    value,
    value_span,
    where,
    whole_context,
    with_facts,
)
from macros.render.safe import Safe, joined
from macros.render.tables import Row, table

_HEAD = ("Fact", "Value", "Place, use and basis", "Source, with grade")
_SHORT = ("Fact", "Value", "Where", "Rests on")


def evidence(desk: Desk) -> Safe:
    """Every fact of the medicine with its use, evidence, sources and grades, under the section that it belongs to."""
    facts, ended = list(desk.monograph().facts.values()), desk.formulary.ended(desk.monograph())
    usual = Counter(fact.checked for fact in facts).most_common(1)[0][0]
    said = computed("checked", f"Checked {words.full_date(usual)}, unless the row names another day.")

    def rendered(chosen: list[Fact]) -> Safe:
        if any(desk.formulary.is_marked(fact) for fact in chosen):
            return _table(desk, "Facts of this use, with what each rests on", chosen, usual, ended)
        return _by_section(desk, chosen, usual, ended)

    above = Safe('\n<p class="checked-on">{}</p>\n').format(said)
    return above + in_blocks(desk, facts, use_of, "facts of this use", rendered)


def _by_section(desk: Desk, facts: Sequence[Fact], usual: date, ended: Collection[str]) -> Safe:
    """A table for each topic, and above them all a line of links to these."""
    topics = desk.vocabulary.lists.topics
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.topic, []).append(fact)
    # Each word in the order of the vocabulary, which is that of a monograph.
    order = [topic for topic in topics if topic in groups]
    links = Safe(" · ").join(Safe('<a href="#evidence-{}">{}</a>').format(topic, topics[topic].word) for topic in order)
    parts = [Safe('\n<p class="jump" data-computed="sections">{}</p>\n').format(links)]
    section = Safe('\n<section id="evidence-{}">{}</section>\n')
    parts += [section.format(topic, _table(desk, f"{topics[topic].word}: facts", groups[topic], usual, ended)) for topic in order]
    return Safe().join(parts)


def _table(desk: Desk, caption: str, facts: Sequence[Fact], usual: date, ended: Collection[str]) -> Safe:
    rows = [
        Row([_name(fact), _seen(desk, fact), _place(desk, fact, ended), _sources(desk, fact, usual)], _anchored(fact)) for fact in facts
    ]
    return table(caption, _HEAD, rows, "evidence", _SHORT)


def _anchored(fact: Fact) -> Safe:
    """The attributes of the row, which is the address of the fact for other programs."""
    return Safe('id="{}" {}').format(anchor_of(fact.id), attributes(fact))


def _name(fact: Fact) -> Safe:
    """Title, and in small type the id."""
    return Safe("{} <code>{}</code>").format(fact.title, fact.short_id)


def _place(desk: Desk, fact: Fact, ended: Collection[str]) -> Safe:
    """Where it holds, and in small type the use that the fact speaks of, what it rests on, and where no authorization is left."""
    lists, about = desk.vocabulary.lists, desk.formulary.word_of_use(fact)
    rests_on = lists.evidence.get(fact.evidence or "")
    basis = rests_on.word if rests_on else "gap" if isinstance(fact.value, Gap) else "product record"
    gone = [place for place in fact.jurisdictions if place in ended]
    over = [f"authorization ended: {', '.join(gone)}"] if gone else []
    return joined(where(desk, fact), Safe('<span class="rests">{}</span>').format(" · ".join(filter(None, [about, basis, *over]))))


def _seen(desk: Desk, fact: Fact) -> Safe:
    """The value with all that is said beside it; of an event what happened comes first, since a title may say "decision" of a refusal."""
    event = desk.formulary.event(fact)
    return joined(f"{event.word};" if event else "", noted(desk, fact, value(desk, fact), whole_context(desk, fact)), marks(desk, fact))


def _sources(desk: Desk, fact: Fact, usual: date) -> Safe:
    """Grade, number, whose statement and where in it, of each source; then the day of the check, where it is not the usual one."""
    found = _passages(desk, fact)
    for citation in fact.sources:
        source = desk.formulary.sources[citation.source]
        locator = f", {citation.locator}" if citation.locator else ""
        whose = desk.vocabulary.lists.statements[source.statement].word
        found.append(Safe("{} &#91;{}&#93; {}{}").format(citation.grade, numbered(desk, citation.source, [citation]), whose, locator))
    if besides := citations(desk, list(involved(desk, fact))[1:]):
        found.append(Safe("figures named in it: {}").format(besides))
    if fact.checked != usual:
        found.append(computed("checked", f"checked {words.full_date(fact.checked)}"))
    return Safe("; ").join(found) or Safe("none")


def _passages(desk: Desk, fact: Fact) -> list[str]:
    """Each passage that a gap speaks of, with how far it was read, and when."""
    if not isinstance(fact.value, OfPassages):
        return []
    found = []
    for passage in fact.value.passages:
        source = desk.formulary.sources[passage.source]
        extent, day = source.extent(passage.part) or UNREAD, source.read_on(passage.part)
        when = f" on {words.full_date(day)}" if day and extent != UNREAD else ""
        place = f", {passage.part}" if passage.part else ""
        found.append(f"{source.title}{place}: {desk.vocabulary.lists.extents[extent].word}{when}")
    return found


def corrections(desk: Desk) -> Safe:
    """Every claim of the draft: what is published instead, why, and in the last column the claim."""
    monograph = desk.monograph()

    def uses(correction: tuple[str, Correction]) -> list[str | None]:
        return [desk.fact(name).use for name in correction[1].published]

    def rendered(chosen: Sequence[tuple[str, Correction]]) -> Safe:
        rows = []
        for name, correction in chosen:
            facts = [desk.fact(short) for short in correction.published]
            published = Safe("<br>").join(
                joined(f"{fact.title}:", value_span(desk, fact), where(desk, fact), citations(desk, [fact])) for fact in facts
            )
            why = with_facts(desk, Statement(correction.why), monograph.slug) if correction.why else ""
            verdict = desk.vocabulary.lists.verdicts[correction.verdict].word
            claim = Safe('<span class="verdict">{}:</span> {}').format(verdict, correction.claim)
            cells = [computed("number", name), published, why, computed("draft-claim", claim)]
            rows.append(Row(cells, Safe('id="{}"').format(name)))
        return table(
            "Claims of the draft, with what is published instead",
            ("Number", "What we publish", "Why", "What the draft said"),
            rows,
            "corrections",
        )

    return in_blocks(desk, monograph.corrections.items(), uses, "claims of the draft", rendered)
