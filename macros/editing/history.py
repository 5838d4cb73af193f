"""What has to be checked again: medicines whose check is overdue, facts that nobody checked for a year."""

from datetime import date, timedelta

from macros.formulary.book import Formulary
from macros.formulary.values import Planned

# A fact that was not checked for this long is stale, whatever its medicine's check-due date says.
STALE_AFTER = timedelta(days=365)


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
