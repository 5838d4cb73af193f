"""The register: all that readers get and all records that pages rest on, as text, so that no change of it goes unseen.

One file a medicine and one for the site. `check` compares them with what pages and data give, `generate` writes them, and
whoever owns them agrees to what readers get. Nothing is listed by hand: pages are read as they are rendered, data value by
value, all other files line by line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import markdown
from selectolax.lexbor import LexborHTMLParser

from macros.finding import unseen
from macros.formulary.book import DATA
from macros.formulary.reader import contents, leaves, read
from macros.pages import settings
from macros.pages.files import CHECKLIST, DOSE_SHEET, EVIDENCE, MONOGRAPH, PATIENT_GUIDE
from macros.pages.html import Html, address_of
from macros.pages.inputs import files
from macros.pages.markdown import DOCS, Page
from macros.pages.seen import lines, single_spaced

FOLDER: Final = Path("register")
SITE: Final = FOLDER / "site.txt"
# Where the files lie that pages and copies are framed with. What they hold is published as it is, or runs in a reader's browser.
_FRAME = (f"{DOCS}/", "overrides/", "macros/offline/", "macros/drawings/", settings.SETTINGS)
_ORDER = (MONOGRAPH, PATIENT_GUIDE, DOSE_SHEET, CHECKLIST, EVIDENCE)
_MOST_BYTES = 1_000_000
_SHEET = ".css"
_TOKEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]|[^{};"'/]+|.""", re.DOTALL)
_TOP = (
    "What readers get, and the records that it rests on. Made by `python -m macros generate`, never by hand.",
    "`python -m macros diff REVISION` says in words what changed in it.",
    "> holds words typed by hand, or the same; = what macros print; {fact: text} comes from that fact, (where: EU) a part by its name.",
)


def registers(root: Path, pages: Iterable[Page], previews: Mapping[str, Html], version: str) -> dict[Path, str]:
    """The text of each register by its path.

    `previews` are the rendered pages by address, `version` is that of the data.
    """
    return {path_of(slug): register(root, slug, own, previews, version) for slug, own in by_medicine(root, pages).items()}


def by_medicine(root: Path, pages: Iterable[Page]) -> dict[str, list[Page]]:
    """The pages of each register, under "" those that belong to no medicine."""
    own: dict[str, list[Page]] = {slug: [] for slug in ("", *medicines(root))}
    for page in pages:
        own[page.monograph if page.monograph and page.monograph in own else ""].append(page)
    return own


def medicines(root: Path) -> list[str]:
    """The medicines that have a register of their own."""
    return sorted(path.parent.name for path in (root / DATA).glob("*/medicine.yml"))


def register(
    root: Path,
    slug: str,
    pages: Iterable[Page],
    previews: Mapping[str, Html],
    version: str,
) -> str:
    """The register of one medicine, of which these are all pages; with "" for its slug that of all that belongs to none."""
    set_up = settings.text(root)
    read = [(page, of_page(set_up, page, previews[address_of(page.path)], version)) for page in pages]
    return joined(read, records_of(root, slug))


def joined(pages: Iterable[tuple[Page, Iterable[str]]], records: Iterable[str]) -> str:
    """The same of the lines that each page gives, and of those that come behind all pages."""
    register = list(_TOP)
    for _, said in sorted(pages, key=lambda each: _turn(each[0])):
        register += said
    register += records
    return "".join(f"{line}\n" for line in register)


def of_page(set_up: str, page: Page, preview: Html, version: str) -> list[str]:
    """What a register says of a page as it is rendered; `set_up` are the settings."""
    front = [f"== page {page.path}", *(f"= {place}: {said}" for place, said in leaves(page.front.tree))]
    given = tuple(str(each) for call in page.calls for each in (*call.args, *call.options.values()))
    return [*front, *lines(preview, _typed(set_up, page.filled([""] * len(page.calls)), given), version)]


def records_of(root: Path, slug: str) -> list[str]:
    """What it says of the data of a medicine, or with "" for its slug of what all share, and of what stands around all pages."""
    found: list[str] = []
    for path in _listed(root / DATA / slug) if slug else _shared(root):
        found += [f"== data {path.relative_to(root / DATA).as_posix()}", *records(root, path)]
    for path in () if slug else framing(root):
        found += [f"== file {path.as_posix()}", *_file(path, contents(root / path, _MOST_BYTES))]
    return found


def framing(root: Path) -> list[Path]:
    """The settings, and every file that stands around pages or beside them in the site and its copies."""
    top = len((root / "x").as_posix()) - 1
    found = ((path, path.as_posix()[top:]) for path in files(root) if path.suffix != ".md")
    return [Path(name) for path, name in found if name.startswith(_FRAME) and path.is_file()]


def _turn(page: Page) -> tuple[str, int, str]:
    """Folder by folder, of a medicine the monograph first and the long list of its evidence last."""
    folder, _, name = page.path.rpartition("/")
    return folder, _ORDER.index(name) if name in _ORDER else len(_ORDER), name


def path_of(slug: str) -> Path:
    """Where the register of a medicine stands; with "" for its slug that of all that belongs to none."""
    return FOLDER / f"{slug}.txt" if slug else SITE


def _listed(folder: Path) -> list[Path]:
    """The files of data; the schemas beside them only help editors."""
    return [path for path in sorted(folder.rglob("*")) if path.suffix in (".yml", ".txt")]


def _shared(root: Path) -> Iterator[Path]:
    """The files of data that belong to no medicine."""
    folders = set(medicines(root))
    yield from (path for path in _listed(root / DATA) if path.parent.parent != root / DATA or path.parent.name not in folders)


def records(root: Path, path: Path) -> Iterator[str]:
    """What a data file holds, value by value, as its register has it."""
    if path.suffix == ".txt":
        yield from (f"= {line}" for line in contents(path, _MOST_BYTES).decode("utf-8").splitlines())
    else:
        document, _ = read(path, path.relative_to(root).as_posix())
        yield from (f"= {place}: {said}" for place, said in leaves(document.tree))


def _file(path: Path, raw: bytes) -> Iterator[str]:
    """The lines of a text without their indents, a style sheet by its declarations; of a picture only a hash."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        yield f"= sha256 {sha256(raw).hexdigest()}"
        return
    text = text.replace("\r\n", "\n")
    found = _declarations(text) if path.suffix == _SHEET else map(_plainly, text.split("\n"))
    yield from (f"= {_visible(line)}" for line in found if line)


def _plainly(line: str) -> str:
    """The line with single spaces; what other signs do as spaces or ends of lines differs from language to language."""
    return re.sub(r"[ \t\n]+", " ", line).strip(" ")


def _visible(line: str) -> str:
    """The line with what can't be seen written out, since it may turn a text round or cut it short."""
    return "".join(f"U+{ord(char):04X}" if unseen(char) else char for char in line)


def _declarations(text: str) -> Iterator[str]:
    """What a style sheet says, one declaration a line, behind what it holds for."""
    around: list[str] = []
    said = ""
    for token in _TOKEN.findall(text):
        if token == "{":
            around.append(_plainly(said))
        elif token in (";", "}"):
            if said.strip():
                yield _declaration(around, said)
            if token == "}" and not around:
                yield token  # it spoils what follows
            around = around[: -1 if token == "}" else None]
        else:
            if token.startswith("/*"):
                token = "/**/" if said and not said[-1].isspace() else ""  # it parts two words
            elif token[0] in "\"'":
                token = token.replace("\n", "U+000A")  # a browser takes no text that goes on on a new line
            said += token
            continue
        said = ""
    if said.strip():
        yield _declaration(around, said)


def _declaration(around: list[str], said: str) -> str:
    return " ".join([*(f"{each} {{" for each in around), _plainly(said), *("}" for _ in around)])


@lru_cache(maxsize=200)
def _typed(set_up: str, body: str, given: tuple[str, ...]) -> str:
    """All text of a page that was typed by hand, as one: the page without what its macros print, and the words given to them."""
    html = markdown.Markdown(**settings.markdown_settings(set_up)).convert(body)
    found = LexborHTMLParser(f"<body>{html}</body>").body
    return single_spaced(" ".join([found.text(separator=" ") if found else "", *given]))
