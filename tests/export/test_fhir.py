"""The FHIR document of each medicine: in the shapes of R5, the same for the same data, and without a word of what is not authorized."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from fhir.resources.bundle import Bundle

from macros.export import fhir, fhir_parts
from macros.export.held import Medicine
from macros.formulary.book import Formulary
from macros.formulary.load import load
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.words import plainly
from tests.conftest import SLUG, TODAY
from tests.formulary.test_ordinary_medicines import FORMER, TABLET, project_with_both
from tests.support.fhir import read

DAY = date(2026, 1, 20)


def address(fact: Fact) -> str:
    """Where a fact stands."""
    return f"../../{fact.slug}/#{fact.short_id}"


def document(book: Formulary, slug: str) -> str:
    """The document of a medicine."""
    return fhir.text(fhir.bundle(book, book.monographs[slug], address, "1", DAY))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Formulary:
    """The three fictional medicines."""
    return load(project_with_both(tmp_path_factory.mktemp("fhir")), TODAY)[0]


@pytest.fixture
def every(book: Formulary, small: Formulary) -> list[tuple[Formulary, Monograph]]:
    """Each medicine with its formulary, real and fictional."""
    return [(each, monograph) for each in (book, small) for monograph in each.monographs.values()]


def composition(text: str) -> dict[str, Any]:
    """The text of the document, with its sections."""
    found: dict[str, Any] = json.loads(text)["entry"][0]["resource"]
    return found


def sections(text: str) -> dict[str, str]:
    """The narrative of each section by its first code."""
    (root,) = composition(text)["section"]
    return {each["code"]["coding"][0]["code"]: each["text"]["div"] for each in (root, *root["section"])}


def test_each_document_has_the_shapes_of_r5(every: list[tuple[Formulary, Monograph]]) -> None:
    for book, monograph in every:
        text = document(book, monograph.slug)
        assert Bundle.model_validate_json(text).get_resource_type() == "Bundle"
        assert len(text) < 2_000_000


def test_a_shape_that_r5_has_not_is_refused(small: Formulary) -> None:
    with pytest.raises(ValueError, match="asNeeded"):
        Bundle.model_validate_json(document(small, TABLET).replace('"frequency":2', '"asNeeded":2'))


def test_the_same_data_give_the_same_text(small: Formulary, tmp_path: Path) -> None:
    again = load(project_with_both(tmp_path), TODAY)[0]
    assert [document(small, slug) for slug in small.monographs] == [document(again, slug) for slug in small.monographs]


def test_the_order_of_facts_is_that_of_the_data(book: Formulary) -> None:
    text = document(book, "apixaban")
    assert text.endswith("\n]}\n")
    assert text == fhir.text(fhir.bundle(book, book.named("apixaban"), address, "1", DAY))
    assert list(json.loads(text)) == ["resourceType", "id", "language", "identifier", "type", "timestamp", "entry"]


def test_numbers_are_written_exactly() -> None:
    numbers = [fhir_parts.Decimal(each) for each in ("0.15", "1E+15", "0.0000001", "-2", "12345678901234567890.5")]
    written = '{"numbers":[0.15,1000000000000000,0.0000001,-2,12345678901234567890.5],"entry":[\n"0.15"\n]}\n'
    assert fhir.text({"numbers": numbers, "entry": ["0.15"]}) == written


def marked(book: Formulary, monograph: Monograph) -> Iterator[tuple[Fact, str]]:
    """What may not stand in the document: the value of each fact of another use, of another's evidence, and of gaps."""
    held = {each.fact.id for each in Medicine(book, monograph).held}
    for fact in monograph.facts.values():
        if fact.id not in held and not book.event(fact):
            yield fact, plainly(fact.value.written(book.vocabulary))


def test_nothing_of_another_use_stands_in_a_document(every: list[tuple[Formulary, Monograph]]) -> None:
    for book, monograph in every:
        ids = set(re.findall(r'"valueString":"([^"]*/[^"]*/[^"]*)"', document(book, monograph.slug)))
        assert ids & {fact.id for fact, _ in marked(book, monograph)} == set()
        assert [fact.id for name in ids if book.is_marked(fact := monograph.facts[name]) or book.rests_elsewhere(fact)] == []


def test_sentences_of_another_use_stand_in_no_document(every: list[tuple[Formulary, Monograph]]) -> None:
    for book, monograph in every:
        text = plainly(json.dumps(json.loads(document(book, monograph.slug)), ensure_ascii=False))
        held = " ".join(Medicine(book, monograph).told(each.fact) for each in Medicine(book, monograph).held)
        others = [(fact.id, said) for fact, said in marked(book, monograph) if book.is_marked(fact) and len(said) > 40]
        assert [name for name, said in others if said in text and said not in held] == []


REASONS = {
    TABLET: [
        "Off-label – outside the approved label: 2 facts", "Research only – not an approved use: 1 fact", "no place is named: 1 fact",
        "the dose of another medicine: 1 fact", "the result of a trial: 1 fact", "trial report, not label: 1 fact",
    ],
    FORMER: ["Withdrawn – the authorization has ended: 2 facts", "no authorization stands there: 4 facts", "no place is named: 1 fact"],
}  # fmt: skip


@pytest.mark.parametrize(("slug", "reasons"), REASONS.items())
def test_what_is_left_out_is_counted_by_its_reason(small: Formulary, slug: str, reasons: list[str]) -> None:
    said = read(document(small, slug)).left_out
    assert [line for line in said if line in reasons] == reasons
    assert said[-1] == f"They stand on ../../{slug}/"
    numbers = [int(found[1]) for line in said if (found := re.search(r": (\d+) facts?$", line))]
    assert sum(numbers) == len(Medicine(small, small.monographs[slug]).left_out)


def test_every_fact_is_held_or_left_out_for_each_of_its_places(every: list[tuple[Formulary, Monograph]]) -> None:
    for book, monograph in every:
        told = Medicine(book, monograph)
        places = {fact.id: set(fact.jurisdictions) for fact in monograph.facts.values() if not book.event(fact)}
        for each in (*told.held, *told.left_out):
            places[each.fact.id] -= set(each.places)
        assert {name for name, left in places.items() if left} == set()
        assert places.keys() == {each.fact.id for each in (*told.held, *told.left_out)}


def test_what_is_not_known_is_told_and_never_looks_like_nothing(small: Formulary) -> None:
    text = document(small, SLUG)
    gap = "Overdose: Silent: Product information of Exampla (fictional), section 4.9, read whole, says nothing on it [European Union]"
    assert (gap in sections(text)["overdose"], "overdose-eu" in json.dumps(read(text).uses)) == (True, False)


def test_a_weak_source_is_called_one(small: Formulary) -> None:
    (text, _) = read(document(small, SLUG)).uses["undesirable-effect"][f"{SLUG}/safety/nausea-us"]
    assert text == "Nausea: 12%; weak source, check before use: US"


def test_a_dose_of_a_weak_source_is_a_sentence_alone(small: Formulary, tmp_path: Path) -> None:
    project = project_with_both(tmp_path)
    path = project / f"macros/data/{TABLET}/dose.yml"
    path.write_text(path.read_text("utf-8").replace("grade: A", "grade: C", 1), "utf-8")
    adult = f"{TABLET}/dose/adult"
    before, after = (read(document(each, TABLET)).doses[adult] for each in (small, load(project, TODAY)[0]))
    assert (before.regimen is None, after.regimen) == (False, None)
    assert after.sentence == before.sentence.replace(" [", "; weak source, check before use: US [")


STATUSES: dict[str, tuple[Callable[[str], str], str, str]] = {
    "not-reviewed": (lambda text: text, "preliminary", "No clinician has reviewed it, so that it is preliminary."),
    "reviewed": (
        lambda text: text.replace("reviews: []", "reviews: [{name: Dr. Example, role: pharmacist, date: 2026-01-10}]"),
        "final",
        "Reviewed clinically by Dr. Example, pharmacist, 2026-01-10.",
    ),
    "draft": (
        lambda text: text.replace("reviews: []", "draft: true\nreviews: [{name: Dr. Example, role: pharmacist, date: 2026-01-10}]"),
        "preliminary",
        "Draft, not for use: of the medicine nothing but its names is told.",
    ),
}


@pytest.mark.parametrize(("change", "status", "said"), STATUSES.values(), ids=STATUSES.keys())
def test_only_what_a_clinician_reviewed_is_final(tmp_path: Path, change: Callable[[str], str], status: str, said: str) -> None:
    project = project_with_both(tmp_path)
    path = project / f"macros/data/{TABLET}/medicine.yml"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    text = document(load(project, TODAY)[0], TABLET)
    assert (composition(text)["status"], said in sections(text)["whole"]) == (status, True)


def test_the_document_of_a_draft_holds_nothing_but_names(tmp_path: Path) -> None:
    project = project_with_both(tmp_path)
    path = project / f"macros/data/{TABLET}/medicine.yml"
    path.write_text(path.read_text("utf-8").replace("reviews: []", "draft: true\nreviews: []"), "utf-8")
    text = document(load(project, TODAY)[0], TABLET)
    kinds = [each["resource"]["resourceType"] for each in json.loads(text)["entry"]]
    assert kinds == ["Composition", "Organization", "MedicinalProductDefinition", "Ingredient"]
    assert [*sections(text)] == ["whole", "left-out"]
    assert re.findall(r"Draft, not for use: \d+ facts", sections(text)["left-out"]) != []


def test_a_document_says_where_an_authorization_stands(small: Formulary) -> None:
    assert "It holds what is authorized in: United States, European Union." in sections(document(small, TABLET))["whole"]
    assert "No authorization stands in any place that it knows of." in sections(document(small, FORMER))["whole"]


def test_no_result_of_a_trial_stands_in_a_document(every: list[tuple[Formulary, Monograph]]) -> None:
    """No section tells of one, and no fact that names its trial; the section of what is left out counts them."""
    for book, monograph in every:
        topics = {name for name, each in book.vocabulary.lists.topics.items() if each.file in ("outcomes", "trials")}
        text = document(book, monograph.slug)
        assert sections(text).keys() & {*topics, "major-bleeding"} == set()
        assert [each.fact.id for each in Medicine(book, monograph).held if each.fact.trial] == []
        assert "the result of a trial" in " ".join(read(text).left_out) or monograph.slug not in ("amoxicillin", "apixaban", TABLET)


# What a label tells of trials, and of a medicine that has no relevant effect, which a program could take for a rule.
NO_USES = ("aspirin-af", "antiplatelet-acs", "amp-common", "kid-common", "ext-common", "no-effect")


def test_what_a_label_tells_of_a_study_is_no_resource(book: Formulary) -> None:
    said = {name.rpartition("/")[2] for each in read(document(book, "apixaban")).uses.values() for name in each}
    assert said & {*NO_USES} == set() and "hemostasis" in said
    assert "No relevant change of the exposure: Famotidine" in sections(document(book, "apixaban"))["interaction"]


def test_a_mistake_and_the_dose_of_a_study_stand_only_in_the_sentences_that_tell_of_them(book: Formulary) -> None:
    said = sections(document(book, "methotrexate"))
    assert "Taken every day by mistake, methotrexate tablets have killed" in said["boxed-warning"]
    assert "taken: every day" not in " ".join(said.values())
    assert "Dose that the patients" not in said["adverse-reaction"] and "On 7.5–15 mg once a week" in said["adverse-reaction"]
    assert "a dose or an interval that means something only in the sentence that names it" in said["left-out"]


def test_a_name_is_used_only_where_an_authorization_stands(book: Formulary) -> None:
    resources = [each["resource"] for each in json.loads(document(book, "fidanacogene-elaparvovec"))["entry"]]
    (product,) = (each for each in resources if each["resourceType"] == "MedicinalProductDefinition")
    usage = {
        each["productName"]: {code["code"] for use in each.get("usage", ()) for code in use["country"]["coding"]}
        for each in product["name"]
    }
    assert usage == {"Beqvez": {"US", "CA"}, "Durveqtix": set()}


def test_an_event_that_no_regulator_states_says_so(small: Formulary) -> None:
    supply = sections(document(small, SLUG))["availability"]
    assert "supply limited: 1 June 2025 (not the word of a label or a regulator) [United States]" in supply


def test_text_of_the_data_is_no_markup(small: Formulary) -> None:
    assert (
        fhir_parts.narrative(["a < b & c"])["div"] == '<div xmlns="http://www.w3.org/1999/xhtml"><ul><li>a &lt; b &amp; c</li></ul></div>'
    )


def test_codes_of_sections_are_those_that_the_importer_knows(root: Path) -> None:
    known = yaml.safe_load((root / "macros/labels/sections.yml").read_text("utf-8"))["us"]
    topics = {entry["code"]: entry["topics"] for entry in known.values()}
    assert [topic for topic, code in fhir.LOINC.items() if topic not in topics[code]] == []


def test_places_have_iso_codes(book: Formulary) -> None:
    assert tuple(fhir_parts.ISO) == book.authorities
    said = json.loads(document(book, "etranacogene-dezaparvovec"))["entry"]
    regions = [each["resource"]["region"] for each in said if each["resource"]["resourceType"] == "RegulatedAuthorization"]
    codes = ["US", "EU", "CA", "GB", "CH"]
    assert [each["coding"] for (each,) in regions] == [[{"system": "urn:iso:std:iso:3166", "code": code}] for code in codes]


def test_the_publisher_is_the_site(root: Path) -> None:
    (name,) = re.findall(r"^site_name: (.*)$", (root / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert name == fhir_parts.PUBLISHER
    assert f"urn:{name.lower().replace(' ', '-')}" == fhir_parts.OWN


def test_addresses_of_facts_stand_beside_them(small: Formulary) -> None:
    assert '{"url":"urn:sourced-monographs:address","valueUri":"../../exemplidine/#dose/adult"}' in document(small, TABLET)
