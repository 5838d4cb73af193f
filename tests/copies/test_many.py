"""A copy of thousands of medicines can be verified, however many files it holds."""

import io
import zipfile
from hashlib import sha256
from pathlib import Path

from macros.copies import manifest
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
    raw = of_many(66_000)
    path.write_bytes(raw)
    assert said(path) == (0, [f"{path}: every file is there and unchanged, and none was added"])
    for at in (len(raw) - 22 - 20 - 56 + 24, len(raw) - 22 - 20 + 8, len(raw) - 22 - 20 + 16):  # its count, its place, its disks
        spoiled = bytearray(raw)
        spoiled[at] ^= 1
        path.write_bytes(spoiled)
        assert said(path)[0] == 1
