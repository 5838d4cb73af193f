"""A copy of thousands of medicines can be verified, however many files it holds."""

import io
import struct
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from macros.copies import manifest, untrusted_zip
from tests.support.copies import said


def of_many(count: int) -> bytes:
    """A copy of so many files, all in the list."""
    files = {f"site/{number}.html": b"" for number in range(count)}
    listed = manifest.written({name: sha256(content).hexdigest() for name, content in files.items()}).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, manifest.NAME: listed}.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_a_copy_of_thousands_of_medicines_is_whole(tmp_path: Path) -> None:
    """Of 2,000 medicines it holds 50,000 files; of more, as many that a zip counts them in another record."""
    path = tmp_path / "x.zip"
    path.write_bytes(of_many(66_000))
    assert said(path) == (0, [f"{path}: every file is there and unchanged, and none was added"])


MANY = 9
# Where in the record, from its end, stand the count of files, its own place and the number of disks.
SPOILED = {"count": 22 + 20 + 56 - 24, "place": 22 + 20 - 8, "disks": 22 + 20 - 16}


@pytest.mark.parametrize("back", SPOILED.values(), ids=SPOILED)
def test_the_record_that_counts_thousands_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, back: int) -> None:
    for owner, name in ((zipfile, "ZIP_FILECOUNT_LIMIT"), (untrusted_zip, "_MANY")):
        monkeypatch.setattr(owner, name, MANY)  # so that a zip of few files has that record, too
    path, raw = tmp_path / "x.zip", bytearray(of_many(20))
    struct.pack_into("<2H", raw, len(raw) - 22 + 8, MANY, MANY)
    path.write_bytes(raw)
    assert (raw[-22 - 20 - 56 :][:4], said(path)[0]) == (b"PK\6\6", 0)
    raw[-back] ^= 1
    path.write_bytes(raw)
    assert said(path)[0] == 1
