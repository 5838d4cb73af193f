"""What changed as Atom feeds (RFC 4287), of one medicine and of all, from the records of changes, each with its kind.

Addresses in a feed may be relative: without an address of the site they are read from the feed's own, as those of pages are.
Ids may not, so they are UUIDs made of the names of the records, the same wherever the site stands and however a record is reworded.
"""

from datetime import date
from itertools import islice
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from macros.export.telling import DRAFT
from macros.formulary.book import Formulary
from macros.formulary.model import Change
from macros.formulary.monograph import Monograph
from macros.pages.files import FEED, MONOGRAPH, page_of

MOST: Final = 100  # entries of the feed of all medicines; a medicine's own has all of its
_ATOM: Final = "http://www.w3.org/2005/Atom"
_IDS: Final = uuid5(NAMESPACE_URL, "changes of sourced monographs")
_CHANGES: Final = "changes/"  # the page of all changes


def feed(book: Formulary, site: str, slug: str = "", base: str = "") -> str:
    """The changes of a medicine, or the newest of all, as Atom; a medicine without any gives a feed without entries.

    `site` is the site's name, `base` its address with a stroke at its end, "" if it is not known.
    """
    monographs = [book.monographs[slug]] if slug else list(book.monographs.values())
    found = [(each, name, change) for each in monographs for name, change in reversed(list(each.changes.items()))]
    found.sort(key=lambda each: each[2].date, reverse=True)
    root = base or "../" * _address(slug).count("/")
    top = Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    title = f"{site}: what changed"
    _text(top, "title", f"{title} in {_named(book, monographs[0])}" if slug else title)
    _text(top, "id", _urn(slug))
    newest = found[0][2].date if found else max((each.checked for each in monographs), default=date.min)
    _text(top, "updated", _instant(newest))
    _text(SubElement(top, "author"), "name", site)
    _link(top, "self", f"{root}{_address(slug)}", "application/atom+xml")
    _link(top, "alternate", f"{root}{_page(slug)}" if slug else f"{root}{_CHANGES}")
    for own, name, change in islice(found, None if slug else MOST):
        _entry(SubElement(top, "entry"), book, own, name, change, root)
    indent(top)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(top, encoding="unicode")}\n'


def _entry(entry: Element, book: Formulary, own: Monograph, name: str, change: Change, root: str) -> None:
    """Fills in one change: of which medicine, its kind, its day, why, where the medicine and all changes stand."""
    kind = book.vocabulary.lists.changes[change.kind].word
    _text(entry, "title", f"{_named(book, own)}: {kind}")
    _text(entry, "id", _urn(f"{own.slug}/{name}"))
    _text(entry, "updated", _instant(change.date))
    SubElement(entry, "category", {"term": change.kind, "label": kind})
    _text(entry, "summary", change.reason)
    _link(entry, "alternate", f"{root}{_page(own.slug)}")
    _link(entry, "related", f"{root}{_CHANGES}")


def _named(book: Formulary, own: Monograph) -> str:
    """The medicine; of a draft nothing may be used, so its name says that it is one."""
    return f"{DRAFT}: {book.short_name(own)}" if own.medicine.draft else book.short_name(own)


def _page(slug: str) -> str:
    return page_of(slug).removesuffix(MONOGRAPH)


def _urn(name: str) -> str:
    return uuid5(_IDS, name).urn


def _instant(day: date) -> str:
    """A day as Atom wants it, at its first instant: records know no hour."""
    return f"{day.isoformat()}T00:00:00Z"


def _text(above: Element, tag: str, text: str) -> None:
    SubElement(above, tag).text = text


def _link(above: Element, relation: str, address: str, kind: str = "text/html") -> None:
    SubElement(above, "link", {"rel": relation, "type": kind, "href": address})


def _address(slug: str) -> str:
    """The file of the feed of a medicine, or of all, under the site's root."""
    return page_of(slug, FEED) if slug else FEED
