"""What became of the facts over time: since a git revision, and since their last check."""

import io
import shutil
import subprocess
import tarfile
import tempfile
from datetime import date, timedelta
from pathlib import Path

from macros.finding import Refused
from macros.formulary.book import DATA, SHARED, Formulary
from macros.formulary.load import Broken, load
from macros.formulary.sentences import differences

# A fact that was not checked for this long is stale, whatever its medicine's check-due date says.
STALE_AFTER = timedelta(days=365)


def since(root: Path, revision: str, now: Formulary) -> list[str]:
    """What changed in the facts since a git revision, in words, a line for each change."""
    if revision.startswith("-"):
        raise Refused(f"'{revision}' is no revision; name a commit or a branch")
    command = ["git", "archive", "--format=tar", revision, "--", DATA.as_posix()]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    except OSError as error:
        raise Refused("git is not installed; install it to compare revisions") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Refused(f"git can't give the data of '{revision}' ({said[-1] if said else 'no reason'}); name a commit or a branch")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
        for name in SHARED:  # old facts in the present words, so that a new word for a status is no change of a fact
            shutil.copy(root / DATA / name, Path(folder) / DATA / name)
        try:
            old, found = load(Path(folder), date.max)
        except Broken as broken:
            raise Refused(f"the data of '{revision}' had another shape and can't be compared:\n{broken}") from broken
    lines = list(differences(old, now))
    unread = [finding for finding in found if not finding.file.endswith("/changes.yml")]
    if unread:
        lines.append(f"beware: {len(unread)} records of '{revision}' can't be read by the present rules and count as missing")
    return lines


def stale(book: Formulary, today: date) -> list[str]:
    """Every medicine whose check is overdue and every fact that was not checked for a year, a line each."""
    lines = [
        f"overdue: {slug}: the check was due on {monograph.medicine.check_due}"
        for slug, monograph in book.monographs.items()
        if monograph.medicine.check_due < today
    ]
    for fact in book.facts.values():
        if today - fact.checked > STALE_AFTER:
            lines.append(f"stale: {fact.at[0]}:{fact.at[1]}: {fact.id} was checked on {fact.checked}")
    return lines
