"""Whom to tell of a hole: `security.txt` by RFC 9116, in a site whose settings name an address of mail and until when it is read."""

from datetime import date
from pathlib import Path

NAME = ".well-known/security.txt"


def text(mail: str, until: date, address: str) -> str:
    """The file for a site at this address, "" if it has none yet."""
    lines = [f"Contact: mailto:{mail}", f"Expires: {until.isoformat()}T00:00:00Z", "Preferred-Languages: en"]
    return "\n".join([*lines, *([f"Canonical: {address}{NAME}"] if address else [])]) + "\n"


def write(site: Path, contact: tuple[str, date] | None, address: str) -> None:
    """Puts the file into a built site; none without a contact, since nobody may be named who does not read it."""
    if contact:
        (site / NAME).parent.mkdir()
        (site / NAME).write_text(text(*contact, address), "utf-8", newline="\n")
