"""The schemas that help an editor: in step with models and vocabulary, content with valid data, awake to mistakes."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import TypeAdapter, ValidationError
from referencing import Registry, Resource

from macros.editing.schema import FOLDER, RECORDS, schemas
from macros.formulary.load import load
from macros.formulary.model import Fact
from macros.formulary.reader import read_text
from macros.formulary.units import Unit
from macros.rules import every
from tests.conftest import FICTIONAL, ROOT, SLUG, TODAY
from tests.support import yaml12
from tests.support.broken import first_of_each

RENEW = "run `make generate`"
BOOK = load(ROOT, date.max)[0]
TEXTS = schemas(BOOK.vocabulary)
SCHEMAS: dict[str, dict[str, Any]] = {path.stem: json.loads(text) for path, text in TEXTS.items()}
DEFINED = SCHEMAS[RECORDS.stem]["$defs"]
# Where a relative reference of one schema leads to another, as in a folder.
REGISTRY: Registry[Any] = Registry().with_resources((f"{name}.json", Resource.from_contents(each)) for name, each in SCHEMAS.items())
DATA = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for part in ("data", "template")
    for path in sorted((ROOT / "macros" / part).rglob("*.yml"))
}
DATA |= {name: text for name, text in FICTIONAL.items() if name.endswith(".yml")}


def faults(file: str, tree: Any) -> list[tuple[str, str]]:
    """Where and by which keyword the file's schema objects, in a fixed order."""
    validator = Draft202012Validator(SCHEMAS[file], registry=REGISTRY, format_checker=FormatChecker(["date"]))
    return sorted(("/".join(map(str, e.absolute_path)), str(e.validator)) for e in validator.iter_errors(tree))


def objects(tree: Any) -> Iterator[dict[str, Any]]:
    """Every object inside a schema."""
    if isinstance(tree, dict):
        yield tree
    for child in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from objects(child)


def test_committed_schemas_are_in_step() -> None:
    committed = {path.relative_to(ROOT): path.read_text("utf-8") for path in (ROOT / FOLDER).iterdir()}
    assert sorted(committed) == sorted(TEXTS), RENEW
    assert [path.name for path in TEXTS if committed[path] != TEXTS[path]] == [], RENEW


def test_schemas_are_no_part_of_the_data_version(project: Path) -> None:
    def version() -> str:
        return load(project, TODAY)[0].version

    before = version()
    (project / FOLDER).mkdir()
    (project / FOLDER / "dose.json").write_text("{}", "utf-8")
    assert version() == before
    with (project / "macros/data/terms.txt").open("a", encoding="utf-8") as terms:
        terms.write("AAV99\n")
    assert version() != before


@pytest.mark.parametrize("file", SCHEMAS)
def test_schema_is_one(file: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[file])
    assert SCHEMAS[file]["$schema"] == "https://json-schema.org/draft/2020-12/schema"


VALID = first_of_each({file: (Path(file).stem, file) for file in DATA})


@pytest.mark.parametrize("file", VALID.values(), ids=VALID.keys())
def test_valid_data_has_no_fault(file: str) -> None:
    tree = yaml12.read(DATA[file])
    assert faults(Path(file).stem, {} if tree is None else tree) == []  # a file of comments holds no entry


RECORDS_DEFINED = {name: each for name, each in DEFINED.items() if "properties" in each}


@pytest.mark.parametrize("name", RECORDS_DEFINED)
def test_every_record_is_closed(name: str) -> None:
    record = RECORDS_DEFINED[name]
    assert (record["type"], record["additionalProperties"]) == ("object", False)
    assert record["properties"].keys() & {"id", "at"} == ({"at"} if name == "CourseOf" else set())  # there it is a time of the day


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """A definition of the shared file with what it refers to, its own words first."""
    found: Any = SCHEMAS[RECORDS.stem]
    if "$ref" not in schema:
        return schema
    for step in schema["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return resolved(found) | schema


@pytest.mark.parametrize("name", RECORDS_DEFINED)
def test_every_key_is_described(name: str) -> None:
    properties = RECORDS_DEFINED[name]["properties"]
    assert [key for key, value in properties.items() if not resolved(value).get("description")] == []


def references() -> Iterator[str]:
    """Every reference in every schema, with the file that it leads to."""
    for name, schema in SCHEMAS.items():
        for each in objects(schema):
            if isinstance(ref := each.get("$ref"), str):
                yield ref if ref[0] != "#" else f"{name}.json{ref}"


def test_every_reference_leads_to_a_definition_and_every_definition_is_used() -> None:
    found = {ref.removeprefix(f"{RECORDS.name}#/$defs/").split("/")[0] for ref in references()}
    assert found == DEFINED.keys()


def test_no_file_repeats_a_record() -> None:
    assert [name for name, schema in SCHEMAS.items() if "$defs" in schema] == [RECORDS.stem]


@pytest.mark.parametrize("file", SCHEMAS)
def test_patterns_are_plain_enough_for_every_program(file: str) -> None:
    patterns = [each["pattern"] for each in objects(SCHEMAS[file]) if isinstance(each.get("pattern"), str)]
    odd = [p for p in patterns if "?P" in p or "\\ " in p or "\\-" in p or not (p[0] == "^" and p[-1] == "$")]
    assert odd == []


@pytest.mark.parametrize("written", BOOK.vocabulary.written_units)
def test_every_unit_is_taken(written: str) -> None:
    fact = {"title": "x", "topic": "name", "checked": "2026-01-10"}
    for key, text in {"amount": f"1.5 {written}", "range": f"1 to 2 {written}", "count": f"3 {written}"}.items():
        assert faults("identity", {"x": {**fact, key: text}}) == []


# Slips in the fictional medicine's files: what stands there, what is written, the place and keywords that flag it.
MISTAKES: dict[str, tuple[str, str, str, str, str]] = {
    "unit-missing": ("outcomes", "1.2 bleeds a year", "1.2", "bleeding-after/amount", "type"),
    "unit-unknown": ("outcomes", "1.2 bleeds a year", "1.2 bleds a year", "bleeding-after/amount", "pattern"),
    "comma-for-point": ("outcomes", "1.2 bleeds a year", "1,2 bleeds a year", "bleeding-after/amount", "pattern"),
    "power-by-e": ("dose", "2 × 10^13 vg/mL", "2e13 vg/mL", "strength/amount", "pattern"),
    "power-lost": ("dose", "2 × 10^13 vg/mL", "2 × 1013 vg/mL", "strength/amount", "pattern"),
    "power-lost-in-a-regimen": ("dose", "4 × 10^13 vg/kg", "4 × 1013 vg/kg", "standard/regimen/steps/0/amount", "anyOf"),
    "value-missing": ("outcomes", "  amount: 1.2 bleeds a year\n", "", "bleeding-after", "oneOf"),
    "two-values": ("outcomes", "  n: 40\n", "  n: 40\n  count: 40 participants\n", "bleeding-after", "oneOf"),
    "key-missing": ("outcomes", "  endpoint: treated bleeds\n", "", "bleeding-after", "required"),
    "key-misspelled": ("outcomes", "  n: 40", "  numbr: 40", "bleeding-after", "additionalProperties"),
    "key-of-another-file": ("dose", "  regimen: {steps", "  phase: 3\n  regimen: {steps", "standard", "additionalProperties"),
    "key-of-the-loader": ("outcomes", "  n: 40", "  id: bleeding", "bleeding-after", "additionalProperties"),
    "text-missing": ("outcomes", "adults with exampla disease", "", "bleeding-after/population", "type"),
    "word-misspelled": ("outcomes", "use: approved", "use: aproved", "bleeding-after/use", "oneOf"),
    "word-in-capitals": ("outcomes", "use: approved", "use: Approved", "bleeding-after/use", "oneOf"),
    "jurisdiction-unknown": ("outcomes", "[global]", "[USA]", "bleeding-after/jurisdictions/0", "oneOf"),
    "jurisdiction-no-list": ("outcomes", "[global]", "global", "bleeding-after/jurisdictions", "type"),
    "jurisdiction-repeated": ("outcomes", "[global]", "[global, global]", "bleeding-after/jurisdictions", "uniqueItems"),
    "grade-unknown": ("outcomes", "grade: A", "grade: D", "bleeding-after/sources/0/grade", "oneOf"),
    "grade-missing": ("outcomes", ", grade: A", "", "bleeding-after/sources/0", "required"),
    "topic-of-another-file": ("outcomes", "topic: bleeding", "topic: dose", "bleeding-after/topic", "oneOf"),
    "number-in-words": ("outcomes", "n: 40", "n: forty", "bleeding-after/n", "pattern"),
    "number-of-nobody": ("outcomes", "n: 40", "n: 0", "bleeding-after/n", "exclusiveMinimum"),
    "interval": ("outcomes", "95% CI 0.9 to 1.5", "0.9-1.5", "bleeding-after/interval", "pattern"),
    "day-first": ("outcomes", "2026-01-10", "10.01.2026", "bleeding-after/checked", "format pattern"),
    "no-such-day": ("outcomes", "2026-01-10", "2026-02-30", "bleeding-after/checked", "format"),
    "name-with-capital": ("outcomes", "bleeding-after:", "Bleeding:", "", "pattern"),
    "event-missing": ("status", "  event: full\n", "", "approval-us", "required"),
    "event-of-other-topic": ("status", "event: full", "event: marketed", "approval-us/event", "enum"),
    "event-of-no-topic": ("status", "topic: market\n", "topic: market\n  event: full\n", "price/topic", "enum"),
    "words-misnamed": ("status", "{words:", "{word:", "supply-eu/not_found", "additionalProperties required"),
    "passages-misnamed": ("dose", "{passages:", "{passage:", "storage-eu/not_read", "additionalProperties required"),
    "no-part": ("safety", "part: section", "section: section", "overdose-eu/silent/passages/0", "additionalProperties"),
    "verdict-unknown": ("corrections", "not-supported", "wrong", "C2/verdict", "oneOf"),
    "inn-in-capitals": ("medicine", "inn: f", "inn: F", "inn", "pattern"),
    "due-by-month": ("medicine", "2026-07-10", "2026-07", "check_due", "format pattern"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "place", "keywords"), MISTAKES.values(), ids=MISTAKES.keys())
def test_mistake_is_flagged_and_refused(
    project: Path, edit: Callable[[str, str, str], None], file: str, old: str, new: str, place: str, keywords: str
) -> None:
    path = f"macros/data/{SLUG}/{file}.yml"
    before, _ = load(project, TODAY)
    assert list(every.of_data(before)) == []
    edit(path, old, new)
    tree = yaml12.read((project / path).read_text("utf-8"))
    assert faults(file, tree) == [(place, word) for word in keywords.split()]
    book, found = load(project, TODAY)
    assert [each for each in [*found, *every.of_data(book)] if each.file == path] != []


FACT = "title: x\ntopic: name\nchecked: 2026-01-10\n"
# One key as an editor writes it, and whether it is right: the loader and the schema must say the same.
AGREED = {
    Fact: {
        True: [
            "amount: 6 × 10^13 vg/kg", "amount: 6 x 10^13 vg/kg", "amount: at least 3 hours", "amount: -70 °C",
            "amount: '>1.25 × ULN'", "amount: '≥ 2 × ULN'", "amount: 0.5 mL", "amount: 100 %", "range: 84 to 232 weeks",
            "range: -25 to -15 °C", "proportion: 26 of 181", "proportion: 26 of 181 participants", "count: 0 patients",
            "date: 2023", "date: 2023-06", "date: 2023-06-29", "date: '2023'", "code: B02BD15", "code: 12345",
            "terms: [a, b]", "terms: [1, 2]", "statement: '3'", "statement: no", "schedule: [{every: 1 week}]",
            "schedule: [{every: 4 to 6 weeks, times: 2, until: 1 year, after: it}, {then: yearly}]",
            "schedule: [{every: 1 week, times: 2 to 3}]", "not_read: {passages: [{source: x}]}",
            "not_read: {only: a, passages: [{source: x, part: a}, {source: x, part: b}]}", "silent: {passages: [{source: x}]}",
            "not_found: {words: [a], where: b, on: 2026-01-10}", "not_found: {only: c, words: [a, b], where: b, on: 2026-01-10}",
        ],
        False: [
            "amount: 3", "amount: 03 mL", "amount: .5 mL", "amount: 1,000 mL", "amount: 3mL", "amount: roughly 3 mL",
            "amount: [3 mL]", "amount:", "range: 84-232 weeks", "range: 84 weeks to 232 weeks", "proportion: 26/181",
            "proportion: 26 of 0", "count: 1.5 patients", "count: 12", "date: 29 June 2023", "date: 2023-13",
            "date: 2023-6", "date: 0", "terms: a", "terms: []", "terms: [a, b, a]", "statement:", "statement: {a: b}",
            "schedule: []", "schedule: {every: 1 week}", "schedule: [{every: 1 week, then: yearly}]",
            "schedule: [{times: 2}]", "schedule: [{every: 1 week, times: 1 or 2}]", "schedule: [{every: 1 week, until: 1 year}]", "not_read: not known",
            "not_read: {}", "not_read: {passages: []}", "not_read: {passages: [x]}", "not_read: {passages: [{part: x}]}",
            "silent: {only: a}", "silent: {passages: {source: x}}", "not_found: {words: [a], where: b}",
            "not_found: {words: [], where: b, on: 2026-01-10}", "not_found: {words: [a], where: b, on: 2026-01}",
            "not_found: {words: [a], on: 2026-01-10}",
            "unknown: {reason: x, searched: 2026-01-10}", "dose: 3 mL",
        ],
    },
    Unit: {
        True: ["tight: true", "tight: 'false'", "written: ''", "spoken: [a, b]"],
        False: ["tight: yes", "tight: 1", "spoken: [a]", "spoken: [a, b, c]", "spoken: a"],
    },
}  # fmt: skip
# What only the loader can see: the meaning of a value, not its form.
LOADER_ONLY = [
    "range: 3 to 2 weeks",
    "proportion: 3 of 2",
    "amount: -0 mL",
    "statement: two  spaces",
]
# What only a schema minds: an unquoted text that YAML 1.2 takes for a boolean or for nothing.
SCHEMA_ONLY = ["statement: true", "statement: null", "code: ~", "terms: [a, false]"]
SAID: list[tuple[type, str, bool, bool]] = [
    *((kind, text, good, good) for kind, table in AGREED.items() for good, texts in table.items() for text in texts),
    *((Fact, text, False, True) for text in LOADER_ONLY),
    *((Fact, text, True, False) for text in SCHEMA_ONLY),
]


@pytest.mark.parametrize(("kind", "text", "loads", "fits"), SAID, ids=[text for _, text, _, _ in SAID])
def test_schema_and_loader_agree(kind: type, text: str, loads: bool, fits: bool) -> None:
    file, entry = ("identity", FACT + text) if kind is Fact else ("units", text)
    document, found = read_text(entry, "x.yml")
    assert found == ()
    context = {"vocabulary": BOOK.vocabulary, "today": date.max}
    try:
        TypeAdapter(kind).validate_python(document.tree, context=context)
        loaded = True
    except ValidationError:
        loaded = False
    assert (loaded, faults(file, {"x": yaml12.read(entry)}) == []) == (loads, fits)
