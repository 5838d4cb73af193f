"""What programs take for authorized: no marked use, no ended one, nothing that was done in a trial, and no dose that nobody is to take."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.export import api
from macros.export.place import Site
from macros.export.records import Medicine
from macros.formulary.book import Formulary
from macros.formulary.load import load
from tests.conftest import SLUG, TODAY
from tests.formulary.test_ordinary_medicines import FORMER, TABLET, project_with_both

SITE = Site("Monographs")
REGIMENS = yaml.safe_load(Path(__file__).with_name("regimens.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def records(book: Formulary, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Medicine]:
    """What programs get of each medicine, real and fictional."""
    small = load(project_with_both(tmp_path_factory.mktemp("authorizing")), TODAY)[0]
    return {slug: api.record(each, own, SITE) for each in (book, small) for slug, own in each.monographs.items()}


@pytest.fixture(scope="module")
def facts(records: dict[str, Medicine]) -> dict[str, Any]:
    """Every fact by its id."""
    return {fact["id"]: fact for each in records.values() for fact in each["facts"]}


def authorized(facts: dict[str, Any]) -> Iterator[Any]:
    """Those that say by themselves that a use is authorized."""
    yield from (each for each in facts.values() if each["authorizes"])


def test_nothing_marked_and_nothing_that_has_ended_everywhere_is_authorized(facts: dict[str, Any]) -> None:
    assert [each["id"] for each in authorized(facts) if each["marked"]] == []
    over = [each["id"] for each in authorized(facts) if each["places"] and {*each["places"]} <= {*each.get("ended_places", ())}]
    assert over == []
    assert [each["id"] for each in authorized(facts) if each["id"].startswith(f"{FORMER}/")] == []


def test_what_still_holds_in_one_of_its_places_is_authorized(facts: dict[str, Any]) -> None:
    found = [each for each in authorized(facts) if each.get("ended_places")]
    assert all({*each["places"]} > {*each["ended_places"]} for each in found)
    assert facts["valoctocogene-roxaparvovec/indications/eu"]["authorizes"] and facts[f"{TABLET}/dose/adult"]["authorizes"]


def test_what_was_done_in_trials_and_animals_authorizes_nothing(facts: dict[str, Any]) -> None:
    files = {each["id"].split("/")[1] for each in authorized(facts)}
    assert files == {"status", "indications", "dose", "safety", "monitoring", "advice"}
    assert [each["id"] for each in authorized(facts) if each["topic"] in ("major-bleeding", "opinion") or "trial" in each] == []
    measured = ("participants", "population", "endpoint")
    assert [each["id"] for each in authorized(facts) if any(name in each for name in measured)] == []


def test_of_what_happened_only_a_grant_authorizes(facts: dict[str, Any]) -> None:
    found = {each.get("event") for each in authorized(facts) if each["id"].split("/")[1] == "status"}
    assert found == {"full", "conditional", "granted"}


# A dose, or an interval, that a label names and nobody is to keep: of a study, of rats, beside which another medicine is avoided, a mistake.
NONE = """
fidanacogene-elaparvovec/safety/integration-dose-us amoxicillin/safety/animal-dose amoxicillin/safety/fertility-dose
amoxicillin/safety/renal-875-dose apixaban/safety/charcoal-dose apixaban/safety/inhibitor-full-doses apixaban/safety/inhibitor-low-dose
methotrexate/safety/ra-dose methotrexate/safety/kid-dose methotrexate/safety/pso-dose methotrexate/safety/miscarriage-dose
methotrexate/advice/mistake methotrexate/safety/boxed-interval methotrexate/safety/error-interval methotrexate/advice/folate-times
""".split()
KEPT = """
apixaban/safety/inhibitor-halve methotrexate/dose/interval methotrexate/safety/boxed-daily valoctocogene-roxaparvovec/monitoring/alt-eu
apixaban/safety/boxed-stopping amoxicillin/safety/renal-875 etranacogene-dezaparvovec/monitoring/ch valoctocogene-roxaparvovec/safety/nausea-us
""".split()


@pytest.mark.parametrize("name", NONE)
def test_a_dose_that_nobody_is_to_keep_is_not_authorized(facts: dict[str, Any], name: str) -> None:
    assert not facts[name]["authorizes"]


@pytest.mark.parametrize("name", KEPT)
def test_what_a_label_says_to_do_is_authorized(facts: dict[str, Any], name: str) -> None:
    assert facts[name]["authorizes"]


_REGIMEN = "regimen: {route: oral, steps: [{amount: 5 mg, every: 1 day}]}"
# A fact of a fictional medicine that no other fact names.
_ALONE = """
alone:
  title: Each dose
  topic: {topic}
  {value}
  evidence: label
  jurisdictions: [EU]
  sources: [{{source: exampla-label-eu, grade: B, locator: section 4.2}}]
  checked: 2025-01-10
"""


def _alone(project: Path, topic: str, value: str) -> tuple[bool, bool]:
    """Whether such a fact is authorized, and whether it is listed as a regimen."""
    path = project / f"macros/data/{SLUG}/safety.yml"
    path.write_text(path.read_text("utf-8") + _ALONE.format(topic=topic, value=value), "utf-8")
    book, findings = load(project, TODAY)
    assert [str(each) for each in findings] == []
    record = api.record(book, book.monographs[SLUG], SITE)
    (fact,) = (each for each in record["facts"] if each["id"] == f"{SLUG}/safety/alone")
    return fact["authorizes"], fact["id"] in record["regimens"]


@pytest.mark.parametrize("topic", ["adverse-reaction", "warning", "boxed-warning", "major-bleeding"])
def test_a_regimen_is_none_to_keep_where_a_label_speaks_of_harm(project: Path, topic: str) -> None:
    assert _alone(project, topic, _REGIMEN) == (False, False)


@pytest.mark.parametrize("topic", ["interaction", "overdose", "population", "reversal"])
def test_a_regimen_is_one_to_keep_where_a_label_speaks_of_uses(project: Path, topic: str) -> None:
    assert _alone(project, topic, _REGIMEN) == (True, True)


@pytest.mark.parametrize("value", ["amount: 5 mg", "range: 5 to 10 mg", "amount: 2 tablets", "schedule: [{every: 1 day}]"])
def test_a_bare_amount_or_interval_is_none_to_keep_beside_other_medicines(project: Path, value: str) -> None:
    assert _alone(project, "interaction", value) == (False, False)


@pytest.mark.parametrize(("topic", "authorizes"), [("major-bleeding", False), ("warning", True)])
def test_a_topic_of_trials_authorizes_nothing_even_where_no_trial_is_named(project: Path, topic: str, authorizes: bool) -> None:
    assert _alone(project, topic, "statement: Bleeding was rare.") == (authorizes, False)


def test_a_word_of_use_says_so_of_what_is_only_about_it(facts: dict[str, Any]) -> None:
    words = {each["status_word"] for each in facts.values() if each["status"] == "approved" and not each["authorizes"]}
    assert words == {"about the approved use"}
    assert {each["status_word"] for each in authorized(facts) if each["status"]} == {"Approved"}
    assert facts["fidanacogene-elaparvovec/indications/eu"]["status_word"] == "Withdrawn"


@pytest.mark.parametrize("slug", REGIMENS)
def test_regimens_are_all_doses_and_no_others(records: dict[str, Medicine], slug: str) -> None:
    assert records[slug]["regimens"] == [f"{slug}/{name}" for name in REGIMENS[slug]]


def test_each_real_medicine_has_its_regimens_listed_here(book: Formulary) -> None:
    assert [*REGIMENS] == sorted(book.monographs)


def test_pages_ask_another_question(book: Formulary) -> None:
    """Below its heading a fact of an ended authorization, or a result, still has the word of its use."""
    assert book.authorizes(book.facts["fidanacogene-elaparvovec/indications/eu"])
    assert book.word_of_use(book.facts["amoxicillin/outcomes/triple-1-all"]) == "Approved"
