"""Parts of pages that are made from the data as a whole; REPORTS lists them by the names that editors use."""

from collections.abc import Callable

from macros.formulary import words
from macros.formulary.monograph import Monograph
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


def _aliases(monograph: Monograph) -> Safe:
    also = ", ".join(dict.fromkeys([*monograph.medicine.also_searched, *monograph.aliases]))
    return computed("aliases", f"Also called or searched as: {also}.")


def names(desk: Desk) -> Safe:
    """By which other names the medicine is known or searched."""
    return Safe('\n<p class="aliases">{}</p>\n').format(_aliases(desk.monograph()))


REPORTS: dict[str, Callable[[Desk], Safe]] = {
    "evidence": evidence.evidence,
    "corrections": evidence.corrections,
    "citation": citation,
    "names": names,
    "medicines": finder.medicines,
    "search-field": finder.search_field,
    "changed-lately": changed.lately,
    "official": official.pages,
    "report-to": official.reporting,
    "stats": counts.stats,
    "recalls": site_lists.recalls,
    "glossary": reference.glossary,
    "legend": reference.legend,
    "legend-in-short": reference.legend_in_short,
    "vocabulary": reference.vocabulary,
    "keys": reference.keys,
    "rules": reference.rules,
    "read": bibliography.what_was_read,
}

# The lists that grow with the site: what stands on their page, or in a part of them.
PARTED: dict[str, Callable[[Desk, str], Safe]] = {
    "a-to-z": site_lists.a_to_z,
    "by-class": site_lists.by_class,
    "by-disease": site_lists.by_disease,
    "by-status": site_lists.by_status,
    "research": research.register,
    "changes": changed.changes,
    "sources": bibliography.all_sources,
}
# All that report() takes.
NAMES = (*REPORTS, *PARTED)
# What is about all medicines stands on pages of none: the page of one is made, and judged, without the facts of the others.
OF_ALL = frozenset(("medicines", "changed-lately", "stats", "vocabulary", *PARTED)) - {"changes"}
