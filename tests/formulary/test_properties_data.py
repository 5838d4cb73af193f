"""Whatever becomes of a data file, it means what is written in it or is refused with file and line; nothing crashes."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st
from pydantic import BaseModel

from macros.formulary import values
from macros.formulary.book import DATA, SHARED, Formulary
from macros.formulary.load import load
from macros.formulary.model import FILES
from macros.formulary.sentences import sentence
from macros.site import build as publish, whole
from tests.conftest import ROOT, SLUG, TODAY, small_project
from tests.support.mutations import FILES as ODD, TRICKS, measured, spoiled, yaml_of
from tests.support.plain_yaml import plainly_read
from tests.support.properties import Lab, examples, laboratory
from tests.support.regimens import regimen_as_written
from tests.support.rewriting import rewritten
from tests.support.small_forms import WHOLE, with_forms

FOLDER = f"{DATA.as_posix()}/"
TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted((ROOT / DATA).rglob("*.*"))
    if path.suffix in (".yml", ".txt")
}
SMALL = {
    **{FOLDER + name: TEXTS[FOLDER + name] for name in SHARED},
    **{name: text for name, text in WHOLE.items() if name.startswith(FOLDER)},
    **{f"{FOLDER}{name}": (ROOT / "macros/template" / name).read_text("utf-8") for name in ("sources.yml", "reporting.yml")},
}
_TRICKS = (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken, yaml.DirectiveToken)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The fictional medicine alone."""
    with laboratory(with_forms(small_project(tmp_path_factory.mktemp("small"))), TODAY) as lab:
        yield lab


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The real data, without pages."""
    root = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / DATA, root / DATA)
    with laboratory(root, date.max) as lab:
        yield lab


def strangely_read(book: Formulary, file: str, content: bytes) -> list[str]:
    """What a file without faults says to a plain reader of YAML, and what was made of it, where the two differ."""
    text = content.decode("utf-8-sig")
    if not file.endswith(".yml"):
        return []
    tree, tokens = plainly_read(text)
    tricks = [token for token in tokens if isinstance(token, _TRICKS)]
    name, slug = Path(file).stem, Path(file).parent.name
    monograph, lists = book.monographs.get(slug), book.vocabulary
    if name in FILES:
        records = {fact.id.split("/")[2]: fact for fact in book.facts.values() if fact.id.startswith(f"{slug}/{name}/")}
    else:
        whole = {"medicine": monograph and monograph.medicine, "checklist": monograph and monograph.checklist}
        whole |= {"vocabulary": lists.lists, "search": lists.search}
        parts = {
            "sources": book.sources,
            "corrections": monograph and monograph.corrections,
            "changes": monograph and monograph.changes,
            "cards": monograph and monograph.cards,
            "recalls": book.recalls,
            "comparisons": book.comparisons,
            "reporting": book.reporting,
        }
        parts |= {"statuses": lists.statuses, "units": lists.units, "glossary": lists.glossary}
        records, tree = ({name: whole[name]}, {name: tree}) if name in whole else (parts[name], tree)
    return [f"{file}: {token}" for token in tricks] + list(differing(records, tree, file))


def differing(read: Any, written: Any, where: str) -> Iterator[str]:
    """Each place where a record does not say what stands in the file."""
    if isinstance(read, BaseModel):
        names = {info.alias or name: name for name, info in type(read).model_fields.items()}
        read = {key: getattr(read, names[key]) for key in written} if isinstance(written, Mapping) else read
    if isinstance(read, Mapping) and isinstance(written, Mapping):
        if read.keys() != written.keys():
            yield f"{where}: {list(read)} from {list(written)}"
        for key in read.keys() & written.keys():
            yield from differing(read[key], written[key], f"{where}/{key}")
    elif isinstance(read, tuple) and isinstance(written, list):
        for number, (one, other) in enumerate(zip(read, written, strict=True)):
            yield from differing(one, other, f"{where}/{number}")
    elif isinstance(read, tuple) and len(read) == 1 and isinstance(written, str):  # one name without its list
        yield from differing(read[0], written, where)
    elif isinstance(read, values.Terms):
        yield from differing(read.terms, written, where)
    elif isinstance(read, values.Schedule):
        yield from differing(tuple(map(step_as_written, read.steps)), written, where)
    elif isinstance(read, values.Regimen):
        yield from differing(regimen_as_written(read), written, where)
    elif isinstance(read, values.Gap | values.Passage):
        told = {field.name: each for field in fields(read) if (each := getattr(read, field.name))}
        yield from differing(told, written, where)
    elif spelled(read) not in (written, *other_spellings(written)):
        yield f"{where}: {spelled(read)!r} from {written!r}"


def step_as_written(step: values.Step) -> dict[str, object]:
    """A step of a schedule with the keys that it was given."""
    return {key: each for key in ("every", "times", "until", "after", "then") if (each := getattr(step, key))}


def spelled(value: object) -> object:
    """The value in the letters that it was read from, units by their name."""
    match value:
        case bool():
            return str(value).lower()
        case int() | date():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case values.Amount():
            bound = f"{value.bound} " if value.bound else ""
            return bound + spelled(value.number) + (f" × 10^{value.power}" if value.power else "") + f" {value.unit}"
        case values.Range():
            return f"{spelled(value.low)} to {spelled(value.high)} {value.unit}"
        case values.Proportion():
            return f"{value.part} of {value.whole} {value.unit}".rstrip()
        case values.Count():
            return f"{value.number} {value.unit}"
        case values.Interval():
            return f"{value.level}% CI {spelled(value.low)} to {spelled(value.high)}"
        case values.Code() | values.Statement() | values.Day():
            return value.text
    return value


UNITS = yaml.load(SMALL[f"{FOLDER}units.yml"], yaml.BaseLoader)


def other_spellings(written: object) -> Iterator[str]:
    """A written value with its unit's name for its plural, and with the signs that stand for one another."""
    if not isinstance(written, str):
        return
    for name, unit in UNITS.items():
        if (plural := unit.get("plural")) and written.endswith(f" {plural}"):
            written = f"{written.removesuffix(plural)}{name}"
            break
    for text in (written, written.replace(" x 10^", " × 10^")):
        yield text
        yield text[:1] + " " + text[1:]  # "≥3 mL"


def judged(lab: Lab, file: str, content: bytes) -> None:
    """Refused in place, or read as it is written."""
    book, found = lab.data(file, content)
    assert found or strangely_read(book, file, content) == []


@examples(600)
@given(spoiled(SMALL))
def test_a_spoiled_file_is_refused_in_place_or_read_as_written(small: Lab, made: tuple[str, bytes]) -> None:
    judged(small, *made)


@examples(20)  # what no medicine has of its own is tried above, in a tenth of the time
@given(spoiled(TEXTS))
def test_a_spoiled_file_of_the_real_data_is_refused_in_place_or_read_as_written(real: Lab, made: tuple[str, bytes]) -> None:
    judged(real, *made)


SAFETY = f"{FOLDER}{SLUG}/safety.yml"
TAKEN = "statement: Do not give during an active infection."


def test_each_trick_is_refused_in_place_or_read_as_written(small: Lab) -> None:
    for trick in TRICKS:
        judged(small, SAFETY, SMALL[SAFETY].replace(TAKEN, f"terms: [{trick}]").encode())
        judged(small, SAFETY, SMALL[SAFETY].replace(TAKEN, f"statement: {trick}").encode())


def test_each_odd_file_is_refused_in_place_or_read_as_written(small: Lab) -> None:
    for content in ODD:
        judged(small, SAFETY, content)


@examples(300)
@given(measured())
def test_a_value_means_what_is_written_or_is_refused(small: Lab, made: tuple[str, str]) -> None:
    key, written = made
    line = f"{TAKEN}\n  n: {written}" if key == "n" else f"{TAKEN}\n  interval: {written}" if key == "interval" else f"{key}: {written}"
    judged(small, SAFETY, SMALL[SAFETY].replace(TAKEN, line).encode())


@examples(60)
@given(spoiled(SMALL))
def test_nothing_is_published_of_a_spoiled_file(small: Lab, made: tuple[str, bytes]) -> None:
    class Began(Exception):
        """The site would have been built."""

    def build(*given: object) -> None:
        raise Began

    def agreed(root: Path, today: date) -> whole.Outcome:
        return replace(judge(root, today), register=())

    judge, (_, found) = whole.judged, small.all(*made)
    with small.holding(*made), pytest.MonkeyPatch.context() as patch:
        patch.setattr(publish, "_planned", build)
        patch.setattr(publish.whole, "judged", agreed)  # no one agreed to what is spoiled
        with pytest.raises(publish.Rejected if found else Began) as stopped:
            publish.site(small.root, TODAY, None)
    # Part by part more may be found: pages of a medicine are judged although data that belongs to none keeps those of the site from it.
    assert set(found) <= set(getattr(stopped.value, "findings", ()))
    assert not (small.root / "site").exists()


def meaning(book: Formulary) -> dict[str, object]:
    """All that is read from the data but the lines and the order."""
    sources = {name: source.model_dump() for name, source in book.sources.items()}
    books = {
        slug: (
            each.medicine.model_dump(),
            each.checklist and each.checklist.model_dump(),
            *map(placeless, (each.corrections, each.changes, each.cards)),
        )
        for slug, each in book.monographs.items()
    }
    return {
        "facts": sorted(sentence(book, fact) for fact in book.facts.values()),
        "sources": sources,
        "books": books,
        "recalls": placeless(book.recalls),
        "comparisons": placeless(book.comparisons),
        "reporting": placeless(book.reporting),
        "words": book.vocabulary.model_dump(),
    }


def placeless(records: Mapping[str, BaseModel]) -> list[tuple[str, object]]:
    """Records in their order, without the lines that they stand on."""
    return [(name, record.model_dump()) for name, record in records.items()]


@cache
def before(root: Path) -> dict[str, object]:
    """What the project's data means as it stands."""
    return meaning(load(root, date.max)[0])


def same_meaning(lab: Lab, file: str, text: str, seed: int) -> None:
    """The file, written in another way, means what it meant."""
    after, found = lab.data(file, rewritten(text, seed, shuffle=Path(file).stem in (*FILES, "sources")))
    assert (found, meaning(after)) == ([], before(lab.root))


# A word in each of the files that hold no facts, and another in its place.
OTHERWISE = {
    "cards": (f"{FOLDER}{SLUG}/cards.yml", "safety/infection", "indications/us"),
    "checklist": (f"{FOLDER}{SLUG}/checklist.yml", "ask: Nausea", "ask: Sickness"),
    "calendar": (f"{FOLDER}{SLUG}/checklist.yml", "through: 1 year", "through: 2 years"),
    "comparisons": (f"{FOLDER}comparisons.yml", "question: Supply", "question: Stock"),
}


@pytest.mark.parametrize(("file", "old", "new"), OTHERWISE.values(), ids=OTHERWISE.keys())
def test_another_word_means_something_else(small: Lab, file: str, old: str, new: str) -> None:
    assert SMALL[file].count(old) == 1
    after, _ = small.data(file, SMALL[file].replace(old, new))
    assert after
    assert meaning(after) != before(small.root)


@examples(250)
@given(yaml_of(SMALL), st.integers(0, 2**32))
def test_another_way_of_writing_means_the_same(small: Lab, file: str, seed: int) -> None:
    same_meaning(small, file, SMALL[file], seed)


@examples(15)
@given(yaml_of(TEXTS), st.integers(0, 2**32))
def test_another_way_of_writing_the_real_data_means_the_same(real: Lab, file: str, seed: int) -> None:
    same_meaning(real, file, TEXTS[file], seed)
