"""Parts of pages that are made from the data as a whole; REPORTS lists them by the names that editors use."""

from collections.abc import Callable, Iterable
from itertools import chain

from macros.formulary import words
from macros.formulary.book import Monograph
from macros.pages.files import page_of
from macros.render import bibliography, changed, counts, evidence, finder, official, reference, research, site_lists
from macros.render.desk import Desk
from macros.render.markup import capitalized, computed
from macros.render.safe import Safe


def citation(desk: Desk) -> Safe:
    """How to cite a page of the medicine."""
    monograph = desk.monograph()
    line = (
        f"{desk.site}. {capitalized(monograph.medicine.inn)} ({words.listed(monograph.medicine.brands)}). "
        f"Data version {desk.formulary.version}, sources checked {words.full_date(monograph.checked)}."
    )
    return Safe('\n<p class="cite-as">{}</p>\n').format(computed("citation", line))


def _line(desk: Desk, monograph: Monograph) -> Safe:
    """A medicine in one line: its names, with a link to the monograph, and its diseases."""
    medicine = monograph.medicine
    return Safe('<strong><a href="{}">{}</a></strong> ({}), {}.').format(
        desk.href(page_of(monograph.slug)), medicine.inn, words.listed(medicine.brands), words.listed(medicine.diseases)
    )


def _aliases(monograph: Monograph) -> Safe:
    also = ", ".join(dict.fromkeys([*monograph.medicine.also_searched, *monograph.aliases]))
    return computed("aliases", f"Also called or searched as: {also}.")


def names(desk: Desk) -> Safe:
    """By which other names the medicine is known or searched."""
    return Safe('\n<p class="aliases">{}</p>\n').format(_aliases(desk.monograph()))


def _grouped(desk: Desk, key: Callable[[Monograph], Iterable[str]]) -> Safe:
    monographs = desk.formulary.monographs.values()
    groups = sorted(set(chain.from_iterable(map(key, monographs))), key=str.lower)
    parts = []
    for group in groups:
        items = Safe().join(Safe("<li>{}</li>\n").format(_line(desk, each)) for each in monographs if group in key(each))
        parts.append(Safe("\n<h3>{}</h3>\n<ul>\n{}</ul>\n").format(computed("group", group), items))
    return Safe().join(parts)


def by_class(desk: Desk) -> Safe:
    """The medicines under each class."""
    return _grouped(desk, lambda monograph: monograph.medicine.class_)


def by_disease(desk: Desk) -> Safe:
    """The medicines under each disease."""
    return _grouped(desk, lambda monograph: monograph.medicine.diseases)


def by_status(desk: Desk) -> Safe:
    """The medicines under each event of authorization and availability, with jurisdiction."""

    def states(monograph: Monograph) -> list[str]:
        return [f"{words.listed(fact.jurisdictions)}: {event.word}" for fact, event in desk.formulary.present(monograph) if event.listed]

    return _grouped(desk, states)


REPORTS: dict[str, Callable[[Desk], Safe]] = {
    "evidence": evidence.evidence,
    "corrections": evidence.corrections,
    "citation": citation,
    "names": names,
    "medicines": finder.medicines,
    "search-field": finder.search_field,
    "by-class": by_class,
    "by-disease": by_disease,
    "by-status": by_status,
    "research": research.register,
    "changes": changed.changes,
    "changed-lately": changed.lately,
    "official": official.pages,
    "report-to": official.reporting,
    "a-to-z": site_lists.a_to_z,
    "stats": counts.stats,
    "recalls": site_lists.recalls,
    "glossary": reference.glossary,
    "legend": reference.legend,
    "legend-in-short": reference.legend_in_short,
    "vocabulary": reference.vocabulary,
    "keys": reference.keys,
    "rules": reference.rules,
    "read": bibliography.what_was_read,
    "sources": bibliography.all_sources,
}
