"""Two fictional medicines that are no gene therapies: a tablet with doses for adults, children and weak kidneys, and one withdrawn everywhere."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from macros.formulary.bands import CriteriaOf, GroupOf
from macros.formulary.book import Formulary
from macros.formulary.courses import CourseOf
from macros.formulary.regimens import RegimenOf
from macros.pages.html import Html
from macros.site.check import Checked, check
from tests.conftest import ROOT, TODAY, small_project
from tests.support.ordinary_doses import DIALYSIS, DOSES, GROUPS

MEDICINES = ROOT / "tests/medicines"
TABLET, FORMER = "exemplidine", "quondamine"


def project_with_both(target: Path) -> Path:
    """The small project with the two medicines beside its own."""
    return with_both(small_project(target))


def with_both(target: Path) -> Path:
    """The project with the two medicines, too."""
    for slug in (TABLET, FORMER):
        shutil.copytree(MEDICINES / slug / "data", target / "macros/data" / slug)
        shutil.copytree(MEDICINES / slug / "docs", target / "docs/monographs" / slug)
    sources = target / "macros/data/sources.yml"
    sources.write_text(sources.read_text("utf-8") + (MEDICINES / "sources.yml").read_text("utf-8"), "utf-8")
    return target


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Both medicines after every rule has seen them."""
    return check(project_with_both(tmp_path_factory.mktemp("ordinary")), TODAY)


def text(node: object) -> str:
    """What an element says to the eye, without what only a screen reader says."""
    for unseen in node.css(".spoken, .cites, .headerlink"):
        unseen.decompose()
    return " ".join(node.text(separator=" ").split())


@pytest.fixture
def page(checked: Checked) -> Callable[[str], Html]:
    """A medicine's monograph, to be taken apart."""

    def fresh(slug: str) -> Html:
        made = checked.previews[f"monographs/{slug}/index.html"]
        return Html(made.address, made.source, made.html, made.monograph, made.line)

    return fresh


def test_every_rule_is_content(checked: Checked) -> None:
    assert checked.findings == ()


def keys(tree: object) -> set[str]:
    """Every key that stands anywhere in what a data file says."""
    if isinstance(tree, list):
        return set().union(*map(keys, tree))
    return set(tree) | keys(list(tree.values())) if isinstance(tree, dict) else set()


def test_the_tablet_has_every_key_of_a_regimen() -> None:
    written = yaml.safe_load((MEDICINES / TABLET / "data/dose.yml").read_text("utf-8"))
    there = keys([fact["regimen"] for fact in written.values() if "regimen" in fact])
    forms = (RegimenOf, CourseOf, GroupOf, CriteriaOf)
    assert {field.alias or name for form in forms for name, field in form.model_fields.items()} - there == set()


def test_the_doses_of_the_tablet_stand_by_patient_and_place(page: Callable[[str], Html]) -> None:
    main = page(TABLET).main
    (table,) = [each for each in main.css("table") if text(each.css_first("caption")) == "Dose by jurisdiction"]
    rows = {text(row.css_first("th")): row.css("td") for row in table.css("tbody tr")}
    assert {name: [text(cell) for cell in cells] for name, cells in rows.items()} == DOSES
    (groups,) = [each for each in main.css("table") if text(each.css_first("caption")) == "Dose by group"]
    assert [tuple(text(cell) for cell in row.css("th, td")[:3]) for row in groups.css("tbody tr")] == GROUPS
    assert {sum(int(cell.attributes.get("colspan") or 1) for cell in cells) for cells in rows.values()} == {2}
    assert [text(each) for each in main.css(f'p[data-fact="{TABLET}/dose/dialysis"]')] == [DIALYSIS]


def test_the_use_off_label_stands_in_its_block_and_nowhere_else(page: Callable[[str], Html]) -> None:
    main = page(TABLET).main
    (block,) = main.css(".admonition.off-label")
    off_label = [text(item) for item in block.css("li")]
    assert off_label == [
        "Exemplar cramp: A society advises it for exemplar cramp at night. worldwide expert advice, not label",
        "Exemplar cramp: 250 mg once a day at bedtime, by mouth worldwide expert advice, not label",
    ]
    block.decompose()
    assert main.css('[data-fact$="/cramp"]') == []


def test_the_cards_of_the_former_medicine_say_that_it_is_withdrawn(page: Callable[[str], Html]) -> None:
    cards = {text(each.css_first(".card-word")): [text(line) for line in each.css("li")] for each in page(FORMER).main.css(".card")}
    gone = ["authorization withdrawn (12 May 2011) US", "authorization withdrawn (February 2011) EU"]
    assert cards == {
        "Do not give more": ["No authorization is left, so it is given to nobody. US, EU", *gone],
        "Dose and how it is given more": gone,
        "After more": [
            "Harm to heart valves can show years after the last dose. US",
            "Anyone who had it is offered an ultrasound of the heart. US",
        ],
    }


def test_the_former_dose_stands_in_its_block_and_nowhere_else(page: Callable[[str], Html]) -> None:
    main = page(FORMER).main
    (block,) = main.css(".admonition")
    assert [text(each) for each in block.css("h3, li")] == [
        "Withdrawn – the authorization has ended : indication and dose",
        "Former indication: Adults with exemplar insomnia. US",
        "Former dose at night: age at least 18 years: 15 mg once a day at bedtime, by mouth US",
    ]
    block.decompose()
    assert "15 mg" not in text(main)


RESTS_ON = {
    "dose/dialysis": "US, EU about the approved use · gap",
    "dose/adult": "US Approved · label",
    "dose/cramp": "worldwide Off-label · expert advice, not label",
    "outcomes/pain": "worldwide about the approved use · trial report, not label",
}


@pytest.mark.parametrize(("name", "words"), RESTS_ON.items(), ids=RESTS_ON.keys())
def test_the_evidence_calls_no_gap_approved(checked: Checked, name: str, words: str) -> None:
    page = checked.previews[f"monographs/{TABLET}/evidence/index.html"]
    (row,) = page.main.css(f'tr[data-fact="{TABLET}/{name}"]')
    assert text(row.css("td")[1]) == words


DOSE, FORMER_DOSE, STATUS = f"macros/data/{TABLET}/dose.yml", f"macros/data/{FORMER}/dose.yml", f"macros/data/{FORMER}/status.yml"
INDEX = f"docs/monographs/{TABLET}/index.md"
RECORD = "change-recorded"
# What is done to a file, and the rules that then speak, beside the one that wants each change of facts on record.
SPOILT = {
    "a-former-dose-called-approved": (FORMER_DOSE, "use: withdrawn", "use: approved", {"authorization-stands", "every-fact-shown"}),
    "a-misspelt-unit": (DOSE, "amount: 15 mg/kg/day", "amount: 15 mg/kilo/day", {"shape"}),
    "two-values": (DOSE, "  amount: 6 years\n", "  amount: 6 years\n  range: 6 to 8 years\n", {"shape"}),
    "no-use": (DOSE, "  amount: 6 years\n  use: approved\n", "  amount: 6 years\n", {"topic-in-file"}),
    "a-dose-off-label-among-the-others": (
        INDEX,
        '{{ list("administration"',
        '{{ list("dose/cramp", "administration"',
        {"research-marked", "fact-said-once"},
    ),
    "a-dose-of-another-medicine": (INDEX, '{{ list("administration"', '{{ list("quondamine/dose/adult", "administration"', {"macro-call"}),
    "the-brand-of-another-medicine": (
        f"macros/data/{TABLET}/medicine.yml",
        "brand: Tablexa",
        "brand: Quondex",
        {"names-apart"},
    ),
    "a-table-by-weight": (INDEX, "## Monitoring\n", '{{ dose_table(40, 60, 10, caption="Dose") }}\n\n## Monitoring\n', {"macro-call"}),
}


@pytest.mark.slow
@pytest.mark.parametrize(("file", "old", "new", "rules"), SPOILT.values(), ids=SPOILT.keys())
def test_what_is_spoilt_is_found(tmp_path: Path, file: str, old: str, new: str, rules: set[str]) -> None:
    path = project_with_both(tmp_path) / file
    whole = path.read_text("utf-8")
    assert whole.count(old) == 1
    path.write_text(whole.replace(old, new), "utf-8")
    assert {finding.rule for finding in check(tmp_path, TODAY).findings} - {RECORD} == rules


GRANTED = "date: 1999-03-01"
LETTER = "not_found: {words: [Quondex], where: notices of the regulator, on: 2026-01-10}"
STANDS = {
    "withdrawn-later": (GRANTED, GRANTED, False),
    "granted-again": (GRANTED, "date: 2012-01-01", True),
    "granted-the-same-day": (GRANTED, "date: 2011-05-12", False),
    "granted-in-that-month": (GRANTED, "date: 2011-05", False),
    "granted-on-an-unknown-day": (GRANTED, LETTER, False),
    "withdrawn-on-an-unknown-day": ("date: 2011-05-12", LETTER, False),
    "withdrawn-elsewhere": ("date: 2011-05-12\n  jurisdictions: [US]", "date: 2011-05-12\n  jurisdictions: [CA]", True),
}


@pytest.mark.parametrize(("old", "new", "stands"), STANDS.values(), ids=STANDS.keys())
def test_a_use_stays_approved_only_while_its_authorization_stands(tmp_path: Path, old: str, new: str, stands: bool) -> None:
    project_with_both(tmp_path)
    for file, before, after in ((STATUS, old, new), (FORMER_DOSE, "use: withdrawn", "use: approved")):
        path = tmp_path / file
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    found = [finding for finding in check(tmp_path, TODAY).findings if finding.rule == "authorization-stands"]
    assert (found == []) == stands


def used(book: Formulary) -> Iterator[tuple[str, object]]:
    """Every entry of a closed list that a fact, a source or a record chooses."""
    for fact in book.facts.values():
        yield from (("topics", fact.topic), ("statuses", fact.use), ("evidence", fact.evidence), ("events", getattr(fact, "event", None)))
        yield from (("jurisdictions", place) for place in fact.jurisdictions)
        yield from (("grades", citation.grade) for citation in fact.sources)
    for source in book.sources.values():
        yield from (("statements", source.statement), ("readings", source.read))
        yield from (("extents", source.extent(part)) for part in source.parts or ("",))
    for monograph in book.monographs.values():
        yield from (("verdicts", correction.verdict) for correction in monograph.corrections.values())
        yield from (("changes", change.kind) for change in monograph.changes.values())


LISTS = (
    "topics",
    "statuses",
    "evidence",
    "events",
    "jurisdictions",
    "grades",
    "statements",
    "readings",
    "extents",
    "verdicts",
    "changes",
)


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_of_a_list_is_used(book: Formulary, checked: Checked, name: str) -> None:
    chosen = {entry for each in (book, checked.book) for group, entry in used(each) if group == name}
    # What is always ahead is announced of none of them now; tests/broken has each.
    chosen |= {entry for entry, event in book.vocabulary.lists.events.items() if event.ahead == "always"}
    assert [entry for entry in book.vocabulary.names(name) if entry not in chosen] == []
