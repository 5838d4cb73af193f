"""Facts as lists: one an item, with what they share above and what is not known below."""

from collections.abc import Sequence

from macros.formulary.model import Fact
from macros.render.desk import Desk
from macros.render.groups import Shared, parted, shared, told_below, warned
from macros.render.markup import attributes, citations, noted, value, whole_context
from macros.render.safe import Safe, joined


def items(desk: Desk, facts: Sequence[Fact]) -> Safe:
    """The facts as a list: gaps that are warnings first, then what is known, and other gaps in a line at its end."""
    known, loud, quiet = parted(desk, facts)
    common = shared(desk, known)
    lines = Safe().join(_item(desk, fact, common) for fact in known)
    listed = Safe('\n<ul class="facts">\n{}</ul>\n').format(lines) if known else Safe()
    return warned(desk, loud) + common.line() + listed + told_below(desk, quiet)


def _item(desk: Desk, fact: Fact, common: Shared) -> Safe:
    """The fact as an item: title, value, context, note, and what it does not share with the others."""
    said = noted(desk, fact, value(desk, fact), whole_context(desk, fact))
    tail = joined(common.tail(desk, fact), citations(desk, [fact]))
    return Safe("<li {}><strong>{}:</strong> {} {}</li>\n").format(attributes(fact), fact.title, said, tail)
