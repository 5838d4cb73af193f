"""The fictional medicine and a copy of it, side by side: what tests of pages about several medicines are made of."""

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.formulary.load import load
from macros.render import comparison
from macros.render.desk import Desk
from tests.conftest import SLUG, TODAY

OTHER = "fictivagene-secundavec"


def fact(
    name: str,
    topic: str,
    value: str,
    use: str = "approved",
    *,
    places: str = "US",
    evidence: str = "label",
    grade: str = "A",
    more: str = "",
) -> str:
    """A fact as it stands in a data file; `more` are further lines of it, with \\n after each."""
    used = f"  use: {use}\n" if use else ""
    said = f"  evidence: {evidence}\n" if evidence else ""
    spoken = f"  jurisdictions: [{places}]\n" if places else ""
    cited = f"  sources:\n    - {{source: exampla-label-us, grade: {grade}}}\n" if evidence else ""
    return f"{name}:\n  title: {name}\n  topic: {topic}\n  {value}\n{more}{used}{said}{spoken}{cited}  checked: 2026-01-10\n"


def asked(*rows: str) -> str:
    """A comparisons.yml with these rows, each the keys and values of one, in one group."""
    lines = "".join(
        f"        row-{number}: {{question: Question {word}, {row}}}\n"
        for number, (word, row) in enumerate(zip("ABCDEF", rows, strict=False))
    )
    return (
        "side-by-side:\n  disease: exampla disease\n  caption: Medicines\n  reminder: Do not compare\n"
        f"  groups:\n    first:\n      title: First\n      rows:\n{lines}"
    )


def beside(project: Path) -> Callable[..., Desk]:
    """A page of no medicine beside the fictional one and a copy of it; `added` comes to the copy's doses, `replaced` changes them.

    `rows` are those of the comparison, `file` is where what is added goes.
    """

    def loaded(
        added: str = "",
        replaced: tuple[str, str] = ("", ""),
        slug: str | None = None,
        rows: Sequence[str] = (),
        file: str = "dose",
    ) -> Desk:
        data = project / "macros/data" / OTHER
        shutil.copytree(project / "macros/data" / SLUG, data)
        medicine, changed = data / "medicine.yml", data / f"{file}.yml"
        medicine.write_text(
            re.sub(
                "inn: .*\nbrand: .*", "inn: fictivagene secundavec\nbrand: Secunda\nother_brands: [Secundex]", medicine.read_text("utf-8")
            ),
            "utf-8",
        )
        text = changed.read_text("utf-8")
        assert replaced[0] in text
        changed.write_text(text.replace(*replaced) + added, "utf-8")
        if rows:
            (project / "macros/data/comparisons.yml").write_text(asked(*rows), "utf-8")
        book, findings = load(project, TODAY)
        assert findings == []
        return Desk(book, slug)

    return loaded


def cell(node: LexborNode) -> str:
    """The text of a cell, its lines apart."""
    texts = [" ".join(each.text().split()) for each in node.css(".entry")] or [" ".join(node.text().split())]
    return " / ".join(texts)


def rows(html: str) -> dict[str, list[str]]:
    """The cells of each row by its head, as the eye sees them on a wide screen."""
    tree = LexborHTMLParser(html)
    for unseen in tree.css(".spoken, .cites, .of"):
        unseen.decompose()
    found = [[cell(each) for each in row.css("th, td")] for row in tree.css("tbody tr:not(.group)")]
    return {cells[0]: cells[1:] for cells in found}


def compared(desk: Callable[..., Desk], added: str, *rows_: str, file: str = "dose") -> list[str]:
    """What the row of a comparison says of the fictional medicine and of its copy, to which these facts come."""
    return next(iter(rows(comparison.compare(desk(added, rows=rows_, file=file), "side-by-side")).values()))
