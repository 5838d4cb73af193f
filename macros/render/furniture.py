"""The parts above and below the text of every page: availability, checked and due dates, sources, disclaimer."""

from macros.formulary.book import Monograph
from macros.formulary.values import Day
from macros.formulary.words import full_date
from macros.pages.files import page_of
from macros.pages.seen import BY_DAY, DUE, OVERDUE
from macros.render import bibliography
from macros.render.desk import Desk
from macros.render.markup import attributes, bare_value, citations, computed, condition, places
from macros.render.safe import Safe, escape, joined

# From this many days before the next check is due, pages say so.
DUE_SOON = 60
_WARNING = Safe('\n<div class="overdue" role="note">\n<p><strong>{}</strong></p>\n</div>\n')
DISCLAIMER = (
    "This page gives information and does not replace the label, local rules or the judgment of your own team. "
    "No clinician has reviewed it unless a reviewer is named above."
)


def availability(desk: Desk) -> Safe:
    """`availability()` – the banner above the title that says what is known of the supply."""
    lines = []
    for found, event in desk.formulary.present(desk.monograph()):
        if event.banner:
            day = Safe("({})").format(bare_value(desk, found)) if isinstance(found.value, Day) else Safe()
            head = Safe("<strong>{}</strong>").format(f"{places(desk, found)}: {event.word}")
            said = joined(head, condition(desk, found), day, citations(desk, [found]))
            lines.append(Safe("<li {}>{}</li>\n").format(attributes(found), said))
    if not lines:
        return Safe()
    page = desk.href(page_of(desk.monograph().slug), "availability")
    return Safe(
        '\n<div class="availability" role="note">\n<p class="availability-title">Availability: check before you plan '
        'treatment</p>\n<ul>\n{}</ul>\n<p><a href="{}">What is known of the supply</a></p>\n</div>\n'
    ).format(Safe().join(lines), page)


def checked(desk: Desk) -> Safe:
    """`checked()` – when the sources were checked, and who reviewed the page clinically."""
    own = desk.monograph() if desk.slug else None
    return _draft(own) + _checked(desk, own) + _due(desk, own)


def _checked(desk: Desk, own: Monograph | None) -> Safe:
    when = own.checked if own else desk.formulary.checked
    reviews = own.medicine.reviews if own else ()
    named = "; ".join(f"{r.name}, {r.role}, {full_date(r.date)}" for r in reviews)
    line = f"Sources checked {full_date(when)}. Clinical review: {named or 'none yet'}."
    return Safe('\n<p class="checked">{}</p>\n').format(computed("checked", line))


def _draft(own: Monograph | None) -> Safe:
    if own is None or not own.medicine.draft:
        return Safe()
    return _WARNING.format("Draft: not for use. The facts of this monograph have not been gathered yet.")


def _due(desk: Desk, own: Monograph | None) -> Safe:
    """A note when the next check is near, a banner when its day has passed; by the day that the page is made for."""
    due = own.medicine.check_due if own else min(each.medicine.check_due for each in desk.formulary.monographs.values())
    left = (due - desk.today).days if desk.today else DUE_SOON + 1
    if left > DUE_SOON:
        return Safe()
    day = full_date(due)
    if left >= 0:
        return Safe('\n<p class="due-soon">{}</p>\n').format(computed(BY_DAY, DUE.format(day)))
    return _WARNING.format(computed(BY_DAY, OVERDUE.format(day)))


def sources(desk: Desk) -> Safe:
    """`sources()` – the numbered list of what this page cites; the last thing before `colophon()`."""
    return bibliography.cited(desk)


def colophon(desk: Desk) -> Safe:
    """`colophon()` – the end of every page: checked, check due, clinical review, data version, disclaimer."""
    own = desk.monograph() if desk.slug else None
    due = min(each.medicine.check_due for each in ([own] if own else desk.formulary.monographs.values()))
    line = f"Next check due {full_date(due)}. Data version {desk.formulary.version}."
    known = {name: entry.full for name, entry in desk.vocabulary.glossary.items() if entry.full}
    # A name that Markdown would act on is left to prose(), which escapes it; in text that is typed by hand it has no tooltip.
    # Nor has a number: Markdown numbers the HTML that it sets aside, and would put the tooltip there.
    plain = [name for name in known if escape(name) == name and any(map(str.isalpha, name))]
    tooltips = Safe().join(Safe("*[{}]: {}\n").format(name, known[name]) for name in plain)
    return Safe('\n<div class="colophon" role="note">\n{}\n<p>{}</p>\n<p>{}</p>\n</div>\n\n{}\n').format(
        _checked(desk, own).strip(), computed("colophon", line), DISCLAIMER, tooltips
    )
