"""Rules on the texts of the data: the figures that they hold, the facts that they refer to, the approvals that they speak of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.finding import Fault, Line, excerpt, nearest
from macros.formulary.apart import complete, facts_here
from macros.formulary.book import DATA, Formulary
from macros.formulary.model import Fact
from macros.formulary.monograph import Monograph
from macros.formulary.values import Gap, NotFound, Regimen, Schedule, Statement, Terms
from macros.rules.free_texts import all_texts
from macros.rules.prose import COUNTS, claim, granted, instead, normal, numbers, often
from macros.rules.rule import rule

# A generic name begins with a letter, or with a place on a molecule: 5-fluorouracil, (99mTc).
_CHEMICAL = re.compile(r"(?:\([0-9]+[A-Za-z]+\) ?|[0-9]+(?:,[0-9]+)*-)?[A-Za-z]-?[A-Za-z]")


@rule("data")
def statement_without_figures(book: Formulary) -> Iterator[Fault]:
    """No text of the data holds a figure except by naming the fact that holds it; what tells whom, when or which never says how often."""
    for each in all_texts(book):
        found = often(each.text, book.terms) or ("" if each.counts else next(iter(numbers(each.text, book.terms)), ""))
        if found:
            remedy = "make it a fact of its own and write its id in braces" if each.braced else "write it without"
            call = "write its id in braces" if each.braced else f"write the {each.where} without"
            message = f"its {each.where} holds the figure '{found}'; {instead(found, f'{remedy}, or list the name in terms.txt', call)}"
            yield Fault(each.at, f"{each.owner}: {message}")


@rule("data")
def claim_of_own_use(book: Formulary) -> Iterator[Fault]:
    """A text of the data calls a use authorized only in a fact that is of an authorized use or rests on a label or a regulator."""
    for monograph in complete(book).values():
        for fact in monograph.facts.values():
            if not _speaks_for_itself(book, fact):
                yield from _claims(fact)
        for key, correction in monograph.corrections.items():
            names = (f"{monograph.slug}/{short}" for short in correction.published)
            carried = any(_speaks_for_itself(book, monograph.facts[name]) for name in names if name in monograph.facts)
            if not carried and (word := granted(correction.why or "")):
                message = f"its reason says '{word}', but it publishes no fact of an approved use; write it without"
                yield Fault(correction.at, f"{key}: {message}")
    for at, owner, where, text in _words(book):
        if word := granted(text):
            yield Fault(at, f"{owner}: its {where} says '{word}'; leave that to facts of an approved use")


@rule("data")
def short_of_words(book: Formulary) -> Iterator[Fault]:
    """Only what is said in words has a short form: a sentence, a list of terms, a gap; a number, a day or a schedule stands as it is."""
    for fact in facts_here(book):
        if fact.short and not isinstance(fact.value, (Statement, Terms, Gap)):
            yield Fault(fact.at, f"{fact.short_id}: has a short form, which stands on cards in place of its value; delete 'short:'")


@rule("data", stops=True)
def reference_known(book: Formulary) -> Iterator[Fault]:
    """Every fact that another one refers to exists, and a text refers only to values, never to texts or back to itself."""
    for slug, monograph in complete(book).items():
        facts = {fact.short_id: fact for fact in monograph.facts.values()}
        leads = {name: {to for text in fact.statements for to in text.references} for name, fact in facts.items()}
        for at, owner, name in (*_named_by_keys(monograph), *_named_in_texts(monograph)):
            if name not in facts and not book.is_faulty(f"{slug}/{name}"):
                yield Fault(at, f"{owner}: refers to the unknown fact '{name}'; {nearest(name, facts)}")
        for at, owner, name in _named_in_texts(monograph):
            if wrong := _no_value(owner, name, facts, leads):
                yield Fault(at, f"{owner}: refers to {wrong}")
        for fact in monograph.facts.values():
            for where, text in fact.texts():
                if where in _PLAIN and ("{" in text or "}" in text):
                    message = f"its {where} holds a brace, and it is printed as it stands; write it in words, or in 'condition:'"
                    yield Fault(fact.at, f"{fact.short_id}: {message}")
        for prose in _prose(monograph):
            left = prose.text.parts()[::2] if prose.where in _BRACED else [prose.text.text]
            if any("{" in part or "}" in part for part in left):
                message = f"its {prose.where} holds a loose brace; a reference is written {{dose/standard}}, in texts only"
                yield Fault(prose.at, f"{prose.owner}: {message}")


@rule("data", stops=True)
def reference_of_own_use(book: Formulary) -> Iterator[Fault]:
    """A text refers to no fact that needs a block of its own, unless it stands in such a block itself."""
    for slug, monograph in complete(book).items():
        for prose in _prose(monograph):
            block = next((use for use in prose.uses if use in book.vocabulary.marked), None)
            for name in prose.text.references:
                fact = monograph.facts.get(f"{slug}/{name}")
                if fact and fact.use and fact.use != block and (block or book.is_marked(fact)):
                    yield Fault(prose.at, f"{prose.owner}: refers to '{name}', which is {fact.use}; write the sentence without it")


@rule("data")
def reference_of_own_place(book: Formulary) -> Iterator[Fault]:
    """A figure in a sentence holds wherever the sentence does, and rests on a label or regulator if the sentence does."""
    for slug, monograph in complete(book).items():
        for fact in monograph.facts.values():
            places = set(book.authorities_of(fact))
            for name in dict.fromkeys(name for statement in fact.statements for name in statement.references):
                named = monograph.facts.get(f"{slug}/{name}")
                if named and named.jurisdictions and (missing := sorted(places - set(named.jurisdictions))):
                    yield Fault(
                        fact.at, f"{fact.short_id}: refers to '{name}', which does not speak for {missing[0]}; refer to a fact that does"
                    )
                elif named and named.evidence and book.is_official(fact) and not book.is_official(named):
                    yield Fault(
                        fact.at, f"{fact.short_id}: refers to '{name}', which rests on {named.evidence}; write a sentence of its own for it"
                    )


@rule("data")
def names_apart(book: Formulary) -> Iterator[Fault]:
    """No name of a medicine is the INN of another one, nor its brand in the same place; what people search leads to whose INN it is."""
    for slug, monograph in complete(book).items():
        medicine = monograph.medicine
        names = dict.fromkeys([*medicine.brands, *book.searched(monograph), *monograph.aliases])
        at = ((DATA / slug / "medicine.yml").as_posix(), 1)
        for name in dict.fromkeys(name for name in medicine.brands if medicine.brands.count(name) > 1):
            yield Fault(at, f"the brand '{name}' stands twice; delete one")
        for name in names:
            for other in book.sharing(monograph, name):
                brand = name in medicine.brands and name.lower() != other.medicine.inn.lower()
                if not (brand and book.apart(name, monograph, other)):
                    remedy = ", or say in identity.yml of both, in a fact of the topic 'name', in which places each has it" if brand else ""
                    yield Fault(at, f"'{name}' is a name of {other.medicine.inn}; delete it here{remedy}")


@rule("data")
def terms_are_names(book: Formulary) -> Iterator[Fault]:
    """A name that may hold digits begins with a letter, is no number in words and counts nothing, so that no figure passes as a name."""
    for line, term in enumerate(book.vocabulary.terms, 1):
        if _is_figure(term) or not term[0].isalpha():
            yield Fault(
                ((DATA / "terms.txt").as_posix(), line), f"'{excerpt(term)}' is a figure, not a name; delete it and make the figure a fact"
            )
    for slug, monograph in complete(book).items():
        if _is_figure(monograph.medicine.inn) or not _CHEMICAL.match(monograph.medicine.inn):
            at = ((DATA / slug / "medicine.yml").as_posix(), 1)
            yield Fault(at, f"the INN '{excerpt(monograph.medicine.inn)}' is a figure, not a name; write the generic name")


def _is_figure(name: str) -> bool:
    """Whether what should be a name is a number in words, or counts something."""
    in_words = [figure for figure in numbers(name, ()) if figure == normal(name) and not any(map(str.isdigit, figure))]
    return bool(in_words) or COUNTS.search(name) is not None


# The texts that may refer to facts in braces.
_BRACED = ("text", "reason")
# The keys of a fact whose texts are printed as they stand, without the facts that they would refer to.
_PLAIN = ("endpoint", "population", "time", "statistic", "assay", "name", "sponsor_id", "phase", "design", "code", "terms")


@dataclass(frozen=True)
class _Prose:
    """A text of the data that readers see, whose it is, and the uses that decide in which block it stands."""

    at: Line
    owner: str
    text: Statement
    where: str
    uses: tuple[str | None, ...]


def _prose(monograph: Monograph) -> Iterator[_Prose]:
    for fact in monograph.facts.values():
        for statement in fact.statements:
            yield _Prose(fact.at, fact.short_id, statement, "text", (fact.use,))
        for where, text in _besides(fact):
            yield _Prose(fact.at, fact.short_id, Statement(text), where, (fact.use,))
        if not getattr(fact, "name", None):  # a trial's title is its name
            yield _Prose(fact.at, fact.short_id, Statement(fact.title), "title", (fact.use,))
    for key, correction in monograph.corrections.items():
        published = (monograph.facts.get(f"{monograph.slug}/{name}") for name in correction.published)
        yield _Prose(correction.at, key, Statement(correction.why or ""), "reason", tuple(fact.use for fact in published if fact))


def _besides(fact: Fact) -> Iterator[tuple[str, str]]:
    """The words inside a value that is no sentence: what a gap lacks and where it was searched, those of a schedule or a regimen."""
    if isinstance(fact.value, Gap) and fact.value.only:
        yield "only", fact.value.only
    if isinstance(fact.value, NotFound):
        yield "where", fact.value.where
    if isinstance(fact.value, Schedule | Regimen):
        yield from fact.value.texts()


def _no_value(owner: str, name: str, facts: Mapping[str, Fact], leads: Mapping[str, set[str]]) -> str:
    """Why a text can't print what it refers to; "" if it can, or if there is no such fact."""
    if name in facts and isinstance(facts[name].value, Statement | Gap):
        return f"'{name}', which is a text; refer to the value in it"
    if owner == name:
        return "itself; take the reference out"
    return f"'{name}', which leads back to it; take one of the two references out" if owner in _reached(name, leads) else ""


def _named_by_keys(monograph: Monograph) -> Iterator[tuple[Line, str, str]]:
    """What refers to a fact by a key: where it stands, whose it is, and the name of the fact."""
    for fact in monograph.facts.values():
        yield from ((fact.at, fact.short_id, name) for name in (*fact.under, fact.trial) if name)
    for key, correction in monograph.corrections.items():
        yield from ((correction.at, key, name) for name in correction.published)


def _named_in_texts(monograph: Monograph) -> Iterator[tuple[Line, str, str]]:
    """The same for what refers to a fact in braces."""
    for prose in _prose(monograph):
        yield from ((prose.at, prose.owner, name) for name in prose.text.references)


def _claims(fact: Fact) -> Iterator[Fault]:
    """Each text of a fact that calls something authorized."""
    for where, text in _texts(fact):
        # A title names what it is about, so there the bare word is a claim; a gap says nothing of what its title names.
        word = granted(text) if where != "title" else claim(text) if not isinstance(fact.value, Gap) else None
        if word:
            message = f"its {where} says '{word}', but it is no fact of an approved use; write it without"
            yield Fault(fact.at, f"{fact.short_id}: {message}")


def _texts(fact: Fact) -> Iterator[tuple[str, str]]:
    """Every text of a fact that readers see, with the word for it in messages; what was searched for is no statement."""
    plain = (fact.value_key, "condition", "note", "after", "then")
    searched = ("words", "where") if isinstance(fact.value, NotFound) else ()
    yield from (("text" if key in plain else key, text) for key, text in fact.texts() if key not in searched)


def _speaks_for_itself(book: Formulary, fact: Fact) -> bool:
    """Whether the fact may say that something is authorized: it is of such a use, or a label or regulator says it."""
    status = book.vocabulary.statuses.get(fact.use or "")
    return (book.is_stated(fact) and not book.is_marked(fact)) or (bool(status and status.authorized) and not isinstance(fact.value, Gap))


def _words(book: Formulary) -> Iterator[tuple[Line, str, str, str]]:
    """The texts that readers see and that belong to no fact: where they stand, whose they are, what they are."""
    for slug, monograph in complete(book).items():
        medicine, at = monograph.medicine, ((DATA / slug / "medicine.yml").as_posix(), 1)
        for where in ("brand", "other_brands", "class_", "diseases", "also_searched"):
            given = getattr(medicine, where)
            for text in (given,) if isinstance(given, str) else given:
                yield at, medicine.inn, where.rstrip("_"), text
        for review in medicine.reviews:
            yield at, medicine.inn, "review", f"{review.name}, {review.role}"
        for name, change in monograph.changes.items():
            yield change.at, name, "reason", change.reason
        if (checklist := monograph.checklist) is not None:
            yield from ((checklist.place(*keys), "checklist", where, text) for keys, where, text in checklist.texts())
    for name, entry in book.vocabulary.glossary.items():
        yield entry.at, name, "meaning", entry.meaning
        if entry.full:
            yield entry.at, name, "long form", entry.full
    for version, recall in book.recalls.items():
        yield recall.at, version, "reason", recall.why


def _reached(start: str, leads: Mapping[str, set[str]]) -> set[str]:
    """Every name that is reached from this one, itself included."""
    reached, waiting = set(), [start]
    while waiting:
        if (name := waiting.pop()) not in reached:
            reached.add(name)
            waiting += leads.get(name, ())
    return reached
