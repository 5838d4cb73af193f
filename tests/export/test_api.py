"""The files of the interface: their shapes, their words, and what is never left out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from macros.export import api, every, schema
from macros.export.place import Made, Site
from macros.formulary.book import Formulary
from macros.formulary.model import Recall
from macros.formulary.values import Gap
from macros.pages.files import API, DATA_OF_ALL, data_of
from tests.conftest import ROOT

SITE = Site("Monographs")
MADE = Made("2026-11-26-0123456789", date(2026, 11, 26), date(2026, 11, 20), date(2027, 5, 26))
# What a schema may say of a field besides its type, and say more exactly later on.
_MORE = ("title", "description", "pattern", "format")
_LINES = Path(__file__).parent.parent / "golden/api-v1.txt"


@pytest.fixture(scope="module")
def records(book: Formulary) -> dict[str, dict[str, Any]]:
    """What programs get of each real medicine, as it stands in its file."""
    files = {slug: every.of_medicine(book, each, SITE)[0] for slug, each in book.monographs.items()}
    return {slug: json.loads(own[f"{API}/medicines/{slug}.json"]) for slug, own in files.items()}


@pytest.fixture(scope="module")
def of_site(book: Formulary) -> dict[str, Any]:
    """The files that tell of all medicines."""
    return {path: json.loads(text) for path, text in every.of_site(book, SITE, MADE, ["index.html"]).items() if path.endswith(".json")}


def test_each_medicine_has_the_shape_that_its_schema_says(records: Mapping[str, Any]) -> None:
    judge = Draft202012Validator(_closed(schema.schema("medicine")))
    assert [(slug, error.json_path, error.message) for slug, each in records.items() for error in judge.iter_errors(each)] == []


@pytest.mark.parametrize("name", [name for name in schema.FILES if name != "medicine"])
def test_each_other_file_has_the_shape_that_its_schema_says(name: str, of_site: Mapping[str, Any]) -> None:
    judge = Draft202012Validator(_closed(schema.schema(name)))
    path = schema.FILES[name][1].replace("{number}", "1")
    assert [error.message for error in judge.iter_errors(of_site[path])] == []


def test_what_a_later_version_adds_passes_an_older_schema(records: Mapping[str, Any]) -> None:
    more = {**records["apixaban"], "added": 1, "facts": [{**each, "added": 1} for each in records["apixaban"]["facts"][:3]]}
    assert [*Draft202012Validator(schema.schema("medicine")).iter_errors(more)] == []


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        (("value", "amount", "number"), "1e3"),
        (("value", "amount", "number"), "1,000"),
        (("checked",), "26 November 2026"),
        (("id",), "apixaban"),
        (("address",), "monographs/apixaban/"),
    ],
)
def test_a_schema_refuses_a_form_that_no_file_has(records: Mapping[str, Any], field: tuple[str, ...], wrong: str) -> None:
    fact = next(json.loads(json.dumps(each)) for each in records["apixaban"]["facts"] if each["value"]["kind"] == "amount")
    held = fact
    for name in field[:-1]:
        held = held[name]
    judge = Draft202012Validator({"$defs": schema.schema("medicine")["$defs"], "$ref": "#/$defs/Fact"})
    assert judge.is_valid(fact)
    held[field[-1]] = wrong
    assert not judge.is_valid(fact)


@pytest.mark.parametrize("name", schema.FILES)
def test_each_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema.schema(name))


def test_every_fact_and_every_gap_is_there_once_in_its_own_list(book: Formulary, records: Mapping[str, Any]) -> None:
    for slug, each in records.items():
        facts = book.monographs[slug].facts.values()
        assert [said["id"] for said in each["facts"]] == [fact.id for fact in facts if not isinstance(fact.value, Gap)]
        for kind, gaps in each["gaps"].items():
            assert [said["id"] for said in gaps] == [fact.id for fact in facts if fact.value_key == kind]


def test_status_and_places_are_never_left_out(book: Formulary, records: Mapping[str, Any]) -> None:
    said = [each for record in records.values() for each in _said(record)]
    assert [(each["id"], each["status"], each["places"]) for each in said] == [
        (each["id"], book.facts[each["id"]].use, [*book.facts[each["id"]].jurisdictions]) for each in said
    ]


def test_every_source_that_is_named_is_there(records: Mapping[str, Any]) -> None:
    for record in records.values():
        known = {each["name"] for each in record["sources"]}
        cited = {each["source"] for said in _said(record) for each in (*said.get("sources", ()), *said.get("passages", ()))}
        assert cited == known


def test_no_number_is_a_binary_fraction(records: Mapping[str, Any]) -> None:
    assert [found for record in records.values() for found in _floats(record)] == []


def test_a_dose_with_its_group(records: Mapping[str, Any]) -> None:
    fact = next(each for each in records["apixaban"]["facts"] if each["id"] == "apixaban/dose/child-2-6")
    assert fact["condition"] == "after at least 5 days of initial anticoagulation"
    assert fact["text"].endswith("then 0.15 mg twice a day, by mouth (after at least 5 days of initial anticoagulation)")
    assert fact["value"]["group"]["measures"][0] == {
        "measure": "body weight", "text": "2.6 to below 4 kg", "low": "2.6", "low_included": True, "low_unit": "kg", "low_ucum": "kg",
        "high": "4", "high_included": False, "high_unit": "kg", "high_ucum": "kg",
    }  # fmt: skip
    assert fact["value"]["steps"][0] == {
        "text": "0.3 mg twice a day for 7 days",
        "dose": {"text": "0.3 mg", "low": [{"text": "0.3 mg", "number": "0.3", "unit": "mg", "ucum": "mg"}]},
        "once": False,
        "every": {"text": "1 day", "number": "1", "unit": "day", "ucum": "d"},
        "times": "2",
        "duration": {"text": "7 days", "number": "7", "unit": "day", "ucum": "d"},
    }


def test_a_dose_of_another_medicine_is_named_and_not_listed(records: Mapping[str, Any]) -> None:
    regimens = {each["id"]: each["value"].get("medicine") for record in records.values() for each in record["facts"] if _dosed(each)}
    others = {name for name, medicine in regimens.items() if medicine}
    assert {regimens[name] for name in others} == {"clarithromycin", "lansoprazole", "enoxaparin"}
    assert {name for record in records.values() for name in record["regimens"]} & others == set()


def _dosed(fact: Mapping[str, Any]) -> bool:
    return bool(fact["value"]["kind"] == "regimen")


def test_of_a_draft_nothing_is_authorized(book: Formulary) -> None:
    own = book.monographs["apixaban"]
    draft = replace(own, medicine=own.medicine.model_copy(update={"draft": True}))
    record = api.record(replace(book, monographs={own.slug: draft}), draft, SITE)
    assert [each["id"] for each in record["facts"] if each["authorizes"] or not each["quote"].startswith("Draft, not for use: ")] == []


def test_a_gap_says_its_kind_and_where_it_would_stand(records: Mapping[str, Any]) -> None:
    for record in records.values():
        for kind, gaps in record["gaps"].items():
            assert {each["kind"] for each in gaps} <= {kind}
            assert all(each["words"] and each["where"] and each["on"] if kind == "not_found" else each["passages"] for each in gaps)


def test_what_a_program_may_rely_on_is_never_taken_away(golden: Any) -> None:
    """Each line is a field with its type and whether it is always there; a line goes only by hand, with a new version of the interface."""
    now = {line for name in schema.FILES for line in _fields(schema.schema(name))}
    known = set(_LINES.read_text("utf-8").splitlines()) if _LINES.is_file() else set()
    assert sorted(known - now) == []
    made = "\n".join(sorted(known | now)) + "\n"
    assert made == golden(_LINES, made)


def test_the_index_leads_to_every_other_file(of_site: Mapping[str, Any]) -> None:
    index = of_site[f"{API}/index.json"]
    named = [index["medicines"], index["names"], index["vocabulary"], *index["sources"], *index["schemas"]]
    assert sorted({f"{API}/index.json", *named}) == sorted(of_site)
    assert {index["openapi"], index["feed"], index["llms"], *index["archives"], *named} >= {*DATA_OF_ALL.values()} - {f"{API}/index.json"}
    days = {name: index[name] for name in ("site_version", "built", "checked", "use_until")}
    assert days == {"site_version": MADE.version, "built": "2026-11-26", "checked": "2026-11-20", "use_until": "2027-05-26"}
    assert "No clinician has reviewed these monographs." in index["notice"] and index["reviewed"] is False


def test_the_list_of_medicines_leads_to_every_file_of_each(of_site: Mapping[str, Any]) -> None:
    for each in of_site[f"{API}/medicines.json"]["medicines"]:
        assert {each["file"], each["csv"], each["fhir"], each["feed"]} == {*data_of(each["medicine"]).values()}


def test_the_page_for_developers_names_every_file() -> None:
    text = (ROOT / "docs/about/data.md").read_text("utf-8")
    paths = [*DATA_OF_ALL.values(), *data_of("{name}").values(), f"{API}/sources/", f"{API}/schema/"]
    assert [path for path in paths if f"`{path}" not in text] == []


def test_the_index_names_what_was_recalled(book: Formulary) -> None:
    recalled = replace(book, recalls={"2026-01-01-0123456789": Recall.model_construct()})
    assert json.loads(every.of_site(recalled, SITE, MADE, [])[f"{API}/index.json"])["recalled"] == ["2026-01-01-0123456789"]


def test_names_lead_to_their_medicine(of_site: Mapping[str, Any]) -> None:
    names = of_site[f"{API}/names.json"]["names"]
    assert {"name": "Eliquis", "kind": "brand", "medicine": "apixaban"} in names
    assert {each["medicine"] for each in names} == {each["medicine"] for each in of_site[f"{API}/medicines.json"]["medicines"]}


def test_no_file_is_larger_than_two_megabytes(book: Formulary) -> None:
    files = [*every.of_site(book, SITE, MADE, ["index.html"]).values()]
    files += [text for each in book.monographs.values() for text in every.of_medicine(book, each, SITE)[0].values()]
    assert max(len(text.encode()) for text in files) < 2_000_000


def test_a_withdrawn_authorization_is_told(records: Mapping[str, Any]) -> None:
    found = {each["place"]: each for each in records["fidanacogene-elaparvovec"]["authorizations"]}
    ended = "fidanacogene-elaparvovec/status/eu-withdrawal"
    assert found["EU"] == {"place": "EU", "granted": True, "event": "withdrawn", "ended_by": ended, "since": "2025-05-15", "stands": False}


def test_an_authorization_on_conditions_says_so(records: Mapping[str, Any]) -> None:
    found = {each["place"]: (each["event"], each.get("since")) for each in records["etranacogene-dezaparvovec"]["authorizations"]}
    assert found == {
        "US": ("full", "2022-11-22"), "EU": ("conditional", "2023-02-20"), "CA": ("full", "2023-10-23"), "UK": ("granted", "2023-03"),
        "CH": ("granted", "2023-12-07"),
    }  # fmt: skip


def _said(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from record["facts"]
    for gaps in record["gaps"].values():
        yield from gaps


def _floats(said: object) -> Iterator[float]:
    if isinstance(said, float):
        yield said
    for each in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from _floats(each)


def _closed(tree: Any) -> Any:
    """A schema that refuses what it does not name: a file of now holds nothing else."""
    if isinstance(tree, list):
        return [_closed(each) for each in tree]
    if not isinstance(tree, dict):
        return tree
    made = {key: _closed(each) for key, each in tree.items()}
    return {**made, "additionalProperties": False} if "properties" in made and "title" in made else made


def _fields(made: Mapping[str, Any]) -> Iterator[str]:
    """Every field of a schema, by its shape, with its type and whether it is always there."""
    for shape in ({"title": made["title"], **made}, *({"title": name, **each} for name, each in made.get("$defs", {}).items())):
        for name, field in shape.get("properties", {}).items():
            kind = json.dumps({key: each for key, each in field.items() if key not in _MORE}, sort_keys=True)
            yield f"{shape['title']}.{name} {'always' if name in shape.get('required', ()) else 'where it applies'}: {kind}"


@pytest.mark.parametrize(
    "said", ["a", '"\\/', "\b\t\n\f\r", "\x00\x1f\x7f", "é – 𝄞\u2028", "</script>", "", 1, -2, True, None, [], {}, [{"a": [1, "b"]}]]
)
def test_json_is_written_as_python_writes_it(said: object) -> None:
    plain = json.dumps({"a": said}, ensure_ascii=False, separators=(",", ":"))
    assert api.text_of({"a": said}) == f"{plain}\n"
