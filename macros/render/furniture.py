"""What stands above and below every page: availability, checked and due dates, sources, disclaimer."""

from macros.formulary.book import Monograph
from macros.formulary.values import Day
from macros.formulary.words import full_date
from macros.pages.files import page_of
from macros.render import bibliography
from macros.render.markup import Desk, attributes, bare_value, citations, computed, condition, escape, joined, where

# From this many days before the next check is due, pages say so.
DUE_SOON = 60
DISCLAIMER = (
    "This page gives information and does not replace the label, local rules or the judgment of your own team. "
    "No clinician has reviewed it unless a reviewer is named above."
)


def availability(desk: Desk) -> str:
    """`availability()` – the banner above the title that says what is known of the supply."""
    lines = []
    for found, event in desk.formulary.present(desk.monograph()):
        if event.banner:
            day = f"({bare_value(desk, found)})" if isinstance(found.value, Day) else ""
            head = f"{where(desk, found)}: {escape(event.word)}"
            said = joined(f"<strong>{head}</strong>", condition(desk, found), day, citations(desk, [found]))
            lines.append(f"<li {attributes(found)}>{said}</li>\n")
    if not lines:
        return ""
    page = desk.href(page_of(desk.monograph().slug), "availability")
    more = f'<p><a href="{page}">What is known of the supply</a></p>\n'
    return (
        '\n<div class="availability" role="note">\n<p class="availability-title">Availability: check before you plan '
        f"treatment</p>\n<ul>\n{''.join(lines)}</ul>\n{more}</div>\n"
    )


def checked(desk: Desk) -> str:
    """`checked()` – when the sources were checked, and who reviewed the page clinically."""
    book = desk.monograph() if desk.slug else None
    return _draft(book) + _line(desk, book) + _due(desk, book)


def _line(desk: Desk, book: Monograph | None) -> str:
    when = book.checked if book else desk.formulary.checked
    reviews = book.medicine.reviews if book else ()
    named = "; ".join(f"{r.name}, {r.role}, {full_date(r.date)}" for r in reviews)
    line = f"Sources checked {full_date(when)}. Clinical review: {named or 'none yet'}."
    return f'\n<p class="checked">{computed("checked", escape(line))}</p>\n'


def _draft(book: Monograph | None) -> str:
    if book is None or not book.medicine.draft:
        return ""
    words = "Draft: not for use. The facts of this monograph have not been gathered yet."
    return f'\n<div class="overdue" role="note">\n<p><strong>{words}</strong></p>\n</div>\n'


def _due(desk: Desk, book: Monograph | None) -> str:
    """A note when the next check is near, a banner when its day has passed; by the day that the page is made for."""
    due = book.medicine.check_due if book else min(each.medicine.check_due for each in desk.formulary.monographs.values())
    left = (due - desk.today).days if desk.today else DUE_SOON + 1
    if left > DUE_SOON:
        return ""
    day = escape(full_date(due))
    if left >= 0:
        return f'\n<p class="due-soon">{computed("due", f"The sources are due to be checked again by {day}.")}</p>\n'
    words = f"Overdue: the sources should have been checked again by {day}. Compare every figure with the label before use."
    return f'\n<div class="overdue" role="note">\n<p><strong>{computed("due", words)}</strong></p>\n</div>\n'


def sources(desk: Desk) -> str:
    """`sources()` – the numbered list of what this page cites; the last thing before `colophon()`."""
    return bibliography.cited(desk)


def colophon(desk: Desk) -> str:
    """`colophon()` – the end of every page: checked, check due, clinical review, data version, disclaimer."""
    book = desk.monograph() if desk.slug else None
    due = min(each.medicine.check_due for each in ([book] if book else desk.formulary.monographs.values()))
    line = f"Next check due {full_date(due)}. Data version {desk.formulary.version}."
    known = {name: entry.full for name, entry in desk.vocabulary.glossary.items() if entry.full}
    # A name that Markdown would act on is left to prose(), which escapes it; in text that is typed by hand it has no tooltip.
    # Nor has a number: Markdown numbers the HTML that it sets aside, and would put the tooltip there.
    plain = [name for name in known if escape(name) == name and any(map(str.isalpha, name))]
    tooltips = "".join(f"*[{name}]: {escape(known[name])}\n" for name in plain)
    return (
        f'\n<div class="colophon" role="note">\n{_line(desk, book).strip()}\n<p>{computed("colophon", escape(line))}</p>\n'
        f"<p>{escape(DISCLAIMER)}</p>\n</div>\n\n{tooltips}\n"
    )
