"""What stands in another order than side by side in rows: tables on a narrow screen, lists in columns."""

import re
from collections.abc import Iterator, Sequence

from tests.support.laid_out import Node, below

# Columns whose cells need no name before them.
_PLAIN = ("Value", "Source")


def below_each_other(rows: Sequence[Node]) -> Iterator[str]:
    """The faults of a table whose columns stand below each other: each cell has to begin with words or the short name of its head."""
    heads = [_words(cell) for cell in rows[0].children]
    for row in rows[1:]:
        cells = [cell for cell in row.children if cell.name == "TD"]
        for cell, head in zip(cells, heads[1:], strict=False):
            first = cell.children[0] if cell.children else None
            if head in _PLAIN or not cell.box or "colspan" in cell.attributes:  # what names itself; nothing to say; all columns
                continue
            named = first and first.generated and first.shown.strip() == cell.attributes.get("data-h", "")
            if not first or not (named or ("of" in first.classes and first.span and _words(first) in head)):
                yield f"{cell.said} does not begin with the name of its column"


def in_columns(node: Node) -> bool:
    """Whether what stands in it goes on at the top of a column to the right."""
    return node.style.get("display") == "grid" or any(node.style.get(name, "auto") != "auto" for name in ("column-count", "column-width"))


def _words(node: Node) -> str:
    return "".join(each.value for each in below(node) if each.name == "#text")


def bare(text: str) -> str:
    """The text without spaces, of which a line drops and joins some."""
    return re.sub(r"\s+", "", text)
