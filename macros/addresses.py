"""Tries the addresses of the sources, by hand only: a source that is gone has to be found anew."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from macros.model import Source

_SECONDS = 20
_AT_ONCE = 8
# What a server says to a program that it takes for a robot; a person may still get the page.
_SHY = (401, 403, 405, 429)


def unreachable(sources: Mapping[str, Source]) -> Iterator[str]:
    """A line for each source whose address does not answer, with what came instead."""
    linked = {name: source.link for name, source in sources.items() if source.link}
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
