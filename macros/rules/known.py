"""What the rules on HTML know of the data: plain lists, so that they can judge whatever made the pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from macros.finding import Line


@dataclass(frozen=True)
class Known:
    """Facts by their full ids, medicines by their slugs, statuses by their names.

    `uses`, `sources`, `anchors` and `at` hold each fact's use, the names of its sources, the name of its row on the page of evidence
    and its line; `absent` are the facts that are
    gaps, `evidence_only` those that may stand on the list of evidence alone. `notices` says of a status whether its facts
    need a block, `headings` and `icons` how it looks. `terms` are the names that may hold digits, `banners` the medicines
    that need one, `drafts` those that are not written yet, `owned` every INN and brand with a medicine that has it, `called`
    whatever each is called, `searched` whatever any is called, as they are written. `addresses` are all that lead out of the site,
    `reports` how those begin by which an error is reported.
    """

    uses: Mapping[str, str | None]
    sources: Mapping[str, frozenset[str]]
    anchors: Mapping[str, str]
    at: Mapping[str, Line]
    absent: frozenset[str]
    evidence_only: frozenset[str]
    notices: Mapping[str, bool]
    headings: Mapping[str, str]
    icons: Mapping[str, str]
    terms: tuple[str, ...]
    banners: frozenset[str]
    drafts: frozenset[str]
    owned: Mapping[str, str]
    called: Mapping[str, frozenset[str]]
    searched: frozenset[str]
    addresses: frozenset[str]
    reports: tuple[str, ...] = ()
