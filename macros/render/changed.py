"""The records of changes: all of them as a table, the latest in a few lines, and of which medicines dose or warnings changed lately."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from macros.formulary import words
from macros.formulary.book import Monograph
from macros.formulary.model import Change
from macros.pages.files import page_of
from macros.render.desk import Desk
from macros.render.markup import computed
from macros.render.safe import Safe
from macros.render.tables import Row, table

LATELY = timedelta(days=90)
_LATEST = 4  # lines


def changes(desk: Desk) -> Safe:
    """What changed in the facts of the medicine, or of all of them on a page that belongs to none, the newest first, as a table."""
    found = _found(desk)
    kinds = desk.vocabulary.lists.changes
    rows = []
    for (slug, day, reason), same in groupby(found, key=lambda each: (each[0].slug, each[1].date, each[1].reason)):
        medicine = [] if desk.slug else [computed("medicine", _name(desk, desk.formulary.monographs[slug]))]
        kind = ", ".join(kinds[change.kind].word for _, change in reversed(list(same)))
        rows.append(Row([computed("change", words.full_date(day)), *medicine, computed("change", kind), computed("change", reason)]))
    head = ["Date", *([] if desk.slug else ["Medicine"]), "Kind", "What changed, and why"]
    above = Safe() if desk.slug else _alerts(desk, found)
    return above + table("Changes, the newest first", head, rows, "changes")


def lately(desk: Desk) -> Safe:
    """The latest changes, a line for each day and kind, then of which medicines dose, warnings, use or supply changed."""
    found = _found(desk)
    groups: dict[tuple[date, str], dict[str, Safe]] = {}
    for each, change in found:
        link = Safe('<a href="{}">{}</a>').format(desk.href(page_of(each.slug)), desk.formulary.short_name(each))
        groups.setdefault((change.date, change.kind), {})[each.slug] = link
    line = Safe('<li>{} · <span class="kind">{}</span>: {}</li>\n')
    items = [
        line.format(words.full_date(day), desk.vocabulary.lists.changes[kind].word, Safe(", ").join(links.values()))
        for (day, kind), links in list(groups.items())[:_LATEST]
    ]
    return Safe('\n<ul class="lately" data-computed="changes">\n{}</ul>\n').format(Safe().join(items)) + _alerts(desk, found)


def _found(desk: Desk) -> list[tuple[Monograph, Change]]:
    monographs = [desk.monograph()] if desk.slug else list(desk.formulary.monographs.values())
    # The last record of a day comes first, as the last day does.
    found = [(each, change) for each in monographs for change in reversed(list(each.changes.values()))]
    return sorted(found, key=lambda each: each[1].date, reverse=True)


def _alerts(desk: Desk, found: Iterable[tuple[Monograph, Change]]) -> Safe:
    """Of which medicines a change that people have to know of was recorded in the 90 days before the data was last checked or changed.

    It goes by the data's own day and not by the reader's, which no page knows; so the day is named.
    """
    found = list(found)
    kinds = desk.vocabulary.lists.changes
    until = _day(desk)
    latest: dict[str, tuple[Monograph, date]] = {}
    for monograph, change in found:
        if kinds[change.kind].alerts and until - change.date <= LATELY:
            latest.setdefault(monograph.slug, (monograph, change.date))
    names = [f"{desk.formulary.short_name(each)} ({words.full_date(when)})" for each, when in latest.values()]
    what = "Dose, warning, use or supply changed"
    span = f"in the {LATELY.days} days up to {words.full_date(until)}"
    return Safe('\n<p class="alerts"><strong>{}</strong></p>\n').format(
        computed("alerts", f"{what} {span}: {words.listed(names) or 'none'}.")
    )


def _day(desk: Desk) -> date:
    """The day of the data: the last on which a fact was checked or changed."""
    monographs = desk.formulary.monographs.values()
    changed = [change.date for each in monographs for change in each.changes.values()]
    return max([*changed, *(fact.checked for fact in desk.formulary.facts.values())])


def _name(desk: Desk, monograph: Monograph) -> Safe:
    return Safe('<a href="{}">{}</a>').format(desk.href(page_of(monograph.slug)), desk.formulary.short_name(monograph))
