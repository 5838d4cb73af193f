"""The units of values: how each is written and spoken, what it measures, and which unit somebody means who writes it otherwise."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from macros.formulary.record import Flag, Placed, Record, Text


class Unit(Placed):
    """A unit as it is written and spoken; its name is what is written, unless nothing is."""

    kind: Literal["mass", "substance", "potency", "volume", "piece", "body", "time", "flow", "share", "other"] | None = None
    """What it measures. Of a unit with a stroke it follows: mg/kg is a mass as mg is, and what stands in a volume a concentration."""
    written: Literal[""] | None = None
    """How it is printed, where that is not its name."""
    plural: Annotated[str, Field(pattern=r"^\D+$")] | None = None
    """The written form for anything but one, where it differs."""
    spoken: tuple[str, str] | None = None
    """What a screen reader says: [singular, plural]."""
    synonyms: tuple[Text, ...] = ()
    """How else people write it: [mcg, ug]. A message names the unit for it, and no unit may be called so."""
    ucum: Annotated[str, Field(pattern=r"^[!-~]+$")] | None = None
    """Its code in the Unified Code for Units of Measure, where that has the same unit: ug. Of a unit with a stroke it follows."""
    size: Annotated[int, Field(gt=0), BeforeValidator(int)] | None = None
    """How many of the smallest unit of its kind it is: 1000."""
    tight: Flag = False
    """true: no space before it."""


# The letters of the longest short form of a unit.
_SHORT = 4
# What a dose can be counted in.
DOSED: Final = ("mass", "substance", "potency", "volume", "piece")
# What is no dose, but written as carefully as one: a clearance or a rate of infusion in mL/min, and what a volume holds.
BESIDE_DOSES: Final = ("flow", "concentration")


def _in_full(synonym: str) -> bool:
    return len(synonym) > _SHORT and synonym.islower()


class UnitsInUse(Record):
    """All units, with what can be said of one by its name."""

    units: Mapping[str, Unit]

    @cached_property
    def written_units(self) -> Mapping[str, str]:
        """Every form in which a unit may be written, with the unit's name."""
        forms = {name: name for name in self.units}
        forms.update({plural: name for name in self.units if (plural := self.plural_unit(name)) != name})
        return forms

    def plural_unit(self, name: str) -> str:
        """The written form of a unit for anything but one: micrograms/kg."""
        unit = self.units[name]
        if unit.plural or "/" not in name:
            return unit.plural or name
        first, stroke, rest = name.partition("/")
        if first not in self.units:
            return name
        return f"{self.units[first].plural or first}{stroke}{rest}"

    def kind_of_unit(self, name: str) -> str:
        """What a unit measures: mg/kg what mg measures, but mg/mL a concentration."""
        first, *below = (self.units.get(each) for each in name.split("/"))
        kind = self.units[name].kind or (first.kind if first else None) or "other"
        held = not self.units[name].kind and any(each and each.kind in ("volume", "piece") for each in below)
        return "concentration" if kind in DOSED and held else kind

    def ucum(self, name: str) -> str | None:
        """The code of a unit in the Unified Code for Units of Measure, part by part; None if that has no unit that is the same."""
        unit = self.units[name]
        if unit.ucum or "/" not in name:
            return unit.ucum
        codes = [own.ucum if (own := self.units.get(self._meant.get(part, part))) else None for part in name.split("/")]
        return "/".join(map(str, codes)) if all(codes) else None

    def compared(self, one: str, other: str) -> bool:
        """Whether numbers of the two units can be compared: both have a size, and measure the same; a body weight is a mass."""
        sized = all(self.units[name].size is not None for name in (one, other))
        kinds = {self.kind_of_unit(name) for name in (one, other)}
        return sized and (len(kinds) == 1 or kinds == {"mass", "body"})

    def spoken_unit(self, name: str) -> tuple[str, str] | None:
        """What a screen reader says for one and for more, with a unit's parts one by one; None where the written form speaks for itself."""
        unit, (first, *below) = self.units[name], name.split("/")
        if unit.spoken or not below or unit.kind:
            return unit.spoken
        singular, plural = self._forms(first)
        per = "".join(f" per {self._forms(self._meant.get(each, each))[0]}" for each in below)
        return singular + per, plural + per

    def _forms(self, name: str) -> tuple[str, str]:
        unit = self.units.get(name)
        return (unit and unit.spoken) or (name, (unit and unit.plural) or name)

    @cached_property
    def dose_forms(self) -> tuple[str, ...]:
        """Every form, a word in full too, of a unit that a dose, or what is written as carefully, is counted in."""
        forms = {**self.written_units, **{word: name for word, name in self._meant.items() if _in_full(word)}}
        return tuple(form for form, name in forms.items() if self.kind_of_unit(name) in (*DOSED, *BESIDE_DOSES))

    @cached_property
    def misread_units(self) -> tuple[str, ...]:
        """The short forms of such a unit that no text may use; a word in full is a spelling, not a misreading."""
        return tuple(
            synonym for name, unit in self.units.items() for synonym in unit.synonyms
            if self.kind_of_unit(name) in (*DOSED, *BESIDE_DOSES) and not _in_full(synonym)
        )  # fmt: skip

    @cached_property
    def _meant(self) -> Mapping[str, str]:
        """The unit that each synonym stands for."""
        return {synonym: name for name, unit in self.units.items() for synonym in unit.synonyms}

    def _spelled(self, part: str) -> str | None:
        """The unit that a part stands for: by a synonym, by its name, or by a whole word in other letters, as in Tablets."""
        word = part.lower() if len(part) > _SHORT else part
        return self._meant.get(part) or self.written_units.get(part) or self.written_units.get(word)

    def unit_meant(self, written: str) -> str | None:
        """The form in which to write a unit that is written otherwise, part by part; None if that is nobody's guess.

        The unit that comes back need not be one of the list: mcg/kg/week stands for micrograms/kg/week.
        """
        parts = [self._spelled(each) for each in written.replace(" per ", "/").split("/")]
        if written in self._meant or len(parts) == 1:
            return self.plural_unit(name) if (name := self._meant.get(written, parts[0])) else None
        if None in parts:
            return None
        for name in self.units:
            if [self._meant.get(each, each) for each in name.split("/")] == parts:
                return self.plural_unit(name)
        return "/".join([self.plural_unit(parts[0] or ""), *(each or "" for each in parts[1:])])
