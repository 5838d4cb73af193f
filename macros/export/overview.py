"""The files of the interface that tell of all medicines, by which programs begin."""

from collections.abc import Iterator, Mapping
from typing import cast

from macros.export import api, lists
from macros.export.place import Made, Site
from macros.export.records import Source
from macros.export.said import given
from macros.formulary.book import Formulary
from macros.formulary.monograph import Monograph
from macros.formulary.vocabulary import Vocabulary, Word
from macros.pages.files import DATA_OF_ALL, data_of, sources_file

_SOURCES = 500  # in a file
_NOTICE = (
    "Information for health professionals. A status or a condition belongs to its fact: show neither without the other. "
    "What is marked is no approved use. A gap says nothing about the medicine. Compare every figure with the label before use."
)
_UNREVIEWED = " No clinician has reviewed these monographs."
_NOT_ALL_REVIEWED = " Clinicians have reviewed {} of these {} monographs; `reviews` of each says which."


def site(book: Formulary, of: Site, made: Made, schemas: list[str]) -> dict[str, str]:
    """The files by their paths; `schemas` are the addresses of theirs."""
    heading: dict[str, str] = {"schema_version": api.VERSION, "data_version": book.version}
    sources = {sources_file(number): each for number, each in enumerate(_sources(book), 1)}
    found: dict[str, object] = {
        DATA_OF_ALL["medicines"]: {**heading, "medicines": [_listed(book, each, of) for each in book.monographs.values()]},
        DATA_OF_ALL["names"]: {**heading, "names": [name for each in book.monographs.values() for name in _names(book, each)]},
        DATA_OF_ALL["vocabulary"]: {**heading, **_vocabulary(book.vocabulary)},
        **{path: {**heading, "sources": each} for path, each in sources.items()},
    }
    index = {
        **heading,
        "site_version": made.version,
        "site": of.name,
        "built": made.built.isoformat(),
        "checked": made.checked.isoformat(),
        "use_until": made.until.isoformat(),
        "reviewed": _reviewed(book),
        "notice": notice(book),
        "licence": "CC BY 4.0",
        "medicines": DATA_OF_ALL["medicines"],
        "names": DATA_OF_ALL["names"],
        "vocabulary": DATA_OF_ALL["vocabulary"],
        "sources": [*sources],
        "schemas": schemas,
        "openapi": DATA_OF_ALL["OpenAPI"],
        "archives": [DATA_OF_ALL["table"], DATA_OF_ALL["database"]],
        "feed": DATA_OF_ALL["feed"],
        "llms": DATA_OF_ALL["llms"],
        "recalled": [*book.recalls],
    }
    return {path: api.text_of(each) for path, each in {DATA_OF_ALL["index"]: index, **found}.items()}


def notice(book: Formulary) -> str:
    """What whoever shows the data has to say with them."""
    reviewed = sum(bool(each.medicine.reviews) for each in book.monographs.values())
    if _reviewed(book):
        return _NOTICE
    return _NOTICE + (_NOT_ALL_REVIEWED.format(reviewed, len(book.monographs)) if reviewed else _UNREVIEWED)


def _reviewed(book: Formulary) -> bool:
    return all(each.medicine.reviews for each in book.monographs.values())


def _listed(book: Formulary, monograph: Monograph, of: Site) -> lists.Listed:
    files = data_of(monograph.slug)
    return {
        **api.names(monograph, of),
        "file": files["JSON"],
        "csv": files["CSV"],
        "fhir": files["FHIR"],
        "feed": files["Atom"],
        "authorizations": [*api.authorizations(book, monograph)],
    }


def _names(book: Formulary, monograph: Monograph) -> Iterator[lists.SearchName]:
    about = monograph.medicine
    kinds = (("inn", [about.inn]), ("brand", about.brands), ("alias", monograph.aliases), ("searched", book.searched(monograph)))
    yield from (cast(lists.SearchName, {"name": name, "kind": kind, "medicine": monograph.slug}) for kind, own in kinds for name in own)


def _sources(book: Formulary) -> Iterator[list[Source]]:
    """All sources in the order of their names, as many together as a file holds."""
    ordered = sorted(book.sources)
    for at in range(0, len(ordered), _SOURCES):
        yield [api.source(name, book.sources[name]) for name in ordered[at : at + _SOURCES]]


def _vocabulary(known: Vocabulary) -> dict[str, object]:
    statuses = {
        name: {"word": each.word, "meaning": each.meaning, "heading": each.heading, "authorized": each.authorized, "marked": each.notice}
        for name, each in known.statuses.items()
    }
    units = {name: {"plural": known.plural_unit(name), **given(ucum=known.ucum(name))} for name in known.units}
    words: dict[str, object] = {}
    for group in type(known.lists).model_fields:
        entries: Mapping[str, Word] = getattr(known.lists, group)
        words[group] = {name: given(word=each.word, meaning=each.meaning) for name, each in entries.items()}
    return {"statuses": statuses, "units": units, "lists": words}
