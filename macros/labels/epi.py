"""A label as an electronic product information (ePI) of EMA or of an authority in its network: a bundle of FHIR, JSON or XML.

A monograph that a site like this one exports is such a bundle, too; it is read as notes, and never called a label.
"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, tostring

from macros.finding import Refused, excerpt
from macros.labels.label import LEAFLET, MONOGRAPH, SMPC, Document, Label, Section, day, kinds, numbered, once, something
from macros.labels.plain import plain

ROOT = "{http://hl7.org/fhir}Bundle"
_XHTML = "{http://www.w3.org/1999/xhtml}"
# EMA's codes of documents, and what they say; others, such as the text on a carton, hold nothing that is not in these.
_KINDS = {"100000155532": SMPC, "100000155538": LEAFLET, "monograph": MONOGRAPH}
# The codes of topics in a monograph, and its places by the codes of ISO 3166 that are not our names of them.
_TOPIC = "urn:sourced-monographs:topic"
_PLACES = {"GB": "UK"}
# By whose words a bundle is known as one of the EU.
_EU = "ema.europa.eu"
# Which identifiers of other resources are worth a note.
_KIND_OF = {"List": "ePI list", "RegulatedAuthorization": "application number"}
_ATC = re.compile(r"[A-Z]\d\d[A-Z]{2}\d\d")
_UNII = re.compile(r"[A-Z0-9]{10}")
_VALID = ("final", "amended", "corrected", "appended")
_ACTIVE = ("100000072072", "ACT", "active")  # the role of an ingredient: EMA's code, HL7's, and the word
_DEEPEST = 2  # a section of an SmPC is cited by its number, as 4.2; what is finer belongs to it

Tree = Mapping[str, object]


def label(tree: Tree) -> Label:
    """The label in a bundle of FHIR. Raises Refused where it holds no document, or several of a kind."""
    resources = list(_resources(tree))
    compositions = [each for each in resources if each.get("resourceType") == "Composition"]
    if not compositions:
        raise Refused("this FHIR bundle holds no Composition, which is the text of a label; download the ePI as a whole")
    monograph = any(_kind(each) == MONOGRAPH for each in compositions)
    if not monograph and _EU not in str(tree):
        raise Refused("nothing in this ePI says that it is of the EU; write the source and its place by hand")
    places = _places(resources) if monograph else ("EU",)
    ingredients = [each for each in resources if each.get("resourceType") == "Ingredient" and _is_active(each)]
    products = [each for each in resources if each.get("resourceType") == "MedicinalProductDefinition"]
    documents = something(tuple(_documents(compositions, tree)))
    remarks = [remark for each in compositions if _kind(each) for remark in _remarks(each, places)]
    first = [section for document in documents for section in document.sections if _introduces(document.kind, section.number)]
    return Label(
        "ePI",
        places[0],
        tuple(dict.fromkeys(names for each in ingredients if (names := _names(each)))),
        " ".join(text for section in first for text in (section.title, *section.lines)),
        once(_text(name, "productName") for product in products for name in _many(product, "name")),
        () if monograph else kinds(_codes(tree, resources, products, ingredients)),  # a monograph has no number of an authority
        documents,
        once(remarks),
    )


def _places(resources: list[Tree]) -> tuple[str, ...]:
    """Where a monograph says that an authorization stands. Raises Refused where it names no place."""
    own = [each for each in resources if each.get("resourceType") == "RegulatedAuthorization"]
    codes = [
        code for each in own if "active" in _texts(each, "status", "coding", "code") for code in _texts(each, "region", "coding", "code")
    ]
    if not codes:
        raise Refused("this monograph knows of no place where an authorization stands; begin from a label")
    return once(_PLACES.get(code, code) for code in codes)


def _remarks(composition: Tree, places: tuple[str, ...]) -> Iterator[str]:
    """What keeps a text from being taken as it is."""
    if _kind(composition) == MONOGRAPH:
        where = ", ".join(places)
        yield f"the file is no label, but a monograph on what is authorized in {where}: look each fact up in the label of its place"
    status, language = _text(composition, "status"), _text(composition, "language")
    if status not in _VALID:
        yield f"the file calls its text '{excerpt(status)}', which is not final"
    if "test purposes" in _text(composition, "title").casefold():
        yield "the file says of itself that it is for test purposes only"
    if language and not language.startswith("en"):
        yield f"the text is in the language '{excerpt(language)}': whose it is, and whether it holds in all of the EU, has to be looked up"


def _introduces(kind: str, number: str) -> bool:
    """Whether a section says what the medicine is made of; others name other medicines, too."""
    return kind == MONOGRAPH or number.partition(".")[0] in ({"1", "2"} if kind == SMPC else {"", "6"})


def from_xml(root: Element) -> Tree:
    """A bundle of FHIR in XML in the form that it has in JSON, but each entry as a list; narrative stays HTML."""
    return {"resourceType": "Bundle", **_from_xml(root)}


def _from_xml(element: Element) -> dict[str, object]:
    made: dict[str, list[object]] = {}
    for below in element:
        name = below.tag.rpartition("}")[2]
        if below.tag.startswith(_XHTML):
            made.setdefault(name, []).append(_html(below))
        elif name == "resource":
            made.setdefault(name, []).extend({"resourceType": each.tag.rpartition("}")[2], **_from_xml(each)} for each in below)
        else:
            made.setdefault(name, []).append(below.get("value") if "value" in below.attrib else _from_xml(below))
    return dict(made)


def _html(element: Element) -> str:
    for each in element.iter():
        each.tag = each.tag.removeprefix(_XHTML)
    return tostring(element, "unicode", method="html")


def _many(tree: object, *path: str) -> list[object]:
    """All that stands under a path of keys, whether as one value or as a list of them."""
    found = [tree]
    for key in path:
        values = [each[key] for each in found if isinstance(each, dict) and key in each]
        found = [one for each in values for one in (each if isinstance(each, list) else [each])]
    return found


def _texts(tree: object, *path: str) -> list[str]:
    return [each for each in _many(tree, *path) if isinstance(each, str)]


def _text(tree: object, *path: str) -> str:
    return next(iter(_texts(tree, *path)), "")


def _resources(tree: object) -> Iterator[Tree]:
    """The resources of a bundle, those of bundles within it too, in their order."""
    for each in _many(tree, "entry", "resource"):
        if isinstance(each, dict):
            yield each
            if _text(each, "resourceType") == "Bundle":
                yield from _resources(each)


def _documents(compositions: list[Tree], tree: Tree) -> Iterator[Document]:
    """One document of each kind. Of a text in several languages the English one is taken."""
    for kind in (SMPC, LEAFLET, MONOGRAPH):
        found = [each for each in compositions if _kind(each) == kind]
        chosen = [each for each in found if _text(each, "language").startswith("en")] if len(found) > 1 else found
        if len(chosen) != min(len(found), 1):
            raise Refused(f"it holds {len(found)} texts of one kind ({kind}); download the ePI of one product in one language")
        for each in chosen:
            yield Document(
                kind,
                _text(tree, "identifier", "value") or _text(tree, "id"),
                _text(each, "version") or _text(each, "meta", "versionId"),
                day(_text(each, "date")),
                _text(each, "language") or "en",
                tuple(_by_topic(each) if kind == MONOGRAPH else _sections(each)),
            )
    if not any(map(_kind, compositions)):
        raise Refused("this ePI is neither a summary of product characteristics nor a package leaflet; download one of the two")


def _kind(composition: Tree) -> str:
    return next((_KINDS[code] for code in _texts(composition, "type", "coding", "code") if code in _KINDS), "")


def _by_topic(tree: object) -> Iterator[Section]:
    """The sections of a monograph, each by the code of its topic; what it leaves out and says of itself has none."""
    for each in _many(tree, "section"):
        codes = [_text(coding, "code") for coding in _many(each, "code", "coding") if _text(coding, "system") == _TOPIC]
        if codes:
            yield Section(codes[0], "", _text(each, "title"), tuple(line for html in _texts(each, "text", "div") for line in plain(html)))
        yield from _by_topic(each)


def _sections(composition: Tree) -> Iterator[Section]:
    """The sections that have a number, each with all that stands below it; and those without one that stand below none."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for at, title, lines in _flat(composition, ("", "")):
        own = gathered.setdefault(at, [])
        own += ([title] if title and title != at[1] else []) + lines
    yield from (Section(number, number, title, tuple(lines)) for (number, title), lines in gathered.items() if lines)


def _flat(tree: object, at: tuple[str, str]) -> Iterator[tuple[tuple[str, str], str, list[str]]]:
    """Each section with the one that it belongs to, as number and title."""
    for each in _many(tree, "section"):
        title = " ".join(_text(each, "title").split())
        number = numbered(title)
        inside = bool(at[0]) and (not number or not number.startswith(f"{at[0]}.") or number.count(".") >= _DEEPEST)
        here = at if inside else (number, title)
        lines = [line for html in _texts(each, "text", "div") for line in plain(html)]
        if lines != ["unavailable"]:
            yield here, title if lines else "", lines
        yield from _flat(each, here)


def _is_active(ingredient: Tree) -> bool:
    said = [
        *_texts(ingredient, "role", "coding", "code"),
        *_texts(ingredient, "role", "coding", "display"),
        *_texts(ingredient, "role", "text"),
    ]
    return any(each == _ACTIVE[0] or each.startswith(_ACTIVE[1]) or each.casefold().startswith(_ACTIVE[2]) for each in said)


def _names(ingredient: Tree) -> tuple[str, ...]:
    concept = ("substance", "code", "concept")
    return once([*_texts(ingredient, *concept, "coding", "display"), *_texts(ingredient, *concept, "text")])


def _codes(tree: Tree, resources: list[Tree], products: list[Tree], ingredients: list[Tree]) -> Iterator[tuple[str, str]]:
    yield "set id", _text(tree, "identifier", "value")
    for each in resources:
        if each.get("resourceType") in _KIND_OF:
            yield from ((_KIND_OF[str(each["resourceType"])], code) for code in _texts(each, "identifier", "value"))
    for product in products:
        yield from (("ATC", code) for code in _texts(product, "classification", "coding", "code") if _ATC.fullmatch(code))
    for ingredient in ingredients:
        codes = _texts(ingredient, "substance", "code", "concept", "coding", "code")
        yield from (("UNII", code) for code in codes if _UNII.fullmatch(code))
