"""Begins a monograph: the template's facts without their values, its pages, and a line in the navigation.

Everything is a visible draft: each fact is a passage that nobody read yet, and each page says that it is not for use.
"""

import re
import shutil
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from macros.finding import Refused
from macros.formulary.book import DATA
from macros.formulary.load import load
from macros.formulary.sentences import fingerprint
from macros.formulary.values import VALUE_KEYS
from macros.pages.files import EVIDENCE, page_of
from macros.pages.markdown import DOCS

TEMPLATE = Path("macros/template")
_FICTIONAL = ("fictivagene examplavec", "fictivagene-examplavec", "Exampla", "exampla disease", "exemplar disease")
# What a fact without a value can't say.
_OF_A_VALUE = (*VALUE_KEYS, "evidence", "under", "n", "statistic", "interval", "assay", "trial",
               "note", "condition", "sponsor_id", "phase", "design", "checked", "sources")  # fmt: skip
# What has to be said of a draft, too.
_UNSAID = {"endpoint": "to be named", "population": "to be named", "time": "to be named"}
# The event that says of a topic that nothing is known.
_NO_EVENT = {"authorization": "decision-not-known", "availability": "not-known"}
_PART = "to be read"  # the one part of a draft's source
_COMPUTED = re.compile(r"^\{\{ (?:dose_example|dose_table)\(.*\n\n?", re.MULTILINE)
_NEXT_CHECK = timedelta(days=180)
_NO_PRINT = "0" * 12


def scaffold(root: Path, inn: str, today: date) -> list[str]:
    """Writes the files of a new draft and gives back what was made and what comes next, a line each."""
    if not re.fullmatch(r"[a-z]+(?: [a-z]+)*", inn):
        raise Refused(f"'{inn}' is no INN; write it in small letters, with spaces: make new DRUG=\"fictivagene examplavec\"")
    slug = inn.replace(" ", "-")
    data, docs = root / DATA / slug, root / DOCS / "monographs" / slug
    for path in (data, docs):
        if path.exists():
            raise Refused(f"{path.relative_to(root).as_posix()} exists already; nothing was written")
    made: dict[Path, str] = {}
    for path in sorted((root / TEMPLATE / "data").glob("*.yml")):
        text = _named(path.read_text("utf-8"), inn, slug)
        made[data / path.name] = _SPECIAL.get(path.stem, _emptied)(text, slug, today)
    for path in sorted((root / TEMPLATE / "docs").glob("*.md")):
        made[docs / path.name] = _COMPUTED.sub("", _named(path.read_text("utf-8"), inn, slug))
    sources, config = root / DATA / "sources.yml", root / "mkdocs.yml"
    places = ", ".join(load(root, today)[0].vocabulary.lists.jurisdictions)
    made[sources] = sources.read_text("utf-8").rstrip() + "\n\n" + _stub(inn, slug, places)
    made[config] = _in_navigation(config.read_text("utf-8"), inn, slug)
    before = {path: path.read_bytes() for path in (sources, config)}
    try:
        for path, text in made.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        _record(root, slug, today)
    except BaseException:  # half a monograph is worse than none
        for folder in (data, docs):
            shutil.rmtree(folder, ignore_errors=True)
        for path, content in before.items():
            with suppress(OSError):
                path.write_bytes(content)
        raise
    return [
        *(f"wrote {path.relative_to(root).as_posix()}" for path in made),
        f"next: name the label {_source(slug)} in macros/data/sources.yml, add the other sources, and say what was read of each;",
        "      then replace each 'not_read:' by its value, or by the passages that it still waits for;",
        "      when no fact is a draft any more, delete 'draft: true' in medicine.yml",
    ]


def _named(text: str, inn: str, slug: str) -> str:
    brand = inn.partition(" ")[0].capitalize()
    for fictional, real in zip(_FICTIONAL, (inn, slug, brand, "disease to be named", brand.lower()), strict=True):
        text = text.replace(fictional, real).replace(fictional.capitalize(), real.capitalize())
    return text


def _emptied(text: str, slug: str, today: date) -> str:
    """The facts of a file without their values, each a passage to be read."""
    head, *facts = re.split(r"^(?=[a-z0-9-]+:\n)", text, flags=re.MULTILINE)
    emptied = []
    for fact in facts:
        kept = re.sub(rf"^  (?:{'|'.join(_OF_A_VALUE)}):.*\n(?:    .*\n)*", "", fact, flags=re.MULTILINE)
        for key, word in (_UNSAID | {"event": _NO_EVENT.get(_said(fact, "topic"), "")}).items():
            kept = re.sub(rf"^  {key}: .*$", f"  {key}: {word}", kept, flags=re.MULTILINE)
        only = f"only: {_uncapitalized(_said(fact, 'title'))}, " if any(_share(fact, other) for other in facts if other is not fact) else ""
        gap = f"{{{only}passages: [{{source: {_source(slug)}, part: {_PART}}}]}}"
        emptied.append(f"{kept}  not_read: {gap}\n  checked: {today}\n")
    return _comment(head) + "".join(emptied)


def _said(fact: str, key: str) -> str:
    """What stands in a line of a fact, nothing if it has none."""
    found = re.search(rf"^  {key}: (.*)$", fact, re.MULTILINE)
    return found[1] if found else ""


def _share(one: str, other: str) -> bool:
    """Whether two facts are about one topic in one place, so that either leaves a gap in the topic when the other gets its value."""
    places = [set(re.findall(r"[\w-]+", _said(fact, "jurisdictions"))) for fact in (one, other)]
    return _said(one, "topic") == _said(other, "topic") and (not all(places) or bool(places[0] & places[1]))


def _uncapitalized(title: str) -> str:
    return title[0].lower() + title[1:]


def _medicine(text: str, slug: str, today: date) -> str:
    text = re.sub(r"^check_due: .*$", f"check_due: {today + _NEXT_CHECK}", text, flags=re.MULTILINE)
    return _comment(text) + "draft: true\n"


def _corrections(text: str, slug: str, today: date) -> str:
    return _comment(text.partition("C1:")[0])


def _changes(text: str, slug: str, today: date) -> str:
    text = re.sub(r"^  date: .*$", f"  date: {today}", text, flags=re.MULTILINE)
    text = re.sub(r"^  facts: .*$", f'  facts: "{_NO_PRINT}"', text, flags=re.MULTILINE)
    return _comment(text).replace("First version of the monograph.", "Draft begun.")


_SPECIAL = {"medicine": _medicine, "corrections": _corrections, "changes": _changes}


def _comment(text: str) -> str:
    """The text with its first line said of a draft rather than of the fictional medicine."""
    return re.sub(r"\A# .*\n", "# A draft: replace every value.\n", text)


def _source(slug: str) -> str:
    return f"label-{slug}"


def _stub(inn: str, slug: str, places: str) -> str:
    """The source that a draft's gaps wait for: a label of which nobody said yet where it stands and what its parts are."""
    return (
        f'{_source(slug)}:\n  title: "Label of {inn}: draft, to be named"\n  statement: label\n'
        f"  address: https://example.org/to-be-replaced/{slug}\n  jurisdictions: [{places}]\n"
        f"  parts:\n    {_PART}: {{read: not}}\n"
    )


def _in_navigation(text: str, inn: str, slug: str) -> str:
    before = "  - A to Z: a-z.md\n"
    if text.count(before) != 1:
        raise Refused("mkdocs.yml has no line '  - A to Z: a-z.md' to add the medicine above; nothing was written")
    entry = f"      - {inn.capitalize()}:\n          - {page_of(slug)}\n          - Evidence: {page_of(slug, EVIDENCE)}\n"
    return text.replace(before, entry + before)


def _record(root: Path, slug: str, today: date) -> None:
    """Puts the fingerprint of the new facts into their record of changes."""
    book, _ = load(root, today)
    path = root / DATA / slug / "changes.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(_NO_PRINT, fingerprint(book, book.monographs[slug])), "utf-8", newline="\n")
