"""A zip with one file, put together from stretches that were packed before, since to pack a table of all medicines takes seconds."""

import struct
import zlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

# Of the format: APPNOTE of PKWARE, 4.3.7, 4.3.12, 4.3.16. The name is in UTF-8, the file packed by "deflate", its rights are those of Unix.
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_NEEDED, _MADE_BY, _FLAGS, _DEFLATED, _RIGHTS = 20, 3 << 8 | 20, 1 << 11, 8, 0o100644 << 16
_LAST: Final = b"\x03\x00"  # an empty block, the last of the packed file
_MOST: Final = 0xFFFFFFFF  # bytes of a file that a zip of this kind can hold


class Stretch(NamedTuple):
    """A stretch of a file, as it is and packed, so that what is packed of others may follow."""

    text: bytes
    packed: bytes


def stretch(text: str) -> Stretch:
    """A text, packed."""
    content, packing = text.encode(), zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return Stretch(content, packing.compress(content) + packing.flush(zlib.Z_FULL_FLUSH))


def write(path: Path, name: str, day: date, stretches: Iterable[Stretch]) -> None:
    """Writes the zip; the file in it has a name and a day. Raises OverflowError where it is too large for one."""
    crc = size = 0
    own = name.encode()
    with path.open("wb") as zipped:
        zipped.seek(_LOCAL.size + len(own))
        for each in stretches:
            crc, size = zlib.crc32(each.text, crc), size + len(each.text)
            zipped.write(each.packed)
        zipped.write(_LAST)
        begin = zipped.tell()
        if max(size, begin) > _MOST:
            raise OverflowError(f"{name}: a zip of this kind holds no more than {_MOST} bytes")
        told = (
            _FLAGS,
            _DEFLATED,
            0,
            (day.year - 1980) << 9 | day.month << 5 | day.day,
            crc,
            begin - _LOCAL.size - len(own),
            size,
            len(own),
            0,
        )
        zipped.write(_CENTRAL.pack(b"PK\x01\x02", _MADE_BY, _NEEDED, *told, 0, 0, 0, _RIGHTS, 0) + own)
        zipped.write(_END.pack(b"PK\x05\x06", 0, 0, 1, 1, _CENTRAL.size + len(own), begin, 0))
        zipped.seek(0)
        zipped.write(_LOCAL.pack(b"PK\x03\x04", _NEEDED, *told) + own)
