"""Labels of each format as they are read, and a sentence for whatever is no label."""

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.finding import Refused
from macros.labels.files import label
from macros.labels.label import Label

HERE = Path(__file__).parent
FIXTURES = sorted(path for path in HERE.iterdir() if path.suffix in (".json", ".xml"))
# Real labels, which the project doesn't hold: a folder of files, of whichever format, named by this variable.
REAL = "MONOGRAPHS_LABELS"


def shown(read: Label) -> str:
    """All that is known of a label, a line each."""
    lines = [f"{name}: {getattr(read, name)!r}" for name in Label.__slots__ if name != "documents"]
    for document in read.documents:
        lines += ["", f"{document.kind}: {document.set_id!r}, {document.version!r}, {document.day}, {document.language!r}"]
        for section in document.sections:
            lines += [f"  {section.code!r} {section.number!r} {section.title!r}", *(f"    {line}" for line in section.lines)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.name)
def test_a_label_is_read_whole(golden: Callable[[Path, str], str], file: Path) -> None:
    made = shown(label(file.read_bytes()))
    assert made == golden(file.with_suffix(file.suffix + ".txt"), made)


OPENFDA = json.loads((HERE / "testidine-openfda.json").read_text("utf-8"))
ONE = OPENFDA["results"][0]
EPI = json.loads((HERE / "testidine-epi.json").read_text("utf-8"))
SPL = (HERE / "testidine-spl.xml").read_text("utf-8")


def as_json(tree: object) -> bytes:
    """The tree as a file."""
    return json.dumps(tree).encode()


# Another way of writing the same label.
SAME = {
    "one-result-alone": (as_json(ONE), as_json(OPENFDA)),
    "a-byte-order-mark": (b"\xef\xbb\xbf\r\n " + as_json(ONE), as_json(ONE)),
    "numbers-that-are-none": (as_json(ONE).replace(b'"7"', b'["7"]'), as_json(ONE)),
    "utf-16": (SPL.replace("UTF-8", "UTF-16").encode("utf-16"), SPL.encode()),
    "latin-1": (SPL.replace("UTF-8", "ISO-8859-1").replace("•", "\N{MIDDLE DOT}").encode("latin-1"), SPL.encode()),
    "a-bundle-within-a-bundle": (as_json({**EPI, "entry": [{"resource": {**EPI}}]}), as_json(EPI)),
}


@pytest.mark.parametrize(("raw", "same"), SAME.values(), ids=SAME.keys())
def test_the_same_label_is_read_the_same(raw: bytes, same: bytes) -> None:
    assert label(raw) == label(same)


def epi(**changes: object) -> bytes:
    """The ePI with other keys at its top."""
    return as_json({**EPI, **changes})


def compositions(**changes: object) -> bytes:
    """The ePI with another SmPC alone."""
    return epi(entry=[{"resource": {**EPI["entry"][0]["resource"], **changes}}])


WHAT = "write a label of openFDA (JSON), an SPL (XML) or an ePI (FHIR, JSON or XML)"
BOMB = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
ENTITIES = "this XML declares a document type or entities, which no label needs; download the file again"
TWO = [{"resource": EPI["entry"][0]["resource"]}] * 2
REFUSED = {
    "empty": (b"", f"the file is empty; {WHAT}"),
    "blank": (b"\xef\xbb\xbf \n", f"the file is empty; {WHAT}"),
    "pdf": (b"%PDF-1.7\n", "this is a PDF; download the label as XML (DailyMed: “Download XML”) or JSON"),
    "zip": (b"PK\x03\x04rest", "this is a zip; unzip it, and name the XML that lies in it"),
    "empty-zip": (b"PK\x05\x06" + bytes(18), "this is an empty zip; download the label again"),
    "gzip": (gzip.compress(b"{}"), "this file is packed (gzip); unpack it, and name what lies in it"),
    "picture": (b"\x89PNG\r\n", "this is a picture; download the label as XML or JSON"),
    "office": (b"{\\rtf1", "this is a file of an office program; download the label as XML or JSON"),
    "html": (b"<!DOCTYPE html><html></html>", "this is a page of the web; download the label as XML or JSON"),
    "text": (b"Take 5 mg", f"neither JSON nor XML; {WHAT}"),
    "bytes": (bytes(range(128, 256)), f"neither JSON nor XML; {WHAT}"),
    "cut-json": (as_json(ONE)[:-5], "not whole JSON in line 1: Unterminated string starting at; download the file again"),
    "latin-1-json": ('{\n"a": "\u00e4"}'.encode("latin-1"), "not UTF-8 text in line 2; save the JSON as UTF-8"),
    "utf-16-json": ('{"a": 1}'.encode("utf-16"), "not UTF-8 text, but UTF-16; save the file as UTF-8"),
    "key-twice": (b'{"set_id": "a", "set_id": "b"}', "a key stands twice in one object of this JSON, so that it says two things; download the file again"),
    "list": (b"[]", f"this JSON is a list; {WHAT}"),
    "deep-json": (b'{"a":' * 100_000, "nested too deeply for a label; download it again"),
    "long-number": (b'{"a": ' + b"9" * 10_000 + b"}", "this JSON is no label of openFDA and no FHIR bundle; take one result of api.fda.gov/drug/label.json"),
    "other-json": (b'{"name": ["a"]}', "this JSON is no label of openFDA and no FHIR bundle; take one result of api.fda.gov/drug/label.json"),
    "no-section": (b'{"set_id": "a"}', "this JSON is no label of openFDA and no FHIR bundle; take one result of api.fda.gov/drug/label.json"),
    "blank-sections": (b'{"set_id": "a", "warnings": [" "]}', "this label has no section with text; download the label whole"),
    "many-texts": (as_json({"set_id": "a", "warnings": [f"{number}" for number in range(501)]}), "it has more than 500 texts, as no label has; take one label out of it"),
    "nothing-found": (b'{"error": {"code": "NOT_FOUND"}}', "this is openFDA's answer that it found nothing; search again, and save an answer with a label"),
    "several": (as_json({"results": [ONE, ONE]}), "it holds 2 labels; search by the set id, so that it holds the one that you mean"),
    "no-results": (as_json({"results": []}), "it holds 0 labels; search by the set id, so that it holds the one that you mean"),
    "results-of-texts": (as_json({"results": ["a"]}), "'results' is no list of labels; save openFDA's answer as it is"),
    "cut-xml": (SPL.encode()[:-20], "not whole XML in line 76; download the file again"),
    "unknown-encoding": (b'<?xml version="1.0" encoding="x-none"?><a/>', "not XML that can be read (unknown encoding: x-none); download the file again"),
    "xml-in-no-encoding": (b"<a>\xff</a>", "not whole XML in line 1; download the file again"),
    "entities": (BOMB.encode() + b"<a>&b;</a>", ENTITIES),
    "outside": (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', ENTITIES),
    "deep-xml": (b"<a>" * 100_000, "nested too deeply for a label; download it again"),
    "other-xml": (b"<a/>", f"this XML is neither an SPL nor a bundle of FHIR; {WHAT}"),
    "spl-of-no-body": (b'<document xmlns="urn:hl7-org:v3"/>', "this SPL has no body; download the label whole"),
    "spl-of-no-text": (SPL.replace("<text>", "<x>").replace("</text>", "</x>").encode(), "this label has no section with text; download the label whole"),
    "animals": (SPL.replace("HUMAN PRESCRIPTION", "OTC ANIMAL").encode(), "this is the label of a medicine for animals; take one for people"),
    "other-fhir": (b'{"resourceType": "Patient"}', f"this FHIR resource is no Bundle; {WHAT}"),
    "no-composition": (epi(entry=EPI["entry"][2:]), "this FHIR bundle holds no Composition, which is the text of a label; download the ePI as a whole"),
    "no-entry": (epi(entry=None), "this FHIR bundle holds no Composition, which is the text of a label; download the ePI as a whole"),
    "carton": (compositions(type={"coding": [{"code": "http://ema.europa.eu"}]}), "this ePI is neither a summary of product characteristics nor a package leaflet; download one of the two"),
    "two-products": (epi(entry=TWO), "it holds 2 texts of one kind (smpc); download the ePI of one product in one language"),
    "elsewhere": (as_json(EPI).replace(b"ema.europa.eu", b"example.org"), "nothing in this ePI says that it is of the EU; write the source and its place by hand"),
    "deep-html": (compositions(section=[{"title": "4.2", "text": {"div": "<div>" * 30_001}}]), "a section has more markup than a label has; download the file again"),
    "epi-of-no-text": (compositions(section=[]), "this label has no section with text; download the label whole"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_label_is_refused_in_a_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(Refused) as refused:
        label(raw)
    assert str(refused.value) == said


def test_of_two_languages_the_english_text_is_read() -> None:
    smpc = EPI["entry"][0]["resource"]
    raw = epi(entry=[{"resource": {**smpc, "language": "es"}}, {"resource": smpc}])
    assert [(each.kind, each.language) for each in label(raw).documents] == [("smpc", "en")]


DAYS = {
    "20251130": "2025-11-30",
    "2025-11-30T10:00:00Z": "2025-11-30",
    "202511301000": "2025-11-30",
    "20251131": "None",
    "2025-11": "None",
    "": "None",
}


@pytest.mark.parametrize(("written", "day"), DAYS.items())
def test_a_day_is_read_or_none(written: str, day: str) -> None:
    assert str(label(as_json({**ONE, "effective_time": written})).documents[0].day) == day


def real() -> list[Path]:
    """The files of real labels, if there are any here."""
    folder = os.environ.get(REAL)
    return sorted(path for path in Path(folder).rglob("*") if path.suffix in (".json", ".xml")) if folder else []


@pytest.mark.skipif(not real(), reason=f"{REAL} names no folder with real labels")
def test_real_labels_are_read_or_refused_in_a_sentence() -> None:
    read = 0
    for path in real():
        try:
            documents = label(path.read_bytes()).documents
        except Refused as refused:
            assert "; " in str(refused), path.name
        else:
            read += 1
            assert all(line == line.strip() and line for each in documents for section in each.sections for line in section.lines), (
                path.name
            )
    assert read
