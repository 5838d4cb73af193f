"""What the files of the interface look like, for programs that ask beforehand: JSON Schema from the shapes, and OpenAPI."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from macros.export import api
from macros.export.lists import Index, Medicines, Names, Sources, Vocabulary
from macros.export.place import Site
from macros.export.records import Medicine
from macros.pages.files import API, DATA_OF_ALL, data_of, sources_file

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Each shape with the path of its files, and what they hold.
FILES: dict[str, tuple[Any, str, str]] = {
    "index": (Index, DATA_OF_ALL["index"], "Where everything is, and of which day."),
    "medicines": (Medicines, DATA_OF_ALL["medicines"], "Every medicine by its names, with the address of its file."),
    "medicine": (Medicine, data_of("{medicine}")["JSON"], "A whole monograph."),
    "names": (Names, DATA_OF_ALL["names"], "By which names each medicine is searched."),
    "sources": (Sources, sources_file("{number}"), "So many sources, in the order of their names."),
    "vocabulary": (Vocabulary, DATA_OF_ALL["vocabulary"], "The closed lists, and what each word of them means."),
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file."""
    made = _adapter(name).json_schema(mode="serialization", ref_template="#/$defs/{model}")
    return {"$schema": _DIALECT, "$id": f"{name}.json", **made}


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    """The shape of a kind of file, taken apart: that takes most of the time."""
    return TypeAdapter(FILES[name][0])


def openapi(site: Site) -> dict[str, Any]:
    """The interface in OpenAPI 3.1."""
    components: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for name, (_, path, said) in FILES.items():
        made = _adapter(name).json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
        components |= made.pop("$defs", {})
        components[made["title"]] = made
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{made['title']}"}}}
        parameters = [
            {"name": each, "in": "path", "required": True, "schema": {"type": "string"}, "description": f"As {whence} says."}
            for each, whence in (("medicine", "medicines.json"), ("number", "index.json"))
            if f"{{{each}}}" in path
        ]
        missing = {"description": "There is no such file."}
        answer: dict[str, Any] = {"operationId": name, "summary": said, "responses": {"200": {"description": said, "content": content}}}
        if parameters:
            answer |= {"parameters": parameters}
            answer["responses"]["404"] = missing
        paths[path.removeprefix(API)] = {"get": answer}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{site.name}: interface",
            "version": api.VERSION,
            "summary": "Files that need no server of their own.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": f"{site.url}{API}" if site.url else "."}],
        "paths": paths,
        "components": {"schemas": dict(sorted(components.items()))},
    }


def site(of: Site) -> dict[str, str]:
    """The schemas by their paths."""
    found = {f"{API}/schema/{name}.json": api.text_of(schema(name)) for name in FILES}
    return {**found, DATA_OF_ALL["OpenAPI"]: api.text_of(openapi(of))}
