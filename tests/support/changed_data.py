"""A change of the data of a fictional medicine, put back afterwards."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def changed(project: Path, change: Mapping[str, str]) -> Iterator[None]:
    """The project with a change of tests/export/mutations.yml: the first place of `old` is `new`."""
    path = project / f"macros/data/{change['of']}/{change['file']}.yml"
    text = path.read_text("utf-8")
    assert change["old"] in text
    path.write_text(text.replace(change["old"], change["new"], 1), "utf-8")
    try:
        yield
    finally:
        path.write_text(text, "utf-8")
