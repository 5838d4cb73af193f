"""What programs are told of a medicine in the words of schema.org."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from schema_org.registry import ENUM_MEMBERS, PARENTS, PROPERTY_BY_SCHEMA
from selectolax.lexbor import LexborHTMLParser

from macros.export import linked
from macros.export.place import Site
from macros.formulary.book import Formulary
from macros.formulary.load import load
from tests.conftest import SLUG, TODAY

SITE = Site("Monographs", "https://example.org/")


def _typed(said: Any) -> Iterator[dict[str, Any]]:
    """Every record with a type."""
    if isinstance(said, dict):
        yield said
    for each in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from _typed(each)


def _kinds(name: str) -> set[str]:
    """A type of the vocabulary with all that it is a kind of."""
    return {name}.union(*(_kinds(each) for each in PARENTS[name]))


def test_every_type_and_property_is_one_of_the_published_vocabulary(book: Formulary) -> None:
    assert ENUM_MEMBERS  # the whole vocabulary is there
    for monograph in book.monographs.values():
        for record in _typed(linked.record(book, monograph, SITE)):
            kinds = _kinds(record["@type"])
            for name, value in record.items():
                if name.startswith("@"):
                    continue
                known = PROPERTY_BY_SCHEMA[name]
                assert known.superseded_by is None and kinds.intersection(known.domains), (record["@type"], name)
                for each in value if isinstance(value, list) else [value]:
                    held = _kinds(each["@type"]) if isinstance(each, dict) else {"Text", "URL"}
                    assert held.intersection(known.ranges), (record["@type"], name, each)


def test_a_dose_that_can_be_said_whole_is_said(book: Formulary) -> None:
    doses = linked.record(book, book.monographs["apixaban"], SITE)["mainEntity"]["doseSchedule"]
    assert doses[0] == {
        "@type": "RecommendedDoseSchedule",
        "name": "Nonvalvular atrial fibrillation",
        "description": "age at least 18 years; who don't meet the criteria for the lower dose: 5 mg twice a day, by mouth",
        "targetPopulation": "Nonvalvular atrial fibrillation: age at least 18 years; who don't meet the criteria for the lower dose",
        "doseValue": {"@type": "QualitativeValue", "name": "5"},
        "doseUnit": "mg",
        "frequency": "twice a day, by mouth",
        "recognizingAuthority": [{"@type": "Organization", "areaServed": "United States"}],
        "url": "https://example.org/monographs/apixaban/evidence/#fact-dose-af-usual",
    }


# The dose of a fictional tablet that schema.org can say, and what of it schema.org can't.
_DOSE = """
tablet:
  title: Each dose
  topic: {topic}
  regimen: {{who: {{measures: {{age: at least 18 years}}}}, route: oral, steps: [{{{step}}}]{more}}}
  use: {use}
  evidence: {evidence}
  under: indications/us
  jurisdictions: [{places}]
  sources: [{{source: exampla-label-eu, grade: {grade}, locator: section 4.2}}]
  checked: 2025-01-10{condition}
"""
# What ends the authorization in the EU.
_ENDED = """
end-eu:
  title: End
  topic: authorization
  event: withdrawn
  date: 2025-06-01
  jurisdictions: [EU]
  sources: [{source: exampla-label-eu, grade: B, locator: section 4.2}]
  checked: 2026-01-10
"""
_SAID = {
    "step": "amount: 5 mg, every: 1 day",
    "more": "",
    "use": "approved",
    "evidence": "label",
    "places": "EU",
    "topic": "dose",
    "grade": "B",
    "condition": "",
    "ended": "",
}


@pytest.mark.parametrize(
    ("changed", "count"),
    [
        ({"places": "US, EU"}, 1),
        ({"places": "US, EU", "ended": _ENDED}, 0),  # its words would name both places
        ({}, 1),
        ({"step": "amount: up to 5 mg, every: 1 day"}, 0),
        ({"step": "amount: 5 to 10 mg, every: 1 day"}, 0),
        ({"step": "amount: 5 mg, every: 1 day, for: 7 days"}, 0),
        ({"step": "amount: 5 mg, every: 1 day, as_needed: pain"}, 0),
        ({"more": ", maximum: [5 mg in a day]"}, 0),
        ({"condition": "\n  condition: only if tolerated"}, 0),
        ({"more": ", medicine: partneridine"}, 0),
        ({"topic": "administration"}, 0),
        ({"grade": "C"}, 0),
        ({"use": "research"}, 0),
        ({"use": "off-label"}, 0),
        ({"use": "withdrawn"}, 0),
        ({"evidence": "guidance"}, 0),
        ({"ended": _ENDED}, 0),
    ],
)
def test_a_dose_is_told_only_if_it_is_approved_and_nothing_of_it_is_lost(project: Path, changed: dict[str, str], count: int) -> None:
    said = {**_SAID, **changed}
    for file, more in (("dose", _DOSE.format(**said)), ("status", said["ended"])):
        path = project / f"macros/data/{SLUG}/{file}.yml"
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    book, findings = load(project, TODAY)
    assert [str(each) for each in findings] == []
    doses = linked.record(book, book.monographs[SLUG], SITE)["mainEntity"].get("doseSchedule", [])
    assert len([each for each in doses if each["name"] == "Each dose"]) == count


def test_an_authorization_is_called_what_it_is(book: Formulary) -> None:
    def statuses(slug: str) -> dict[str, str]:
        found = linked.record(book, book.monographs[slug], SITE)["mainEntity"]["legalStatus"]
        return {each["applicableLocation"]["name"]: each["name"] for each in found}

    assert statuses("valoctocogene-roxaparvovec") == {"United States": "authorized", "European Union": "conditional authorization"}
    assert statuses("fidanacogene-elaparvovec")["European Union"] == "authorization withdrawn"


def test_that_a_label_names_none_is_no_warning(book: Formulary) -> None:
    said = [each for own in book.monographs.values() for each in linked.record(book, own, SITE)["mainEntity"]["warning"]]
    denials = ("carries no boxed warning", "names no contraindications", "lists no contraindications")
    assert [each for each in said if any(words in each for words in denials)] == []
    assert any(each.startswith("Contraindications: Hypersensitivity: ") for each in said)


def test_of_a_draft_nothing_but_its_name_is_told(book: Formulary) -> None:
    own = book.monographs["apixaban"]
    draft = replace(own, medicine=own.medicine.model_copy(update={"draft": True}))
    said = linked.record(replace(book, monographs={own.slug: draft}), draft, SITE)
    assert said["creativeWorkStatus"] == "Draft, not for use"
    assert [*said["mainEntity"]] == ["@type", "name", "nonProprietaryName", "proprietaryName", "drugClass"]


def test_no_text_ends_the_element(book: Formulary) -> None:
    named = linked.text_of(book, book.monographs["apixaban"], Site("</script><b>"))
    assert named.count("</script>") == 1
    found = LexborHTMLParser(named).css_first("script")
    assert found and json.loads(found.text())["isPartOf"]["name"] == "</script><b>"
