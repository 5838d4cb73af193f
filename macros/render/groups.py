"""Facts that stand together: what they share is said once above them, and their gaps in one line below."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from macros.formulary.model import Fact
from macros.formulary.values import Gap, NotFound, OfPassages
from macros.formulary.words import full_date
from macros.render.desk import Desk
from macros.render.markup import attributes, closed, condition, marks, named, note, outward, passage_link, place, places
from macros.render.safe import Safe, joined

# Fewer facts are read at one glance, and each says its own; in a column, whose head is read anyway, fewer are enough.
_FEW, _FEW_IN_A_COLUMN = 3, 2


@dataclass(frozen=True)
class Shared:
    """What most facts of a group have in common: the words for their places, and their marks; empty if nothing.

    A fact that differs says its own in full. One that agrees says it to those who hear the page or search it.
    """

    places: str = ""
    marks: Safe = Safe()

    def line(self) -> Safe:
        """The line above the group; empty if nothing is shared."""
        said = joined(Safe('<span class="where">{}</span>').format(self.places) if self.places else "", self.marks)
        return Safe('\n<p class="shared">{} unless marked</p>\n').format(said) if said else Safe()

    def tail(self, desk: Desk, fact: Fact) -> Safe:
        """Place and marks of a fact: shown where they differ from what the group shares, else only heard."""
        agrees = (places(desk, fact), marks(desk, fact)) == (self.places, self.marks)
        return _heard(desk, fact, joined(place(desk, fact), marks(desk, fact)), agrees)

    def marks_of(self, desk: Desk, fact: Fact) -> Safe:
        """The marks alone, for a column whose head names the place."""
        own = marks(desk, fact)
        return _heard(desk, fact, own, own == self.marks)


def _heard(desk: Desk, fact: Fact, own: Safe, agrees: bool) -> Safe:
    """What a fact says of its own; only heard, if all of it agrees with the group."""
    return Safe('<span class="spoken agrees">{}</span>').format(own) if own and agrees and not _alone(desk, fact) else own


def _alone(desk: Desk, fact: Fact) -> bool:
    """Whether the fact says place and marks itself, even where all facts beside it share them."""
    return desk.vocabulary.lists.topics[fact.topic].alone


def shared(desk: Desk, facts: Sequence[Fact]) -> Shared:
    """What most of the facts share; nothing if one of them, whatever its topic, lacks a place or a mark that the others share.

    It would have nothing of its own to say against the line above it, and be read as one that agrees.
    """
    most = _of_most([Shared(places(desk, fact), marks(desk, fact)) for fact in facts if not _alone(desk, fact)], _FEW)
    lacking = most.places and not all(fact.jurisdictions for fact in facts)
    return Shared() if lacking or _unmarked(desk, facts, most) else most


def shared_in_column(desk: Desk, facts: Sequence[Fact]) -> Shared:
    """The marks that most facts of a column share, whose head names the place; nothing if one of them has none."""
    known = [fact for fact in facts if not isinstance(fact.value, Gap)]
    most = _of_most([Shared(marks=marks(desk, fact)) for fact in known if not _alone(desk, fact)], _FEW_IN_A_COLUMN)
    return Shared() if _unmarked(desk, known, most) else most


def _unmarked(desk: Desk, facts: Sequence[Fact], most: Shared) -> bool:
    """Whether a fact has no mark at all while most share one."""
    return bool(most.marks) and not all(marks(desk, fact) for fact in facts)


def _of_most(tails: Sequence[Shared], few: int) -> Shared:
    """What more than half of them say; nothing if they are fewer than few."""
    if len(tails) < few:
        return Shared()
    most, times = Counter(tails).most_common(1)[0]
    return most if times * 2 > len(tails) else Shared()


def parted(desk: Desk, facts: Sequence[Fact]) -> tuple[list[Fact], list[Fact], list[Fact]]:
    """The facts that say something, the gaps that are warnings of their own, and all other gaps."""
    topics = desk.vocabulary.lists.topics
    gaps = [fact for fact in facts if isinstance(fact.value, Gap)]
    loud = [fact for fact in gaps if topics[fact.topic].loud]
    return [fact for fact in facts if fact not in gaps], loud, [fact for fact in gaps if fact not in loud]


def warned(desk: Desk, gaps: Sequence[Fact]) -> Safe:
    """Gaps that are warnings of their own, each in a line with its kind, what is missing and where it would stand."""
    line = Safe('\n<p class="gap-loud" {}><strong>{}</strong> {}</p>\n')
    made = []
    for fact in gaps:
        told = Safe().join(each if isinstance(each, str) else passage_link(desk, each) for each in _gap(fact).rest())
        head = joined(f"{fact.title}:", Safe('<span class="gap">{}</span>.').format(_gap(fact).head))
        made.append(line.format(attributes(fact), head, joined(condition(desk, fact), place(desk, fact), told, note(desk, fact))))
    return Safe().join(made)


def told_below(desk: Desk, gaps: Sequence[Fact]) -> Safe:
    """The other gaps in one line: by their kind and where it would stand, what is not known, and for which places."""
    if not gaps:
        return Safe()
    groups: dict[Safe, list[Fact]] = {}
    for fact in gaps:
        head = joined(Safe('<span class="gap">{}</span>').format(_gap(fact).word), _where(desk, _gap(fact))) + ":"
        groups.setdefault(head, []).append(fact)
    parts = [closed(Safe("; ").join(_missing(desk, head, facts))) for head, facts in groups.items()]
    return Safe('\n<p class="gaps">{}</p>\n').format(Safe(" ").join(parts))


def _missing(desk: Desk, head: Safe, facts: Sequence[Fact]) -> Iterator[Safe]:
    """What is not known, fact by fact; what they have in common stands within the first of them, as its own words."""
    for number, fact in enumerate(facts):
        only = _gap(fact).only
        where = f"({places(desk, fact)})" if fact.jurisdictions else ""
        missing = joined(f"{fact.title}: {only}" if only else fact.title, condition(desk, fact), where, note(desk, fact))
        yield Safe("<span {}>{}</span>").format(attributes(fact), missing if number else joined(head, missing))


def in_cell(desk: Desk, fact: Fact) -> Safe:
    """A gap in few words for a cell: its kind, what is missing, and the parts to open."""
    return joined(Safe('<span class="gap">{}</span>').format(_gap(fact).head), _where(desk, _gap(fact)))


def _gap(fact: Fact) -> Gap:
    assert isinstance(fact.value, Gap)
    return fact.value


def _where(desk: Desk, gap: Gap) -> Safe:
    """Where it would stand, by the names of the parts, each linked to its source; or when and where it was searched."""
    if isinstance(gap, NotFound):
        return Safe("({})").format(f"searched {full_date(gap.on)}, {gap.where}")
    if not isinstance(gap, OfPassages):
        return Safe()
    links = []
    for passage in gap.passages:
        source = desk.formulary.sources[passage.source]
        speaks_for = named(desk, source.jurisdictions)
        name = " ".join(filter(None, (speaks_for, desk.vocabulary.lists.statements[source.statement].word, passage.part)))
        links.append(outward(name, source.link) if source.link else Safe("{}").format(name))
    return Safe("({})").format(Safe("; ").join(links))
