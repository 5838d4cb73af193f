"""The macros while MkDocs runs: one desk per page, data read again when a file changed, faults shown on the page."""

import logging
from pathlib import Path
from typing import Any

from macros.clock import today
from macros.finding import Finding, Refused
from macros.formulary import DATA, Broken, Formulary, load
from macros.markup import Desk, escape
from macros.render import MACROS

# Under this name warnings count when MkDocs is told to be strict.
_log = logging.getLogger("mkdocs.plugins.macros")
_read: dict[Path, tuple[tuple[Any, ...], Formulary | None, list[Finding]]] = {}


class Live:
    """The macros of one run of the macro plugin."""

    def __init__(self, root: Path, env: Any):
        self.root, self.env = root, env
        self.macros = MACROS
        self.page: Any = None
        self.desk: Desk | None = None
        self.book, self.findings = formulary(root)
        for finding in self.findings:
            _log.warning("%s", finding)

    def run(self, name: str, *args: Any, **options: Any) -> str:
        """The macro's text, or its fault as text that the gate refuses."""
        try:
            return MACROS[name](self._desk(), *args, **options)
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
            depth = page.url.rstrip("/").count("/") + 1 if page.url.rstrip("./") else 0
            directory_urls = bool(self.env.conf.get("use_directory_urls", True))
            if not directory_urls:
                depth = page.url.count("/")
            self.page = page
            self.desk = Desk(self.book, page.meta.get("monograph"), "../" * depth, directory_urls)
        return self.desk

    def _fault(self, message: str) -> str:
        path = getattr(getattr(self.page or self.env.page, "file", None), "src_path", "")
        _log.warning("docs/%s: %s", path, message)
        return f'<span class="fault">{escape(message)}</span>'


def formulary(root: Path) -> tuple[Formulary | None, list[Finding]]:
    """The formulary and its faults, read again only when a data file changed."""
    files = sorted(path for path in (root / DATA).rglob("*") if path.is_file())
    stamp = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    if _read.get(root, ((),))[0] != stamp:
        try:
            book, findings = load(root, today(root))
        except Broken as broken:
            book, findings = None, broken.findings
        _read[root] = (stamp, book, findings)
    return _read[root][1:]
