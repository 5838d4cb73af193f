"""What happened to an authorization or a supply, in a few words: its kind, by which a chip is marked, and what it says."""

from macros.formulary.model import Fact
from macros.formulary.values import Gap
from macros.formulary.vocabulary import Event
from macros.render.desk import Desk
from macros.render.markup import condition, day_beside
from macros.render.safe import Safe, joined

# Of a place that no fact of the medicine speaks of, and of labels that none rests on.
UNREAD = "not read by us"


def kind(fact: Fact, event: Event) -> str:
    """How the chip of an event is marked: granted, alert, ended, unknown, or told if it is none of these."""
    if event.effect == "ended":
        return "ended"
    if event.banner:
        return "alert"
    if isinstance(fact.value, Gap):
        return "unknown"
    return event.effect or "told"


def told(desk: Desk, fact: Fact, word: str) -> Safe:
    """What happened, under what condition, and the day if it is known, or for which it is planned."""
    return joined(Safe("{}").format(word), condition(desk, fact), day_beside(desk, fact))
