"""Begins a monograph: the template's files for a medicine of which nothing was read yet, and a line in the navigation.

Everything is a visible draft: each fact is a passage that nobody read yet, and each page says that it is not for use.
"""

import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from jinja2 import FileSystemLoader

from macros.editing import from_label, notes
from macros.finding import Refused
from macros.formulary import naming
from macros.formulary.book import DATA, Formulary
from macros.formulary.load import load
from macros.formulary.reader import read
from macros.formulary.sentences import fingerprint
from macros.pages import inputs, settings
from macros.pages.files import EVIDENCE, MONOGRAPH, PATIENT_GUIDE, RESULTS, page_of
from macros.pages.markdown import DOCS
from macros.pages.settings import SETTINGS
from macros.pages.template import DRAFT, SUFFIX, environment

_NEXT_CHECK = timedelta(days=180)
_NO_PRINT = "0" * 12  # stands for the fingerprint until the facts that it is made from can be read
# The pages of a draft as the navigation names them; the first gives its name to all.
_PAGES = {
    "": MONOGRAPH,
    "Patient guide: ": PATIENT_GUIDE,
    "Results and background: ": RESULTS,
    "Evidence: ": EVIDENCE,
}


def rendered(template: Path, medicine: Mapping[str, object]) -> dict[str, str]:
    """The files that a template makes for a medicine, by their paths in it; what comes out empty is no file of it.

    Raises jinja2.UndefinedError where the template asks for something that `medicine` does not hold.
    """
    reading = environment().overlay(loader=FileSystemLoader(template))
    names = sorted(path.relative_to(template).as_posix() for path in template.rglob(f"*{SUFFIX}"))
    made = {name.removesuffix(SUFFIX): reading.get_template(name).render(medicine) for name in names}
    return {name: f"{text.rstrip()}\n" for name, text in made.items() if text.strip()}


def scaffold(root: Path, inn: str, today: date, file: Path | None = None) -> list[str]:
    """Writes the files of a new draft and gives back what was made and what comes next, a line each.

    Refused, and nothing is written, if the INN is none, if its folders exist, if the navigation has no place for it, or if
    a file is given that is no label of this medicine.
    """
    try:
        naming.inn(inn)
    except Refused as refused:
        raise Refused(f'{refused}: make new DRUG="fictivagene examplavec"') from refused
    slug = naming.slug_of(inn)
    data, docs = root / DATA / slug, root / DOCS / "monographs" / slug
    for path in (data, docs):
        if path.exists():
            raise Refused(f"{path.relative_to(root).as_posix()} exists already; nothing was written")
    sources, config = root / DATA / "sources.yml", root / SETTINGS
    unfit = [*inputs.faults(root), *settings.faults(root), *read(sources, sources.relative_to(root).as_posix())[1]]
    if unfit:
        raise Refused("\n".join([*map(str, unfit), "nothing was written; mend these faults first"]))
    before = {path: path.read_bytes() for path in (sources, config)}
    start = from_label.from_file(root, file, inn) if file else None
    book = load(root, today)[0]
    draft = rendered(root / DRAFT, _draft(book, inn, slug, today, start))
    if start:
        topics = {name: topic.file for name, topic in book.vocabulary.lists.topics.items()}
        draft = from_label.taken(start, inn, draft, topics, waits_for=_label(slug), today=today)
    made = {
        **{data / Path(name).name: text for name, text in draft.items() if name.startswith("data/")},
        **{docs / Path(name).name: text for name, text in draft.items() if name.startswith("docs/")},
        sources: f"{before[sources].decode().rstrip()}\n\n{draft['source.yml']}",
        config: _in_navigation(before[config].decode(), inn, slug),
    }
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
        *(from_label.said(start) if start else ()),
        *(f"wrote {path.relative_to(root).as_posix()}" for path in made),
        *_next(slug, draft["source.yml"]),
    ]


def _next(slug: str, sources: str) -> list[str]:
    """What an editor does with a draft that waits for these sources, a line each; CONTRIBUTING.md tells more."""
    waiting = re.findall(r"^[\w-]+(?=:)", sources, re.MULTILINE)
    others = f"what the label does not speak of waits for {_label(slug)}: name another source there, or say 'silent:'"
    notes_of_it = "write the facts from the notes that stand behind them, and delete the notes"
    from_a_label = waiting != [_label(slug)]
    return [
        f"next: name {', '.join(waiting)} in macros/data/sources.yml, and say how far you read each part;",
        *([f"      {others};"] if from_a_label and _label(slug) in waiting else []),
        "      then replace each 'not_read:' by its value and its sources, or by the passages that it still waits for;",
        *([f"      {notes_of_it};"] if from_a_label else []),
        "      choose in cards.yml what stands on the cards, and shape the pages;",
        "      when no fact is a draft any more, delete 'draft: true' in medicine.yml and the record in changes.yml, and follow",
        "      `python -m macros check`. CONTRIBUTING.md tells each step under “Begin a medicine”",
    ]


def _draft(book: Formulary, inn: str, slug: str, today: date, start: from_label.FromLabel | None) -> dict[str, object]:
    """What the template is told of a medicine of which only the INN is known, and the brand if a label says it."""
    taken = {brand for monograph in book.monographs.values() for brand in monograph.medicine.brands}
    brand = notes.brand(start.label) if start else ""
    places = book.vocabulary.lists.jurisdictions
    return {
        "inn": inn,
        "slug": slug,
        # Two insulins have no brand in common; the label says its own.
        "brand": brand if brand and brand not in taken else naming.headed(inn),
        "label": _label(slug),
        "places": [start.label.place] if start else [name for name, each in places.items() if each.column],
        "all_places": list(places),
        "boxed": start is None or from_label.speaks_of(start, "boxed-warning"),
        "today": today,
        "check_due": today + _NEXT_CHECK,
        "fingerprint": _NO_PRINT,
    }


def _label(slug: str) -> str:
    """The source that a draft's gaps wait for: a label of which nobody said yet where it stands and what its parts are."""
    return f"label-{slug}"


def _in_navigation(text: str, inn: str, slug: str) -> str:
    before = "  - A to Z: a-z.md\n"
    if text.count(before) != 1:
        raise Refused("mkdocs.yml has no line '  - A to Z: a-z.md' to add the medicine above; nothing was written")
    pages = "".join(f"          - {title}{page_of(slug, name)}\n" for title, name in _PAGES.items())
    return text.replace(before, f"      - {naming.headed(inn)}:\n{pages}{before}")


def _record(root: Path, slug: str, today: date) -> None:
    """Puts the fingerprint of the new facts into their record of changes."""
    book, _ = load(root, today)
    path = root / DATA / slug / "changes.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(_NO_PRINT, fingerprint(book, book.monographs[slug])), "utf-8", newline="\n")
