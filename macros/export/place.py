"""The site as other programs see it: its name, where it stands, and the addresses of its pages and facts."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from macros.formulary.model import Fact
from macros.formulary.naming import anchor_of
from macros.pages.files import EVIDENCE, MONOGRAPH, page_of
from macros.pages.html import address_of


@dataclass(frozen=True)
class Site:
    """A site that is made: its name, its address as settings give it, "" for none, and whether it is read from a disk."""

    name: str
    url: str = ""
    offline: bool = False

    def page(self, slug: str, name: str = MONOGRAPH) -> str:
        """The address of a page of a medicine from the root of the site on, as links lead there."""
        return _address(slug, name, self.offline)

    def fact(self, fact: Fact) -> str:
        """The address of a fact: of the row that tells it whole."""
        return f"{self.page(fact.slug, EVIDENCE)}#{anchor_of(fact.id)}"


@lru_cache(maxsize=64)  # each fact of a medicine stands on the same page
def _address(slug: str, name: str, offline: bool) -> str:
    address = address_of(page_of(slug, name), not offline)
    return address if offline else address.removesuffix("index.html")


@dataclass(frozen=True)
class Made:
    """When the site was made and until when a copy of it may be used."""

    version: str
    built: date
    checked: date
    until: date
