"""Rules on how doses are written, as safety bodies ask: units in full, no idle zero, no naked point, no dose in a free text."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from macros.finding import Fault
from macros.formulary.book import Formulary
from macros.formulary.naming import any_of, headed
from macros.formulary.vocabulary import Vocabulary
from macros.pages.markdown import Page
from macros.rules.free_texts import all_texts
from macros.rules.prose import IN_WORDS, normal
from macros.rules.rule import rule

# The short forms of a time that stand behind the stroke of a rate.
_IN_RATES = ("min", "h")
# The letters of the longest short form of a unit.
_SHORT = 4


@rule("data")
def units_in_full(book: Formulary) -> Iterator[Fault]:
    """No unit is called by what is misread: the synonym of another one, its name in other letters, or a Greek mu."""
    units = book.vocabulary.units
    meant: dict[str, str] = {}
    for name, unit in units.items():
        for synonym in unit.synonyms:
            meant.setdefault(synonym, name)
    lowered: dict[str, str] = {}
    for name, unit in units.items():
        first, stroke, _ = name.partition("/")
        for part in name.split("/"):
            if part in meant and part not in _IN_RATES:
                yield Fault(unit.at, f"the unit '{name}' is misread; write '{meant[part]}' in full")
        if any(letter in name for letter in "µμ"):
            yield Fault(unit.at, f"the unit '{name}' holds a Greek letter, which is misread; write the unit in full")
        if (other := lowered.setdefault(name.casefold(), name)) != name:
            yield Fault(unit.at, f"the unit '{name}' differs from '{other}' in capital letters only; keep one")
        if unit.kind is None and not (stroke and first in units):
            yield Fault(unit.at, f"the unit '{name}' does not say what it measures; write 'kind:'")
        for synonym in unit.synonyms:
            if meant[synonym] != name:
                yield Fault(
                    unit.at, f"'{synonym}' is a synonym of '{meant[synonym]}' already, so it can't be one of '{name}'; delete it here"
                )


@rule("data")
def written_safely(book: Formulary) -> Iterator[Fault]:
    """No text of the data holds an abbreviation, a zero or a point that is misread, and none but a sentence's references a dose."""
    for each in all_texts(book):
        if wrong := unsafe(each.text, book.vocabulary):
            yield Fault(each.at, f"{each.owner}: its {each.where} holds {wrong}")
        elif dose := dose_in(each.text, book.vocabulary):
            message = f"its {each.where} holds the dose '{dose}', which no rule can compare; make it a fact and name what it is here"
            yield Fault(each.at, f"{each.owner}: {message}")


@rule("page")
def pages_written_safely(page: Page, book: Formulary) -> Iterator[Fault]:
    """No words of a page hold an abbreviation, a zero or a point that is misread; code is left out."""
    for line, text in enumerate(page.without_code().split("\n"), page.first_line):
        if wrong := unsafe(text, book.vocabulary):
            yield Fault((page.file, line), f"holds {wrong}")


def unsafe(text: str, known: Vocabulary) -> str:
    """What in the text is misread, with what to write instead; "" if nothing is."""
    lists = known.lists
    kind, found = _misread(text, known.dose_forms, known.misread_units, tuple(lists.refused_units), tuple(lists.abbreviations))
    if found is None:
        return ""
    if kind == "zero":
        right = f"{found['number'].rstrip('0').rstrip('.')} {found['unit']}"
        return f"'{found[0]}', whose zero is misread as ten times as much; write {right}"
    if kind == "point":
        return f"'{found[0]}', whose point is overlooked; write 0.{found[0][1:]}"
    if kind == "unit":
        return f"'{found[0]}', whose unit is misread; write {known.unit_meant(found['unit']) or 'the unit'} in full"
    if kind == "refused":
        refused = {normal(name).lower(): each.word for name, each in lists.refused_units.items()}
        return f"'{found[0]}', whose unit no text may use; write {refused[(found['unit'] or found['first']).lower()]}"
    right = next(each.word for short, each in lists.abbreviations.items() if short.lower() == found[0].lower())
    return f"'{found[0]}', which is misread; write {right}"


@lru_cache(maxsize=20_000)  # a preview judges the same texts again and again
def _misread(
    text: str, dosed: tuple[str, ...], misread: tuple[str, ...], refused: tuple[str, ...], short: tuple[str, ...]
) -> tuple[str, re.Match[str] | None]:
    """The first place in the text that is misread, and in which way."""
    plain = normal(text)
    ways = {"zero": _zero(dosed), "point": _NAKED, "unit": _after_number(misread), "refused": _refused(refused)}
    for kind, pattern in ways.items():
        if found := pattern.search(plain):
            return kind, found
    return "short", _words(short).search(text)


def dose_in(text: str, known: Vocabulary) -> str:
    """The first dose in the text; "" if there is none. International units are one, international units/dL are a result."""
    return next((dose for dose, per in _doses(text, known.dose_forms) if per not in known.written_units), "")


@lru_cache(maxsize=20_000)
def _doses(text: str, forms: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Every number with a unit of doses, and if a stroke follows, the whole unit; else a word that is none."""
    plain, doses = normal(text), []
    for found in _after_number(forms).finditer(plain):
        behind = plain[found.end() :].split(" ")[0].rstrip(".,;:)¦")
        doses.append((found[0], found["unit"] + behind if behind.startswith("/") else ""))
    return tuple(doses)


_NAKED = re.compile(r"(?<![\w.,)\]])[.,]\d+\b")
# A number, also in words and as prescriptions have it: five, a couple of, iv.
_NUMBER = (
    rf"(?:\d[\d.,]*(?:e\d+)?[\s_-]{{0,3}}(?:[×x]\s?10\^?\d+\s?)?|(?:{IN_WORDS}|couple\sof|several)[\s-]{{0,3}}"
    r"|(?<![Ff]actor )(?:[ivx]+|[IVX]{2,}|[VX])[\s-]{1,3})"
)


@cache
def _after_number(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,]){_NUMBER}(?P<unit>{_any_of(forms)})(?!\w)")


@cache
def _refused(forms: tuple[str, ...]) -> re.Pattern[str]:
    """The same of units that no text may use, which stand before their number, too: gr v; and beside an article: a teaspoonful."""
    unit = _any_of(forms)
    return re.compile(rf"(?<![\w.,])(?:(?:{_NUMBER}|[Aa]n?\s)(?P<unit>{unit})|(?P<first>{unit})\.?\s(?:\d+|[ivx]+))(?!\w)")


@cache
def _zero(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,])(?P<number>\d+\.\d*0)\s?(?P<unit>{_any_of(forms)})(?!\w)")


@cache
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.])(?:{_any_of(words)})(?!\w)", re.IGNORECASE)


def _any_of(words: tuple[str, ...]) -> str:
    """A pattern of any of the words, a longer one with a capital too; a letter that has two codes fits in either."""
    return any_of({form for word in words for form in (word, normal(word), *([headed(word)] if len(word) > _SHORT else []))})
