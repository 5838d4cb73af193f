"""The whole project judged part by part: only what changed is judged again, on all cores, and no more than one part is in memory at once.

It finds what `check.check` finds, which holds all of it at once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from macros.finding import Finding
from macros.formulary.load import Broken, Part, Shared, load_shared, version_of_part
from macros.formulary.monograph import Called, Monograph, Names
from macros.pages import inputs, settings
from macros.pages.html import Landing
from macros.pages.markdown import DOCS, MONOGRAPHS, read_pages
from macros.pages.register import path_of
from macros.render.masthead import turn
from macros.rules import every
from macros.site import between, part
from macros.site.cores import at_once
from macros.site.findings import Entry, Known, Outcome
from macros.site.kept import Kept, Packed, garbage_let_be, packed
from macros.site.leaf import SITE, Before, Shown
from macros.site.part import Found, Judged, Read, Told
from macros.site.stamps import registered, stamps

_KINDS = ("shown", "landings", "register", "leads")  # what is kept of a part beside its findings
_FEW = 3  # so few parts are done before others could begin


def judged(root: Path, today: date, alone: str | None = None) -> Outcome:
    """Everything that `check` finds, and what is found in the register.

    With a medicine `alone`, all others count as they were when they were asked last, and the register is not asked: so a preview of
    it takes as long however many others there are.
    """
    try:
        shared = load_shared(root, today)
    except Broken as broken:
        return Outcome(tuple(sorted({*broken.findings, *inputs.faults(root)})), (), {}, {}, 0)
    with garbage_let_be():  # what is known of all medicines stays, and to go through it took a fifth of the time after one fact
        return _Run(root, today, shared, alone).outcome()


def registers(root: Path, slugs: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """What the register of each of these parts has to say, by its path."""
    yield from ((path_of(slug), Kept(root).need("register", slug)) for slug in slugs)


def landings(root: Path, outcome: Outcome) -> Iterator[tuple[str, Mapping[str, Landing]]]:
    """Where links may lead on every page of each part that could be rendered, by its address."""
    yield from ((slug, Kept(root).get("landings", slug) or {}) for slug in outcome.keys)


class _Run:
    def __init__(self, root: Path, today: date, shared: Shared, alone: str | None) -> None:
        self.root, self.today, self.shared, self.alone = root, today, shared, alone
        self.kept = Kept(root)
        code, known = self.kept.get("known", SITE) or ("", Known())
        self.now = stamps(root, alone, known.stamps)
        if code != self.now.code:  # what other code kept says nothing to this
            known = Known()
            self.kept.forget("shown")
        self.known: Known = known
        self.known.stamps = self.now
        self.set_up = key_of(self.now.code, self.now.shared, every.stopped(shared.findings), _settings(root))

    def outcome(self) -> Outcome:
        for gone in [*(self.known.read.keys() - self.now.own.keys()), *(self.known.judged.keys() - {SITE, *self.now.own})]:
            self.known.read.pop(gone, None)
            self.known.judged.pop(gone, None)
        self._read()
        read = {slug: self.known.read[slug].found for slug in self.now.own}
        due = {slug: own.due for slug, own in read.items() if own.due}
        due |= {SITE: min(due.values())} if due else {}
        names = key_of(*(own.names for own in read.values()))
        keys = {slug: self._key(slug, due, mark, names) for slug, mark in self.now.own.items()}
        basis = key_of(self.set_up, names)
        self._judge(keys, {slug: key_of(self._key(slug, due, mark, names), self.today) for slug, mark in self.now.data.items()}, basis)
        keys[SITE] = self._rest(keys, due, basis)
        dead = list(self._dead_ends(keys))
        results = {slug: self.known.judged[slug].found for slug in keys}
        found = [*dead, *self._twice(), *(each for own in results.values() for each in own.findings)]
        found = found or [each for own in results.values() for each in own.record]
        changed = self._registered(keys) if self.alone is None else {}
        register = [] if found else [each for own in changed.values() for each in own]
        self.kept.put("known", SITE, (self.now.code, self.known))
        pages = {slug: own.pages for slug, own in results.items()}
        unshown = tuple(slug for slug, own in results.items() if not own.whole)
        marks = {slug: own.mark for slug, own in results.items()}
        facts = sum(own.facts for own in results.values())
        return Outcome(
            tuple(sorted(set(found))), tuple(sorted(register)), keys, pages, facts, unshown, tuple(changed), self.now.fresh, marks, due,
            {slug: own.version for slug, own in read.items()}, tuple(slug for slug, own in results.items() if own.record),
        )  # fmt: skip

    def _read(self) -> None:
        """Reads what others have to know of each medicine whose data changed."""
        asked = self._asked()
        wanted = {slug: key_of(self.set_up, mark, sorted(asked)) for slug, mark in self.now.data.items()}
        there = self.kept.parts("read", "told", "records")
        stale = [slug for slug, key in wanted.items() if not self._holds(self.known.read.get(slug), key) or slug not in there]
        for slug, read in self._done(_tell, stale, asked):
            self.known.read[slug] = Entry("" if slug in self.now.fresh else wanted[slug], self.today, read)
        self._name()

    def _name(self) -> None:
        """Keeps the names of all in one record, if those of any are others than it holds; those of all the rest are taken from it."""
        now = {slug: f"{own.found.names} {own.found.mark}" for slug, own in self.known.read.items()}
        marks, file = self.known.named
        there = self.kept.mark("names", SITE) == file  # a run that was stopped may have left another
        if there and now == marks:
            return
        before = (self.kept.get("names", SITE) or {}) if there else {}
        as_before = {slug for slug, mark in now.items() if marks.get(slug) == mark and slug in before}
        told = ((slug, before[slug] if slug in as_before else self._called(slug)) for slug in self.now.data)
        self.kept.put("names", SITE, {slug: names for slug, names in told if names is not None})
        self.known.named = now, self.kept.mark("names", SITE)

    def _called(self, slug: str) -> tuple[Called, bytes] | None:
        """A medicine by its names, for the record of all, in which only these are read at once."""
        found: Monograph | None = self.kept.get("names", slug)
        return (found.called, packed(found)) if found else None

    def _asked(self) -> frozenset[str]:
        """The facts that pages of no medicine name; their pages are read again when something changed that belongs to none."""
        if not self.known.asked or self.known.asked[0] != self.now.site or SITE in self.now.fresh:
            pages = read_pages(self.root, without=frozenset(self._pages()))
            given = (str(each) for page in pages for call in page.calls for each in call.args if isinstance(each, str))
            self.known.asked = self.now.site, frozenset(name for name in given if name.count("/") > 1)
        return self.known.asked[1]

    def _holds(self, entry: Entry[Any] | None, key: str) -> bool:
        """Whether what was found under this key still holds: on the day itself, and where nothing was found, on later ones."""
        return entry is not None and entry.key == key and (entry.day == self.today or (entry.day < self.today and entry.found.clean))

    def _key(self, slug: str, due: Mapping[str, date], *given: object) -> str:
        """A mark of what a part is judged by; of the day only what its pages say of it."""
        return key_of(self.set_up, *given, turn(due[slug], self.today) if slug in due else "")

    def _judge(self, keys: Mapping[str, str], marks: Mapping[str, str], basis: str) -> None:
        """Judges the medicines that changed; `marks` are those of all that their pages are made from but for themselves."""
        there = self.kept.parts(*_KINDS)
        stale = [slug for slug, key in keys.items() if slug not in there or not self._holds(self.known.judged.get(slug), key)]
        for number, (slug, result) in enumerate(self._done(_judge, stale, ({slug: marks[slug] for slug in stale}, basis))):
            self.known.judged[slug] = Entry("" if slug in self.now.fresh else keys[slug], self.today, result)
            if number % 100 == 99:  # whoever is stopped begins where it was
                self.kept.put("known", SITE, (self.now.code, self.known))

    def _rest(self, keys: Mapping[str, str], due: Mapping[str, date], basis: str) -> str:
        """Judges what belongs to no medicine, if it or what lists show changed; its key."""
        listed = {slug: self.known.read[slug].found.mark for slug in keys}
        halted = any(every.stopped(self.known.judged[slug].found.findings) for slug in keys)
        key = self._key(SITE, due, self.now.site, *keys, *listed.values(), halted)
        if SITE not in self.kept.parts(*_KINDS) or not self._holds(self.known.judged.get(SITE), key):
            parts = told_of_all(self.root, keys)
            made_from = "" if SITE in self.now.fresh else key_of(self.now.site, basis)
            before = Before(self.kept.get("shown", SITE) or Shown(), basis, made_from)
            pages = [page for slug in keys for page in self.known.judged[slug].found.pages]
            result = _kept(self.kept, SITE, part.rest(self.root, self.today, self.shared, parts, listed, pages, halted, before))
            self.known.judged[SITE] = Entry("" if SITE in self.now.fresh else key, self.today, result)
        return key

    def _registered(self, keys: Mapping[str, str]) -> dict[str, tuple[Finding, ...]]:
        """The parts of which the register says something else, with what is found there."""
        marks = registered(self.root, {slug: path_of(slug).as_posix() for slug in keys})
        before, self.known.registered = self.known.registered, {}
        found: dict[str, tuple[Finding, ...]] = {}
        for slug, key in keys.items():
            if not self.known.judged[slug].found.whole:
                continue
            now, own = before.get(slug, (None, ()))
            if now != (key, marks[slug]):
                own = tuple(every.of_register(self.root, slug, self.kept.need("register", slug)))
            if own:
                found[slug] = own
            if slug not in self.now.fresh:
                self.known.registered[slug] = (key, marks[slug]), own
        return found

    def _pages(self) -> Iterator[str]:
        """The pages of all medicines, by their paths under docs."""
        for slug in self.now.own:
            yield from (path.relative_to(self.root / DOCS).as_posix() for path in (self.root / DOCS / MONOGRAPHS / slug).rglob("*.md"))

    def _dead_ends(self, keys: Mapping[str, str]) -> Iterator[Finding]:
        """The links between parts that lead nowhere; what led somewhere is not asked again while both ends are as they were."""
        slugs = frozenset(keys)
        now = frozenset(between.ties({slug: self.known.judged[slug].found.ends for slug in keys}, slugs))
        asked = now - self.known.led
        judged = {slug: self.known.judged[slug].found for slug in keys}
        ways = self._kept_of("leads"), self._kept_of("landings")
        found = list(between.dead_ends(self.root, asked, slugs, *ways, lambda slug: judged[slug].halted, lambda slug: judged[slug].pages))
        self.known.led = now - {tie for tie, _ in found}
        return (finding for _, finding in found if finding)

    def _kept_of(self, kind: str) -> Callable[[str], Any]:
        return lambda slug: self.kept.get(kind, slug) or {}

    def _twice(self) -> Iterator[Finding]:
        """The sources of single medicines that have the same name, by which the list of all would mix them up."""
        seen: dict[str, str] = {}
        for slug in self.now.own:
            for name, (file, line) in self.known.read[slug].found.sources:
                if other := seen.get(name):
                    yield Finding(file, line, "shape", f"{name}: a source of {other} has this name; give it another one")
                seen[name] = slug

    def _done(self, work: Callable[[str], Any], slugs: list[str], given: Any) -> Iterator[tuple[str, Any]]:
        """The results of work on parts, in the order of the parts."""
        done = at_once(work, [(slug,) for slug in slugs], _FEW, _begin, self.root, self.today, self.shared, given)
        yield from zip(slugs, done, strict=True)


_state: tuple[Path, date, Shared, Any]


def _begin(root: Path, today: date, shared: Shared, given: Any) -> None:
    global _state
    _state = root, today, shared, given


def _tell(slug: str) -> Read:
    root, _, shared, asked = _state
    found: Told = part.told(shared, slug, asked)
    kept = Kept(root)
    kept.put("read", slug, found.read)
    kept.put("told", slug, found.part)
    kept.put("names", slug, found.names)
    kept.put("records", slug, found.records)
    read = found.read
    due = read.monograph.medicine.check_due if read.monograph else None
    return Read(found.mark, found.mark_of_names, tuple(read.source_at.items()), not read.findings, due, version_of_part(root, slug))


def _judge(slug: str) -> Judged:
    root, today, shared, (marks, basis) = _state
    kept = Kept(root)
    before = Before(kept.get("shown", slug) or Shown(), basis, marks[slug])
    read, records = kept.need("read", slug), kept.need("records", slug)
    return _kept(kept, slug, part.medicine(root, today, shared, slug, read, records, names_of_all(root), before))


def _kept(kept: Kept, slug: str, found: Found) -> Judged:
    """What was found in a part, after all that came of it is kept."""
    kept.put("shown", slug, found.shown)
    kept.put("landings", slug, found.shown.landings)
    kept.put("register", slug, found.register)
    kept.put("leads", slug, found.leads)
    return found.judged


def names_of_all(root: Path) -> Names:
    """The names of all medicines, as they were read last."""
    return _names_at(root, Kept(root).mark("names", SITE))


def told_of_all(root: Path, slugs: Iterable[str]) -> Mapping[str, Part]:
    """What lists of the site show of these medicines, as they were read last."""
    kept = Kept(root)
    return _told_at(root, tuple((slug, kept.mark("told", slug)) for slug in slugs))


@lru_cache(maxsize=1)
def _told_at(root: Path, marks: tuple[tuple[str, object], ...]) -> Mapping[str, Part]:
    """The same, read once as long as the records are the same."""
    with garbage_let_be():
        return {slug: Kept(root).need("told", slug) for slug, _ in marks}


@lru_cache(maxsize=1)
def _names_at(root: Path, _mark: object) -> Names:
    """The same, read once as long as the record is the same."""
    found: Mapping[str, tuple[Called, bytes]] = Kept(root).get("names", SITE) or {}
    return Names({slug: called for slug, (called, _) in found.items()}, Packed({slug: own for slug, (_, own) in found.items()}))


def _settings(root: Path) -> object:
    """What of the settings reaches the pages of every medicine."""
    try:
        return settings.markdown_settings(settings.text(root)), settings.site_name(root), settings.reports(root)
    except settings.Unreadable:
        return None


def key_of(*given: object) -> str:
    """A mark of what is given, new when any of it is."""
    return sha256("\0".join(map(str, given)).encode()).hexdigest()
