"""The records of changes: all of them as a table, the latest in a few lines, and of which medicines dose or warnings changed lately."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from macros.formulary import words
from macros.formulary.model import Change
from macros.formulary.monograph import Monograph
from macros.pages.files import page_of
from macros.pages.listing import CHANGES, placed
from macros.render.desk import Desk
from macros.render.markup import computed
from macros.render.safe import Safe
from macros.render.site_lists import shown
from macros.render.tables import Row, table

LATELY = timedelta(days=90)
_LINES = 2  # of the latest other changes, each of a day and a kind
_NAMED = 6  # medicines in each of them
_ALERTED, _DAYS = 12, 8  # medicines of a day, and days, that an alert names; the page of all changes names each
_LATEST = 100  # changes, where the years have pages of their own


def changes(desk: Desk, part: str = "") -> Safe:
    """What changed in the facts of the medicine, or of all of them on a page that belongs to none, the newest first, as a table.

    Of all of them only the latest, where there are so many that each year has a page of its own.
    """
    if desk.slug:
        return _table(desk, _found(desk))
    if part:
        return shown(desk, CHANGES, part, _table)
    found = _found(desk)
    if not placed(desk.formulary, CHANGES)[""].below:
        return _alerts(desk, found) + _table(desk, found)
    return _alerts(desk, found) + _table(desk, found[:_LATEST]) + shown(desk, CHANGES, "", _table)


def _table(desk: Desk, found: Sequence[tuple[Monograph, Change]]) -> Safe:
    kinds = desk.vocabulary.lists.changes
    rows = []
    for (slug, day, reason), same in groupby(found, key=lambda each: (each[0].slug, each[1].date, each[1].reason)):
        medicine = [] if desk.slug else [computed("medicine", _name(desk, desk.formulary.monographs[slug]))]
        kind = ", ".join(kinds[change.kind].word for _, change in reversed(list(same)))
        rows.append(Row([computed("change", words.full_date(day)), *medicine, computed("change", kind), computed("change", reason)]))
    head = ["Date", *([] if desk.slug else ["Medicine"]), "Kind", "What changed, and why"]
    return table("Changes, the newest first", head, rows, "changes")


def lately(desk: Desk) -> Safe:
    """Of which medicines dose, warnings, use or supply changed, then the latest others but for wording, a line for each day and kind."""
    found = _found(desk)
    kinds = desk.vocabulary.lists.changes
    groups: dict[tuple[date, str], dict[str, Monograph]] = {}
    for each, change in found:
        if not (kinds[change.kind].alerts or kinds[change.kind].wording):
            groups.setdefault((change.date, change.kind), {})[each.slug] = each
    line = Safe('<li>{} · <span class="kind">{}</span>: {}</li>\n')
    items = [
        line.format(words.full_date(day), kinds[kind].word, _names(desk, list(those.values()), _NAMED))
        for (day, kind), those in list(groups.items())[:_LINES]
    ]
    return _alerts(desk, found) + Safe('\n<ul class="lately" data-computed="changes">\n{}</ul>\n').format(Safe().join(items))


def _names(desk: Desk, monographs: Sequence[Monograph], most: int) -> Safe:
    """The names of medicines, of many the first with the number of the others."""
    named = monographs if len(monographs) <= most + 1 else monographs[:most]
    rest = f" and {len(monographs) - most} more" if len(monographs) > len(named) else ""
    return Safe("{}{}").format(Safe(", ").join(_name(desk, each) for each in named), rest)


def _found(desk: Desk) -> list[tuple[Monograph, Change]]:
    """The records of the page's medicine or of all, the last first."""
    monographs = [desk.monograph()] if desk.slug else list(desk.formulary.monographs.values())
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
    days: dict[date, list[Monograph]] = {}
    for each, when in latest.values():
        days.setdefault(when, []).append(each)
    told = [Safe("{} ({})").format(_names(desk, those, _ALERTED), words.full_date(when)) for when, those in list(days.items())[:_DAYS]]
    more = [Safe("{}").format(f"{len(days) - _DAYS} earlier days")] if len(days) > _DAYS else []
    what = "Dose, warning, use or supply changed"
    span = f"in the {LATELY.days} days up to {words.full_date(until)}"
    said = Safe("<strong>{}</strong> {}.").format(f"{what} {span}:", Safe("; ").join([*told, *more]) or "none")
    return Safe('\n<p class="alerts">{}</p>\n').format(computed("alerts", said))


def _day(desk: Desk) -> date:
    """The day of the data: the last on which a fact was checked or changed."""
    monographs = desk.formulary.monographs.values()
    changed = [change.date for each in monographs for change in each.changes.values()]
    return max([*changed, *(each.tally.newest for each in monographs)])


def _name(desk: Desk, monograph: Monograph) -> Safe:
    return Safe('<a href="{}">{}</a>').format(desk.href(page_of(monograph.slug)), desk.formulary.short_name(monograph))
