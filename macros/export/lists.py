"""What other programs get of all medicines: their names, the sources, the words, and where everything is."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from macros.export.amounts import SAID, FullDay
from macros.export.records import Authorization, Named, Source


@SAID
class Listed(Named):
    """A medicine in the list of all."""

    file: str
    """The address of its file, from the root of the site on."""
    csv: str
    """The address of its facts as rows."""
    fhir: str
    """The address of its document in FHIR."""
    feed: str
    """The address of its feed of changes in Atom."""
    authorizations: list[Authorization]
    """Where it is or was authorized."""


@SAID
class Medicines(TypedDict):
    """Every medicine."""

    schema_version: str
    """The version of this shape."""
    data_version: str
    """A mark of all data of the site."""
    medicines: list[Listed]
    """In the order of their names in addresses."""


@SAID
class SearchName(TypedDict):
    """A name by which people look for a medicine."""

    name: str
    """The name, as it is written."""
    kind: Literal["inn", "brand", "alias", "searched"]
    """Whether it is the generic name, a brand, a name that sources give it, or what people type."""
    medicine: str
    """The medicine, by its name in addresses. One name may be that of two medicines in two places."""


@SAID
class Names(TypedDict):
    """By which names each medicine is searched."""

    schema_version: str
    """The version of this shape."""
    data_version: str
    """A mark of all data of the site."""
    names: list[SearchName]
    """In the order of the medicines."""


@SAID
class Sources(TypedDict):
    """So many sources, in the order of their names."""

    schema_version: str
    """The version of this shape."""
    data_version: str
    """A mark of all data of the site."""
    sources: list[Source]
    """The sources."""


@SAID
class VocabularyWord(TypedDict):
    """A word of a closed list."""

    word: str
    """What readers see."""
    meaning: NotRequired[str]
    """What it means, where it does not say so itself."""


@SAID
class StatusWord(VocabularyWord):
    """A use that facts speak of."""

    heading: str
    """The words that open a block of it; they go with whatever is copied out of one."""
    authorized: bool
    """Whether it rests on a label or a regulator."""
    marked: bool
    """Whether it is no approved use, so that whoever shows it marks it as such."""


@SAID
class UnitWord(TypedDict):
    """A unit."""

    plural: str
    """Its form for anything but one."""
    ucum: NotRequired[str]
    """Its code in the Unified Code for Units of Measure; left out where that has no unit that is the same."""


@SAID
class Vocabulary(TypedDict):
    """The closed lists."""

    schema_version: str
    """The version of this shape."""
    data_version: str
    """A mark of all data of the site."""
    statuses: dict[str, StatusWord]
    """The uses that facts speak of."""
    units: dict[str, UnitWord]
    """The units of amounts."""
    lists: dict[str, dict[str, VocabularyWord]]
    """The other lists by their names: topics, evidence, grades, jurisdictions, events."""


@SAID
class Index(TypedDict):
    """Where everything is, and of which day."""

    schema_version: str
    """The version of the shapes."""
    data_version: str
    """A mark of all data of the site: the same for the same data."""
    site_version: str
    """The version of the site that these files came with."""
    site: str
    """The name of the site."""
    built: FullDay
    """The day that the site was made for, in ISO 8601."""
    checked: FullDay
    """The day on which the fact that was checked longest ago was checked."""
    use_until: FullDay
    """The last day on which a copy of these files may be used."""
    reviewed: bool
    """Whether a clinician has reviewed every monograph."""
    notice: str
    """What whoever shows these data has to say with them."""
    licence: str
    """Under which terms text and data may be used."""
    medicines: str
    """The address of the list of all medicines with those of each one's files, from the root of the site on, as all addresses here."""
    names: str
    """The address of the names."""
    vocabulary: str
    """The address of the closed lists."""
    sources: list[str]
    """The addresses of the sources."""
    schemas: list[str]
    """The addresses of the schemas of these files."""
    openapi: str
    """The address of the interface's description."""
    archives: list[str]
    """The addresses of everything in one file each."""
    feed: str
    """The address of the feed of the newest changes of all medicines in Atom."""
    llms: str
    """The address of the list of all pages as text."""
    recalled: list[str]
    """Versions of the site that nobody may use any more."""
