"""Tries the addresses that readers are led to, by hand only: a source that is gone has to be found anew."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from macros.formulary.book import Formulary

_SECONDS = 20
_AT_ONCE = 8
# What a server says to a program that it takes for a robot; a person may still get the page.
_SHY = (401, 403, 405, 429)


def led_to(book: Formulary) -> dict[str, str]:
    """Every address that readers are led to, by whose it is: sources, pages of regulators, systems for reporting."""
    linked = {name: source.link for name, source in book.sources.items() if source.link}
    linked |= {f"{slug}: {page.title}": page.address for slug, each in book.monographs.items() for page in each.medicine.official}
    return linked | {f"reporting in {place}": entry.address for place, entry in book.reporting.items()}


def unreachable(linked: Mapping[str, str]) -> Iterator[str]:
    """A line for each address that does not answer, with what came instead."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for name, said in zip(linked, pool.map(_answer, linked.values()), strict=True):
            if said:
                yield f"{name}: {linked[name]}: {said}"


def _answer(address: str) -> str:
    try:
        with urlopen(Request(address, headers={"User-Agent": "Mozilla/5.0"}), timeout=_SECONDS):
            return ""
    except HTTPError as error:
        return "" if error.code in _SHY else f"answered {error.code}"
    except (OSError, HTTPException, ValueError) as error:
        return f"did not answer ({error})"
