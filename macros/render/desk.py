"""The state of one page while it is rendered: whose page it is, and how its sources are numbered."""

from dataclasses import dataclass, field
from datetime import date

from macros.finding import Refused, nearest
from macros.formulary.book import Formulary
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.vocabulary import Vocabulary
from macros.pages.html import address_of
from macros.render.safe import Safe


@dataclass
class Desk:
    """One page while it is rendered: the formulary, whose page it is, the number that each source got, and where it was cited.

    `root` is the relative address from the page to the site's root, "" or "../" as often as needed; `today` is the day
    that the page is made for, if one was given; `site` is the site's name. `path` is the page's file under docs, `pages` are
    the files of its folder. `told` are the facts that the page has shown so far, for what should not be said twice.
    """

    formulary: Formulary
    slug: str | None = None
    root: str = ""
    directory_urls: bool = True
    today: date | None = None
    site: str = ""
    path: str = ""
    pages: frozenset[str] = frozenset()
    told: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)
    locators: dict[str, dict[str, None]] = field(default_factory=dict)

    @property
    def vocabulary(self) -> Vocabulary:
        """The closed lists."""
        return self.formulary.vocabulary

    def monograph(self, slug: str | None = None) -> Monograph:
        """The monograph whose page this is, or the one named.

        Raises Refused if the page belongs to none, or if none has this name.
        """
        known = self.formulary.monographs
        wanted = slug or self.slug
        if wanted is None:
            raise Refused("this page belongs to no medicine; write 'monograph: <inn>' in its front matter")
        if wanted not in known:
            raise Refused(f"unknown medicine '{wanted}'; {nearest(wanted, known)}")
        return known[wanted]

    def fact(self, written_id: str, slug: str | None = None) -> Fact:
        """The fact with this id, which is short on a medicine's own pages and full elsewhere.

        Raises Refused if there is none, or if it is a fact of another medicine than the page's.
        """
        home = slug or self.slug
        known = self.formulary.facts
        full = f"{home}/{written_id}" if home and written_id.count("/") == 1 else written_id
        if full not in known:
            own = [fact.short_id for fact in known.values() if home and fact.id.startswith(f"{home}/")]
            raise Refused(f"unknown fact '{written_id}'; {nearest(written_id, own or known)}")
        found = known[full]
        if self.slug and found.slug not in (self.slug, slug):
            raise Refused(
                f"'{written_id}' is a fact of another medicine; show it on that medicine's pages, or with compare() beside this one's"
            )
        return found

    def href(self, page: str, anchor: str = "") -> Safe:
        """The relative address of a page, which is named by its path under docs, from this page."""
        address = address_of(page, self.directory_urls)
        path = address.removesuffix("index.html") if self.directory_urls else address
        # Made of names of our own files and anchors; as numeric references "#" and "_" would read worse in the page.
        return Safe((self.root + path or "./") + (f"#{anchor}" if anchor else ""))

    def file(self, path: str) -> str:
        """The relative address, from this page, of a file under the site's root that is made beside the pages."""
        return self.root + path
