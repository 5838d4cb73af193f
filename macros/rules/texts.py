"""Rules on the texts of the data: the figures that they hold, the facts that they refer to, the approvals that they speak of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.finding import Fault, excerpt, nearest
from macros.formulary.book import DATA, Formulary, Monograph
from macros.formulary.model import Fact
from macros.formulary.values import Code, Gap, NotFound, Schedule, Statement, Terms
from macros.rules.claims import claim, granted
from macros.rules.figures_in_text import COUNTS, figures, normal

# The texts of a fact that are names of records, or are looked at with its value or its title.
_ELSEWHERE = ("id", "title", "topic", "use", "evidence", "under", "trial", "event", "condition", "note", "statement")


def statement_without_figures(book: Formulary) -> Iterator[Fault]:
    """A statement, a note, a reason, a title or a meaning holds no figure except by naming the fact that holds it."""
    for monograph in book.monographs.values():
        for prose in _prose(monograph):
            found = figures(" ¦ ".join(prose.text.parts()[::2]), book.vocabulary.terms)
            if found:
                yield (
                    prose.at,
                    (
                        f"{prose.owner}: its {prose.where} holds the figure '{found[0]}'; make it a fact of its own "
                        "and write its id in braces, or list the name in terms.txt"
                    ),
                )
    for at, owner, where, text in _words(book):
        if where != "also_searched" and (found := figures(text, book.vocabulary.terms)):
            yield at, f"{owner}: its {where} holds the figure '{found[0]}'; write it without, or list the name in terms.txt"


def claim_of_own_use(book: Formulary) -> Iterator[Fault]:
    """A text of the data calls a use authorized only in a fact that is of an authorized use or rests on a label or a regulator."""
    for monograph in book.monographs.values():
        for fact in monograph.facts.values():
            if _speaks_for_itself(book, fact):
                continue
            said = (
                {"text": " ".join([*_named(fact), *(each.text for each in fact.statements)])}
                | {key: text for key in type(fact).model_fields if key not in _ELSEWHERE and isinstance(text := getattr(fact, key), str)}
                | {"only": fact.value.only if isinstance(fact.value, Gap) else ""}
                | {"locator": " ".join(citation.locator or "" for citation in fact.sources)}
            )
            found = {where: word for where, text in said.items() if (word := granted(text))}
            if not isinstance(fact.value, Gap) and (word := claim(fact.title)):
                found["title"] = word
            for where, word in found.items():
                yield fact.at, f"{fact.short_id}: its {where} says '{word}', but it is no fact of an approved use; write it without"
        for key, correction in monograph.corrections.items():
            published = [
                monograph.facts[name] for short in correction.published if (name := f"{monograph.slug}/{short}") in monograph.facts
            ]
            if not any(_speaks_for_itself(book, fact) for fact in published) and (word := granted(correction.why or "")):
                yield correction.at, f"{key}: its reason says '{word}', but it publishes no fact of an approved use; write it without"
    for at, owner, where, text in _words(book):
        if word := granted(text):
            yield at, f"{owner}: its {where} says '{word}'; leave that to facts of an approved use"


def reference_known(book: Formulary) -> Iterator[Fault]:
    """Every fact that another one refers to exists, and a text refers only to values, never to texts or back to itself."""
    for slug, monograph in book.monographs.items():
        short = {fact.short_id: fact for fact in monograph.facts.values()}
        named = [(f.at, f.short_id, name) for f in short.values() for name in (f.under, f.trial) if name]
        named += [(c.at, key, name) for key, c in monograph.corrections.items() for name in c.published]
        inline = [(each.at, each.owner, name) for each in _prose(monograph) for name in each.text.references]
        leads = {name: {to for f in fact.statements for to in f.references} for name, fact in short.items()}
        for at, owner, name in named + inline:
            if name not in short and not book.is_faulty(f"{slug}/{name}"):
                yield at, f"{owner}: refers to the unknown fact '{name}'; {nearest(name, short)}"
        for at, owner, name in inline:
            if name in short and isinstance(short[name].value, Statement | Gap):
                yield at, f"{owner}: refers to '{name}', which is a text; refer to the value in it"
            elif owner == name:
                yield at, f"{owner}: refers to itself; take the reference out"
            elif owner in _reached(name, leads):
                yield at, f"{owner}: refers to '{name}', which leads back to it; take one of the two references out"
        for prose in _prose(monograph):
            left = prose.text.parts()[::2] if prose.where in ("text", "reason") else [prose.text.text]
            if any(brace in part for part in left for brace in "{}"):
                yield (
                    prose.at,
                    f"{prose.owner}: its {prose.where} holds a loose brace; a reference is written {{dose/standard}}, in texts only",
                )


def reference_of_own_use(book: Formulary) -> Iterator[Fault]:
    """A text refers to no fact that needs a block of its own, unless it stands in such a block itself."""
    for slug, monograph in book.monographs.items():
        for prose in _prose(monograph):
            block = next((use for use in prose.uses if use in book.vocabulary.marked), None)
            for name in prose.text.references:
                fact = monograph.facts.get(f"{slug}/{name}")
                if fact and fact.use and fact.use != block and (block or book.is_marked(fact)):
                    yield prose.at, f"{prose.owner}: refers to '{name}', which is {fact.use}; write the sentence without it"


def reference_of_own_place(book: Formulary) -> Iterator[Fault]:
    """A figure in a sentence holds wherever the sentence does, and rests on a label or regulator if the sentence does."""
    for slug, monograph in book.monographs.items():
        for fact in monograph.facts.values():
            places = set(book.authorities_of(fact))
            for name in dict.fromkeys(name for statement in fact.statements for name in statement.references):
                told = monograph.facts.get(f"{slug}/{name}")
                if told and told.jurisdictions and (missing := sorted(places - set(told.jurisdictions))):
                    yield fact.at, f"{fact.short_id}: refers to '{name}', which does not speak for {missing[0]}; refer to a fact that does"
                elif told and told.evidence and book.is_official(fact) and not book.is_official(told):
                    yield (
                        fact.at,
                        f"{fact.short_id}: refers to '{name}', which rests on {told.evidence}; write a sentence of its own for it",
                    )


def names_apart(book: Formulary) -> Iterator[Fault]:
    """No name by which a medicine is known or searched is the INN or a brand of another one, and no brand stands twice."""
    for slug, monograph in book.monographs.items():
        medicine = monograph.medicine
        names = [*medicine.brands, *medicine.also_searched]
        names += [term for fact in monograph.about("alias") if isinstance(fact.value, Terms) for term in fact.value.terms]
        at = ((DATA / slug / "medicine.yml").as_posix(), 1)
        for name in dict.fromkeys(name for name in medicine.brands if medicine.brands.count(name) > 1):
            yield at, f"the brand '{name}' stands twice; delete one"
        for other in book.monographs.values():
            theirs = {name.lower() for name in (other.medicine.inn, *other.medicine.brands)}
            for name in names:
                if other.slug != slug and name.lower() in theirs:
                    yield at, f"'{name}' is a name of {other.medicine.inn}; delete it here"


def terms_are_names(book: Formulary) -> Iterator[Fault]:
    """A name that may hold digits begins with a letter, is no number in words and counts nothing, so that no figure passes as a name."""
    for line, term in enumerate(book.vocabulary.terms, 1):
        in_words = [figure for figure in figures(term, ()) if figure == normal(term) and not any(map(str.isdigit, figure))]
        if in_words or not term[0].isalpha() or COUNTS.search(term):
            yield (
                ((DATA / "terms.txt").as_posix(), line),
                f"'{excerpt(term)}' is a figure, not a name; delete it and make the figure a fact",
            )


@dataclass(frozen=True)
class _Prose:
    """A text of the data that readers see, whose it is, and the uses that decide in which block it stands."""

    at: tuple[str, int]
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
    """The words inside a value that is no sentence: what a gap lacks and where it was searched, what a schedule counts from."""
    if isinstance(fact.value, Gap) and fact.value.only:
        yield "only", fact.value.only
    if isinstance(fact.value, NotFound):
        yield "where", fact.value.where
    if isinstance(fact.value, Schedule):
        yield from (("after", step.after) for step in fact.value.steps if step.after)


def _speaks_for_itself(book: Formulary, fact: Fact) -> bool:
    """Whether the fact may say that something is authorized: it is of such a use, or a label or regulator says it."""
    evidence = book.vocabulary.lists.evidence.get(fact.evidence or "")
    status = book.vocabulary.statuses.get(fact.use or "")
    official = bool(evidence and evidence.own_use) and not (status and status.notice)
    return official or (bool(status and status.authorized) and not isinstance(fact.value, Gap))


def _named(fact: Fact) -> tuple[str, ...]:
    """The names and words that are the fact's value, where it is no sentence."""
    if isinstance(fact.value, Terms):
        return fact.value.terms
    if isinstance(fact.value, Schedule):
        return tuple(step.then for step in fact.value.steps)
    return (fact.value.text,) if isinstance(fact.value, Code) else ()


def _words(book: Formulary) -> Iterator[tuple[tuple[str, int], str, str, str]]:
    """The texts that readers see and that belong to no fact: where they stand, whose they are, what they are."""
    for slug, monograph in book.monographs.items():
        medicine, at = monograph.medicine, ((DATA / slug / "medicine.yml").as_posix(), 1)
        for where in ("brand", "other_brands", "class_", "diseases", "also_searched"):
            given = getattr(medicine, where)
            for text in (given,) if isinstance(given, str) else given:
                yield at, medicine.inn, where.rstrip("_"), text
        for review in medicine.reviews:
            yield at, medicine.inn, "review", f"{review.name}, {review.role}"
        for name, change in monograph.changes.items():
            yield change.at, name, "reason", change.reason
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
