"""What has to be checked again: medicines whose check is overdue, facts that nobody checked for a year, what else has an end."""

from datetime import date, timedelta
from pathlib import Path

from macros.formulary.book import Formulary
from macros.formulary.values import Planned
from macros.pages import settings

# A fact that was not checked for this long is stale, whatever its medicine's check-due date says.
STALE_AFTER = timedelta(days=365)
# So long before its end security.txt is to be renewed.
EXPIRES_WITHIN = timedelta(days=60)


def due(root: Path, book: Formulary, today: date) -> list[str]:
    """Everything that is stale, or whose end is near, a line each. Raises what the settings raise."""
    return stale(book, today) + expiring(settings.security(root), today)


def stale(book: Formulary, today: date) -> list[str]:
    """Every medicine whose check is overdue, every fact not checked for a year, every day planned that is over, a line each."""
    lines = [
        f"overdue: {slug}: the check was due on {monograph.medicine.check_due}"
        for slug, monograph in book.monographs.items()
        if monograph.medicine.check_due < today
    ]
    for fact in book.facts.values():
        if today - fact.checked > STALE_AFTER:
            lines.append(f"stale: {fact.at[0]}:{fact.at[1]}: {fact.id} was checked on {fact.checked}")
        if isinstance(fact.value, Planned) and fact.value.over(today):
            lines.append(f"stale: {fact.at[0]}:{fact.at[1]}: {fact.id} was {fact.value.written(book.vocabulary)}; write what happened")
    return lines


def expiring(contact: tuple[str, date] | None, today: date) -> list[str]:
    """A line if the day until which the address of mail in security.txt is read is over or near."""
    if contact is None or contact[1] - today > EXPIRES_WITHIN:
        return []
    return [f"stale: mkdocs.yml: security.txt holds until {contact[1]}; ask who reads {contact[0]}, then write a new 'security_until'"]
