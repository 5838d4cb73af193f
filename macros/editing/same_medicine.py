"""Whether a label is one of the medicine that is begun: by its active ingredients, or by the text that names them."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from macros.finding import Refused, excerpt
from macros.labels.label import Label

_SUFFIX = re.compile(r"-[a-z]{4}$")  # what the FDA puts behind the name of a biologic
_JOINED = re.compile(r"\s*(?:,|/|\+|\band\b)\s*")
# Languages end the names of substances in their own way, and write ph, th, y and double letters as they like.
_SPELLED = (("ph", "f"), ("th", "t"), ("y", "i"), ("ch", "c"), ("k", "c"))


@dataclass(frozen=True, slots=True)
class Names:
    """What may stand behind a name, and by which other names an INN is known."""

    after: Sequence[str]
    also: Mapping[str, Sequence[str]]


def told_apart(label: Label, inn: str, names: Names) -> str:
    """What an editor has to compare because the file does not say it in a form that can be read; an empty text if nothing.

    Raises Refused where the label is of another medicine.
    """
    wanted = [part for part in _JOINED.split(inn.casefold()) if part]
    if label.ingredients:
        unknown = [each[0] for each in label.ingredients if not any(_same(part, each, names) for part in wanted)]
        missing = [part for part in wanted if not any(_same(part, each, names) for each in label.ingredients)]
        if unknown or missing:
            said = " and ".join(excerpt(each[0]) for each in label.ingredients)
            raise Refused(f"the label is of {said}, not of '{inn}'; take a label of this medicine, or begin the other one")
        return ""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", label.introduced)
    heard = {_spelled(" ".join(words[at : at + size])) for size in {part.count(" ") + 1 for part in wanted} for at in range(len(words))}
    if missing := [part for part in wanted if not heard & {_spelled(name) for name in (part, *names.also.get(part, ()))}]:
        begins = excerpt(label.introduced) or "nothing"
        raise Refused(f"nothing at its beginning names '{missing[0]}': it says “{begins}”; take a label of this medicine")
    return f"the file lists no active ingredients: its text names '{inn}', but whether others are in it has to be looked up"


def _same(inn: str, known: Sequence[str], names: Names) -> bool:
    """Whether one of the names of an ingredient is this one, or another name of it, with nothing behind it but its salt."""
    return any(
        _plain(name, names) == each or _plain(name, names, all_of_it=True) == each
        for name in known
        for each in (inn, *names.also.get(inn, ()))
    )


def _plain(name: str, names: Names, *, all_of_it: bool = False) -> str:
    """A name in small letters, without the suffix of a biologic and, unless all of it is wanted, without its salt."""
    words = _SUFFIX.sub("", unicodedata.normalize("NFKC", name).casefold().strip()).split()
    while not all_of_it and len(words) > 1 and words[-1] in names.after:
        words.pop()
    return " ".join(words)


def _spelled(name: str) -> str:
    """A name as its languages share it: mercaptopurine and mercaptopurina, omeprazole and omeprazol are one; esomeprazole is not."""
    text = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    for old, new in _SPELLED:
        text = text.replace(old, new)
    return re.sub(r"(.)\1", r"\1", re.sub(r"(?:um|us|[aeio])\b", "", text))
