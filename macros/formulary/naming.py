"""What a medicine may be called, the folder that is named after it, and which medicines a text names.

A name is compared as a whole: omeprazole does not stand in esomeprazole, and a combination is no name of its parts.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Final

from pydantic import AfterValidator, WithJsonSchema

from macros.finding import Refused

# Words of letters and digits, joined by hyphens, strokes and apostrophes, or in round brackets: technetium (99mTc) sestamibi.
_PATTERN: Final = r"(?:\([A-Za-z0-9+-]+\)|[A-Za-z0-9][A-Za-z0-9'+/-]*(?:\([A-Za-z0-9]+\))?,?)"
_INN = re.compile(rf"{_PATTERN}(?: (?:\+ )?{_PATTERN})*(?<!,)")
_IN_A_SCHEMA: Final = "^(?![A-Z][a-z]{2})(?=.*[a-z])[A-Za-z0-9(][A-Za-z0-9'+/(), -]*[A-Za-z0-9)]$"
# A sentence begins so, or a label that writes all in capitals; a name that is spelled with capitals has small letters, too.
_SENTENCE_CASE = re.compile(r"[A-Z][a-z]{2,}")
_WORD: Final = "write it in small letters, with digits, hyphens and capitals only where the name itself has them, as in 'vitamin K'"
_LETTERS: Final = 3  # no name has fewer


def inn(text: str) -> str:
    """The generic name that the text is. Raises Refused if it can't be one."""
    letters = sum(map(str.isalpha, text))
    spelled = _INN.fullmatch(text) and letters >= _LETTERS and text != text.upper() and not _SENTENCE_CASE.match(text)
    if not spelled:
        raise Refused(f"'{text}' is no INN; {_WORD}")
    return text


Inn = Annotated[str, AfterValidator(inn), WithJsonSchema({"type": "string", "pattern": _IN_A_SCHEMA, "errorMessage": _WORD})]


def anchor_of(fact: str) -> str:
    """The name, on its medicine's page of evidence, of the row that tells the fact with this id; no name of a file has a hyphen."""
    return f"fact-{fact.partition('/')[2].replace('/', '-')}"


def slug_of(name: str) -> str:
    """The name as it stands in ids, folders and addresses: interferon-beta-1a, vitamin-k."""
    return "-".join(re.findall("[a-z0-9]+", name.lower()))


def headed(name: str) -> str:
    """The name, or another text, as it begins a title: Vitamin K, Co-trimoxazole, 5-fluorouracil."""
    return name[:1].upper() + name[1:]


def any_of(texts: Iterable[str]) -> str:
    """The pattern of any of the texts as it stands; of texts within each other the longest. Without a text it fits nothing."""
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text))) or "(?!)"


def named(text: str, names: Iterable[str]) -> list[str]:
    """The names that stand in the text as whole words, each once, as `plain` gives them; of names within each other the longest."""
    found = _sought(frozenset(names)).findall(" ".join(text.translate(_HYPHENS).split()))
    return list(dict.fromkeys(map(plain, found)))


def others_named(text: str, own: Iterable[str], owners: Mapping[str, str]) -> list[tuple[str, str]]:
    """The first name of each other medicine that stands in the text, with the slug of that medicine.

    What belongs to a name of its own is none: the name of a part in the title of a combination. `owners` are all names of all
    medicines as `plain` gives them, each with a medicine that has it: thousands, so they are looked up and not tried in turn.
    """
    ours = {plain(name) for name in own}
    said = " ".join(text.translate(_HYPHENS).split())
    ends = [at for at in range(1, len(said) + 1) if not _AFTER.match(said, at)]
    found: dict[str, str] = {}
    begun = 0
    for at in range(len(said)):
        if at < begun or (at and _JOINS.match(said[at - 1])):
            continue
        words = (word for end in reversed(ends) if end > at for word in (plain(said[at:end]), said[at:end].lower()))
        name = next((each for each in words if each in ours or each in owners), None)
        if name is None:
            continue
        begun = at + len(name)
        if name not in ours:
            found.setdefault(owners[name], name)
    return [(name, slug) for slug, name in found.items()]


def is_everyday(name: str) -> bool:
    """Whether a name is so short and all in capitals that it is an everyday word in any other letters: ALL, IT, MS."""
    return len(name) <= _ACRONYM and name.isupper() and name.isalpha()


def plain(name: str) -> str:
    """A name as it is compared with others: in small letters, unless it means another thing in them, with plain hyphens."""
    spelled = name.translate(_HYPHENS)
    return spelled if is_everyday(spelled) else spelled.lower()


_ACRONYM: Final = 4  # letters; a longer one is no everyday word
_HYPHENS = {ord(sign): "-" for sign in "\u2010\u2011\u2212"}
_JOINS = re.compile(r"[\w-]")
_AFTER = re.compile(r"\w|-\w")


@lru_cache(maxsize=200)
def _sought(names: frozenset[str]) -> re.Pattern[str]:
    """The pattern of any of these names as a whole word; a hyphen joins words."""
    spelled = {plain(name) for name in names}
    everyday = {name for name in spelled if is_everyday(name)}
    return re.compile(rf"(?<![\w-])(?:{any_of(everyday)}|(?i:{any_of(spelled - everyday)}))(?![\w]|-\w)")
