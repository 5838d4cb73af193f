"""The twin of each page of the project: it says what the page says, in its order, and each line says what governs it."""

import re
from collections import Counter
from collections.abc import Iterator

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.export.twin import twin
from macros.formulary.book import Formulary
from macros.pages.html import HEADINGS, Html, ancestors, has_class, plain
from macros.site.check import Checked

UNSAID = ".headerlink, button, script, style, .spoken:not(.agrees)"
HEAD = re.compile(r"\A(# [^\n]*\n\n)?(> [^\n]*\n)+\n?", re.MULTILINE)  # what the twin says itself
LED = re.compile(r"\]\((?:<[^>]*>|[^\s()]*)\)")
LINE = re.compile(r"(?:\| |- |\d+\. |#+ \[?)?(?:\*\*)?")

BARE = re.compile(r"[\d.,:–]*\d")
NUMBER = re.compile(r"(?<=\| )[^|]*: (?=[\d.,:–]*\d \|)")  # the head of its column before a number


@pytest.fixture(scope="module")
def twins(checked: Checked) -> dict[str, tuple[Html, str]]:
    """Each page with its twin."""
    assert checked.book
    return {address: (page, twin(page, checked.book)) for address, page in checked.previews.items()}


def words(text: str) -> list[str]:
    """The words of a text, whatever stands between them."""
    return re.findall(r"\w+", text)


def said(page: Html) -> LexborNode:
    """The page without what is heard twice; a drawing by its alternative."""
    copy = LexborHTMLParser(page.main.html or "")
    for node in copy.css(UNSAID):
        node.decompose()
    for node in copy.css("svg"):
        alternative = " ".join(each.text() for each in node.css("title, desc"))
        node.insert_before(f" Drawing {alternative} ")
        node.decompose()
    assert copy.body
    return copy.body


def statuses(book: Formulary) -> dict[str, str]:
    """The words of each status that is marked, by the class of its blocks."""
    return {name: book.vocabulary.statuses[name].heading for name in book.vocabulary.marked}


def lines(text: str) -> list[str]:
    """The lines of a twin without its head, and without where links lead."""
    return [LED.sub("]", line).replace(" <br> ", " ") for line in HEAD.sub(r"\1", text).split("\n")]


def added(page: Html, book: Formulary) -> set[str]:
    """The words that a twin says again: what governs a line."""
    heads = [each.attributes["data-h"] or "" for each in page.main.css("[data-h]")]
    heads += [plain(each) for each in page.main.css("thead th")]
    heads += [each.attributes["aria-label"] or "" for each in page.main.css("table[aria-label]")]
    topics = [topic.word for topic in book.vocabulary.lists.topics.values() if topic.against]
    return set(words(" ".join([*statuses(book).values(), *topics, *heads, *map(plain, page.main.css(".general"))])))


def test_a_twin_says_what_the_page_says_in_its_order(checked: Checked, twins: dict[str, tuple[Html, str]]) -> None:
    assert checked.book
    wrong = {}
    for address, (page, text) in twins.items():
        html = markdown.markdown(HEAD.sub(r"\1", text), extensions=["tables", "fenced_code"])
        read = LexborHTMLParser(html).body
        assert read
        shown, told = words(said(page).text(separator=" ")), words(read.text(separator=" "))
        at = iter(told)
        missing = next((word for word in shown if word not in at), None)
        more = (Counter(told) - Counter(shown)).keys() - added(page, checked.book)
        if missing or more:
            wrong[address] = (missing, more)
    assert wrong == {}
    assert len(twins) > 40


def cells(row: LexborNode) -> list[tuple[LexborNode, str]]:
    """Each cell of a row with its words, once for each column that it covers."""
    own = [each for each in row.iter() if each.tag in ("td", "th")]
    return [(each, plain(each)) for each in own for _ in range(int(each.attributes.get("colspan") or 1))]


def numbers(page: Html) -> Iterator[str]:
    """Each bare number in the tables of a page, as its cell should be told: with the head of its own column."""
    for table in said(page).css("table"):
        rows = [cells(row) for row in table.css("tr")]
        heads = next((row for row in reversed(rows) if any(each.attributes.get("scope") == "col" for each, _ in row)), [])
        for row in rows:
            for (cell, number), (_, head) in zip(row, heads, strict=False):
                if cell.attributes.get("scope") != "col" and head and BARE.fullmatch(number):
                    yield f"{number} ({heads[0][1]}: {head})" if BARE.fullmatch(head) else f"{head}: {number}"


def test_a_number_is_told_with_the_head_of_its_own_column(twins: dict[str, tuple[Html, str]]) -> None:
    missing, seen = {}, 0
    for address, (page, text) in twins.items():
        told = Counter(re.sub(r"[\\*]", "", each).rpartition(" – ")[2] for line in lines(text) for each in line[2:-2].split(" | "))
        expected = Counter(numbers(page))
        seen += expected.total()
        if expected - told:
            missing[address] = expected - told
    assert missing == {}
    assert seen > 100


def facts(page: Html) -> Iterator[tuple[LexborNode, str]]:
    """Each element that shows a fact outside of drawings, with its words."""
    for node in said(page).css("[data-fact]"):
        if found := " ".join(words(node.text(separator=" "))):
            yield node, found


def once(line: str, book: Formulary) -> str:
    """A line with what governs its sentences at its beginning alone."""
    governs = [*statuses(book).values(), *(topic.word for topic in book.vocabulary.lists.topics.values() if topic.against)]
    begin = LINE.match(line)
    at = begin.end() if begin else 0
    return line[:at] + re.sub(rf"(?<!☐ yes )\*\*(?:(?:{'|'.join(map(re.escape, governs))})(?:: )?)+:\*\* ", "", line[at:])


def placed(page: Html, text: str, book: Formulary) -> Iterator[tuple[LexborNode, str, str | None]]:
    """Each element that shows a fact, with its words and the line of the twin that says them all; lines come in the page's order."""
    made = [
        (line, [f" {' '.join(words(each))} " for each in (line, once(line, book), NUMBER.sub("", once(line, book)))])
        for line in lines(text)
    ]
    at = 0
    for node, found in facts(page):
        here = next((number for number in range(at, len(made)) if any(f" {found} " in each for each in made[number][1])), None)
        at = at if here is None else here
        yield node, found, None if here is None else made[here][0]


def test_a_fact_stands_whole_on_one_line(checked: Checked, twins: dict[str, tuple[Html, str]]) -> None:
    assert checked.book
    told = ((address, placed(page, text, checked.book)) for address, (page, text) in twins.items())
    torn = [(address, found) for address, own in told for _, found, line in own if line is None]
    assert torn == []


def marked(node: LexborNode, book: Formulary) -> str:
    """The words of the status whose block the element stands in; "" if in none."""
    around = [each for each in ancestors(node) if has_class(each, "admonition")]
    return next((words for name, words in statuses(book).items() for each in around[:1] if has_class(each, name)), "")


def test_each_fact_of_a_marked_block_stands_on_a_line_that_says_so(checked: Checked, twins: dict[str, tuple[Html, str]]) -> None:
    assert checked.book
    seen = Counter[str]()
    for address, (page, text) in twins.items():
        for node, found, line in placed(page, text, checked.book):
            if (status := marked(node, checked.book)) and line:
                seen[status] += 1
                assert LINE.sub("", line, count=1).startswith(f"{status}"), (address, found, line)
    assert seen.keys() == set(statuses(checked.book).values())


def test_what_speaks_against_a_medicine_stands_on_a_line_that_says_so(checked: Checked, twins: dict[str, tuple[Html, str]]) -> None:
    assert checked.book
    topics, seen = checked.book.vocabulary.lists.topics, 0
    for address, (page, text) in twins.items():
        for node, found, line in placed(page, text, checked.book):
            fact = checked.book.facts.get(node.attributes["data-fact"] or "")
            cell = any(each.tag in ("td", "th") for each in ancestors(node))  # there the head of the row says what is asked
            if fact and topics[fact.topic].against and line and node.tag in ("li", "tr") and not cell:
                seen += 1
                assert topics[fact.topic].word in line, (address, found, line)
    assert seen > 30


def test_each_line_of_a_marked_block_says_so(checked: Checked, twins: dict[str, tuple[Html, str]]) -> None:
    assert checked.book
    for address, (page, text) in twins.items():
        for name, status in statuses(checked.book).items():
            held = [
                each for block in page.main.css(f".admonition.{name}") for each in block.css(f"p, li, caption, tr, {', '.join(HEADINGS)}")
            ]
            wanted = [
                each for each in held if plain(each) and not (each.tag == "p" and any(has_class(up, "entry") for up in ancestors(each)))
            ]
            begun = [line for line in lines(text) if re.match(rf"(\| |- |\d+\. |#+ )?(\*\*|\[)?{re.escape(status)}", line)]
            assert len(begun) == len(wanted), address


SENTENCE = re.compile(r"[.!?][”)*]*(?: \([^()]*\)| \[[^\[\]]*\])*+(?: (?=\S)|$)")  # with the marks and citations behind it


def test_each_sentence_of_a_marked_block_says_so(checked: Checked, twins: dict[str, tuple[Html, str]]) -> None:
    assert checked.book
    begins, seen = tuple(f"**{status}" for status in statuses(checked.book).values()), 0
    for address, (_, text) in twins.items():
        for line in lines(text):
            if not line.startswith("#") and line.removeprefix("| ").removeprefix("- ").startswith(begins):
                cells = [cell for cell in re.split(r" ?\| ", line.removesuffix(" |")) if SENTENCE.search(cell)]
                sentences = [each for cell in cells for each in SENTENCE.split(cell.removeprefix("- ")) if each]
                seen += len(sentences)
                assert [each for each in sentences if not each.startswith(begins)] == [], (address, line)
    assert seen > 40


def test_general_advice_says_so_on_each_line(checked: Checked, twins: dict[str, tuple[Html, str]]) -> None:
    assert checked.book
    book, seen = checked.book, 0
    evidence = book.vocabulary.lists.evidence
    for address, (page, text) in twins.items():
        for node, found, line in placed(page, text, checked.book):
            fact = book.facts.get(node.attributes["data-fact"] or "")
            general = fact and fact.evidence and not evidence[fact.evidence].carried_by
            if general and node.tag == "li" and node.parent and has_class(node.parent, "plain"):
                seen += 1
                assert fact and line and line.lower().endswith(f"({evidence[fact.evidence or ''].word})"), (address, found)
    assert seen > 50
