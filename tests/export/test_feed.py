"""Feeds of what changed: read by a real reader of feeds, and built as RFC 4287 wants it."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from xml.etree.ElementTree import Element

import feedparser
import pytest
from defusedxml.ElementTree import fromstring

from macros.export.feed import MOST, feed
from macros.formulary.book import Formulary
from macros.formulary.model import Change
from macros.pages.files import FEED, data_of
from tests.conftest import SLUG

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "Monographs & more"
BASE = "https://site.test/sub/"
# What RFC 4287 says of how often an element stands in a feed and in an entry, of those that we write: at least and at most.
IN_FEED = {"title": (1, 1), "id": (1, 1), "updated": (1, 1), "author": (1, 99), "link": (0, 99), "entry": (0, 999)}
IN_ENTRY = {"title": (1, 1), "id": (1, 1), "updated": (1, 1), "category": (0, 99), "summary": (0, 1), "link": (1, 99)}


def change(day: int, kind: str = "dose", reason: str = "Once.") -> Change:
    """A change of this day of May 2026."""
    return Change.model_construct(date=date(2026, 5, day), kind=kind, reason=reason, facts="0" * 12)


def with_changes(book: Formulary, **changes: Change) -> tuple[Formulary, str]:
    """A formulary of one medicine with these changes, and its slug; what else it says is another's."""
    own = replace(next(iter(book.monographs.values())), slug=SLUG, changes=MappingProxyType(changes))
    return replace(book, monographs={SLUG: own}), SLUG


def counted(above: Element, known: dict[str, tuple[int, int]]) -> list[str]:
    """What an element holds too often, too seldom, or though it may not."""
    found = [each.tag.removeprefix(ATOM) for each in above]
    return [name for name in {*found, *known} if name not in known or not known[name][0] <= found.count(name) <= known[name][1]]


@pytest.mark.parametrize("base", ["", BASE], ids=["without-an-address", "with-an-address"])
def test_feeds_are_built_as_the_standard_wants_it(book: Formulary, base: str) -> None:
    for slug in ("", *book.monographs):
        top = fromstring(feed(book, SITE, slug, base))
        entries = top.findall(f"{ATOM}entry")
        assert top.tag == f"{ATOM}feed"
        assert [counted(top, IN_FEED), *(counted(entry, IN_ENTRY) for entry in entries)] == [[]] * (len(entries) + 1)
        ids = [each.text or "" for each in top.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids)
        assert all(each.startswith("urn:uuid:") for each in ids)
        assert max(entry.findtext(f"{ATOM}updated") or "" for entry in entries) == top.findtext(f"{ATOM}updated")
        for holder in (top, *entries):  # at most one link of a relation and a type
            links = [(each.get("rel"), each.get("type")) for each in holder.findall(f"{ATOM}link")]
            assert len(set(links)) == len(links)
            assert ("alternate", "text/html") in links


def test_a_reader_of_feeds_reads_every_record_with_its_kind(book: Formulary) -> None:
    kinds = book.vocabulary.lists.changes
    for slug, own in book.monographs.items():
        newest_first = sorted(own.changes.values(), key=lambda each: each.date)[::-1]  # of a day the last first
        read = feedparser.parse(feed(book, SITE, slug, BASE))
        assert not read.bozo, read
        assert [(each.updated, each.tags[0].term, each.tags[0].label, each.summary) for each in read.entries] == [
            (f"{each.date}T00:00:00Z", each.kind, kinds[each.kind].word, each.reason) for each in newest_first
        ]
    whole = feedparser.parse(feed(book, SITE, "", BASE))
    assert len(whole.entries) == min(MOST, sum(len(each.changes) for each in book.monographs.values()))


def test_a_feed_in_full(book: Formulary) -> None:
    small, slug = with_changes(book, first=change(1, "new", '5 < 6 & "7".'), second=change(2))
    name = small.short_name(small.monographs[slug])
    assert (
        feed(small, SITE, slug, BASE)
        == f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title>Monographs &amp; more: what changed in {name}</title>
  <id>urn:uuid:89c8e5da-dc6a-5386-87b9-41150efe3990</id>
  <updated>2026-05-02T00:00:00Z</updated>
  <author>
    <name>Monographs &amp; more</name>
  </author>
  <link rel="self" type="application/atom+xml" href="{BASE}monographs/{slug}/changes.xml" />
  <link rel="alternate" type="text/html" href="{BASE}monographs/{slug}/" />
  <entry>
    <title>{name}: Dose</title>
    <id>urn:uuid:a773ee38-d35f-52d3-85b9-da8722a9c51f</id>
    <updated>2026-05-02T00:00:00Z</updated>
    <category term="dose" label="Dose" />
    <summary>Once.</summary>
    <link rel="alternate" type="text/html" href="{BASE}monographs/{slug}/" />
    <link rel="related" type="text/html" href="{BASE}changes/" />
  </entry>
  <entry>
    <title>{name}: New</title>
    <id>urn:uuid:8dcdfe42-492e-5439-8e1d-db9713005b3f</id>
    <updated>2026-05-01T00:00:00Z</updated>
    <category term="new" label="New" />
    <summary>5 &lt; 6 &amp; "7".</summary>
    <link rel="alternate" type="text/html" href="{BASE}monographs/{slug}/" />
    <link rel="related" type="text/html" href="{BASE}changes/" />
  </entry>
</feed>
"""
    )


def test_addresses_are_relative_while_the_site_has_none(book: Formulary) -> None:
    small, slug = with_changes(book, first=change(1))
    own, whole = (feedparser.parse(feed(small, SITE, each)) for each in (slug, ""))
    assert [each.href for each in own.entries[0].links] == [f"../../monographs/{slug}/", "../../changes/"]
    assert [each.href for each in whole.entries[0].links] == [f"monographs/{slug}/", "changes/"]
    assert (data_of(slug)["Atom"], FEED) == (f"monographs/{slug}/changes.xml", "changes.xml")


def test_an_entry_keeps_its_id(book: Formulary) -> None:
    small, slug = with_changes(book, first=change(1))
    reworded, _ = with_changes(book, first=change(1, reason="Twice."), second=change(3))
    ids = [[each.id for each in feedparser.parse(feed(*each)).entries] for each in ((small, SITE, slug), (reworded, SITE, "", BASE))]
    assert ids[0] == ids[1][1:]


def test_of_all_medicines_only_the_newest_changes_are_told(book: Formulary) -> None:
    many = {f"change-{number}": change(1 + number % 28, reason=f"{number}.") for number in range(MOST + 5)}
    small, slug = with_changes(book, **many)
    read = feedparser.parse(feed(small, SITE))
    assert len(read.entries) == MOST
    assert {each.summary for each in read.entries}.isdisjoint({"0.", "28.", "56.", "84."})
    assert len(feedparser.parse(feed(small, SITE, slug)).entries) == MOST + 5


def test_a_medicine_without_changes_has_a_feed_without_entries(book: Formulary) -> None:
    small, slug = with_changes(book)
    read = feedparser.parse(feed(small, SITE, slug))
    assert (read.entries, read.feed.updated) == ([], f"{small.monographs[slug].checked}T00:00:00Z")


def test_what_changed_in_a_draft_says_that_it_is_one(book: Formulary) -> None:
    book, slug = with_changes(book, first=change(1))
    own = book.monographs[slug]
    draft = replace(book, monographs={slug: replace(own, medicine=own.medicine.model_copy(update={"draft": True}))})
    titles = [[each.title for each in feedparser.parse(feed(of, SITE, name)).entries] for of in (book, draft) for name in ("", slug)]
    assert [["Draft, not for use" in title for title in each] for each in titles] == [[False], [False], [True], [True]]
    assert "Draft, not for use: " in feedparser.parse(feed(draft, SITE, slug)).feed.title
