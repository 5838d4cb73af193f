"""What a draft takes from a label: sources that nobody read yet, and working notes in comments, which no reader gets.

Of what the file says only checked codes, days and numbers become data; every text stays behind a '#'.
"""

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from unicodedata import category

from macros.labels.label import MONOGRAPH, US, Document, Label, Section
from macros.pages.template import NOTES

_WIDTH = 120
_MOST = 900_000  # bytes of notes in one file, of the million that a data file may have
_BRAND = re.compile(r"[A-Za-z][A-Za-z -]{1,40}")
_SET_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ENTRY = re.compile(r"^[\w-]+:\n(?:  .*\n)+", re.MULTILINE)
_WITH_UNIT = re.compile(r"(?<=\d) (?=[^\W\d]|%)")
_REST = "other sections"
_REST_TOPICS: Final[tuple[str, ...]] = ("name",)
# What the file says of itself beside its sections; the number of an application shows that the medicine is authorized.
_RECORD, _RECORD_TOPICS = "identifiers of the record", ("authorization", "identifier")

# Of each kind of label, by the code or the number of a section: its name, and the topics that it speaks of.
Known = Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class Read:
    """A part of a source of the draft, with the section that it is and the topics that it speaks of."""

    source: str
    part: str
    topics: tuple[str, ...]
    section: Section
    document: Document


def parts(label: Label, slug: str, known: Known) -> list[Read]:
    """The sections of a label as parts of the draft's sources, and of a US label the record that it stands in.

    A section of a text with numbers that is not listed and has none speaks of what the one before it speaks of.
    """
    found: list[Read] = []
    for document in label.documents:
        source, before = f"label-{slug}-{document.kind}", _REST_TOPICS
        for section in document.sections:
            listed = _listed(known[document.kind], section)
            within = before if document.kind != US and not section.number else _REST_TOPICS
            name, topics = listed or (_REST, within)
            before = topics
            found.append(Read(source, f"section {section.number}" if section.number else name, topics, section, document))
        if document.kind == US:
            says = tuple(f"{kind}: {', '.join(codes)}" for kind, codes in label.identifiers)
            found.append(Read(source, _RECORD, _RECORD_TOPICS, Section("", "", "", says), document))
    return found


def _listed(known: Mapping[str, tuple[str, tuple[str, ...]]], section: Section) -> tuple[str, tuple[str, ...]] | None:
    """The name and the topics of the section, or of the one that its number says it is a part of."""
    return known.get(section.code) or known.get(section.number.partition(".")[0])


def waiting(text: str, place: str, label: str, read: Sequence[Read]) -> str:
    """A data file of the draft in which the gaps of this place wait for the parts of the label that speak of their topics."""

    def entry(found: re.Match[str]) -> str:
        topic = re.search(r"^  topic: (\S+)$", found[0], re.MULTILINE)
        places = re.search(r"^  jurisdictions: \[(.*)\]$", found[0], re.MULTILINE)
        speak = dict.fromkeys((each.source, each.part) for each in read if topic and topic[1] in each.topics)
        if not speak or (places and place not in places[1].split(", ")):
            return found[0]
        passages = [f"{{source: {source}, part: {part}}}" for source, part in speak]
        others = [f"{{source: {label}, part: to be read}}"] if places and places[1] != place else []
        return found[0].replace(f"{{source: {label}, part: to be read}}", ", ".join([*passages, *others]))

    return _ENTRY.sub(entry, text)


def sources(label: Label, inn: str, slug: str, read: Sequence[Read], today: date) -> str:
    """The entries of sources.yml for the texts of a label, each part of them not read."""
    made = []
    for name in dict.fromkeys(each.source for each in read):
        own = [each for each in read if each.source == name]
        document = own[0].document
        whose = "Text" if document.kind == MONOGRAPH else "Label"
        version = f", version {document.version}" if re.fullmatch(r"\d{1,6}", document.version) else ""
        lines = [
            f'{name}:\n  title: "{whose} of {inn} ({_CALLED[document.kind]}{version}): draft, to be named"',
            f"  statement: {'tertiary' if document.kind == MONOGRAPH else 'label'}",
            *(f"  # {line}" for line in _about(label, document)),
            f"  address: {_address(document, slug)}",
        ]
        if document.day and document.day <= today:
            lines += [f"  date: {document.day}", f"  date_words: {_DATED[document.kind]}"]
        lines += [f"  jurisdictions: [{label.place}]", "  parts:"]
        lines += [f"    {part}: {{read: not}}" for part in dict.fromkeys([*(each.part for each in own), _RECORD])]
        made.append("\n".join(lines))
    return "\n".join(f"{entry}\n" for entry in made)


_CALLED = {
    "us": "prescribing information", "smpc": "summary of product characteristics", "leaflet": "package leaflet", MONOGRAPH: "monograph",
}  # fmt: skip
_DATED = {"us": "effective date", "smpc": "date of this text", "leaflet": "date of this text", MONOGRAPH: "date of this text"}


def _about(label: Label, document: Document) -> list[str]:
    """What the file says of itself, for those who look for its original."""
    said = [
        f"From a file: {label.form}, set id {document.set_id or 'none'}, version {document.version or 'none'}, "
        f"date {document.day or 'none'}, language {document.language}.",
        "Nobody read a part of it yet. Who does says of each part how far ('read: whole' or 'opening'), and above the address how it was "
        "read ('read: original' or 'copy') and on which day ('date_read:'). The title says whose label it is; a file from elsewhere than "
        "this address is a copy, and its own address stands here.",
    ]
    return [line for each in said for line in _wrapped(each, _WIDTH - 4)]


def _address(document: Document, slug: str) -> str:
    if document.kind == US and _SET_ID.fullmatch(document.set_id):
        return f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={document.set_id}"
    return f"https://example.org/to-be-replaced/{slug}-{document.kind}"


def brand(label: Label) -> str:
    """The brand, if the label has one alone and its name is plain; a name all in capitals or in small letters is written as a name."""
    (name, *more) = label.brands or ("",)
    if more or not _BRAND.fullmatch(name):
        return ""
    return name.title() if name.isupper() or name.islower() else name


def notes(read: Sequence[Read], warning: str) -> str:
    """The texts of sections as comments, to be put behind the facts of their file, under the warning if there is one."""
    lines = [
        "",
        *(f"# {line}" for line in _wrapped(f"Warning: {warning}." if warning else "", _WIDTH - 2)),
        f"# {NOTES}: the text of the label, without its layout. Write facts from them in your own",
        "# words, each with its locator; compare every figure with the label itself; then delete the notes.",
    ]
    room = _MOST
    for each in read:
        title = each.section.title.removeprefix(each.section.number).lstrip(". ")
        heading = ": ".join(filter(None, dict.fromkeys((each.part, title))))
        fits = sum(map(len, each.section.lines)) <= room
        body = [line for text in each.section.lines for line in _wrapped(text, _WIDTH - 4)] if fits else []
        lines += ["#", *(f"# == {line}" for line in _wrapped(f"{heading} [{each.source}]", _WIDTH - 5))]
        size = sum(len(line.encode()) + 8 for line in body)
        if fits and size <= room:
            lines += [f"#   {line}" for line in body]
            room -= size
        else:
            lines.append("#   (too long for notes and left out whole: read it in the label)")
    return "\n".join(lines) + "\n"


def identity(label: Label, source: str, place: str) -> str:
    """What the file says of names and identifiers, as comments in the form of facts, to be taken over after a look at the label."""
    lines = ["", "# As the label's file has it, and read by nobody: compare it with the label before you take away a '#'."]
    substances = [name for names in label.ingredients for name in names]
    rows = [("Substance", "name", substances), ("Brand name", "name", list(label.brands))]
    rows += [(kind, "identifier", list(codes)) for kind, codes in label.identifiers]
    for title, topic, values in rows:
        if values:
            quoted = ", ".join('"' + printable(value).replace("\\", "/").replace('"', "'") + '"' for value in values)
            key = "code" if topic == "identifier" and len(values) == 1 else "terms"
            lines += [f"# {title.lower().replace(' ', '-')}:", f"#   title: {title[0].upper()}{title[1:]}", f"#   topic: {topic}"]
            lines += [f"#   {line}" for line in _wrapped(f"{key}: {quoted if key == 'code' else f'[{quoted}]'}", _WIDTH - 4)]
            lines += [f"#   jurisdictions: [{place}]", "#   sources:", f"#     - {{source: {source}, grade: B, locator: {_RECORD}}}"]
    return "\n".join(lines) + "\n"


def printable(text: str) -> str:
    """The text on one line, with nothing in it that can't be seen, and nothing that a page would take for a call."""
    seen = "".join(char if char.isprintable() else "" if category(char) == "Cf" else " " for char in text)
    return re.sub(r"\{(?=[{%#])", "{ ", " ".join(seen.split()))


def _wrapped(text: str, width: int) -> Iterable[str]:
    """The text in lines that stand behind a '#'; a figure stays beside its unit."""
    joined = _WITH_UNIT.sub("\N{NO-BREAK SPACE}", printable(text))
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in textwrap.wrap(joined, width, break_on_hyphens=False)]
