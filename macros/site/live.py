"""The macros while MkDocs runs: one desk per page, data read again when a file changed, faults shown on the page."""

import logging
import re
import sys
from pathlib import Path
from typing import Any

from macros.finding import Finding, Refused
from macros.formulary.book import DATA, Formulary
from macros.formulary.words import full_date
from macros.pages.html import address_of
from macros.pages.markdown import DOCS
from macros.render.macros import MACROS
from macros.render.markup import Desk, escape
from macros.site.check import check_read, read
from macros.site.clock import page_day, today
from macros.site.edition import edition

# Under this name warnings count when MkDocs is told to be strict.
_log = logging.getLogger("mkdocs.plugins.macros")
# Whether an editor is looking: only then are ids shown on hovering and findings on the page.
PREVIEW = "serve" in sys.argv[1:2]
_FACT = re.compile(r'data-fact="([^"]+)"')
_judged: dict[Path, tuple[tuple[Any, ...], tuple[Finding, ...]]] = {}
_read: dict[Path, tuple[tuple[Any, ...], Formulary | None, list[Finding]]] = {}


class Live:
    """The macros of one run of the macro plugin."""

    def __init__(self, root: Path, env: Any):
        self.root, self.env = root, env
        self.macros = MACROS
        self.page: Any = None
        self.desk: Desk | None = None
        self.day = page_day(root)
        self.book, self.findings = formulary(root)
        for finding in self.findings:
            _log.warning("%s", finding)

    def edition(self) -> dict[str, Any] | None:
        """The edition in the words of the templates, if the data can be read."""
        if self.book is None or not self.book.facts:
            return None
        this = edition(self.root, self.book)
        said = {name: full_date(getattr(this, name)) for name in ("built", "checked", "until")}
        recalls = [(version, recall.why) for version, recall in this.recalls.items()]
        days = {"built_day": this.built.isoformat(), "until_day": this.until.isoformat()}
        return {"version": this.version, **said, **days, "recalls": recalls}

    def run(self, name: str, *args: Any, **options: Any) -> str:
        """The macro's text, or its fault as text that the gate refuses."""
        try:
            html = MACROS[name](self._desk(), *args, **options)
            return _FACT.sub(self._origin, html) if PREVIEW else html
        except Refused as refused:
            return self._fault(f"{name}(): {refused}")
        except TypeError as error:
            return self._fault(f"{name}(): {error}; the page 'For editors' shows how to call it")

    def _desk(self) -> Desk:
        page = self.env.page
        if self.book is None or self.findings:
            first = self.findings[0] if self.findings else "the data can't be read"
            raise Refused(f"{first}" + (f" (and {len(self.findings) - 1} more)" if len(self.findings) > 1 else ""))
        if self.desk is None or page is not self.page:
            directory_urls = bool(self.env.conf.get("use_directory_urls", True))
            # Zensical takes an address for one seen from the page's source, and turns it by itself.
            here = address_of(page.file.src_uri, directory_urls) if hasattr(page, "file") else page.path
            self.page = page
            self.desk = Desk(
                self.book, page.meta.get("monograph"), "../" * here.count("/"), directory_urls, self.day, str(self.env.conf["site_name"])
            )
        return self.desk

    def _origin(self, match: re.Match[str]) -> str:
        """The mark of a fact with its id and its data file, for whoever points at it in a preview."""
        fact = self.book.facts.get(match[1]) if self.book else None
        return f'{match[0]} title="{match[1]} – {fact.at[0]}:{fact.at[1]}"' if fact else match[0]

    def _fault(self, message: str) -> str:
        page = self.env.page
        path = page.file.src_uri if hasattr(page, "file") else page.path
        _log.warning("%s: %s", (DOCS / path).as_posix(), message)
        return f'<span class="fault">{escape(message)}</span>'


def findings_above(root: Path, page: Any) -> str:
    """What the rules find in the page, and on every page what they find in the data, as Markdown; in a preview only."""
    if not PREVIEW:
        return ""
    source = (DOCS / page.file.src_uri).as_posix()
    found = [f for f in _all_findings(root) if f.file == source or not f.file.startswith(f"{DOCS.as_posix()}/")]
    lines = "".join(f"<li>{escape(str(finding))}</li>\n" for finding in found)
    return f'<div class="fault" role="note">\n<ul>\n{lines}</ul>\n</div>\n\n' if found else ""


def _all_findings(root: Path) -> tuple[Finding, ...]:
    """What all rules find, judged again only when a page, a data file or a setting changed."""
    files = [root / "mkdocs.yml", *(path for part in (DATA, DOCS) for path in (root / part).rglob("*"))]
    stamp = tuple((str(path), path.stat().st_mtime_ns) for path in sorted(files) if path.is_file())
    if _judged.get(root, ((), ()))[0] != stamp:
        _judged[root] = (stamp, check_read(root, today(root), *formulary(root)).findings)
    return _judged[root][1]


def formulary(root: Path) -> tuple[Formulary | None, list[Finding]]:
    """The formulary and its faults, read again only when a data file changed."""
    files = sorted(path for path in (root / DATA).rglob("*") if path.is_file())
    stamp = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    if _read.get(root, ((),))[0] != stamp:
        _read[root] = (stamp, *read(root, today(root)))
    return _read[root][1:]
