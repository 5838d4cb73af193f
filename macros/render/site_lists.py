"""Lists of the whole site: every name from A to Z, medicines by class, disease and status, and the recalled versions.

A list is whole on its page, or in parts on pages of their own; `shown` prints what stands on either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from macros.finding import Refused, nearest
from macros.formulary import words
from macros.formulary.monograph import Monograph
from macros.pages import listing
from macros.pages.files import page_of
from macros.pages.listing import Listing, Named, Part, Step, searched_names as searched_names
from macros.render.desk import Desk
from macros.render.markup import computed
from macros.render.safe import Safe

_OTHER = "Codes and numbers"
# A name from A to Z that leads to more medicines, as a class does, leads to their list.
_NAMED = 12
Show = Callable[[Desk, Sequence[Any]], Safe]


def shown(desk: Desk, kind: Listing, at: str, show: Show) -> Safe:
    """What stands on the page of a part: its entries, and where narrower parts stand; on one of its own also the way to all others.

    Raises Refused if there is no such part.
    """
    parts = listing.placed(desk.formulary, kind)
    if at not in parts:
        raise Refused(f"no part of the list stands under '{at}'; {nearest(at, [name for name in parts if name] or [kind.page])}")
    part = parts[at]
    entries = show(desk, part.entries) if part.entries or not part.below else Safe()
    return _way_back(desk, kind, at, parts) + entries + _narrower(desk, kind, part)


def leads_to(desk: Desk, kind: Listing, step: Step) -> Safe:
    """Where the entries of a part stand: on its page, or on that of the list, from A to Z below its letter."""
    if step.at and step.at in listing.placed(desk.formulary, kind):
        return desk.href(kind.page_of(step.at))
    return desk.href(kind.page, _anchor(step.label) if kind is listing.NAMES else kind.name)


def some(items: Sequence[str], most: int) -> str:
    """The items as a phrase, of many the first with the number of the others."""
    return words.listed([*items[:most], f"{len(items) - most} more"] if len(items) > most + 1 else list(items))


def _way_back(desk: Desk, kind: Listing, at: str, parts: Mapping[str, Part]) -> Safe:
    """On the page of a part links to the whole list, to its widest parts and to the part that this one is of; on others nothing."""
    if not at:
        return Safe()
    above = parts[at].above
    up = [Safe('<a href="{}">{}</a>').format(desk.href(kind.page), f"{kind.title}, all parts")]
    if above:
        up.append(Safe('<a href="{}">{}</a>').format(desk.href(kind.page_of(above)), parts[above].label))
    here = Safe("<strong>{}</strong>").format(computed("part", parts[at].label))
    widest = Safe(" ").join(_link(desk, kind, step) for step in parts[""].below)
    line = Safe('\n<p class="jump" data-computed="letters">{} · {}</p>\n<p class="letters" data-computed="letters">{}</p>\n')
    return line.format(Safe(" · ").join(up), here, widest)


def _narrower(desk: Desk, kind: Listing, part: Part) -> Safe:
    """Links to the narrower parts with the number of their entries; nothing for a part that is whole."""
    if not part.below:
        return Safe()
    item = Safe("<li>{} {}</li>\n")
    items = Safe().join(item.format(_link(desk, kind, step), computed("count", f"{number:,}")) for step, number in part.below.items())
    return Safe('\n<ul class="ways" data-computed="letters">\n{}</ul>\n').format(items)


def _link(desk: Desk, kind: Listing, step: Step) -> Safe:
    return Safe('<a href="{}">{}</a>').format(desk.href(kind.page_of(step.at)), step.label)


def a_to_z(desk: Desk, part: str = "") -> Safe:
    """Every name, class and disease in alphabetical order, then every code, each in a line with links to its medicines."""
    return shown(desk, listing.NAMES, part, _alphabet)


def _alphabet(desk: Desk, names: Sequence[Named]) -> Safe:
    groups: dict[str, list[Safe]] = {}
    for each in sorted(names, key=lambda one: (one.is_code or not one.name[0].isalpha(), one.name.lower(), one.name)):
        initial = _OTHER if each.is_code or not each.name[0].isalpha() else each.name[0].upper()
        groups.setdefault(initial, []).append(_line(desk, each))
    links = Safe(" ").join(Safe('<a href="#{}">{}</a>').format(_anchor(initial), initial) for initial in groups)
    # A search for a name leads to the monograph, not to this list.
    part = Safe('<section>\n<h2 id="{}" data-unsearched>{}</h2>\n<ul>\n{}</ul>\n</section>\n')
    parts = Safe().join(part.format(_anchor(initial), computed("letter", initial), Safe().join(lines)) for initial, lines in groups.items())
    bar = Safe('\n<p class="letters" data-computed="letters">{}</p>\n').format(links) if len(groups) > 1 else Safe()
    return bar + Safe('\n<div class="a-to-z" data-unsearched>\n{}</div>\n').format(parts)


def _anchor(initial: str) -> str:
    return "codes" if initial == _OTHER else f"letter-{initial.lower()}"


def _line(desk: Desk, named: Named) -> Safe:
    """A name and the medicines that it leads to, by their brands; a brand is the link itself, a large class leads to its list."""
    link = Safe('<a href="{}">{}</a>')
    if len(named.monographs) > _NAMED and not named.is_code:
        kind = listing.CLASSES if any(named.name in each.medicine.class_ for each in named.monographs) else listing.DISEASES
        many = link.format(_group_at(desk, kind, named.name), f"{len(named.monographs):,} medicines")
        return Safe("<li>{}: {}</li>\n").format(computed("name", named.name), computed("count", many))
    links = [link.format(desk.href(page_of(each.slug)), desk.formulary.short_name(each)) for each in named.monographs]
    if [each.medicine.brand for each in named.monographs] == [named.name]:
        return Safe("<li>{}</li>\n").format(computed("name", links[0]))
    return Safe("<li>{}: {}</li>\n").format(computed("name", named.name), Safe(", ").join(links))


def _group_at(desk: Desk, kind: Listing, group: str) -> Safe:
    """Where the medicines of a class or a disease stand: on the page of the narrowest part that has them all."""
    parts = listing.placed(desk.formulary, kind)
    there = [step for step in listing.of_group(group) if step.at in parts]
    return leads_to(desk, kind, there[-1] if there else Step("", ""))


def by_class(desk: Desk, part: str = "") -> Safe:
    """The medicines under each class."""
    return shown(desk, listing.CLASSES, part, _grouped)


def by_disease(desk: Desk, part: str = "") -> Safe:
    """The medicines under each disease."""
    return shown(desk, listing.DISEASES, part, _grouped)


def by_status(desk: Desk, part: str = "") -> Safe:
    """The medicines under each event of authorization and availability, with jurisdiction."""
    return shown(desk, listing.STATUSES, part, _grouped)


def _grouped(desk: Desk, entries: Iterable[tuple[str, Monograph]]) -> Safe:
    groups: dict[str, list[Monograph]] = {}
    for group, monograph in entries:
        groups.setdefault(group, []).append(monograph)
    made = []
    for group in sorted(groups, key=str.lower):
        items = Safe().join(Safe("<li>{}</li>\n").format(_in_a_line(desk, each)) for each in groups[group])
        made.append(Safe("\n<h3>{}</h3>\n<ul>\n{}</ul>\n").format(computed("group", group[:1].upper() + group[1:]), items))
    return Safe().join(made)


def _in_a_line(desk: Desk, monograph: Monograph) -> Safe:
    """A medicine in one line: its names, with a link to the monograph, and its diseases."""
    medicine = monograph.medicine
    return Safe('<strong><a href="{}">{}</a></strong> ({}), {}.').format(
        desk.href(page_of(monograph.slug)), medicine.inn, words.listed(medicine.brands), words.listed(medicine.diseases)
    )


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
