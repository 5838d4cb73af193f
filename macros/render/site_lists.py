"""Lists of the whole site: every name from A to Z, and the recalled versions."""

from collections.abc import Mapping

from macros.formulary import words
from macros.formulary.book import Formulary, Monograph
from macros.formulary.values import Code, Terms
from macros.pages.files import page_of
from macros.render.desk import Desk
from macros.render.markup import computed
from macros.render.safe import Safe

_OTHER = "Codes and numbers"


def a_to_z(desk: Desk) -> Safe:
    """Every name, class and disease in alphabetical order, then every code, each in a line with links to its medicines."""
    names: dict[str, dict[str, Monograph]] = {}
    for each in desk.formulary.monographs.values():
        for name in searched_names(desk.formulary, each):
            names.setdefault(name, {})[each.slug] = each
    codes = {code for each in desk.formulary.monographs.values() for code in codes_of(each)}
    groups: dict[str, list[Safe]] = {}
    for name in sorted({*names, *codes}, key=lambda each: (each in codes or not each[0].isalpha(), each.lower(), each)):
        initial = _OTHER if name in codes or not name[0].isalpha() else name[0].upper()
        groups.setdefault(initial, []).append(_line(desk, name, names[name]))
    links = Safe(" ").join(Safe('<a href="#{}">{}</a>').format(_anchor(initial), initial) for initial in groups)
    # A search for a name leads to the monograph, not to this list.
    part = Safe('<section>\n<h2 id="{}" data-search-exclude>{}</h2>\n<ul>\n{}</ul>\n</section>\n')
    parts = Safe().join(part.format(_anchor(initial), computed("letter", initial), Safe().join(lines)) for initial, lines in groups.items())
    bar = Safe('\n<p class="letters" data-computed="letters">{}</p>\n').format(links)
    return bar + Safe('\n<div class="a-to-z" data-search-exclude>\n{}</div>\n').format(parts)


def _anchor(initial: str) -> str:
    return "codes" if initial == _OTHER else f"letter-{initial.lower()}"


def _line(desk: Desk, name: str, monographs: Mapping[str, Monograph]) -> Safe:
    """A name and the medicines that it leads to, by their brands; a brand is the link itself."""
    link = Safe('<a href="{}">{}</a>')
    links = [link.format(desk.href(page_of(slug)), desk.formulary.short_name(each)) for slug, each in monographs.items()]
    if [each.medicine.brand for each in monographs.values()] == [name]:
        return Safe("<li>{}</li>\n").format(computed("name", links[0]))
    return Safe("<li>{}: {}</li>\n").format(computed("name", name), Safe(", ").join(links))


def searched_names(book: Formulary, monograph: Monograph) -> list[str]:
    """By whatever people may look for the medicine, codes included, in alphabetical order."""
    medicine = monograph.medicine
    named = {medicine.inn, *medicine.brands, *book.searched(monograph), *medicine.class_, *medicine.diseases}
    named.update(term for fact in monograph.about("alias") if isinstance(fact.value, Terms) for term in fact.value.terms)
    return sorted(named | codes_of(monograph))


def codes_of(monograph: Monograph) -> set[str]:
    """The codes and numbers by which registers know the medicine."""
    found: set[str] = set()
    for fact in monograph.about("identifier"):
        if isinstance(fact.value, Terms):
            found.update(fact.value.terms)
        elif isinstance(fact.value, Code):
            found.add(fact.value.text)
    return found


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
