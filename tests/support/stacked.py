"""What stands in another order than below one another: tables without their heads on a narrow screen, lists in columns."""

from collections.abc import Iterator, Sequence

from tests.support.laid_out import Node, below


def without_heads(rows: Sequence[Node]) -> Iterator[str]:
    """The faults of a table whose first row, that of the heads, is left out: each cell has to begin with words of its head."""
    heads = [_words(cell) for cell in rows[0].children]
    for row in rows[1:]:
        cells = [cell for cell in row.children if cell.name == "TD"]
        for cell, head in zip(cells, heads[1:], strict=False):
            first = cell.children[0] if cell.children else None
            if not first or "of" not in first.classes or not first.span or _words(first) not in head:
                yield f"{cell.said} does not begin with the name of its column"


def in_columns(node: Node) -> bool:
    """Whether what stands in it goes on at the top of a column to the right."""
    return any(node.style.get(name, "auto") != "auto" for name in ("column-count", "column-width"))


def _words(node: Node) -> str:
    return "".join(each.value for each in below(node) if each.name == "#text")
