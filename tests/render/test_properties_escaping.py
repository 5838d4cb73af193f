"""Text from data prints as that text: whatever a fact holds, the page has the same elements, attributes, links and tooltips."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.pages import markdown as pages
from macros.render.macros import MACROS
from macros.render.reports import NAMES as REPORTS
from macros.site import preview
from tests.conftest import SLUG, TODAY, small_project
from tests.support.all_calls import ALL, BODY, SORTED
from tests.support.properties import Lab, examples, laboratory
from tests.support.small_forms import PAGES as FORMS, with_forms
from tests.support.tricks_pages import BLOCKS, FIGURES, HTML, JINJA, MARKDOWN

DATA = "macros/data"
GLOSSARY = f"{DATA}/glossary.yml"
HERE = f"monographs/{SLUG}/index.md"
# Optional texts that the fictional medicine does without, by the line after which they stand.
MORE = {
    "outcomes": ("  statistic: mean\n", "  assay: assay\n  note: note\n  evidence_only: why\n"),
    "trials": ("  design: open-label\n", "  population: adults\n  note: note\n"),
    "safety": ("  statement: Do not give during an active infection.\n", "  note: note\n  population: all\n  short: short\n"),
    "corrections": ("  published: [safety/nausea-us]\n", "  why: why\n"),
    "identity": ("grade: A}", "grade: A}\n    - {source: exampla-label-eu, grade: A, locator: 'section 4.2, page'}"),
    "status": ("  date: 2024-01-05\n", "  note: note\n"),
    "dose": ("  amount: 3 mL/min\n", "  condition: if tolerated\n"),
    "monitoring": ("    - {then: less often}\n", "  condition: if tolerated\n"),
    "indications": ("not_found: {", "only: part, "),
    "medicine": (
        "reviews: []\n",
        "other_brands: [brand]\nreviews: [{name: somebody, role: pharmacist, date: 2026-01-10}]\n"
        "official: [{title: page, address: 'https://example.org/page', jurisdictions: [US]}]\n"
        "shortcuts: [{word: way, to: '#dose'}]\n",
    ),
}
TEXTS = set(
    "title statement terms code note reason assay population endpoint time statistic evidence_only name sponsor_id phase design claim why then brand other_brands class "
    "diseases also_searched date_words edition locator word meaning full icon written plural spoken reason role condition only where after seen short ask test what question "
    "caption reminder bar chip heading in_short".split()
)
PLAIN = "qqq"
PAGES = [pages.parse(text, path) for path, text in {HERE: BODY, "about/all.md": ALL, **FORMS}.items()]
# A comparison names its disease in words of its own, and has no medicine once the medicine names another.
WITHOUT_A_COMPARISON = [page for page in PAGES if page.monograph or page.path == "about/all.md"]
Linear = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The fictional medicine with every optional text."""
    root = with_forms(small_project(tmp_path_factory.mktemp("escaping")))
    for name, (old, new) in MORE.items():
        path = root / DATA / SLUG / f"{name}.yml"
        text = path.read_text("utf-8")
        assert text.count(old) == 1, name
        path.write_text(text.replace(old, new if name in ("identity", "medicine") else old + new), "utf-8")
    with laboratory(root, TODAY) as made:
        assert made.data("macros/data/statuses.yml", made.originals["macros/data/statuses.yml"])[1] == []
        yield made


@cache
def places(file: str, text: str) -> list[tuple[int, int, str]]:
    """Where the texts that readers may see begin and end in a data file, and their key; a name in the glossary has none."""

    def found(node: yaml.Node, key: str) -> Iterator[tuple[int, int, str]]:
        if isinstance(node, yaml.MappingNode):
            for name, value in node.value:
                if file == GLOSSARY and not key:
                    yield name.start_mark.index, name.end_mark.index, ""
                yield from found(value, name.value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                yield from found(value, key)
        elif key in TEXTS:
            end = len(text[: node.end_mark.index].rstrip())  # a folded text ends with its line
            yield node.start_mark.index, end, key

    return list(found(yaml.compose(text, yaml.BaseLoader), ""))


def linear(html: str) -> Linear:
    """The page as a row of tags with their attributes and of texts, without tooltips, anchors of headings and the version."""
    html = re.sub("Data version [0-9a-f]{12}", "", html)
    tree = LexborHTMLParser(re.sub('class="share-[0-9]+"', 'class="share"', html))  # how wide a column is follows from its letters
    tree.unwrap_tags(["abbr"])  # any text may hold an abbreviation
    row: Linear = []

    def walk(node: LexborNode) -> None:
        for child in node.iter(include_text=True):
            if child.tag != "-text":
                heading = re.fullmatch("h[1-6]|dt", child.tag) or "headerlink" in (child.attributes.get("class") or "")
                row.append(
                    (child.tag, *sorted((k, same(v or "")) for k, v in child.attributes.items() if not (heading and k in ("id", "href"))))
                )
                walk(child)
                row.append(("/" + child.tag,))
            elif row and isinstance(row[-1], str):
                row[-1] = row[-1] + (child.text_content or "")
            else:
                row.append(child.text_content or "")

    walk(tree.body)
    return [same(each) if isinstance(each, str) else each for each in row]


def same(text: str) -> str:
    """The text with single spaces, which is how a browser shows it."""
    return " ".join(text.split())


def pages_with(key: str) -> Sequence[pages.Page]:
    """The pages that can be made while a text of this key is another."""
    return WITHOUT_A_COMPARISON if key == "diseases" else PAGES


def rendered(lab: Lab, file: str, content: str, shown: Sequence[pages.Page] = PAGES) -> Linear | None:
    """The pages as a row, if the data is taken."""
    book, found = lab.data(file, content)
    if book is None or any(finding.rule in ("shape", "yaml", "reference-known", "checklist-known") for finding in found):
        return None
    made, failed = preview.render(shown, book, lab.root, TODAY)
    assert failed == [], failed
    told = {(same(name), same(entry.full)) for name, entry in book.vocabulary.glossary.items() if entry.full}
    tooltips = {(same(each.text()), same(each.attributes["title"] or "")) for html in made.values() for each in html.tree.css("abbr")}
    assert tooltips <= told
    return [part for html in made.values() for part in linear(html.html)]


hostile = st.one_of(
    st.sampled_from((*HTML, *MARKDOWN, *BLOCKS, *JINJA, *FIGURES)),
    st.lists(
        st.sampled_from(
            (*"<>&\"'`*_{}[]()!|~^\\#+-=:;/.1x \n", "{{", "}}", "{%", "##}", "&amp;", "&#42;", "</span>", "]: ", "](", "<b>", "///")
        ),
        max_size=12,
    ).map("".join),
    st.text(st.characters(codec="utf-8"), max_size=12),
)


@examples(150)
@given(st.data(), hostile)
def test_a_text_of_the_data_prints_as_that_text(lab: Lab, data: st.DataObject, text: str) -> None:
    text = " ".join(text.split())
    file = data.draw(st.sampled_from([name for name in sorted(lab.texts(DATA, ".yml")) if places(name, lab.originals[name].decode())]))
    source = lab.originals[file].decode()
    start, end, key = data.draw(st.sampled_from(places(file, source)))
    if (file, start) not in BEFORE:
        BEFORE[file, start] = rendered(lab, file, source[:start] + PLAIN + source[end:], pages_with(key))
    before = BEFORE[file, start]
    after = before and rendered(lab, file, source[:start] + json.dumps(text, ensure_ascii=False) + source[end:], pages_with(key))
    assume(after)
    expected = [filled(each, text) for each in before]
    if not key:  # the glossary is sorted
        after, expected = Counter(after), Counter(expected)
    assert after == expected


BEFORE: dict[tuple[str, int], Linear | None] = {}


def filled(each: object, text: str) -> object:
    """A part of the plain page with the text in the place of the plain word."""

    def put(old: str) -> str:
        """A text at the beginning of a column's head has a large letter."""
        return same(old.replace(PLAIN, text).replace(PLAIN.capitalize(), text[:1].upper() + text[1:]))

    return put(each) if isinstance(each, str) else (each[0], *((key, put(value)) for key, value in each[1:]))


FOREIGN = "<b>a</b> *b* [c](d) | &amp; `e` \"'\\ #"
# Texts that are words of a closed list in one file, and free in the others; and names of units that the data uses.
CLOSED = {("sources", "statement"), ("units", "plural"), ("units", "written"), ("checklist", "then")}


def test_all_texts_of_a_kind_print_as_the_foreign_text_that_they_are(lab: Lab) -> None:
    closed = set()
    for file, source in lab.texts(DATA, ".yml").items():
        spots = [each for each in places(file, source) if each[2]]
        for key in {key for _, _, key in spots}:
            taken = []
            for text in (PLAIN, FOREIGN):
                changed = source
                for number, (start, end, _) in reversed(list(enumerate(each for each in spots if each[2] == key))):
                    # A list names nothing twice.
                    changed = changed[:start] + json.dumps(text + "z" * number) + changed[end:]
                taken.append(rendered(lab, file, changed, pages_with(key)))
            before, after = taken
            if before is None or after is None:
                closed.add((Path(file).stem, key))
            else:
                assert after == [filled(each, FOREIGN) for each in before], (file, key)
    assert closed == CLOSED


# Texts that a page gives to a macro.
CALLS = (
    '{{ table("trial", caption=@) }}',
    '{{ table("bleeding", caption="C", by="evidence", why=@) }}',
    '{{ timeline("availability", caption=@) }}',
    '{{ figure("bars", "outcomes/bleeding-after", caption=@) }}',
    "{{ dose_table(40, 60, 10, caption=@) }}",
    "{{ check_table(40, 60, caption=@) }}",
    "{{ rate_steps(caption=@) }}",
    '{{ worksheet("dose/standard", caption=@) }}',
    '{{ checks("contraindication", caption=@) }}',
    '{{ panel(@, "contraindication") }}',
    "{{ fields(@) }}",
    '/// research | {{ notice("research", @) }}\n\n{{ list("research", use="research") }}\n\n///',
)


# These break texts into lines, or need a medicine whose dose goes by the height, or one with regimens by weight.
ELSEWHERE = {"figure", "dose_table_by_height", "dose_by_weight"}


def test_hostile_texts_reach_every_macro_and_report() -> None:
    calls = [call for page in PAGES for call in page.calls]
    assert {call.name for call in calls} == MACROS.keys() - ELSEWHERE
    assert {call.args[0] for call in calls if call.name == "report"} == {*REPORTS} - SORTED


@examples(100)
@given(st.sampled_from(CALLS), hostile)
def test_a_text_of_a_call_prints_as_that_text(lab: Lab, call: str, text: str) -> None:
    text = " ".join(text.split())
    page, plain = (parsed(call, each) for each in (text, PLAIN))
    assume(text and not page.findings)
    file = "macros/data/statuses.yml"
    after, before = (rendered(lab, file, lab.originals[file].decode(), [each]) for each in (page, plain))
    assert after == [filled(each, text) for each in before]


def parsed(call: str, text: str) -> pages.Page:
    """A page of the medicine that makes the call, with the text in it."""
    front, _, _ = BODY.partition("{{ cards() }}")
    return pages.parse(f"{front}{call.replace('@', json.dumps(text, ensure_ascii=False))}\n\n{{{{ sources() }}}}\n", HERE)
