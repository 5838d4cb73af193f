"""What is no dose regimen, and in which words it is refused."""

import pytest
from pydantic import ValidationError

from macros.formulary.vocabulary import Vocabulary
from tests.formulary.test_regimens import made

REFUSED = {
    "nothing": ("{}", "a regimen says either 'steps' or 'withheld'; write the doses, or what is said of the group instead"),
    "both": (
        "steps: [{amount: 5 mg, once: true}]\nwithheld: avoid",
        "a regimen says either 'steps' or 'withheld'; write the doses, or what is said of the group instead",
    ),
    "maximum-of-nothing": (
        "withheld: avoid\nmaximum: [5 mg in a dose]",
        "where no dose is given there is no maximum, no rounding and no duration; delete them",
    ),
    "no-interval": ("steps: [{amount: 5 mg}]", "says how much, but not how often; write 'every:', 'once: true' or 'as_needed:'"),
    "no-division": ("steps: [{amount: 5 mg/day}]", "says how much, but not how often; write 'every:', 'once: true' or 'as_needed:'"),
    "no-division-in-a-week": (
        "steps: [{amount: 5 mg/day, every: 1 week}]",
        "gives an amount for a day, but not in how many doses; write 'divided: 2' or 'every: 12 hours'",
    ),
    "division-of-a-dose": (
        "steps: [{amount: 5 mg, divided: 2}]",
        "'divided' parts the amount of a day; write that amount, as in 25 mg/kg/day, or delete 'divided'",
    ),
    "division-against-interval": (
        "steps: [{amount: 5 mg/day, divided: 2, every: 8 hours}]",
        "is divided into 2 doses, which does not agree with its interval; correct the one that is wrong",
    ),
    "once-and-again": (
        "steps: [{amount: 5 mg, once: true, every: 8 hours}]",
        "a single dose has no interval, no division and no duration; delete 'once' or the others",
    ),
    "two-amounts": (
        "steps: [{amount: 5 mg, share: 50 %, once: true}]",
        "a step says exactly one of amount, share, raise_by, lower_by, target, adjusted_to; write {amount: 500 mg, every: 12 hours}",
    ),
    "share-of-nothing": ("steps: [{share: 50 %}]", "'share' and 'of' belong together; write {share: 50 %, of: the usual dose}"),
    "end-of-no-change": (
        "steps: [{amount: 5 mg, once: true, to: 10 mg}]",
        "'to' is the end of a change; write it beside 'raise_by' or 'lower_by'",
    ),
    "change-without-interval": (
        "steps: [{raise_by: 5 mg}]",
        "says by how much the dose changes, but not how often; write 'every: 1 week'",
    ),
    "weight-of-a-fixed-dose": (
        "steps: [{amount: 5 mg, weight: ideal, once: true}]",
        "'weight' is the weight that a dose for each kg is reckoned by; write such an amount, or delete it",
    ),
    "limit-below-the-dose": (
        "steps: [{amount: 10 mg, most: 5 mg, once: true}, {amount: 5 mg, once: true}]",
        "'most' is no amount that can limit 'amount'; write both for a dose or both for a day: {amount: 25 mg/kg, most: 800 mg}",
    ),
    "limit-of-another-kind": (
        "steps: [{amount: 10 mg/kg, most: 5 mL, once: true}, {amount: 5 mg, once: true}]",
        "'most' is no amount that can limit 'amount'; write both for a dose or both for a day: {amount: 25 mg/kg, most: 800 mg}",
    ),
    "limit-below-the-dose-in-another-unit": (
        "steps: [{amount: 10 g, most: 800 mg, once: true}, {amount: 5 mg, once: true}]",
        "'most' is no amount that can limit 'amount'; write both for a dose or both for a day: {amount: 25 mg/kg, most: 800 mg}",
    ),
    "limit-of-another-time": (
        "steps: [{amount: 10 mg/kg/day, most: 5 mg, divided: 2}, {amount: 5 mg, once: true}]",
        "'most' is no amount that can limit 'amount'; write both for a dose or both for a day: {amount: 25 mg/kg, most: 800 mg}",
    ),
    "limit-of-nothing": (
        "steps: [{target: {INR: 2 to 3 INR}, most: 5 mg}]",
        "'most' is no amount that can limit 'amount'; write both for a dose or both for a day: {amount: 25 mg/kg, most: 800 mg}",
    ),
    "limit-of-the-only-step": (
        "steps: [{amount: 10 mg/kg, most: 5 mg, once: true}]",
        "has one step, so its limit is that of the regimen; write it in 'maximum:', as in [1000 mg in a dose]",
    ),
    "duration-of-the-only-step": (
        "steps: [{amount: 10 mg, every: 1 day}]\nfor: 6 weeks",
        "has one step, so its duration is that of the step; write 'for:' in it",
    ),
    "route-and-route": (
        "route: oral\nsteps: [{amount: 10 mg, once: true, route: intravenous}]",
        "names a route for all steps and for one of them; write it in each step, or once for all",
    ),
    "open-and-not": (
        "steps: [{amount: 10 mg/day, divided: unsaid, every: 1 day}]",
        "says how often, and that this is unsaid; delete 'divided' or the interval",
    ),
    "more-in-a-dose-as-needed": (
        "steps: [{amount: 2 g, every: 6 hours, as_needed: pain}]\nmaximum: [1000 mg in a dose]",
        "'1,000 mg in a dose' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-at-once-than-in-a-day": (
        "steps: [{amount: 2 g, as_needed: pain}]\nmaximum: [1000 mg in a day]",
        "'1,000 mg in a day' is less than the regimen gives; correct the one that is wrong",
    ),
    "times-of-nothing": (
        "steps: [{amount: 5 mg, times: 3, as_needed: pain}]",
        "'times' and 'days' count in an interval; write 'every: 1 day' or 'every: 28 days' beside them",
    ),
    "times-that-fall": (
        "steps: [{amount: 5 mg, times: 4 to 2, every: 1 day}]",
        "'times: 4 to 2' does not rise; write the lower number first",
    ),
    "days-beyond-the-cycle": (
        "steps: [{amount: 5 mg, every: 7 days, days: [1, 8]}]",
        "'days' are days of a cycle; write its length in days beside them, as in 'every: 28 days'",
    ),
    "days-that-fall": ("steps: [{amount: 5 mg, every: 28 days, days: [8, 1]}]", "'days' is no list of days that rise; write [1, 8, 15]"),
    "interval-in-mg": (
        "steps: [{amount: 5 mg, every: 3 mg}]",
        "'3 mg' is no time; write hours, days, weeks or months, as in 12 hours",
    ),
    "a-limit-as-dose": (
        "steps: [{amount: at most 5 mg, once: true}]",
        "'at most 5 mg' is a limit, no dose; write the limit in 'maximum:', as in [1000 mg in a dose]",
    ),
    "kg-as-dose": (
        "steps: [{amount: 5 kg, once: true}]",
        "'5 kg' is no dose, since nothing is dosed in kg; write the amount that is given",
    ),
    "negative": (
        "steps: [{amount: -5 mg, once: true}]",
        "'-5 mg' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "nought": (
        "steps: [{amount: 0 mg, once: true}]",
        "'0 mg' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "range-from-below": (
        "steps: [{amount: -5 to 5 mg, once: true}]",
        "'-5 to 5 mg' is not above zero; write the amount itself, or say in a statement that there is none",
    ),
    "idle-zero": (
        "steps: [{amount: 5.0 mg, once: true}]",
        "'5.0 mg' ends in a zero, which is misread as ten times as much; write 5",
    ),
    "idle-zero-behind": (
        "steps: [{amount: 2.50 mg, once: true}]",
        "'2.50 mg' ends in a zero, which is misread as ten times as much; write 2.5",
    ),
    "naked-point": ("steps: [{amount: .5 mg, once: true}]", "'.5 mg' is not an amount; write a zero before its point, as in 0.5"),
    "more-than-a-dose": (
        "steps: [{amount: 2 g, once: true}]\nmaximum: [1000 mg in a dose]",
        "'1,000 mg in a dose' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-than-a-day": (
        "steps: [{amount: 500 mg, times: 3, every: 1 day}]\nmaximum: [300 mg in a day]",
        "'300 mg in a day' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-than-a-day-in-hours": (
        "steps: [{amount: 1 g, every: 4 to 6 hours}]\nmaximum: [5 g in 24 hours]",
        "'5 g in 24 hours' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-than-a-day-by-weight": (
        "steps: [{amount: 20 mg/kg, every: 6 hours}]\nmaximum: [75 mg/kg in a day]",
        "'75 mg/kg in a day' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-in-the-alternative": (
        "steps: [{amount: 5 mg, once: true, or: [{amount: 2 g, once: true}]}]\nmaximum: [1000 mg in a dose]",
        "'1,000 mg in a dose' is less than the regimen gives; correct the one that is wrong",
    ),
    "more-than-a-dose-of-the-fewest": (
        "steps: [{amount: 90 mg/day, divided: 2 to 3}]\nmaximum: [40 mg in a dose]",
        "'40 mg in a dose' is less than the regimen gives; correct the one that is wrong",
    ),
    "raised-to-more": (
        "steps: [{amount: 25 mg/day, divided: 1}, {raise_by: 25 mg/day, every: 1 week, to: 200 mg/day}]\nmaximum: [150 mg in a day]",
        "'150 mg in a day' is less than the regimen gives; correct the one that is wrong",
    ),
    "a-combination-of-more": (
        "steps: [{amount: 875 mg/125 mg, every: 12 hours}]\nmaximum: [500 mg/125 mg in a dose]",
        "'500 mg/125 mg in a dose' is less than the regimen gives; correct the one that is wrong",
    ),
    "two-maxima-in-two-units": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [500 mg in a dose, 1 g in a dose]",
        "names what is the most in a dose more than once; keep one",
    ),
    "two-maxima": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [10 mg in a dose, 20 mg in a dose]",
        "names what is the most in a dose more than once; keep one",
    ),
    "maximum-of-what": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [10 mg]",
        "'10 mg' is not a limit; write '1000 mg in a dose' or '4 g in a day'",
    ),
    "maximum-twice-a-day": (
        "steps: [{amount: 5 mg, once: true}]\nmaximum: [10 mg/day in a day]",
        "'10 mg/day in a day' names its time twice; write it without '/day', as in '4 g in a day'",
    ),
}


@pytest.mark.parametrize(("written", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_regimen_is_refused(vocabulary: Vocabulary, written: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        made(written, vocabulary)
    assert {error["msg"].removeprefix("Value error, ") for error in refused.value.errors()} == {why}
