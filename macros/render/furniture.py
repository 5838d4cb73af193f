"""The parts below the text of every page: sources, disclaimer."""

from macros.formulary.words import full_date
from macros.pages.files import DATA_OF_ALL, data_of
from macros.render import bibliography
from macros.render.desk import Desk
from macros.render.markup import computed
from macros.render.masthead import checked
from macros.render.safe import Safe, escape

_ADDRESSES = "What was read of each source, and its address in letters, stands under About, Sources."
DISCLAIMER = (
    "This page gives information and does not replace the label, local rules or the judgment of your own team. "
    "No clinician has reviewed it unless a reviewer is named above."
)


def sources(desk: Desk) -> Safe:
    """`sources()` – the numbered list of what this page cites; the last thing before `colophon()`."""
    return bibliography.cited(desk)


def colophon(desk: Desk) -> Safe:
    """`colophon()` – the end of every page: checked, check due, clinical review, data version, disclaimer."""
    own = desk.monograph() if desk.slug else None
    due = own.medicine.check_due if own else desk.formulary.check_due
    line = f"Next check due {full_date(due)}. Data version {desk.formulary.version}."
    if desk.numbers:
        line += f" {_ADDRESSES}"
    known = {name: entry.full for name, entry in desk.vocabulary.glossary.items() if entry.full}
    # A name that Markdown would act on is left to prose(), which escapes it; in text that is typed by hand it has no tooltip.
    # Nor has a number: Markdown numbers the HTML that it sets aside, and would put the tooltip there.
    plain = [name for name in known if escape(name) == name and any(map(str.isalpha, name))]
    tooltips = Safe().join(Safe("*[{}]: {}\n").format(name, known[name]) for name in plain)
    return Safe('\n<div class="colophon" role="note" data-unsearched>\n{}\n<p>{}</p>\n<p>{}</p>\n{}\n</div>\n\n{}\n').format(
        checked(desk, own).strip(), computed("colophon", line), DISCLAIMER, _for_programs(desk), tooltips
    )


def _for_programs(desk: Desk) -> Safe:
    """Where programs get all facts of the medicine, or of all."""
    files = data_of(desk.slug) if desk.slug else {"JSON": DATA_OF_ALL["index"], "CSV": DATA_OF_ALL["table"], "Atom": DATA_OF_ALL["feed"]}
    links = Safe(" · ").join(Safe('<a href="{}">{}</a>').format(desk.file(path), name) for name, path in files.items())
    return Safe('<p class="for-programs">For programs, as told under About, Data: {}</p>').format(links)
