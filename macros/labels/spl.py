"""A label in Structured Product Labeling, the XML of DailyMed."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from macros.finding import Refused
from macros.labels.label import US, Document, Label, Section, day, kinds, numbered, once, something
from macros.labels.plain import plain

ROOT = "{urn:hl7-org:v3}document"
_NDC, _UNII = "2.16.840.1.113883.6.69", "2.16.840.1.113883.4.9"


def label(root: Element) -> Label:
    """The label of an SPL document. Raises Refused where it names no section."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    kind = _value(root, "code", "displayName")
    if "ANIMAL" in kind.upper():
        raise Refused("this is the label of a medicine for animals; take one for people")
    body = root.find("component/structuredBody")
    if body is None:
        raise Refused("this SPL has no body; download the label whole")
    document = Document(
        US,
        _value(root, "setId", "root"),
        _value(root, "versionNumber", "value"),
        day(_value(root, "effectiveTime", "value")),
        _value(root, "languageCode", "code").partition("-")[0] or "en",
        tuple(section for each in body.findall("component/section") for section in _sections(each)),
    )
    products = [each for each in body.iter("manufacturedProduct") if each.find("name") is not None]
    approvals = [("application number", each.get("extension", "")) for each in body.iterfind(".//approval/id")]
    heading = root.find("title")
    return Label(
        "SPL",
        "US",
        tuple(dict.fromkeys(names for product in products for each in _active(product) if (names := _names(each)))),
        " ".join("".join(heading.itertext()).split()) if heading is not None else "",
        once(_brand(product) for product in products),
        kinds([("set id", document.set_id), *(pair for product in products for pair in _codes(product)), *approvals]),
        something((document,)),
    )


def _value(element: Element, path: str, name: str) -> str:
    found = element.find(path)
    return found.get(name, "") if found is not None else ""


def _active(product: Element) -> Iterator[Element]:
    """The active ingredients of a product, in the newer and in the older form of SPL; those of its parts stand in products of their own."""
    yield from (each for each in product.findall("ingredient") if each.get("classCode", "").startswith("ACT"))
    yield from product.findall("activeIngredient")


def _names(ingredient: Element) -> tuple[str, ...]:
    """By which names the ingredient is known: what acts, and the substance that holds it."""
    return once(each.text or "" for each in [*ingredient.iterfind(".//activeMoiety/name"), *ingredient.iterfind(".//name")])


def _brand(product: Element) -> str:
    name = product.find("name")
    return "".join(name.itertext()) if name is not None else ""


def _codes(product: Element) -> Iterator[tuple[str, str]]:
    code = product.find("code")
    if code is not None and code.get("codeSystem") == _NDC:
        yield "NDC", code.get("code", "")
    for ingredient in _active(product):
        yield from (("UNII", each.get("code", "")) for each in ingredient.iter("code") if each.get("codeSystem") == _UNII)


def _sections(section: Element) -> Iterator[Section]:
    """A section with all that stands below it; one that only gathers others gives them as they are."""
    title = " ".join("".join(found.itertext()).split()) if (found := section.find("title")) is not None else ""
    if lines := tuple(_lines(section)):
        yield Section(_value(section, "code", "code"), numbered(title), title, lines)


def _lines(section: Element) -> Iterator[str]:
    """The text of a section, then its parts, each with its heading."""
    text = section.find("text")
    if text is not None:
        yield from plain(tostring(text, "unicode", method="html"))
    for below in section.findall("component/section"):
        title, lines = below.find("title"), list(_lines(below))
        if lines and title is not None:
            yield from plain(tostring(title, "unicode", method="html"))
        yield from lines
