"""The one way from a file to a label: bounded, without entities, and with a sentence for whatever is no label."""

import json
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from macros.finding import Refused
from macros.labels import epi, openfda, spl
from macros.labels.label import Label

MOST = 20_000_000  # bytes; the longest labels have some three million
_DEEPEST = 150
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_WHAT = "write a label of openFDA (JSON), an SPL (XML) or an ePI (FHIR, JSON or XML)"
# What a file begins with that is none of the three, and what to do instead.
_OTHERS = (
    (b"%PDF", "this is a PDF; download the label as XML (DailyMed: “Download XML”) or JSON"),
    (b"PK\x03\x04", "this is a zip; unzip it, and name the XML that lies in it"),
    (b"PK\x05\x06", "this is an empty zip; download the label again"),
    (b"\x1f\x8b", "this file is packed (gzip); unpack it, and name what lies in it"),
    (b"\x89PNG", "this is a picture; download the label as XML or JSON"),
    (b"\xff\xd8\xff", "this is a picture; download the label as XML or JSON"),
    (b"GIF8", "this is a picture; download the label as XML or JSON"),
    (b"\xd0\xcf\x11\xe0", "this is a file of an office program; download the label as XML or JSON"),
    (b"{\\rtf", "this is a file of an office program; download the label as XML or JSON"),
)


def label(raw: bytes) -> Label:
    """The label in a file of one of the three formats. Raises Refused, with what to write instead, for anything else."""
    text = raw.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise Refused(f"the file is empty; {_WHAT}")
    for begins, said in _OTHERS:
        if text.startswith(begins):
            raise Refused(said)
    if text[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise Refused("this is a page of the web; download the label as XML or JSON")
    try:
        if text.startswith((b"{", b"[")):
            return _from_json(text)
        if text.startswith(b"<") or text.startswith(_UTF_16) and text[:200].decode("utf-16", "ignore").lstrip().startswith("<"):
            return _from_xml(text)
    except RecursionError as error:
        raise Refused("nested too deeply for a label; download it again") from error
    if text.startswith(_UTF_16):
        raise Refused("not UTF-8 text, but UTF-16; save the file as UTF-8")
    raise Refused(f"neither JSON nor XML; {_WHAT}")


def _from_json(raw: bytes) -> Label:
    try:
        tree = json.loads(raw.decode("utf-8"), object_pairs_hook=_each_once, parse_int=str, parse_float=str)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused(f"not UTF-8 text in line {line}; save the JSON as UTF-8") from error
    except json.JSONDecodeError as error:
        raise Refused(f"not whole JSON in line {error.lineno}: {error.msg}; download the file again") from error
    if not isinstance(tree, dict):
        raise Refused(f"this JSON is a list; {_WHAT}")
    if "resourceType" not in tree:
        return openfda.label(tree)
    if tree["resourceType"] != "Bundle":
        raise Refused(f"this FHIR resource is no Bundle; {_WHAT}")
    return epi.label(tree)


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise Refused("a key stands twice in one object of this JSON, so that it says two things; download the file again")
    return made


def _from_xml(raw: bytes) -> Label:
    try:
        root = _root(raw)
    except DefusedXmlException as error:
        raise Refused("this XML declares a document type or entities, which no label needs; download the file again") from error
    except Refused:
        raise
    except ParseError as error:
        raise Refused(f"not whole XML in line {error.position[0]}; download the file again") from error
    except (LookupError, ValueError) as error:
        raise Refused(f"not XML that can be read ({error}); download the file again") from error
    if root.tag == spl.ROOT:
        return spl.label(root)
    if root.tag == epi.ROOT:
        return epi.label(epi.from_xml(root))
    raise Refused(f"this XML is neither an SPL nor a bundle of FHIR; {_WHAT}")


def _root(raw: bytes) -> Element:
    """The tree of an XML file. Raises Refused where it is nested deeper than a label is."""
    events: Iterator[tuple[str, Element]] = iterparse(BytesIO(raw), events=("start", "end"), forbid_dtd=True)
    root, depth = None, 0
    for event, element in events:
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise Refused("nested too deeply for a label; download it again")
    assert root is not None, "the parser refuses a file without an element"
    return root
