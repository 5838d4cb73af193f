"""Every free text of the data: that none is left out, and that no dose and no frequency passes, wherever it is written."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.finding import Fault
from macros.formulary.book import Formulary
from macros.formulary.free_texts import free_texts
from macros.formulary.load import load
from macros.formulary.record import Record, prose_fields
from macros.rules.free_texts import records
from macros.rules.texts import statement_without_figures
from macros.rules.writing import written_safely
from tests.conftest import TODAY
from tests.formulary.test_ordinary_medicines import project_with_both
from tests.support.broken import DATA


def models(of: type[Record] = Record) -> Iterator[type[Record]]:
    """Every kind of record."""
    for each in of.__subclasses__():
        if each.__module__.startswith("macros."):
            yield each
        yield from models(each)


def test_every_field_of_a_model_that_holds_words_is_read(book: Formulary, tmp_path: Path) -> None:
    """A field is read if some record was read under its name; that no record gives a reason or has a review is the data's."""
    books = (book, load(project_with_both(tmp_path), TODAY)[0])
    keys = {key for each in books for _, _, record in records(each) for found, _ in free_texts(record) for key in found}
    unread = {name for model in models() for name in prose_fields(model) if name not in keys}
    assert unread == {"evidence_only", "role"}


OFTEN = "how often something is done is a figure, too: make it a fact with 'schedule:', or of a dose its 'regimen:', and write"
COMPARED = "which no rule can compare; make it a fact and name what it is here"
# What says how often, with the words that are told.
HOW_OFTEN = {
    "adults treated twice daily": "twice daily",
    "weekly methotrexate": "weekly",
    "once weekly methotrexate": "once weekly",
    "three times a day": "three times a day",
    "3x/day": "3x/day",
    "4 times in 24 hours": "4 times in 24 hours",
    "every other day": "every other day",
    "everyday": "everyday",
    "every third day": "every third day",
    "every 8 hours": "every 8 hours",
    "every 4 to 6 h": "every 4 to 6 h",
    "every half an hour": "every half an hour",
    "every ¼ hour": "every 1⁄4 hour",
    "a couple of times a day": "a couple of times a day",
    "ii times a day": "ii times a day",
    "every meal": "every meal",
    "once a day": "once a day",
    "once in the morning": "once in the morning",
    "one a day": "one a day",
    "a tablet a day": "tablet a day",
    "5 days a week": "5 days a week",
    "2 tablets daily": "2 tablets daily",
    "nightly": "nightly",
    "each night": "each night",
    "on alternate days": "alternate days",
    "alternating days": "alternating days",
    "Mondays only": "Mondays",
    "Mon/Wed/Fri": "Mon/Wed",
    "every weekend": "every weekend",
    "morning and night": "morning and night",
    "at breakfast and at dinner": "breakfast and at dinner",
    "at 8 am and 8 pm": "8 am and 8 pm",
    "8-hour intervals": "8-hour intervals",
    "intervals of 8 hours": "intervals of 8",
    "12 hours apart": "12 hours apart",
    "8-hourly": "8-hourly",
    "1-0-1": "1-0-1",
    "ter in die": "in die",
    "per diem": "per diem",
    "nocte": "nocte",
    "bd": "bd",
    "q12h": "q12h",
    "q1.5h": "q1.5h",
    "q 4-6 h": "q 4-6 h",
    "q2w": "q2w",
    "qod": "qod",
    "TWICE\u00a0DAILY": "TWICE DAILY",
}
# What is misread, with all that is told.
MISREAD = {
    "5 grains": "'5 grains', whose unit no text may use; write the mass in metric units",
    "gr v": "'gr v', whose unit no text may use; write the mass in metric units",
    "2 drams": "'2 drams', whose unit no text may use; write the amount in metric units",
    "5 minims": "'5 minims', whose unit no text may use; write the volume in mL",
    "a teaspoonful": "'a teaspoonful', whose unit no text may use; write the volume in mL",
    "½ tablespoon": "'2 tablespoon', whose unit no text may use; write the volume in mL",
    "2 tsps": "'tsps', which is misread; write the volume in mL",
    "1 fl oz": "'1 fl oz', whose unit no text may use; write the volume in mL",
    "5 cc": "'5 cc', whose unit is misread; write mL in full",
    "5 cm³": "'5 cm3', whose unit is misread; write mL in full",
    "100 IU": "'100 IU', whose unit is misread; write international units in full",
    "100 UI": "'100 UI', whose unit is misread; write international units in full",
    "5 mIU": "'5 mIU', whose unit no text may use; write the whole number of international units",
    "5 megaunits": "'5 megaunits', whose unit no text may use; write the whole number of units",
    "10U": "'10U', whose unit is misread; write units in full",
    "50 µg": "'50 μg', whose unit is misread; write micrograms in full",
    "50-mcg": "'50-mcg', whose unit is misread; write micrograms in full",
    "50 γ": "'50 γ', whose unit is misread; write micrograms in full",
    "5 Mg": "'5 Mg', whose unit no text may use; write the unit that the label means",
    "20 gtt/min": "'20 gtt', whose unit is misread; write drops in full",
    "ii tabs": "'ii tabs', whose unit is misread; write tablets in full",
    ",5 mg": "',5', whose point is overlooked; write 0.5",
    "200 lb": "'200 lb', whose unit no text may use; write the weight in metric units",
}
# A dose, with the words that are told.
DOSES = {
    "5-mg tablets": "5-mg",
    "500 milligrammes": "500 milligrammes",
    "iii tablets": "iii tablets",
    "V units": "V units",
    "several mg": "several mg",
    "a couple of puffs": "couple of puffs",
    "fivemg": "fivemg",
    "1e3 mg": "1e3 mg",
    "2 packets": "2 packets",
    "one ampoule": "one ampoule",
    "two actuations": "two actuations",
    "20 drops/min": "20 drops/min",
    "10 mg/kg/dose": "10 mg/kg",
}
# Where they are written; the first four may hold a figure that is neither.
PLACES = {
    "population": 'statement: It holds.\n  population: "{}"',
    "time": 'statement: It holds.\n  time: "{}"',
    "code": 'code: "{}"',
    "terms": 'terms: ["{}"]',
    "then": 'schedule: [{{every: 1 week, for: 3 weeks}}, {{then: "{}"}}]',
    "condition": 'statement: It holds.\n  condition: "{}"',
    "note": 'statement: It holds.\n  note: "{}"',
    "only": 'silent: {{passages: [{{source: exampla-label-us, part: section 1}}], only: "{}"}}',
    "as_needed": 'regimen: {{steps: [{{amount: 5 mg, as_needed: "{}"}}]}}',
    "title": 'statement: It holds.\n  title: "{}"',
}


def told(project: Path, where: str, texts: list[str]) -> list[list[str]]:
    """What the two rules say of facts with these texts in one place, fact by fact."""
    title = "" if where == "title" else "  title: Packs\n"
    facts = [
        f"of-{number}:\n{title}  topic: composition\n  {PLACES[where].format(text)}\n  checked: 2026-01-10\n"
        for number, text in enumerate(texts)
    ]
    (project / DATA / "dose.yml").write_text("".join(facts), "utf-8")
    book, findings = load(project, TODAY)
    assert findings == []
    faults: list[Fault] = [*statement_without_figures.find(book=book), *written_safely.find(book=book)]
    own = {fact.at: number for number, fact in enumerate(book.facts.values()) if fact.file == "dose"}
    first = min(own.values())
    found: list[list[str]] = [[] for _ in texts]
    for fault in faults:
        assert isinstance(fault.where, tuple)
        found[own[fault.where] - first].append(fault.message.partition(f": its {where} holds ")[2])
    return found


def test_how_often_is_refused_where_figures_pass(project: Path) -> None:
    said = [f"the figure '{often}'; {OFTEN} the population without" for often in HOW_OFTEN.values()]
    assert [each[0] for each in told(project, "population", list(HOW_OFTEN))] == said


def test_what_is_misread_is_refused_where_figures_pass(project: Path) -> None:
    assert told(project, "population", list(MISREAD)) == [[wrong] for wrong in MISREAD.values()]


def test_a_dose_is_refused_where_figures_pass(project: Path) -> None:
    assert told(project, "population", list(DOSES)) == [[f"the dose '{dose}', {COMPARED}"] for dose in DOSES.values()]


@pytest.mark.parametrize("where", PLACES)
def test_none_of_them_passes_anywhere(project: Path, where: str) -> None:
    texts = [*HOW_OFTEN, *MISREAD, *DOSES]
    assert [text for text, each in zip(texts, told(project, where, texts), strict=True) if not any(each)] == []


INNOCENT = (
    "patients of 2 to 18 years", "year 3", "week 12 to month 15", "phase 1/2", "grade 1 to 3", "a score of 2 or 3", "two-year results",
    "follow-up of 3 to 6 years", "in the second half of the day", "day and night", "whole grains", "one in three", "from baseline", "factor VIII units", "factor IX in units", "at night and on weekends",
    "activity of at least 40 international units/dL", "men with factor IX activity of 2% of normal or less", "treatment of up to 38 days",
)  # fmt: skip


@pytest.mark.parametrize("where", ["population", "time", "code", "terms"])
def test_what_tells_whom_or_when_passes(project: Path, where: str) -> None:
    assert told(project, where, list(INNOCENT)) == [[] for _ in INNOCENT]
