"""Rules on the comparisons of medicines: what they set side by side has to be there."""

from collections.abc import Collection, Iterator

from macros.finding import Fault, nearest
from macros.formulary.book import Formulary
from macros.formulary.comparisons import Comparison
from macros.formulary.monograph import Monograph
from macros.formulary.record import Placed
from macros.formulary.side_by_side import answers, compared, named
from macros.rules.rule import rule


@rule("data", stops=True)
def comparison_answered(book: Formulary) -> Iterator[Fault]:
    """A comparison has medicines, and each of its rows names facts and topics that there are, of which one may stand in it."""
    if book.monographs.keys() != book.names.called.keys():  # one beside the names of all can't answer for the others
        return
    for comparison in book.comparisons.values():
        medicines = compared(book, comparison)
        if not medicines and not book.left_out:
            known = [name for each in book.monographs.values() for name in each.medicine.diseases]
            yield Fault(comparison.at, f"{comparison.id}: no medicine is for '{comparison.disease}'; {nearest(comparison.disease, known)}")
        if medicines and not book.left_out:  # a fact that was left out may be the one that is named
            yield from _unanswered(book, comparison, medicines)
        yield from _named_again(comparison)


def _unanswered(book: Formulary, comparison: Comparison, medicines: Collection[Monograph]) -> Iterator[Fault]:
    """Each name in a row that names nothing, and each row that no medicine has an answer to."""
    topics = book.vocabulary.lists.topics
    ids = [name for each in medicines for fact in each.facts.values() for name in (fact.short_id, fact.id)]
    answered = list(zip(*(answers(book, comparison, each) for each in medicines), strict=True))
    for row, found in zip(comparison.rows, answered, strict=True):
        unknown = [name for name in row.show or () if name not in topics and not any(named(each, name) for each in medicines)]
        for name in unknown:
            near = nearest(name, ids if "/" in name else topics)
            yield Fault(row.at, f"'{row.question}': no fact and no topic is called '{name}'; {near}")
        if row.show and not unknown and not any(found):
            yield Fault(
                row.at, f"'{row.question}': no medicine has a fact for it that may stand outside a block; name others, or delete it"
            )


def _named_again(comparison: Comparison) -> Iterator[Fault]:
    """Each group or row that has the name of another one, so that a link would lead to the first."""
    seen: dict[str, Placed] = {}
    for name, record in comparison.names:
        if name in seen:
            yield Fault(record.at, f"'{name}' stands twice in {comparison.id}; give one of the two another name")
        seen.setdefault(name, record)
