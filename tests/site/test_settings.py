"""The name of the site is read from mkdocs.yml, whatever else stands there."""

from pathlib import Path

import pytest

from macros.finding import Refused
from macros.site.settings import site_name

NAMED = {
    "plain": ("site_name: Doses\n", "Doses"),
    "quoted": ('site_name: "Doses: all"\n', "Doses: all"),
    "beside-a-tag": ("site_url: !ENV [URL, '']\nsite_name: Doses\n", "Doses"),
    "none": ("nav: []\n", ""),
    "a-list": ("site_name: [a]\n", ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), NAMED.values(), ids=NAMED.keys())
def test_site_name(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    assert site_name(tmp_path) == expected


@pytest.mark.parametrize("raw", [b"site_name: [", b"site_name: \xe9\n"], ids=["not-yaml", "not-utf-8"])
def test_what_cannot_be_read_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "mkdocs.yml").write_bytes(raw)
    with pytest.raises(Refused, match=r"^mkdocs\.yml can't be read: "):
        site_name(tmp_path)
