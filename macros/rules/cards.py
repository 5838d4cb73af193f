"""Rules on the cards at the top of a monograph: read in a hurry, so they are whole, and stand before all else."""

from collections.abc import Iterator

from macros.finding import Fault, Spot, nearest
from macros.formulary.apart import complete
from macros.formulary.book import DATA, Formulary
from macros.formulary.medicine import Card
from macros.formulary.monograph import Monograph
from macros.formulary.values import Gap
from macros.formulary.vocabulary import CardOf
from macros.pages.html import Html
from macros.rules.known import Known
from macros.rules.rule import rule


@rule("data")
def cards_whole(book: Formulary) -> Iterator[Fault]:
    """A monograph has the cards that each needs; a card has facts of its topics, and none of the gaps that are warnings is left out."""
    known = book.vocabulary.lists.cards
    for slug, monograph in complete(book).items():
        if monograph.medicine.draft:
            continue
        file = (DATA / slug / "cards.yml").as_posix()
        for name, kind in known.items():
            if kind.needed and name not in monograph.cards and not book.is_faulty(f"{slug}/cards/{name}"):
                yield Fault((file, 1), f"the card '{name}' is missing; write '{name}:' with 'facts:' and what stands on it")
        for name, card in monograph.cards.items():
            if name.rpartition("/")[2] not in known:
                yield Fault(card.at, f"unknown card '{name}'; {nearest(name, known)}")
            else:
                yield from (Fault(card.at, f"{name}: {said}") for said in _wrong(book, monograph, card, known[name]))


@rule("html")
def cards_first(page: Html, known: Known) -> Iterator[Fault]:
    """A monograph opens with its cards: they stand once, below the title and above every other heading."""
    if page.monograph is None or not page.address.endswith(f"/{page.monograph}/index.html"):
        return
    found = [node for node in page.main.css("h2, .cards") if node.tag == "h2" or node.parent == page.main]
    if [node.tag for node in found][:1] != ["div"] or sum(node.tag == "div" for node in found) != 1:
        yield Fault(Spot(text="cards("), "the cards don't open the monograph; write {{ cards() }} once, above the first heading '## …'")


def _wrong(book: Formulary, monograph: Monograph, card: Card, kind: CardOf) -> Iterator[str]:
    """What is wrong with a card, in words."""
    own = {fact.short_id: fact for fact in monograph.facts.values()}
    for name in card.facts:
        fact = own.get(name)
        if fact is None:
            if not book.is_faulty(f"{monograph.slug}/{name}"):
                yield f"unknown fact '{name}'; {nearest(name, own)}"
        elif fact.topic not in kind.topics:
            yield f"'{name}' is about {fact.topic}; this card takes facts about: {', '.join(kind.topics)}"
        elif book.is_marked(fact):
            yield f"'{name}' is of the use {fact.use}, which may stand only inside a block of its own; delete it"
    topics = book.vocabulary.lists.topics
    told = {name for fact in own.values() for text in fact.statements for name in text.references}
    for name, fact in own.items():
        loud = fact.topic in kind.topics and topics[fact.topic].loud and not book.is_marked(fact)
        if loud and name not in card.facts and name not in told and (isinstance(fact.value, Gap) or kind.alert):
            yield f"'{name}' is left out, and whoever reads the card alone would not know of it; add it to 'facts:'"
