"""A label as openFDA gives it: one object in JSON, each section a list of texts without line ends."""

import re
from collections.abc import Mapping

from macros.finding import Refused
from macros.labels.label import US, Document, Label, Section, day, kinds, numbered, once, something
from macros.labels.plain import plain

_TABLE = "_table"
_MOST = 500  # texts of a label; the longest have some two hundred
_ABOUT = ("set_id", "id", "effective_time", "version", "openfda")
_ELEMENTS = "spl_product_data_elements"
_CODES = {"NDC": "product_ndc", "UNII": "unii", "application number": "application_number"}
_ITEM = re.compile(r"\s+\N{BULLET}\s*")


def label(tree: Mapping[str, object]) -> Label:
    """The label in the answer of openFDA's API or in one of its results. Raises Refused for anything else."""
    one = _only(tree)
    texts = {key: _texts(one, key) for key in one if key not in _ABOUT and not key.startswith("_")}
    if not any(texts.values()) or not ("openfda" in one or "set_id" in one):
        raise Refused("this JSON is no label of openFDA and no FHIR bundle; take one result of api.fda.gov/drug/label.json")
    about = one.get("openfda")
    known = about if isinstance(about, dict) else {}
    substances = once(_texts(known, "substance_name")) or once(
        part for name in _texts(known, "generic_name") for part in re.split(r",|;|/|\band\b", name, flags=re.IGNORECASE)
    )
    document = Document(US, _text(one, "set_id"), _text(one, "version"), day(_text(one, "effective_time")), "en", _sections(texts))
    return Label(
        "openFDA label",
        "US",
        tuple((name,) for name in substances),
        " ".join(texts.get(_ELEMENTS, ())),
        once(_texts(known, "brand_name")),
        kinds([("set id", document.set_id), *((kind, code) for kind, key in _CODES.items() for code in _texts(known, key))]),
        something((document,)),
    )


def _only(tree: Mapping[str, object]) -> Mapping[str, object]:
    """The one label that the file holds."""
    if "results" not in tree:
        if "error" in tree:
            raise Refused("this is openFDA's answer that it found nothing; search again, and save an answer with a label")
        return tree
    found = tree["results"]
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Refused("'results' is no list of labels; save openFDA's answer as it is")
    if len(found) != 1:
        raise Refused(f"it holds {len(found)} labels; search by the set id, so that it holds the one that you mean")
    return dict(found[0])


def _texts(tree: Mapping[str, object], key: str) -> list[str]:
    value = tree.get(key)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else [value] if isinstance(value, str) else []


def _text(tree: Mapping[str, object], key: str) -> str:
    return next(iter(_texts(tree, key)), "")


def _sections(texts: Mapping[str, list[str]]) -> tuple[Section, ...]:
    """The sections, each text once: openFDA gives a part of a section alone and within the whole, too."""
    flat = {key: [" ".join(each.split()) for each in found] for key, found in texts.items() if not key.endswith(_TABLE)}
    every = [(key, number, text) for key, found in flat.items() for number, text in enumerate(found) if text]
    if len(every) > _MOST:
        raise Refused(f"it has more than {_MOST} texts, as no label has; take one label out of it")
    whole = {
        key: [text for number, text in enumerate(found) if text and not _within(key, number, text, every)] for key, found in flat.items()
    }
    parts = sorted(
        {text for _, _, text in every if not any(text in found for found in whole.values())}, key=lambda text: (-len(text), text)
    )
    return tuple(
        Section(
            key,
            _number(key, found[0]),
            key.replace("_", " "),
            tuple(line for text in found for line in _lines(text, parts)) + _tables(texts, key),
        )
        for key, found in whole.items()
        if found
    )


def _number(key: str, text: str) -> str:
    """The number that the text begins with, if its heading follows; else it may be so many tablets."""
    return numbered(text) if any(word in text[:80].casefold() for word in key.split("_") if len(word) > 3) else ""


def _within(key: str, number: int, text: str, every: list[tuple[str, int, str]]) -> bool:
    """Whether another text holds this one; of two that are equal the first stays."""
    own = every.index((key, number, text))
    return any(text in other and (len(text) < len(other) or at < own) for at, (_, _, other) in enumerate(every) if at != own)


def _lines(text: str, parts: list[str]) -> list[str]:
    """The text in lines: one begins where a part of it does, and where an item of a list does."""
    for part in parts:
        if part in text:
            text = text.replace(part, f"\n{part}\n")
    lines = [line.strip() for each in text.split("\n") for line in _ITEM.sub("\n- ", f" {each} ").split("\n")]
    return [line for line in lines if line]


def _tables(texts: Mapping[str, list[str]], key: str) -> tuple[str, ...]:
    """The section's tables with their columns, which its text has lost."""
    lines = [["Table as the label has it:", *plain(table)] for table in texts.get(f"{key}{_TABLE}", [])]
    return tuple(line for table in lines for line in table)
