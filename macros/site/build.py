"""Builds the site beside the old one and takes its place only when rules and gate have passed."""

import gc
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from macros.finding import Finding, Refused
from macros.formulary.book import DATA, Formulary
from macros.formulary.load import Shared, load_shared, version_of_all
from macros.formulary.version import tree_hash
from macros.pages import listing, settings
from macros.pages.markdown import DOCS, front_matter
from macros.render.masthead import turn
from macros.site import whole
from macros.site.alone import alone
from macros.site.books import book_of
from macros.site.clock import HANDED_ON, commit_time, handed_out, page_day
from macros.site.cores import at_once, in_batches, meanwhile
from macros.site.edition import edition
from macros.site.findings import Outcome
from macros.site.kept import Kept
from macros.site.leaf import SITE
from macros.site.made import PUBLISHED, Order, beside, export, make, marks_of_pages
from macros.site.menu import by_part
from macros.site.shard import PARTS, Failed, Shard
from macros.site.together import put_together
from macros.site.written import cleared, cut_off, put_back, written_whole

__all__ = ["Failed", "Rejected", "built", "restored", "site"]

_BATCH = 40  # medicines at most that MkDocs builds in one run: it holds all their pages at once
_KEYS, _PAGES = "_keys", "_pages"


class Rejected(Exception):
    """Rules or gate found faults, so nothing was published; it carries the findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


def site(root: Path, today: date, day: date | None) -> None:
    """Puts a new site into site/. Raises what `built` raises, and then leaves the old one.

    `today` is the day that dates are judged by, `day` the one that the pages are made for, if it was given.
    Raises Refused where site is no folder.
    """
    place = root / PUBLISHED
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise Refused("site: this is no folder but a link or a file; remove it, and let what a web server reads be a link to site/")
    with built(root, today, day, offline=False) as (beside, _), written_whole(root, PUBLISHED) as part:
        beside.replace(part / PUBLISHED)


@contextmanager
def built(root: Path, today: date, day: date | None, *, offline: bool, without: Collection[str] = ()) -> Iterator[tuple[Path, Formulary]]:
    """A new site that passed rules and gate, in a folder that goes afterwards, and what lists of the site show of the data.

    It holds no page of the medicines that it is made `without`, and its search knows none; whoever asks for that puts something
    in their places, since pages lead there. Rules judge their pages all the same.
    Raises `Rejected` when a rule or the gate finds a fault, `Failed` when MkDocs stops, Refused while another command
    writes in the project, and for a copy that nobody could use any more.
    """
    with alone(root) as lock:
        put_back(root)
        work = root / (".copy-new" if offline else ".site-new")
        cleared(work)
        try:
            outcome = whole.judged(root, today)
            if found := outcome.findings or outcome.register:
                raise Rejected(found)
            shared = load_shared(root, today)
            book = book_of(root, shared, SITE, whole.names_of_all(root))
            gc.freeze()  # it stays, and is not to be gone through for garbage, least of all by processes that would have to copy it
            if offline:
                _of_use(root, book, day)
            work.mkdir()  # says in a sentence what MkDocs would say in a page of code
            order = Order(root, today, _environment(root, today, day, offline=offline), offline, lock)
            carried = {slug: pages for slug, pages in outcome.pages.items() if slug not in without}
            plan = _planned(order, book, outcome, carried)
            list(at_once(export, [(order, shared, slugs) for slugs in in_batches(plan.medicines, _BATCH)]))
            new = {SITE, *plan.medicines}
            with put_together(order, carried, new, version_of_all(root, outcome.data), book, work, day) as (site, told):
                _made(order, shared, plan, outcome, work, told)
            yield site, book
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _out_of_menu(lines: Mapping[str, Iterable[str]], outcome: Outcome) -> tuple[Finding, ...]:
    """The pages that no line of the menu leads to; those of parts of lists need none. MkDocs, which gets a part, can't tell."""
    shown = {line.rpartition("\n")[2] for own in lines.values() for line in own}
    missing = [page for own in outcome.pages.values() for page in own if page not in shown and not page.startswith(f"{listing.FOLDER}/")]
    message = "no line of the menu leads to this page; add one below 'nav:' in mkdocs.yml"
    return tuple(Finding(f"{DOCS}/{page}", 1, "menu-is-own", message) for page in sorted(missing))


class _Plan(NamedTuple):
    """What is made anew: in which shards, which pages of no medicine stay, and the marks of parts and of these pages as they are now."""

    shards: list[Shard]
    stays: tuple[str, ...]
    keys: Mapping[str, str]
    pages: Mapping[str, str]

    @property
    def medicines(self) -> list[str]:
        """The medicines that are made anew."""
        return [slug for shard in self.shards for slug in shard.slugs if slug != SITE]


def _planned(order: Order, book: Formulary, outcome: Outcome, carried: Iterable[str]) -> _Plan:
    """What has to be made of every carried part that changed since it was made last, and the pages of no medicine that did.

    Raises Rejected.
    """
    lines = by_part(order.root)
    if missing := _out_of_menu(lines, outcome):
        raise Rejected(missing)
    kept = Kept(order.root)
    frame = _frame(order, outcome.pages[SITE])
    day = page_day(order.root) or order.today
    told = {slug: turn(due, day) for slug, due in outcome.due.items()}
    keys = {slug: whole.key_of(key, frame, lines.get(SITE), lines.get(slug), told.get(slug)) for slug, key in outcome.keys.items()}
    known: dict[str, str] = kept.get(order.kind, _KEYS) or {}
    pages: dict[str, str] = kept.get(order.kind, _PAGES) or {}
    there = kept.parts(order.kind, order.sought)
    if not (beside(order).is_dir() and SITE in there):
        known.pop(SITE, None)
        pages = {}
    there &= kept.parts(order.exported, order.tabled, order.lined, order.linked)
    stale = sorted(slug for slug in carried if slug != SITE and (known.get(slug) != keys[slug] or slug not in there))
    shards = [Shard(tuple(slugs), outcome.pages) for slugs in in_batches(stale, _BATCH)]
    stays, now = tuple[str, ...](), dict[str, str]()
    if known.get(SITE) != keys[SITE]:
        now = marks_of_pages(order, book, whole.key_of(frame, lines.get(SITE), told.get(SITE)))
        new = [page for page in outcome.pages[SITE] if pages.get(page) != now[page]] or outcome.pages[SITE][:1]  # MkDocs needs one
        stays = tuple(page for page in outcome.pages[SITE] if page not in new)
        shards.insert(0, Shard((SITE,), {SITE: tuple(new)}))
        pages = {page: now[page] for page in stays}
    # Who is stopped while something is kept must not take it for what was there before.
    known = {slug: key for slug, key in known.items() if slug in keys and not any(slug in shard.slugs for shard in shards)}
    kept.put(order.kind, _KEYS, known)
    kept.put(order.kind, _PAGES, pages)
    return _Plan(shards, stays, keys, now)


def _made(order: Order, shared: Shared, plan: _Plan, outcome: Outcome, work: Path, told: Callable[[], None]) -> None:
    """Has the pages made that are planned, and meanwhile, here, what `told` does. Raises Rejected, Failed."""
    kept = Kept(order.root)
    found: list[Finding] = []
    jobs = [(order, shared, work / f"shard-{number}", shard, outcome.marks, plan.stays) for number, shard in enumerate(plan.shards)]
    known: dict[str, str] = kept.need(order.kind, _KEYS)
    with meanwhile(make, jobs, programs=True) as results:
        told()
        for shard, findings in zip(plan.shards, results, strict=True):
            found += findings
            if not findings:
                known |= {slug: "" if slug in outcome.fresh else plan.keys[slug] for slug in shard.slugs}
                kept.put(order.kind, _KEYS, known)
                if SITE in shard.slugs and SITE not in outcome.fresh:
                    kept.put(order.kind, _PAGES, plan.pages)
    if found:
        raise Rejected(tuple(sorted(set(found))))


def restored(root: Path) -> None:
    """Puts back what an exchange took away before it was cut off; a command that is at it just now is let be."""
    if cut_off(root):
        with suppress(Refused), alone(root):
            put_back(root)


def _of_use(root: Path, book: Formulary, day: date | None) -> None:
    """Raises Refused for a copy whose last day is over before anybody has it."""
    this, made = edition(root, book, day), day or handed_out(root)
    if made <= this.until:
        return
    due, slug = min((each.medicine.check_due, slug) for slug, each in book.monographs.items())
    if due == this.until:
        file = (DATA / slug / "medicine.yml").as_posix()
        raise Refused(
            f"{file}:1: a copy of {made} may not be used: the check was due on {due}; check the sources, then write a new check_due"
        )
    raise Refused(
        f"a copy of {made} may not be used: its pages are of {this.built}, and were to be used until {this.until}; name the day by --today"
    )


def _environment(root: Path, today: date, day: date | None, *, offline: bool) -> dict[str, str]:
    """What MkDocs is told beside its settings."""
    environment = {
        HANDED_ON: today.isoformat(), "OFFLINE": str(offline).lower(), "NO_MKDOCS_2_WARNING": "1", PARTS: "true",
        "PYTHONPATH": str(root), "PYTHONHASHSEED": "0", "PYTHONUTF8": "1",
    }  # fmt: skip
    if day:
        environment["SOURCE_DATE_EPOCH"] = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    elif not os.environ.get("SOURCE_DATE_EPOCH") and (committed := commit_time(root)):
        environment["SOURCE_DATE_EPOCH"] = str(committed)
    return environment


def _frame(order: Order, pages: Iterable[str]) -> str:
    """A mark of what stands around the pages of every medicine; `pages` stand in the menu."""
    root = order.root
    files = [path for path in sorted((root / "overrides").rglob("*")) if path.is_file()]
    titles = (front_matter((root / DOCS / page).read_text("utf-8")) for page in pages)
    return whole.key_of(tree_hash(root, files), settings.without_menu(root), *titles, *order.environment)
