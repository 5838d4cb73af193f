"""Lists of the whole site: every name from A to Z, and the recalled versions."""

from macros.formulary import words
from macros.formulary.book import Monograph
from macros.formulary.values import Code, Terms
from macros.pages.files import page_of
from macros.render.desk import Desk
from macros.render.markup import computed
from macros.render.safe import Safe


def a_to_z(desk: Desk) -> Safe:
    """Every name, code, class and disease in alphabetical order, each with a link to its medicine."""
    entries = {(name, each.slug): each for each in desk.formulary.monographs.values() for name in _names(each)}
    groups: dict[str, list[Safe]] = {}
    for (name, slug), monograph in sorted(entries.items(), key=lambda each: (each[0][0].lower(), each[0])):
        page = desk.href(page_of(slug))
        item = Safe('<li>{}: <a href="{}">{}</a></li>\n').format(computed("name", name), page, monograph.medicine.inn)
        groups.setdefault(name[0].upper() if name[0].isalpha() else "0–9", []).append(item)
    part = Safe("<h2>{}</h2>\n<ul>\n{}</ul>\n")
    parts = Safe().join(part.format(computed("letter", letter), Safe().join(items)) for letter, items in groups.items())
    # A search for a name leads to the monograph, not to this list.
    return Safe("\n<div data-search-exclude>\n{}</div>\n").format(parts)


def _names(monograph: Monograph) -> set[str]:
    medicine = monograph.medicine
    named = {medicine.inn, *medicine.brands, *medicine.also_searched, *medicine.class_, *medicine.diseases}
    for fact in [*monograph.about("alias"), *monograph.about("identifier")]:
        if isinstance(fact.value, Terms):
            named.update(fact.value.terms)
        elif isinstance(fact.value, Code):
            named.add(fact.value.text)
    return named


def recalls(desk: Desk) -> Safe:
    """The versions of which no offline copy may be used any more, the newest recall first."""
    found = sorted(desk.formulary.recalls.items(), key=lambda each: each[1].date, reverse=True)
    if not found:
        return Safe("\n<p>{}</p>\n").format(computed("recalls", "No version has been recalled."))
    items = []
    for version, recall in found:
        text = f"Destroy copies of version {version} (recalled {words.full_date(recall.date)}): {recall.why}"
        items.append(Safe("<li>{}</li>\n").format(computed("recall", text)))
    return Safe('\n<ul class="recalls">\n{}</ul>\n').format(Safe().join(items))
