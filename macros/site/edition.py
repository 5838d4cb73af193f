"""Which edition of the site this is: its version, its days, and the versions that nobody should go on using."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Final

from macros.formulary.book import Formulary
from macros.formulary.model import Recall
from macros.formulary.monograph import Names
from macros.formulary.version import tree_hash
from macros.formulary.words import NO_BREAK, full_date
from macros.pages.inputs import files
from macros.pages.settings import site_name
from macros.site.clock import changed, last_commit, page_day

# Where copies are put, and where a zip of the same version is looked for.
DIST = Path("dist")
# A copy is not used for longer than this many months, whatever the check-due dates say.
_MONTHS = 6

PREVIEW: Final = "preview"  # stands where a published page has a version


@dataclass(frozen=True)
class Edition:
    """The site's name, the version, the day it was made for, the day its sources were checked, and the last day on which to use a copy.

    `packed` says how large the zip of this version is and what its hash is, if it was made before.
    """

    site: str
    version: str
    built: date
    checked: date
    until: date
    recalls: Mapping[str, Recall]
    packed: str = ""


# What stands for the words of the edition on pages that are kept, since these words are new with every commit.
SIGNS: Final = {name: f"edition0{name}0" for name in ("version", "built", "checked", "until", "built_day", "until_day", "packed")}


# The same on pages of a medicine on the website for a mark of what these pages say; it is known when they are made.
OWN: Final = "pages0version0"


def words_of(this: Edition) -> dict[str, str]:
    """The version and the days of an edition, as pages say them and as programs read them."""
    said = {name: full_date(getattr(this, name)) for name in ("built", "checked", "until")}
    days = {"built_day": this.built.isoformat(), "until_day": this.until.isoformat()}
    return {"version": this.version, **said, **days, "packed": this.packed}


def recalled(recalls: Mapping[str, Recall]) -> list[list[str]]:
    """Each version that nobody should go on using, with the reason, as pages say them."""
    return [[version, recall.why] for version, recall in recalls.items()]


def edition(root: Path, book: Formulary, day: date | None = None) -> Edition:
    """The edition that the tree under `root` makes, for a given day or that of the pages; with neither, of the last check's day."""
    return _edition(root, book.names, version(root), book.recalls, day)


def previewed(root: Path, names: Names, recalls: Mapping[str, Recall]) -> Edition:
    """The edition of what an editor writes just now, which has no version yet."""
    return _edition(root, names, PREVIEW, recalls)


def _edition(root: Path, names: Names, version: str, recalls: Mapping[str, Recall], day: date | None = None) -> Edition:
    tallies = [each.tally for each in names.monographs.values()]
    built = day or page_day(root) or max(each.newest for each in tallies)
    due = min(each.medicine.check_due for each in names.monographs.values())
    checked = min(each.checked for each in tallies)
    return Edition(site_name(root), version, built, checked, min(due, _months_on(built)), recalls, _packed(root, version))


def zip_name(version: str, chosen: str = "") -> str:
    """The name of the zip of this version, with the mark of a choice of medicines."""
    return f"monographs-{version}{chosen}.zip"


def _packed(root: Path, version: str) -> str:
    path = root / DIST / zip_name(version)
    if not path.is_file():
        return ""
    with path.open("rb") as file:  # it may be larger than the memory
        return f" {path.stat().st_size / 1_000_000:.1f}{NO_BREAK}MB. SHA-256: {file_digest(file, 'sha256').hexdigest()}."


def version(root: Path) -> str:
    """The day and the short name of the last commit, marked when the tree is not as committed; without git, a hash of all inputs."""
    commit = last_commit(root)
    if commit is None:
        return f"inputs-{tree_hash(root, files(root))}"
    name, seconds = commit
    return f"{datetime.fromtimestamp(seconds, UTC).date()}-{name}" + ("-dirty" if changed(root) else "")


def _months_on(day: date) -> date:
    """The day six months later; the last day of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + _MONTHS, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
