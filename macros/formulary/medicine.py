"""What a monograph is about, who reviewed it, and which cards stand at its top."""

from typing import Annotated

from pydantic import Field

from macros.formulary.dates import FullDate, PastDate
from macros.formulary.fields import Phrases, Places, Words
from macros.formulary.naming import Inn
from macros.formulary.record import Filed, Flag, Named, Prose, Record


class Review(Record):
    """Who reviewed the monograph clinically, in what role, and when."""

    name: Prose
    """Who reviewed it."""
    role: Prose
    """In what role: consultant hematologist."""
    date: PastDate
    """The day of the review: 2026-11-22."""


class OfficialPage(Record):
    """A page of a regulator, a registry of labels or a label's owner about the medicine."""

    title: Prose
    """Whose page it is and what it is: FDA, page of the product."""
    address: Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$")]
    """The whole address that a reader can open, with https:// in front."""
    jurisdictions: Places
    """For which places: [US]."""


class Card(Named):
    """A card at the top of a monograph, by the name that the vocabulary has for it."""

    facts: Words
    """What stands on it, in this order: [dose/standard]."""
    rates: Flag = False
    """true: the rates of the infusion, which dose.yml gives as steps, stand on it as a small table."""
    weights: Annotated[str, Field(pattern=r"^[1-9][0-9]* to [1-9][0-9]* by [1-9][0-9]*$")] | None = None
    """For which body weights it leads to the dose sheet: 40 to 150 by 10."""


class Shortcut(Record):
    """A place in a medicine's pages that people look for first."""

    word: Prose
    """What one finds there: Contraindications."""
    to: Annotated[str, Field(pattern=r"^(?:[a-z0-9-]+\.md)?(?:#[a-z0-9-]+)?$", min_length=1)]
    """The heading of the monograph, as '#contraindications', or another page of the medicine, as 'dose-sheet.md'."""


class Medicine(Filed):
    """What a monograph is about, and when its sources have to be read again."""

    inn: Inn
    """The generic name, in small letters but for what is spelled otherwise: vitamin K."""
    brand: Prose
    """The brand name."""
    other_brands: Phrases = ()
    """The brand names that it has in other places."""
    class_: Annotated[Phrases, Field(alias="class")]
    """What kind of medicine it is: [gene therapy]."""
    diseases: Phrases
    """What it is for: [severe hemophilia A]."""
    also_searched: Phrases
    """Other words that people search it by."""
    check_due: FullDate
    """The day by which its sources have to be read again: 2027-05-22."""
    reviews: tuple[Review, ...]
    """Who reviewed the pages clinically; empty until a named person has."""
    official: tuple[OfficialPage, ...] = ()
    """Pages of regulators about it: '- {title: …, address: …, jurisdictions: [US]}'."""
    shortcuts: tuple[Shortcut, ...] = ()
    """What the home page leads to at once: '- {word: Contraindications, to: "#contraindications"}'."""
    draft: Flag = False
    """true: the monograph is not ready, and its pages say so."""

    @property
    def brands(self) -> tuple[str, ...]:
        """The brand name and those that it has in other places."""
        return (self.brand, *self.other_brands)
