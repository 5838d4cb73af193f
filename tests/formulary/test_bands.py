"""Bands of a measure: whether they meet."""

import pytest

from macros.formulary.bands import Band, flaws
from macros.formulary.vocabulary import Vocabulary

MET = {
    "half-open": (["below 2 years", "2 to below 5 years", "at least 5 years"], []),
    "in-any-order": (["at least 5 years", "below 2 years", "2 to below 5 years"], []),
    "in-two-units": (["below 24 months", "at least 2 years"], []),
    "open-low-end": (["at most 2 years", "above 2 to 5 years"], []),
    "in-kilograms-and-grams": (["below 2 kg", "at least 2000 g"], []),
    "both-ends": (["2 to 5 years", "5 to 8 years"], [(0, 1, "overlap")]),
    "neither-end": (["below 5 years", "above 5 years"], [(0, 1, "gap")]),
    "hole": (["2 to below 5 years", "6 to 8 years"], [(0, 1, "gap")]),
    "over-each-other": (["2 to 6 years", "5 to 8 years"], [(0, 1, "overlap")]),
    "days-and-years": (["below 28 days", "28 days to below 12 years", "at least 12 years"], []),
    "weeks-and-days": (["below 4 weeks", "28 days to 2 years", "above 24 months"], []),
    "grams-and-kilograms": (["below 500 g", "500 g to below 2 kg", "2 to 5 kg"], []),
    "weeks-against-a-month": (["below 4 weeks", "1 month to 2 years"], [(0, 1, "gap")]),
    "days-over-a-month": (["30 days to 2 years", "below 1 month"], [(1, 0, "overlap")]),
    "both-ends-in-two-units": (["2 weeks to 2 years", "24 months to 5 years"], [(0, 1, "overlap")]),
    "within-a-wider-one": (["below 10 years", "1 to 2 years", "at least 11 years"], [(0, 1, "overlap"), (0, 2, "gap")]),
    "cells-and-powers": (["below 50000 cells/mm³", "at least 50 × 10⁹/L"], []),
    "cells-to-powers": (["50000 cells/mm³ to 100 × 10⁹/L", "above 100 × 10⁹/L"], []),
    "cells-over-powers": (["below 60000 cells/mm³", "at least 50 × 10⁹/L"], [(0, 1, "overlap")]),
    "two-open": (["at least 2 years", "at least 5 years"], [(0, 1, "overlap")]),
    "the-same": (["below 5 years", "below 5 years"], [(0, 1, "overlap")]),
}


@pytest.mark.parametrize(("written", "found"), MET.values(), ids=MET.keys())
def test_bands_meet_or_it_is_said_how_they_do_not(vocabulary: Vocabulary, written: list[str], found: list[tuple[int, int, str]]) -> None:
    assert list(flaws([Band.read(each, vocabulary) for each in written], vocabulary)) == found
