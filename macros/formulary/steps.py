"""The steps of a regimen as frozen values, and what each says in print and aloud."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from macros.formulary.bands import Band
from macros.formulary.courses import UNSAID, CourseOf, a_day
from macros.formulary.doses import Dose, unit_of
from macros.formulary.kinds import Fields, worded
from macros.formulary.quantities import Amount, Range
from macros.formulary.vocabulary import Vocabulary
from macros.formulary.words import listed

_OFTEN = {"1": "once", "2": "twice"}


@dataclass(frozen=True, slots=True)
class Course(Fields):
    """A step of a regimen, as frozen values; what each means is said in CourseOf."""

    route: str = ""
    amount: Dose | None = None
    weight: str = ""
    most: Dose | None = None
    share: Amount | None = None
    of_dose: str = ""
    raise_by: Dose | None = None
    lower_by: Dose | None = None
    to: Dose | None = None
    target: tuple[tuple[str, Band], ...] = ()
    adjusted_to: str = ""
    divided: str = ""
    once: bool = False
    every: Amount | Range | None = None
    times: str = ""
    days: tuple[int, ...] = ()
    at: tuple[str, ...] = ()
    as_needed: str = ""
    duration: Amount | Range | None = None
    doses: int | None = None
    until: str = ""
    over: Amount | Range | None = None
    rate: Dose | None = None
    volume: Dose | None = None
    fluid: str = ""
    instead: tuple[Self, ...] = ()

    @classmethod
    def of(cls, given: CourseOf) -> Self:
        """The step of its validated form."""
        plain = {name: getattr(given, name) for name in CourseOf.model_fields if name not in ("of", "target", "or_")}
        kept = {name: value for name, value in plain.items() if value is not None}
        target = tuple((given.target or {}).items())
        return cls(**kept, of_dose=given.of or "", target=target, instead=tuple(cls.of(each) for each in given.or_))

    def said(self, vocabulary: Vocabulary, *, aloud: bool = False) -> str:
        """The step in words: 25 mg/kg/day in 2 divided doses, one every 12 hours, for 7–10 days."""
        much, often = self._much(vocabulary, aloud), self._often(vocabulary, aloud)
        comma = "," if "," in often or self.divided == UNSAID else ""
        to = f"to {worded(self.to, vocabulary, aloud)}" if self.to else ""
        long = self._long(vocabulary, aloud)
        own = f"{comma} ".join(filter(None, (" ".join(filter(None, (much, often))), to, long)))
        given = self._given(vocabulary, aloud)
        return " or ".join([f"{own}, {given}" if given else own, *(each.said(vocabulary, aloud=aloud) for each in self.instead)])

    def _much(self, vocabulary: Vocabulary, aloud: bool) -> str:
        if self.amount:
            by = f" of {vocabulary.lists.weights[self.weight].word}" if self.weight else ""
            most = f", at most {worded(self.most, vocabulary, aloud)}," if self.most else ""
            unsaid = ", number of doses a day not stated" if self.divided == UNSAID else ""
            return worded(self.amount, vocabulary, aloud) + by + most + unsaid
        if self.share:
            return f"{worded(self.share, vocabulary, aloud)} of {self.of_dose}"
        if self.target:
            measures = vocabulary.lists.measures
            return "adjusted to " + listed([f"{measures[name].word} {worded(band, vocabulary, aloud)}" for name, band in self.target])
        if self.adjusted_to:
            return f"adjusted to {self.adjusted_to}"
        change = self.raise_by or self.lower_by
        word = "raised" if self.raise_by else "lowered"
        return f"{word} by {worded(change, vocabulary, aloud) if change else ''}"

    def _often(self, vocabulary: Vocabulary, aloud: bool) -> str:
        interval = self._interval(vocabulary, aloud)
        if self.divided == "1":
            interval = " ".join(filter(None, ("as a single dose of the day", interval if self.days else "")))
        elif self.divided and self.divided != UNSAID:
            interval = self._parted(interval)
        elif self.amount and unit_of(self.amount).endswith("/day") and (a_day(self, vocabulary) or 0) > 1:
            interval = f"in divided doses, {interval}"
        moments = [vocabulary.lists.moments[name].word for name in self.at]
        needed = f"as needed for {self.as_needed}" if self.as_needed else ""
        return " ".join(filter(None, ("as a single dose" if self.once else interval, listed(moments), needed)))

    def _parted(self, interval: str) -> str:
        """The interval with the division: of a day on certain days, of a dose that changes, or of every day."""
        parts = f"in {self.divided.replace(' to ', '–')} divided doses"
        if self.days:
            return f"{parts} {interval}"
        if not self.amount:
            return f"{interval}, {parts}"
        return f"{parts}, one {interval}" if interval else parts

    def _interval(self, vocabulary: Vocabulary, aloud: bool) -> str:
        if self.every is None:
            return ""
        single = isinstance(self.every, Amount) and self.every.exact == 1 and not self.every.bound
        if self.days:
            length = f"{self.every.exact:f}" if isinstance(self.every, Amount) else ""
            word = "day" if len(self.days) == 1 else "days"
            return f"on {word} {listed([str(day) for day in self.days])} of each cycle of {length} days"
        if single and not (self.raise_by or self.lower_by) and self.every.unit != "hour":
            often = _OFTEN.get(self.times or "1") or f"{self.times.replace(' to ', '–')} times"
            return f"{often} a {self.every.unit}"
        if isinstance(self.every, Amount) and self.every.bound == "at least":
            apart = self.every.unit if self.every.exact == 1 else worded(replace(self.every, bound=""), vocabulary, aloud)
            times = f"{self.times.replace(' to ', '–')} times, " if self.times else ""
            return f"{times}no more often than every {apart}"
        period = self.every.unit if single else worded(self.every, vocabulary, aloud)
        return f"{self.times.replace(' to ', '–')} times every {period}" if self.times else f"every {period}"

    def _long(self, vocabulary: Vocabulary, aloud: bool) -> str:
        duration = f"for {worded(self.duration, vocabulary, aloud)}" if self.duration else ""
        doses = f"for {self.doses} {'dose' if self.doses == 1 else 'doses'}" if self.doses else ""
        return " ".join(filter(None, (duration, doses, f"until {self.until}" if self.until else "")))

    def _given(self, vocabulary: Vocabulary, aloud: bool) -> str:
        over = f"over {worded(self.over, vocabulary, aloud)}" if self.over else ""
        rate = f"at {worded(self.rate, vocabulary, aloud)}" if self.rate else ""
        fluid = vocabulary.lists.fluids[self.fluid].word if self.fluid else ""
        volume = f"diluted in {worded(self.volume, vocabulary, aloud)}{f' of {fluid}' if fluid else ''}" if self.volume else ""
        route = vocabulary.lists.routes[self.route].word if self.route else ""
        return ", ".join(filter(None, (route, volume or (f"diluted in {fluid}" if fluid else ""), over, rate)))

    def texts(self) -> Iterator[tuple[str, str]]:
        """The words that an editor chose."""
        named = (("of", self.of_dose), ("adjusted_to", self.adjusted_to), ("as_needed", self.as_needed), ("until", self.until))
        yield from ((key, text) for key, text in named if text)
        for each in self.instead:
            yield from each.texts()
