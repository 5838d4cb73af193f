"""The words that schemas offer: each list of the vocabulary where a key takes one of its words."""

from typing import Any

import pytest

from macros.formulary.model import FILES
from macros.formulary.vocabulary import Lists
from tests.editing.test_schema import BOOK, DEFINED, SCHEMAS, objects, resolved

# A key of a record, and the list of the vocabulary that it offers.
OFFERED = {
    ("Fact", "use"): "statuses",
    ("Fact", "evidence"): "evidence",
    ("Fact", "urgency"): "urgencies",
    ("Citation", "grade"): "grades",
    ("StatusFact", "event"): "events",
    ("Source", "statement"): "statements",
    ("Source", "read"): "readings",
    ("Reading", "read"): "extents",
    ("Correction", "verdict"): "verdicts",
    ("Change", "kind"): "changes",
    ("RegimenOf", "route"): "routes",
    ("RegimenOf", "withheld"): "withheld",
    ("CourseOf", "weight"): "weights",
    ("CourseOf", "fluid"): "fluids",
}
# Lists that a key offers for each of its entries, or for each of its names.
OF_EACH = {
    ("CourseOf", "at", "items"): "moments",
    ("GroupOf", "measures", "propertyNames"): "measures",
    ("CourseOf", "target", "propertyNames"): "measures",
}


def words(schema: dict[str, Any]) -> dict[str, str]:
    """The words that a text may be, with what they mean."""
    return {each["const"]: each["description"] for each in resolved(schema)["oneOf"]}


@pytest.mark.parametrize(("record", "key"), OFFERED)
def test_words_come_from_the_vocabulary(record: str, key: str) -> None:
    offered = words(DEFINED[record]["properties"][key])
    assert list(offered) == list(BOOK.vocabulary.names(OFFERED[record, key]))
    assert all(offered.values())


@pytest.mark.parametrize(("record", "key", "what"), OF_EACH)
def test_words_of_entries_come_from_the_vocabulary(record: str, key: str, what: str) -> None:
    offered = words(DEFINED[record]["properties"][key][what])
    assert list(offered) == list(BOOK.vocabulary.names(OF_EACH[record, key, what]))
    assert all(offered.values())


def test_every_list_is_offered() -> None:
    elsewhere = {"jurisdictions", "topics", "cards", "abbreviations", "refused_units"}
    assert {*OFFERED.values(), *OF_EACH.values(), *elsewhere} == {"statuses", *Lists.model_fields}


@pytest.mark.parametrize("file", FILES)
def test_a_file_offers_its_own_topics(file: str) -> None:
    own = {name: topic.word for name, topic in BOOK.vocabulary.lists.topics.items() if topic.file == file}
    (offered,) = (each["properties"]["topic"] for each in objects(SCHEMAS[file]) if "oneOf" in each.get("properties", {}).get("topic", {}))
    assert own and words(offered) == own
