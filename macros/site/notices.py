"""What others made and the site carries along, with its licences: `NOTICES.txt`, in the site and in each copy.

The texts are those that the packages themselves bring: of the theme and its icons as installed, of what is packed into its
script and style sheets as `scripts/notices.py` took them from npm.
"""

from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

NAME = "NOTICES.txt"
_TEXTS = Path(__file__).parent.parent / "notices"
_OWN = Path(__file__).parent.parent.parent / "LICENSE"
_THEME = distribution("mkdocs-material")
_SCRIPT, _STYLES = "assets/javascripts/bundle.*", "assets/stylesheets/*"


@dataclass(frozen=True)
class Notice:
    """A work of others: its name, its licence by SPDX, the files of the site that hold some of it, and where the licence stands."""

    name: str
    licence: str
    files: tuple[str, ...]
    text: Path


def _packed(name: str, licence: str, *files: str) -> Notice:
    return Notice(name, licence, files, _TEXTS / f"{name}.txt")


def _icons(folder: str, licence: str, file: str, *files: str) -> Notice:
    return Notice(f"{folder} (icons)", licence, files, Path(str(_THEME.locate_file(f"material/templates/.icons/{folder}/{file}"))))


def _licence_of_the_theme() -> Path:
    folder = f"{_THEME.metadata['Name'].replace('-', '_')}-{_THEME.version}.dist-info"
    return Path(str(_THEME.locate_file(f"{folder}/licenses/LICENSE")))


THEME = "Material for MkDocs"
NOTICES = (
    Notice(THEME, "MIT", ("*.html", _SCRIPT, _STYLES), _licence_of_the_theme()),
    _icons("material", "Apache-2.0", "LICENSE", "*.html", "assets/stylesheets/main.*"),
    _icons("octicons", "MIT", "LICENSE", "assets/stylesheets/main.*"),
    _icons("fontawesome", "CC-BY-4.0", "LICENSE.txt", "assets/stylesheets/main.*"),
    _packed("clipboard", "MIT", _SCRIPT),  # with delegate, good-listener and select, of the same author, which bring no file of their own
    _packed("tiny-emitter", "MIT", _SCRIPT),  # a part of clipboard
    _packed("escape-html", "MIT", _SCRIPT),
    _packed("focus-visible", "W3C", _SCRIPT),
    _packed("rxjs", "Apache-2.0", _SCRIPT),
    _packed("tslib", "0BSD", _SCRIPT),
    _packed("material-design-color", "MIT", _STYLES),
)
_HEAD = """\
What others made and this site carries along
============================================

The site holds works of others, listed here with the files that they are in and with their licences as their makers give them.
{list}

The texts, the data and the code of the site itself:

{own}"""


def text() -> str:
    """All notices as plain text."""
    listed = "".join(f"\n- {each.name}: {each.licence}" for each in NOTICES)
    return "\n\n".join([_HEAD.format(list=listed, own=_OWN.read_text("utf-8")), *map(_told, NOTICES)])


def _told(each: Notice) -> str:
    title = f"{each.name} ({each.licence})"
    return f"{title}\n{'-' * len(title)}\n\nIn: {', '.join(each.files)}\n\n{each.text.read_text('utf-8').strip()}\n"
