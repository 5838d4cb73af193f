"""What another builder makes of the pages is compared thing by thing, and what differs needs a reason."""

import os

import pytest
import yaml

from bench.builders import ALLOWED, Entry, differing, judged, main, told

HEAD = "<html><head><title>A</title><meta name='description' content='b'></head><body><nav class='md-path'>Home</nav>"
PAGE = (
    f'{HEAD}<article><h1 id="a">A</h1><p>Give <b data-fact="x/dose" data-cited="1">5 mg</b> <a href="../c/#d">there</a></p>'
    '<div class="admonition research"><h2>Research only</h2></div></article><div class="md-copyright">Version 1</div></body></html>'
)
TOLD = {
    "text": ["A", "Give", "5", "mg", "there", "Research", "only"],
    "ids": ["a"],
    "links": ["b/c#d there"],
    "blocks": ["admonition research: Research only"],
    "facts": ["data-fact=x/dose", "data-cited=1"],
    "around": ["title A", "meta description=b", ".md-copyright Version 1", ".md-path Home"],
}
CHANGES = {
    "a-word": ("Give", "Take", ["text: - Give", "text: + Take"]),
    "words-in-another-order": ("5 mg", "mg 5", ["text: in another order"]),
    "an-id": (' id="a"', "", ["ids: - a"]),
    "a-link": ("../c/#d", "../d/#d", ["links: - b/c#d there", "links: + b/d#d there"]),
    "a-link-written-otherwise": ("../c/#d", "../../b/c/#d", []),
    "a-block": ("admonition research", "admonition approved", ["blocks: - admonition research: Research only", "blocks: + admonition approved: Research only"]),
    "a-fact": (' data-cited="1"', "", ["facts: - data-cited=1"]),
    "the-title": ("<title>A", "<title>B", ["around: - title A", "around: + title B"]),
    "the-edition": ("Version 1", "", ["around: - .md-copyright Version 1", "around: + .md-copyright "]),
    "what-no-reader-gets": ("</article>", "<script>1</script></article>", []),
}  # fmt: skip


def test_all_that_has_to_be_the_same_is_told() -> None:
    assert told(PAGE, "b/e/index.html") == TOLD


@pytest.mark.parametrize(("old", "new", "lines"), CHANGES.values(), ids=CHANGES)
def test_each_difference_is_a_line(old: str, new: str, lines: list[str]) -> None:
    assert PAGE.count(old) == 1
    assert list(differing(told(PAGE, "b/e/index.html"), told(PAGE.replace(old, new), "b/e/index.html"))) == lines


def test_what_no_entry_allows_is_named_and_so_is_an_entry_that_allows_nothing() -> None:
    found = [("a.html", "ids: + x"), ("b.html", "text: - y"), ("c.html", "text: - y")]
    entries = [Entry(r"ids: \+ .", "why"), Entry("links: .*", "why")]
    assert list(judged(found, entries)) == [
        "b.html: text: - y (and 1 more such)",
        "builders.yml: allows “links: .*”, and there is no such difference; take the entry away",
    ]


def test_each_difference_that_is_allowed_has_a_reason() -> None:
    entries = [entry for kinds in yaml.safe_load(ALLOWED.read_text("utf-8")).values() for kind in kinds.values() for entry in kind]
    assert [entry for entry in entries if set(entry) != {"difference", "reason"} or not entry["reason"].endswith(".")] == []


@pytest.mark.build
@pytest.mark.slow
@pytest.mark.skipif(
    "MONOGRAPHS_BUILDERS" not in os.environ, reason="`make builders` sets up the builders and compares them; it takes minutes"
)
def test_each_builder_makes_the_same_pages() -> None:
    assert main() == 0
