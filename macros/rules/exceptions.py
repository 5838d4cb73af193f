"""Findings that are let pass for a while, each with a reason and a last day; the list is data, in exceptions.yml."""

from collections.abc import Iterable, Mapping
from datetime import date

from macros.finding import Finding, name_of
from macros.formulary.model import Waiver

# What protects a reader from a wrong dose or from a hope read as an approval has no exceptions, nor has what keeps rules from reading.
NEVER = (
    "approval-is-a-fact", "authorization-stands", "badge-above-facts", "block-closed", "block-holds-its-facts",
    "block-marked", "block-says-so", "card-whole", "claim-of-own-use", "code-about-the-site-only", "dose-consistent",
    "event-carried", "evidence-apart", "evidence-carried", "exception-applies", "fact-cited", "facts-dated",
    "figure-told-below", "files-known", "front-matter-known", "gap-not-filled", "gap-read", "ids-unique", "interval-around-value",
    "jurisdiction-carried", "letters-known", "locator-given", "macro-call", "macro-known", "macro-syntax", "medicine-known",
    "names-apart", "names-claim-nothing", "nesting-followed", "no-trailing-zero", "nothing-left-over",
    "page-furnished", "prose-is-markdown", "reference-known", "reference-of-own-place", "reference-of-own-use",
    "research-marked", "shape", "sheet-adds-nothing", "source-known",
    "sources-given", "status-carried", "statuses-apart", "template-claims-nothing", "terms-are-names",
    "topic-in-file", "yaml",
)  # fmt: skip


def exception_applies(found: Iterable[Finding], waivers: Mapping[str, Waiver], today: date) -> list[Finding]:
    """An exception names a finding that is there, a rule that may have exceptions, and a last day that has not passed."""
    kept = list(found)
    for name, waiver in waivers.items():
        said = None
        if waiver.rule in NEVER:
            said = f"the rule {waiver.rule} has no exceptions; delete the entry and mend the fault"
        elif waiver.until < today:
            said = f"ended on {waiver.until}; delete the entry and mend the fault"
        elif not any(covers(waiver, finding) for finding in kept):
            said = "no such finding is left; delete the entry"
        if said:
            kept.append(Finding(*waiver.at, name_of(exception_applies), f"{name}: {said}"))
        else:
            kept = [finding for finding in kept if not covers(waiver, finding)]
    return kept


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether the exception is for this finding."""
    return (finding.rule, finding.file) == (waiver.rule, waiver.file) and waiver.about in finding.message


RULES = (exception_applies,)
