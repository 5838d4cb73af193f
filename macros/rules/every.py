"""The one list of all rules, and the one loop that asks them. What stands in the list is published and is run."""

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import replace
from inspect import Signature
from itertools import islice
from pathlib import Path

from macros.finding import MERGED, Fault, Finding
from macros.formulary.book import Formulary
from macros.pages.html import Html, Landing
from macros.pages.inputs import READABLE
from macros.pages.markdown import Page
from macros.rules import (
    cards,
    checklists,
    comparisons,
    doses,
    frame,
    html,
    listed,
    made_of,
    marks,
    names,
    page_parts,
    pages as markdown,
    read_parts,
    records,
    regimens,
    register,
    sources,
    statuses,
    texts,
    writing,
)
from macros.rules.known import Known
from macros.rules.rule import Rule, Scope, reported

# So many faults of one kind are told of one page.
_MOST = 100

# In the order in which readers see them. tests/broken has an example of each.
RULES: tuple[Rule, ...] = (
    reported(
        "yaml",
        "A data file, the front matter of a page and mkdocs.yml are UTF-8 text in plain YAML, and a comment in them stands on a line of "
        "its own; in the first two no key stands twice.",
        stops=True,
    ),
    reported(
        READABLE,
        "Whatever else the site is made from is a plain file that can be read; templates, style sheets, scripts and drawings are text.",
        stops=True,
    ),
    reported(
        MERGED,
        "No file that the site is made from holds the marks of a merge that nobody ended.",
        stops=True,
    ),
    reported("shape", "An entry has the keys that belong to it, with values of the right kind, and dates that have come.", stops=True),
    reported(
        "page-bounded",
        "A page has no more lines, characters a paragraph and brackets, and is nested no deeper, than readers and programs can follow.",
        stops=True,
    ),
    reported("macro-syntax", "A page runs no code: it calls macros with texts in quotes and whole numbers.", stops=True),
    reported("block-closed", "Every block and every piece of code that begins also ends.", stops=True),
    reported("macro-call", "Every macro finds what it is asked for."),
    sources.source_known,
    sources.source_cited,
    sources.source_can_be_opened,
    sources.sources_given,
    sources.evidence_carried,
    read_parts.locator_given,
    read_parts.parts_told,
    read_parts.gap_read,
    read_parts.gap_not_filled,
    statuses.status_carried,
    statuses.authorization_stands,
    statuses.statuses_apart,
    cards.cards_whole,
    statuses.evidence_apart,
    sources.event_carried,
    sources.jurisdiction_carried,
    sources.topic_in_file,
    sources.reporting_known,
    comparisons.comparison_answered,
    doses.condition_apart,
    regimens.dose_is_regimen,
    regimens.groups_meet,
    regimens.said_once_for_a_group,
    writing.units_in_full,
    writing.written_safely,
    writing.pages_written_safely,
    texts.statement_without_figures,
    texts.short_of_words,
    texts.reference_known,
    texts.reference_of_own_use,
    texts.reference_of_own_place,
    checklists.checklist_known,
    checklists.calendar_timed,
    checklists.case_follows,
    texts.names_apart,
    texts.claim_of_own_use,
    texts.terms_are_names,
    names.look_alike_written,
    names.nothing_of_the_template,
    doses.dose_consistent,
    doses.interval_around_value,
    sources.correction_explained,
    sources.check_due_after_checked,
    markdown.front_matter_known,
    markdown.medicine_known,
    names.title_is_own,
    markdown.macro_known,
    markdown.block_marked,
    markdown.facts_dated,
    markdown.two_facts_a_sentence,
    markdown.nesting_followed,
    markdown.prose_is_markdown,
    html.nothing_left_over,
    marks.research_marked,
    marks.block_says_so,
    marks.block_holds_its_facts,
    marks.badge_above_facts,
    marks.approval_is_a_fact,
    html.fact_cited,
    page_parts.page_furnished,
    cards.cards_first,
    page_parts.figure_told_below,
    page_parts.fact_said_once,
    page_parts.heading_says_something,
    html.no_loose_figure,
    html.letters_known,
    html.code_about_the_site_only,
    made_of.made_of_known_parts,
    made_of.nothing_foreign,
    made_of.leads_to_sources,
    html.ids_unique,
    html.links_lead_somewhere,
    html.fact_told_there,
    html.every_fact_shown,
    html.every_fact_addressed,
    listed.settings_known,
    names.menu_is_own,
    listed.files_known,
    frame.list_in_parts,
    frame.names_hold_no_figure,
    made_of.template_of_known_parts,
    frame.sheet_loads_nothing,
    records.change_recorded,
    register.register_renewed,
    register.built_as_registered,
)


def _nowhere(address: str) -> bool:
    """Of no page, that it is judged apart from the others."""
    return False


def of_data(book: Formulary) -> Iterator[Finding]:
    """What the rules on data find."""
    return _findings("data", book=book)


def of_page(page: Page, book: Formulary, macros: Mapping[str, Signature], factual: Collection[str]) -> Iterator[Finding]:
    """What the rules on Markdown pages find in one; `macros` are what pages may call, by name, `factual` those that show facts."""
    return _findings("page", page=page, book=book, macros=macros, factual=factual)


def of_frame(root: Path, book: Formulary, files: Collection[str], links: Collection[str]) -> Iterator[Finding]:
    """What the rules on settings, templates and other files of the project under `root` find.

    `files` are all files under docs by their paths there, `links` what there is but a symbolic link.
    """
    return _findings("frame", root=root, book=book, files=files, links=links)


def of_lists(book: Formulary, files: Collection[str]) -> Iterator[Finding]:
    """What the rules find on the pages that lists of all medicines stand on; `files` are all pages by their paths under docs."""
    return _findings("lists", book=book, files=files)


def of_html(page: Html, known: Known) -> Iterator[Finding]:
    """What the rules on rendered pages find in one."""
    return _findings("html", page=page, known=known)


def of_around(page: Html, known: Known) -> Iterator[Finding]:
    """What the rules find that look around the article, in a page of which the article was judged before and is left out."""
    return _findings("html", around=True, page=page, known=known)


def of_site(pages: Mapping[str, Html], known: Known, files: Container[str], whole: bool, apart: html.Apart = _nowhere) -> Iterator[Finding]:
    """What the rules on the site as a whole find.

    `pages` are the rendered pages by their address, `files` the addresses of all files of the site, pages included;
    `whole` says whether every page is there, or some could not be rendered; `apart` tells which pages are judged elsewhere.
    """
    landings = {address: page.landing for address, page in pages.items()}
    return _findings("site", pages=pages, landings=landings, known=known, files=files, whole=whole, apart=apart)


def of_landings(landings: Mapping[str, Landing], known: Known, whole: bool) -> Iterator[Finding]:
    """The same, of pages whose links are judged otherwise."""
    return _findings("site", pages={}, landings=landings, known=known, files=(), whole=whole, apart=_nowhere)


def of_files(root: Path, book: Formulary) -> Iterator[Finding]:
    """What the rules on the files of medicines find."""
    return _findings("files", root=root, book=book)


def of_record(book: Formulary) -> Iterator[Finding]:
    """What the rules on the record of changes find; they are asked only when nothing else is wrong."""
    return _findings("record", book=book)


def of_register(root: Path, slug: str, text: str) -> Iterator[Finding]:
    """What the rules on the register of one medicine find, or with "" on that of all else; asked only when nothing else is wrong.

    `text` is what the register has to say now.
    """
    return _findings("register", root=root, slug=slug, text=text)


def of_built(page: Html, preview: Html) -> Iterator[Finding]:
    """What the rules on a built page find that differs from its preview."""
    return _findings("built", page=page, preview=preview)


def stopped(found: Collection[Finding]) -> bool:
    """Whether the data is such that no page can be judged."""
    return any(not _in_a_page(finding) for finding in _stopping(found))


def stopped_pages(found: Collection[Finding]) -> set[str]:
    """The files of the pages that can't be rendered."""
    return {finding.file for finding in _stopping(found) if _in_a_page(finding)}


def _findings(scope: Scope, *, around: bool = False, **given: object) -> Iterator[Finding]:
    """What every rule of a scope finds, or those alone that look around; each is given what it needs of what the scope offers."""
    page = given.get("page")
    for rule in RULES:
        if rule.scope == scope and rule.around >= around:
            faults = rule.find(**{name: given[name] for name in rule.needs})
            for fault in islice(faults, _MOST if page else None):
                yield _finding(rule, fault, page)
            if page and next(faults, None):  # nobody reads so many, and each costs a search for its line
                yield replace(_finding(rule, fault, page), message="and more of this kind on the page; mend these first")


def _finding(rule: Rule, fault: Fault, page: object) -> Finding:
    if isinstance(fault.where, tuple):
        file, line = fault.where
    else:
        assert isinstance(page, Html), "only a rule on one rendered page finds spots"
        file, line = page.source, page.line(fault.where)
    return Finding(file, line, rule.name, fault.message)


def _stopping(found: Collection[Finding]) -> Iterator[Finding]:
    names = {rule.name for rule in RULES if rule.stops}
    return (finding for finding in found if finding.rule in names)


def _in_a_page(finding: Finding) -> bool:
    return finding.file.endswith(".md")
