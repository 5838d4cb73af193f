"""Words that call a use authorized: what is a claim, what only names one, what denies it."""

import pytest

from macros.rules.claims import claim, granted

# Each row: the sentence, the word that calls something authorized, the words that say so of something.
SAID = {
    "approved": ("It is approved for adults.", "approved", "is approved"),
    "named-only": ("Give the licensed dose.", "licensed", None),
    "denied": ("It is not approved.", None, None),
    "not-yet": ("It is not yet approved.", None, None),
    "never-yet": ("It was never yet approved.", None, None),
    "not-tested-yet-approved": ("Not tested, yet approved.", "approved", None),
    "yet-after-a-denial-of-something-else": ("It is no cure yet approved for adults.", "approved", "approved for"),
    "trial-registered": ("The trial was registered early.", None, None),
    "trials-registered": ("Both trials were registered.", None, None),
    "study-registered": ("The study was registered early.", None, None),
    "medicine-registered": ("It is registered in Canada.", "registered", "is registered"),
    "medicine-of-a-trial-registered": ("After the trial it was registered.", "registered", "was registered"),
    "cleared-for": ("It was cleared for children by the FDA.", "cleared", "was cleared"),
    "cleared-by": ("It was cleared by the FDA.", "cleared", "was cleared"),
    "cleared-from": ("The virus was cleared from blood.", None, None),
    "not-cleared-for": ("It was not cleared for children.", None, None),
    "clearance": ("It has received clearance.", "has received clearance", "has received clearance"),
}


@pytest.mark.parametrize(("sentence", "word"), [(row[0], row[1]) for row in SAID.values()], ids=SAID.keys())
def test_claim(sentence: str, word: str | None) -> None:
    assert claim(sentence) == word


@pytest.mark.parametrize(("sentence", "words"), [(row[0], row[2]) for row in SAID.values()], ids=SAID.keys())
def test_granted(sentence: str, words: str | None) -> None:
    assert granted(sentence) == words
