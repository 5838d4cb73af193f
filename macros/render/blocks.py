"""What no block may hold together: things in front, those of each marked status inside a block of it."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from macros.formulary.model import Fact
from macros.render.desk import Desk
from macros.render.markup import opening
from macros.render.safe import Safe

T = TypeVar("T")


def in_blocks(
    desk: Desk,
    things: Iterable[T],
    uses: Callable[[T], list[str | None]],
    title: str,
    rendered: Callable[[list[T]], Safe],
) -> Safe:
    """The things that need no block of their own, then those of each marked status inside a block of it.

    `uses` gives the statuses of a thing, `rendered` the HTML of several; the search leaves the blocks out.
    """
    marked = desk.vocabulary.marked
    blocks: dict[str | None, list[T]] = {name: [] for name in (None, *marked)}
    for thing in things:
        blocks[next((use for use in uses(thing) if use in marked), None)].append(thing)
    parts = [rendered(free)] if (free := blocks[None]) else []
    block = Safe("\n\n/// {} | {} {{ data-unsearched }}\n\n{}\n\n///\n\n")
    for name, own in blocks.items():
        if own and name:
            parts.append(block.format(name, opening(desk, name, title), rendered(own)))
    return Safe().join(parts)


def use_of(fact: Fact) -> list[str | None]:
    """The use of a fact, as in_blocks() asks for it."""
    return [fact.use]
