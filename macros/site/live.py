"""The macros while MkDocs runs: one desk per page, data read again when a file changed, faults shown on the page."""

import logging
import os
import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from macros.finding import Finding, Refused
from macros.formulary.book import DATA, Formulary
from macros.formulary.load import Broken
from macros.pages.files import beside
from macros.pages.held import Held
from macros.pages.html import address_of
from macros.pages.inputs import OVERRIDES, READABLE
from macros.pages.markdown import DOCS
from macros.render.desk import Desk
from macros.render.macros import MACROS
from macros.render.safe import escape
from macros.site import whole
from macros.site.books import Parts
from macros.site.check import read
from macros.site.clock import page_day, today
from macros.site.edition import PREVIEW, edition, previewed, recalled, words_of
from macros.site.exported import versioned
from macros.site.leaf import VERSION
from macros.site.serving import ALONE, ended_as_by_hand, watched_closely
from macros.site.shard import LEFT_OUT, PARTS
from macros.site.theme import quickened

# Under this name warnings count when MkDocs is told to be strict.
_log = logging.getLogger("mkdocs.plugins.macros")
_FACT = re.compile(r'data-fact="([^"]+)"')
# The names, times and sizes of files.
Stamp = tuple[tuple[str, int, int], ...]


class Live:
    """The macros of one run of the macro plugin.

    Only in a preview are ids shown on hovering and findings on the page, which are judged once: MkDocs runs again when a file changed.
    """

    def __init__(self, root: Path, env: Any, preview: bool):
        self.root, self.env, self.preview = root, env, preview
        self.macros = MACROS
        self.holds = False
        self.page: Any = None
        self.desk: Desk | None = None
        self.held = Held(ids=not os.environ.get(PARTS))  # where pages are built part by part, rules ask every link
        if hasattr(env.conf["theme"], "get_env"):  # Zensical has plain settings, sets up Markdown by itself, and gets the HTML as it is
            env.conf["markdown_extensions"].append(self.held)
            self.holds = True
            quickened(env.conf["theme"], root)
        self.day = page_day(root)
        self.judged: tuple[Finding, ...] = whole.judged(root, today(root), env.conf["extra"].get(ALONE)).findings if preview else ()
        self.parts: Parts | None = None
        self.book: Formulary | None = None
        self.findings: tuple[Finding, ...] = ()
        try:
            if preview or os.environ.get(PARTS):
                self.parts = Parts(root, today(root))
            else:
                self.book, self.findings = formulary(root)
        except Broken as broken:
            self.findings = tuple(broken.findings)
        for finding in self.findings:
            _log.warning("%s", finding)
        if preview:
            ended_as_by_hand()
            if any(finding.rule == READABLE and finding.file.startswith(OVERRIDES) for finding in self.judged):
                env.conf["theme"].dirs.remove(env.conf["theme"].custom_dir)  # MkDocs would stop; pages then stand in the theme's own frame
            env.conf["plugins"].events["page_read_source"].append(_read_all_the_same)
            if Path(env.conf["config_file_path"]).parent != root:
                env.conf["plugins"].events["serve"].append(watched_closely)

    def edition(self) -> dict[str, Any] | None:
        """The edition in the words of the templates, if the data can be read."""
        if self.parts and not self.preview:
            return dict(self.env.conf["extra"]["edition"])  # Zensical's templates get what the settings say, and no more
        if self.parts:
            names = self.parts.names
            this = previewed(self.root, names, self.parts.shared.recalls) if names.called else None
        else:
            this = edition(self.root, self.book) if self.book and self.book.facts else None
        return {**words_of(this), "recalls": recalled(this.recalls)} if this else None

    def run(self, name: str, *args: Any, **options: Any) -> str:
        """The macro's text, or its fault as text that the gate refuses."""
        try:
            return self._ready(MACROS[name](self._desk(), *args, **options))
        except Refused as refused:
            return self._fault(f"{name}(): {refused}")
        except TypeError as error:
            return self._fault(f"{name}(): {error}; the page 'For editors' shows how to call it")

    def shown(self, text: str) -> str:
        """The text of the page; in a preview under what the rules find in it, and on every page under what they find in the data."""
        # Its neighbors in the menu are other medicines, which nobody reads one after the other.
        self.env.page.previous_page = self.env.page.next_page = None
        text = self._as_judged(text)
        if not self.preview:
            return text
        docs, source = DOCS.as_posix(), (DOCS / self.env.page.file.src_uri).as_posix()
        said = [str(f) for f in self.judged if f.file == source or not f.file.startswith(f"{docs}/")]
        lines = "".join(f"<li>{escape(each)}</li>\n" for each in said)
        return f'<div class="fault" role="note">\n<ul>\n{lines}</ul>\n</div>\n\n{text}' if said else text

    def _as_judged(self, text: str) -> str:
        """The page with what its macros printed when it was judged, if links are written in the same way; else they have to run."""
        page = self.env.page
        judged = self.parts.page(page.file.src_uri) if self.parts and self.env.conf["use_directory_urls"] else None
        if judged is None or text == LEFT_OUT:
            return text
        page.meta["render_macros"] = False  # by this the macro plugin knows that nothing is left to do
        if text.replace("\r\n", "\n").strip("\n") != judged.page.body.strip("\n"):
            return self._fault("the page changed while the site was built; build it again")
        self.held.texts.clear()
        return judged.page.filled(map(self._ready, judged.printed))

    def _ready(self, html: str) -> str:
        """What a macro printed, as Markdown gets it."""
        if self.preview:
            html = _FACT.sub(self._origin, html.replace(VERSION, PREVIEW))
        elif self.parts is None and self.book:
            html = versioned(html, self.book, self.env.page.meta.get("monograph"))
        return self.held.hold(html) if self.holds else html

    def _desk(self) -> Desk:
        page, source = self.env.page, self._source()
        if self.parts and page is not self.page:
            self.book, self.findings = self.parts.book(source)
        if self.book is None or self.findings:
            first = self.findings[0] if self.findings else "the data can't be read"
            raise Refused(f"{first}" + (f" (and {len(self.findings) - 1} more)" if len(self.findings) > 1 else ""))
        if self.desk is None or page is not self.page:
            directory_urls = bool(self.env.conf.get("use_directory_urls", True))
            # Zensical takes an address for one seen from the page's source, and turns it by itself.
            here = address_of(source, directory_urls) if self.holds else source
            self.page = page
            self.held.texts.clear()
            self.desk = Desk(
                self.book, page.meta.get("monograph"), "../" * here.count("/"), directory_urls, self.day,
                str(self.env.conf["site_name"]), source, beside(self.root / DOCS, source),
            )  # fmt: skip
        return self.desk

    def _origin(self, match: re.Match[str]) -> str:
        """The mark of a fact with its id and its data file, for whoever points at it in a preview."""
        at = self.parts.at(self.env.page.file.src_uri).get(match[1]) if self.parts else None
        return f'{match[0]} title="{match[1]} – {at[0]}:{at[1]}"' if at else match[0]

    def _source(self) -> str:
        """The page that is made, by its path under docs."""
        page = self.env.page
        return str(page.file.src_uri if hasattr(page, "file") else page.path)

    def _fault(self, message: str) -> str:
        _log.warning("%s: %s", (DOCS / self._source()).as_posix(), message)
        return f'<span class="fault">{escape(message)}</span>'


def formulary(root: Path) -> tuple[Formulary | None, tuple[Finding, ...]]:
    """The formulary and its faults, read again only when a data file or the day changed."""
    files = ((path, path.stat()) for path in sorted((root / DATA).rglob("*")) if path.is_file())
    return _read(root, today(root), tuple((str(path), file.st_mtime_ns, file.st_size) for path, file in files))


@lru_cache(maxsize=1)
def _read(root: Path, day: date, _stamp: Stamp) -> tuple[Formulary | None, tuple[Finding, ...]]:
    book, findings = read(root, day)
    return book, tuple(findings)


def _read_all_the_same(page: Any, config: Any) -> str | None:
    """The text of a page that is not UTF-8, with a sign for what can't be read, since MkDocs would stop; none for others."""
    content: bytes = page.file.content_bytes
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("utf-8", "replace")
    return None
