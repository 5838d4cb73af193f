"""Lists over the whole site that are made from the data: every name from A to Z, and the recalled versions."""

from macros.formulary import words
from macros.formulary.book import Monograph
from macros.formulary.values import Code, Terms
from macros.pages.files import page_of
from macros.render.markup import Desk, computed, escape


def a_to_z(desk: Desk) -> str:
    """Every name, code, class and disease in the order of the alphabet, with the medicine that it leads to."""
    entries = {(name, book.slug): book for book in desk.formulary.monographs.values() for name in _names(book)}
    groups: dict[str, list[str]] = {}
    for (name, _), book in sorted(entries.items(), key=lambda each: (each[0][0].lower(), each[0])):
        page = desk.href(page_of(book.slug))
        inn = escape(book.medicine.inn)
        line = f'<li>{computed("name", escape(name))}: <a href="{page}">{inn}</a></li>\n'
        groups.setdefault(name[0].upper() if name[0].isalpha() else "0–9", []).append(line)
    parts = [f"<h2>{computed('letter', letter)}</h2>\n<ul>\n{''.join(lines)}</ul>\n" for letter, lines in groups.items()]
    # A search for a name leads to the monograph, not to this list.
    return f"\n<div data-search-exclude>\n{''.join(parts)}</div>\n"


def _names(book: Monograph) -> set[str]:
    named = {book.medicine.inn, *book.medicine.brands, *book.medicine.also_searched, *book.medicine.class_, *book.medicine.diseases}
    for fact in [*book.about("alias"), *book.about("identifier")]:
        if isinstance(fact.value, Terms):
            named.update(fact.value.terms)
        elif isinstance(fact.value, Code):
            named.add(fact.value.text)
    return named


def recalls(desk: Desk) -> str:
    """The versions of which no offline copy may be used any more, the newest recall first."""
    found = sorted(desk.formulary.recalls.items(), key=lambda each: each[1].date, reverse=True)
    if not found:
        return f"\n<p>{computed('recalls', 'No version has been recalled.')}</p>\n"
    lines = []
    for version, recall in found:
        said = f"Destroy copies of version {version} (recalled {words.full_date(recall.date)}): {recall.why}"
        lines.append(f"<li>{computed('recall', escape(said))}</li>\n")
    return f'\n<ul class="recalls">\n{"".join(lines)}</ul>\n'
