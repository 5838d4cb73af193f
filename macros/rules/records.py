"""Rules on the records that say what changed in a monograph, and when."""

from collections.abc import Iterator

from macros.finding import Fault
from macros.formulary.book import DATA, Formulary
from macros.formulary.sentences import fingerprint
from macros.rules.rule import rule


@rule("record")
def change_recorded(book: Formulary) -> Iterator[Fault]:
    """When the facts of a medicine changed, its changes.yml says so with date, kind and reason."""
    for slug, monograph in book.monographs.items():
        now = fingerprint(book, monograph)
        file = (DATA / slug / "changes.yml").as_posix()
        last = next(iter(reversed(list(monograph.changes.values()))), None)
        if last is None or last.facts != now:
            yield Fault(
                last.at if last else (file, 1),
                "the facts changed since the last record; add one by `python -m macros record`, or at the end of the file "
                f"with a name of its own, date, kind, reason and 'facts: \"{now}\"'",
            )
        days = [change.date for change in monograph.changes.values()]
        if days != sorted(days):
            yield Fault((file, 1), "the records do not stand in the order of their dates; put the oldest first")
