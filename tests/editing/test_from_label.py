"""A draft that begins from a label: what it takes over, what stays behind a '#', and what is refused."""

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from macros.editing.notes import parts
from macros.editing.same_medicine import Names, told_apart
from macros.editing.scaffold import scaffold
from macros.finding import Refused
from macros.formulary.load import load
from macros.formulary.values import NotRead
from macros.labels.label import Document, Label, Section
from macros.pages.template import TEMPLATE
from macros.site.check import check
from tests.conftest import ROOT, TODAY, copied_template, small_project

LABELS = ROOT / "tests/labels"
INN = "testidine"
DATA = f"macros/data/{INN}"
OPENFDA = json.loads((LABELS / "testidine-openfda.json").read_text("utf-8"))["results"][0]


def begun(folder: Path, file: Path, inn: str = INN) -> tuple[Path, list[str]]:
    """A small project with a draft from the label in the file, and what was said."""
    project = copied_template(small_project(folder))
    said = scaffold(project, inn, TODAY, file)
    shutil.rmtree(project / TEMPLATE)  # it marks the words of the fictional medicine, which stands in this project
    return project, said


def with_label(folder: Path, **changes: object) -> Path:
    """A file with the label of openFDA, changed."""
    file = folder / "label.json"
    file.write_text(json.dumps({**OPENFDA, **changes}), "utf-8")
    return file


FILES = {
    "testidine-openfda.json": ["read openFDA label (TESTIDINE HYDROCHLORIDE): set id 00000000-0000-4000-8000-000000000001, version 7, date 2025-11-30, language en, 6 sections"],
    "testidine-spl.xml": ["read SPL (TESTIDINE): set id 00000000-0000-4000-8000-000000000001, version 7, date 2025-11-30, language en, 2 sections"],
    "testidine-epi.json": [
        "read ePI (testidine): set id EU/0/00/0000/001, version 3, date 2025-11-30, language en, 1 sections",
        "read ePI (testidine): set id EU/0/00/0000/001, version none, date none, language en, 1 sections",
    ],
    "testidina-epi.xml": [
        "read ePI (no ingredient listed): set id guid, version none, date 2025-11-30, language es, 3 sections",
        "warning: the file lists no active ingredients: its text names 'testidine', but whether others are in it has to be looked up; the file calls its text 'preliminary', which is not final; the file says of itself that it is for test purposes only; the text is in the language 'es': whose it is, and whether it holds in all of the EU, has to be looked up",
    ],
}  # fmt: skip
# What stands behind the facts, from the first line of a comment that begins so.
NOTES = re.compile(r"^# (?:Warning: |Working notes|As the label's file).*", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("file", "said"), FILES.items())
def test_a_draft_from_a_label_passes_every_rule(golden: Callable[[Path, str], str], tmp_path: Path, file: str, said: list[str]) -> None:
    project, lines = begun(tmp_path, LABELS / file)
    assert [line for line in lines if line.startswith(("read", "warning"))] == said
    assert check(project, TODAY).findings == ()
    notes = {path.name: "".join(NOTES.findall(path.read_text("utf-8"))) for path in sorted((project / DATA).iterdir())}
    sources = (project / "macros/data/sources.yml").read_text("utf-8")
    notes["sources.yml"] = sources[sources.index(f"label-{INN}-") :]
    made = "\n".join(f"=== {name}\n{text}" for name, text in notes.items() if text)
    assert made == golden(ROOT / f"tests/golden/from-{file}.txt", made)


def values(project: Path) -> Mapping[str, object]:
    """What a reader of YAML finds in the data of the draft and in the sources."""
    files = [*(project / DATA).iterdir(), project / "macros/data/sources.yml"]
    return {path.name: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in files}


PIN = "SMUGGLED"
# What would leave a comment, a line or the page, if it could.
OUT = {
    "line-ends": f"a\n{PIN}: b\r\n{PIN}: c\r{PIN}: d",
    "odd-line-ends": f"a\u2028{PIN}: b\u2029{PIN}: c\x85{PIN}: d\x0b{PIN}: e\x0c{PIN}: f\x1c{PIN}: g\x1e{PIN}: h",
    "unseen": f"\x00\x07\t{PIN}\u200b\u202e\ufeff\u00ad\ufffe\U0001ffff\ud800\ue000",
    "calls": f"{{{{ fact('dose/standard') }}}} {{% raw %}} {{# {PIN} #}} {{{{{{ [[ inn ]] [% if draft %] [# x #]",
    "yaml": f"--- {PIN} %YAML 1.2 &a *a !!python/object:os.system '\" \\ #",
    "merge": f"<<<<<<< {PIN}\n=======\n>>>>>>>",
    "markup": f"<p>{PIN}</p><script>alert(1)</script><!-- x",
    "placeholders": f"000000000000 {PIN} to be read label-testidine",
    "long": PIN * 20_000,
    "longer-than-a-file": f"{PIN} and " * 10_000,
}


@pytest.mark.parametrize("text", OUT.values(), ids=OUT.keys())
def test_nothing_leaves_a_comment(tmp_path: Path, text: str) -> None:
    names = {"brand_name": [text], "product_ndc": [text], "unii": [text], "application_number": [text]}
    tables = {f"{key}_table": [f"<table><tr><td>{text}</td></tr></table>"] for key in ("warnings", "indications_and_usage")}
    sections = {key: [f"{text} and so on"] for key in OPENFDA if isinstance(OPENFDA[key], list) and "table" not in key}
    spoiled = with_label(
        tmp_path, **sections, **tables, warnings=[text], unknown=[text], version=text, openfda={**OPENFDA["openfda"], **names}
    )
    plain = tmp_path / "plain.json"
    plain.write_text(spoiled.read_text("utf-8").replace(json.dumps(text)[1:-1], "fine"), "utf-8")
    project, _ = begun(tmp_path / "spoiled", spoiled)
    same, _ = begun(tmp_path / "plain", plain)
    assert values(project) == {**values(same), "medicine.yml": values(project)["medicine.yml"]}
    assert (values(project)["medicine.yml"]["brand"], values(same)["medicine.yml"]["brand"]) == ("Testidine", "Fine")
    checked = check(project, TODAY)
    assert checked.findings == ()
    assert [page.source for page in checked.previews.values() if PIN in page.html] == []


def test_a_figure_stays_beside_its_unit_and_lines_are_short(tmp_path: Path) -> None:
    project, _ = begun(tmp_path, with_label(tmp_path, warnings=["5 mg of it " * 200]))
    lines = (project / DATA / "safety.yml").read_text("utf-8").splitlines()
    assert {line.count("5 mg") - line.count(" mg") for line in lines} == {0}
    assert max(map(len, (line for line in lines if line.startswith("#")))) <= 120


def test_notes_that_no_file_may_hold_are_left_out_whole(tmp_path: Path) -> None:
    project, _ = begun(tmp_path, with_label(tmp_path, warnings=["as before " * 90_000], contraindications=["4 CONTRAINDICATIONS None."]))
    notes = (project / DATA / "safety.yml").read_text("utf-8")
    assert ("as before" in notes, "(too long for notes and left out whole: read it in the label)" in notes, "None." in notes) == (
        False,
        True,
        True,
    )


DATES = {"past": ("20260120", "20\N{NO-BREAK SPACE}January 2026"), "future": ("20260121", None), "none": ("", None)}


@pytest.mark.parametrize(("written", "day"), DATES.values(), ids=DATES.keys())
def test_only_a_day_that_was_is_the_day_of_a_source(tmp_path: Path, written: str, day: str | None) -> None:
    project, _ = begun(tmp_path, with_label(tmp_path, effective_time=written))
    book, found = load(project, TODAY)
    made = book.sources[f"label-{INN}-us"].date
    assert (found, made and str(made)) == ([], day)


BRANDS = {
    "capitals": (["TESTEXA"], "Testexa"),
    "as-it-is": (["TestEXA"], "TestEXA"),
    "two": (["Testexa", "Testanda"], "Testidine"),
    "a-strength": (["Testexa 5 mg"], "Testidine"),
    "another-medicine's": (["Exampla"], "Testidine"),
}


@pytest.mark.parametrize(("names", "brand"), BRANDS.values(), ids=BRANDS.keys())
def test_only_one_plain_name_is_the_brand(tmp_path: Path, names: list[str], brand: str) -> None:
    project, _ = begun(tmp_path, with_label(tmp_path, openfda={**OPENFDA["openfda"], "brand_name": names}))
    assert (load(project, TODAY)[0].monographs[INN].medicine.brand, check(project, TODAY).findings) == (brand, ())


def test_a_gap_waits_for_the_sections_that_speak_of_it(tmp_path: Path) -> None:
    project, _ = begun(tmp_path, LABELS / "testidine-openfda.json")
    facts = load(project, TODAY)[0].monographs[INN].facts.values()
    waits = {fact.short_id: [(each.source, each.part) for each in fact.value.passages] for fact in facts if isinstance(fact.value, NotRead)}
    generic = (f"label-{INN}", "to be read")
    names = ("dose/adults", "dose/renal", "indications/main", "safety/pregnancy", "safety/reactions", "advice/do")
    assert {name: waits[name] for name in names} == {
        "dose/adults": [(f"label-{INN}-us", "section 2")],
        "dose/renal": [(f"label-{INN}-us", "section 2"), (f"label-{INN}-us", "section 8")],
        "indications/main": [(f"label-{INN}-us", "section 1")],
        "safety/pregnancy": [(f"label-{INN}-us", "section 8")],
        "safety/reactions": [generic],  # the label has no such section
        "advice/do": [generic],
    }


def test_a_boxed_warning_is_asked_for_where_the_label_has_one(tmp_path: Path) -> None:
    boxed, _ = begun(tmp_path / "boxed", LABELS / "testidine-openfda.json")
    none, _ = begun(tmp_path / "none", LABELS / "testidine-spl.xml")
    found = ["safety/boxed" in {fact.short_id for fact in load(each, TODAY)[0].monographs[INN].facts.values()} for each in (boxed, none)]
    pages = ["### Boxed warning" in (each / f"docs/monographs/{INN}/index.md").read_text("utf-8") for each in (boxed, none)]
    assert (found, pages) == ([True, False], [True, False])


def test_sections_speak_of_topics_that_there_are(project: Path) -> None:
    topics = load(project, TODAY)[0].vocabulary.lists.topics
    known = yaml.safe_load((ROOT / "macros/labels/sections.yml").read_text("utf-8"))
    assert [each for kind in known.values() for section in kind.values() for each in section["topics"] if each not in topics] == []


NO_FILES = {
    "missing": ("none.json", "there is no such file; write the path of a label that you downloaded"),
    "folder": (".", "this is a folder; name the file of the label in it"),
    "link-to-itself": ("loop.json", "this path leads to no file; write the path of a label that you downloaded"),
    "long-name": ("x" * 300, "this path leads to no file; write the path of a label that you downloaded"),
    "device": ("/dev/null", "this is no plain file; put a file here, or delete it"),
    "published": (
        "project/docs/label.json",
        "the file lies where the site is made from, and would be published; move it out of the project",
    ),
    "no-label": ("text.json", "neither JSON nor XML; write a label of openFDA (JSON), an SPL (XML) or an ePI (FHIR, JSON or XML)"),
    "huge": ("huge.json", "larger than 20 megabytes, as no label is; take one label out of it"),
    "another-medicine": (
        "other.json",
        "the label is of OTHERIDINE, not of 'testidine'; take a label of this medicine, or begin the other one",
    ),
}


@pytest.mark.parametrize(("name", "said"), NO_FILES.values(), ids=NO_FILES.keys())
def test_nothing_is_written_where_a_file_is_refused(tmp_path: Path, name: str, said: str) -> None:
    project = copied_template(small_project(tmp_path / "project"))
    (tmp_path / "text.json").write_text("Take 5 mg", "utf-8")
    (tmp_path / "loop.json").symlink_to("loop.json")
    with (tmp_path / "huge.json").open("wb") as huge:
        huge.truncate(20_000_001)
    with_label(tmp_path, openfda={"substance_name": ["OTHERIDINE"]}).rename(tmp_path / "other.json")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    with pytest.raises(Refused) as refused:
        scaffold(project, INN, TODAY, tmp_path / name)
    assert str(refused.value) == f"{tmp_path / name}: {said}; nothing was written"
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


NAMES = Names(after=("sodium", "hydrochloride"), also={"paracetamol": ("acetaminophen",), "clavulanic acid": ("clavulanate",)})
# The names of each active ingredient of a label, or the text that introduces it; whether it is a label of the medicine.
SAME = {
    "the-same": ("apixaban", [["APIXABAN"]], "", "yes"),
    "its-salt": ("methotrexate", [["Methotrexate Sodium"]], "", "yes"),
    "as-a-salt": ("sodium chloride", [["SODIUM CHLORIDE"]], "", "yes"),
    "its-moiety": ("atorvastatin", [["ATORVASTATIN", "ATORVASTATIN CALCIUM TRIHYDRATE"]], "", "yes"),
    "two-forms": ("methotrexate", [["METHOTREXATE"], ["METHOTREXATE SODIUM"]], "", "yes"),
    "a-suffix": ("etranacogene dezaparvovec", [["etranacogene dezaparvovec-drlb"]], "", "yes"),
    "another-name": ("paracetamol", [["ACETAMINOPHEN"]], "", "yes"),
    "a-combination": ("amoxicillin and clavulanic acid", [["AMOXICILLIN"], ["CLAVULANATE POTASSIUM", "CLAVULANATE"]], "", "yes"),
    "its-part": ("amoxicillin", [["AMOXICILLIN"], ["CLAVULANATE POTASSIUM"]], "", "AMOXICILLIN and CLAVULANATE POTASSIUM"),
    "a-part-alone": ("amoxicillin and clavulanic acid", [["AMOXICILLIN"]], "", "AMOXICILLIN"),
    "its-mirror-image": ("omeprazole", [["ESOMEPRAZOLE"]], "", "ESOMEPRAZOLE"),
    "the-other-way-round": ("esomeprazole", [["OMEPRAZOLE"]], "", "OMEPRAZOLE"),
    "one-of-a-kind": ("insulin lispro", [["INSULIN GLARGINE"]], "", "INSULIN GLARGINE"),
    "the-kind": ("insulin", [["INSULIN GLARGINE"]], "", "INSULIN GLARGINE"),
    "an-ester": ("fluticasone", [["FLUTICASONE FUROATE"]], "", "FLUTICASONE FUROATE"),
    "in-a-text": ("mercaptopurine", [], "Cada comprimido contiene 50 mg de mercaptopurina monohidrato.", "perhaps"),
    "spelled-otherwise": ("azathioprine", [], "50 mg de azatioprina", "perhaps"),
    "double-letters": ("amoxicillin", [], "500 mg de amoxicilina", "perhaps"),
    "in-finnish": ("vildagliptin", [], "50 mg tabletit vildagliptiini", "perhaps"),
    "two-words": ("insulin glargine", [], "Insulin glargine 100 units", "perhaps"),
    "another-in-a-text": ("omeprazole", [], "20 mg de esomeprazol", "nothing at its beginning"),
    "no-text": ("omeprazole", [], "", "nothing at its beginning"),
}


@pytest.mark.parametrize(("inn", "ingredients", "text", "answer"), SAME.values(), ids=SAME.keys())
def test_a_label_of_another_medicine_is_refused(inn: str, ingredients: list[list[str]], text: str, answer: str) -> None:
    label = Label("SPL", "US", tuple(map(tuple, ingredients)), text, (), (), ())
    if answer in ("yes", "perhaps"):
        assert bool(told_apart(label, inn, NAMES)) == (answer == "perhaps")
    else:
        with pytest.raises(Refused) as refused:
            told_apart(label, inn, NAMES)
        assert answer in str(refused.value)


def test_a_heading_without_a_number_goes_where_the_section_before_it_goes() -> None:
    known = yaml.safe_load((ROOT / "macros/labels/sections.yml").read_text("utf-8"))
    listed = {kind: {key: (key, tuple(each["topics"])) for key, each in sections.items()} for kind, sections in known.items()}
    named = [("", "", "Leaflet"), ("2", "2", "2. Before you take it"), ("", "", "Children"), ("3", "3", "3. How to take it")]
    sections = tuple(Section(code, number, title, ("Text.",)) for code, number, title in named)
    label = Label("ePI", "EU", (), "", (), (), (Document("leaflet", "", "", None, "en", sections),))
    found = [(each.part, each.topics[0]) for each in parts(label, INN, listed)]
    assert found == [
        ("other sections", "name"),
        ("section 2", "plain-who-not"),
        ("other sections", "plain-who-not"),
        ("section 3", "plain-take"),
    ]
