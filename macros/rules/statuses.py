"""Rules on what is called authorized: what a fact of such a use rests on, and how the statuses are told apart."""

from collections.abc import Iterator

from macros.finding import Fault
from macros.formulary.apart import complete, facts_here
from macros.formulary.book import DATA, Formulary
from macros.formulary.model import Fact
from macros.formulary.values import Gap
from macros.rules.prose import claim
from macros.rules.rule import rule


@rule("data")
def status_carried(book: Formulary) -> Iterator[Fault]:
    """An approved use rests on a label or a regulator, or names the approved indication that it falls under."""
    for fact in facts_here(book):
        if wrong := _uncarried(book, fact):
            yield Fault(fact.at, f"{fact.short_id}: {wrong}")


@rule("data")
def authorization_stands(book: Formulary) -> Iterator[Fault]:
    """A use is called authorized only in a place that granted an authorization and did not withdraw it since."""
    statuses = book.vocabulary.statuses
    for monograph in complete(book).values():
        ended, granted = book.ended(monograph), book.granted(monograph)
        for fact in monograph.facts.values():
            if not (fact.use and statuses[fact.use].authorized) or isinstance(fact.value, Gap):
                continue
            for place in book.authorities_of(fact):
                if place in ended:
                    why = f"where {ended[place].short_id} says that the authorization ended"
                elif place not in granted and not book.left_out:
                    why = "where status.yml has no event that grants an authorization"
                else:
                    continue
                message = f"is {fact.use} in {place}, {why}; delete {place}, or write a fact of its own for it with another use"
                yield Fault(fact.at, f"{fact.short_id}: {message}")


@rule("data")
def statuses_apart(book: Formulary) -> Iterator[Fault]:
    """Only an authorized status calls itself so, any other wants a block of its own, and no two share a word or a mark."""
    seen: dict[tuple[str, str], str] = {}
    for name, status in book.vocabulary.statuses.items():
        for key in ("word", "chip", "heading"):
            if not status.authorized and (word := claim(getattr(status, key))):
                yield Fault(status.at, f"{name}: its {key} says '{word}', but it is not authorized; say in '{key}' what it is")
        if status.authorized and not claim(status.heading):
            yield Fault(status.at, f"{name}: is authorized, but its heading does not say so; write 'authorized: false', or say so")
        if not status.authorized and not status.notice:
            yield Fault(status.at, f"{name}: is not authorized, but its facts may stand anywhere; write 'notice: true'")
        for key in ("word", "chip", "heading", "border", "icon"):
            other = seen.setdefault((key, getattr(status, key)), name)
            if other != name:
                yield Fault(status.at, f"{name}: has the same {key} as '{other}'; write another one, so that they can be told apart")


@rule("data")
def evidence_apart(book: Formulary) -> Iterator[Fault]:
    """What can say that a use is authorized is carried by no source that carries other evidence, and no two share a word."""
    at = ((DATA / "vocabulary.yml").as_posix(), 1)
    lists = book.vocabulary.lists.evidence
    granting = {kind for event in book.vocabulary.lists.events.values() if event.effect == "granted" for kind in event.carried_by}
    seen: dict[str, str] = {}
    for name, evidence in lists.items():
        other = seen.setdefault(evidence.word, name)
        if other != name:
            yield Fault(at, f"{name}: has the same word as '{other}'; write another one, so that they can be told apart")
        if evidence.own_use and not set() < set(evidence.carried_by) <= granting:
            message = f"can say that a use is authorized, so only {' or '.join(sorted(granting))} may carry it; write 'own_use: false'"
            yield Fault(at, f"{name}: {message}")
        for rival, each in lists.items():
            shared = sorted(set(evidence.carried_by) & set(each.carried_by))
            if evidence.own_use and not each.own_use and shared:
                message = f"can say that a use is authorized, but '{shared[0]}' carries '{rival}' as well; delete it from one of the two"
                yield Fault(at, f"{name}: {message}")


def _uncarried(book: Formulary, fact: Fact) -> str:
    """Why what the fact rests on does not carry its use; "" if it does."""
    statuses = book.vocabulary.statuses
    if not fact.use:
        return "has 'under' but no 'use'; write 'use:' or delete 'under'" if fact.under else ""
    if isinstance(fact.value, Gap):
        return ""
    if not fact.evidence:
        return "has a use but no evidence; write 'evidence:' with what it rests on"
    if not statuses[fact.use].authorized:
        return ""
    if book.is_stated(fact):
        return _approved_nowhere(book, fact) or _under(book, fact)
    if fact.topic == "indication":
        return f"an indication can't rest on evidence '{fact.evidence}'; cite the label or a regulator, or change the use"
    if not fact.under:
        said = f"use '{fact.use}' can't rest on evidence '{fact.evidence}' alone"
        return f"{said}; write 'under:' with the approved indication it falls under, or change the use"
    return _under(book, fact)


def _approved_nowhere(book: Formulary, fact: Fact) -> str:
    """What is wrong with the places of a fact that a label or regulator calls approved; "" if nothing."""
    if not fact.jurisdictions or book.authorities_of(fact) == list(fact.jurisdictions):
        return ""
    known = ", ".join(book.authorities)
    return f"is approved where nobody can approve it; write in 'jurisdictions:' only: {known}"


def _under(book: Formulary, fact: Fact) -> str:
    """Why a fact can't fall under the indications that it names; "" if each is approved, and one of them in each of its places."""
    found = [book.facts.get(f"{fact.slug}/{name}") for name in fact.under]
    above = [each for each in found if each]
    if not above or len(above) < len(found):
        return ""  # that one is unknown is said by reference_known
    for each in above:
        authorized = each.use and book.vocabulary.statuses[each.use].authorized
        if not (authorized and book.authorizes(each) and each.short_id.startswith("indications/")):
            return f"'under: {each.short_id}' is no approved indication; name one from indications.yml"
    places = {place for each in above for place in each.jurisdictions}
    missing = next((place for place in book.authorities_of(fact) if place not in places), "")
    named = ", ".join(fact.under)
    return f"'under: {named}' is no indication of {missing}; name that one, or delete {missing}" if missing else ""
