"""A checklist, a comparison and the pages of both for the fictional medicine, with its handout and dose sheet: all that it does without."""

from pathlib import Path

from tests.conftest import FICTIONAL, SLUG

CHECKLIST = """rows:
  infection:
    ask: Infection
    facts: [safety/infection, advice/call-jaundice]
  nausea:
    ask: Nausea
    facts: [safety/nausea-us, safety/nausea-eu, safety/overdose-eu]
  dose:
    ask: Dose
    facts: [dose/standard]
calendar:
  through: 1 year
  tests:
    liver:
      test: Liver enzymes
      rules:
        - {times: [monitoring/liver]}
        - {says: dose/storage-eu}
actions:
  when:
    ask: When to act
    facts: [safety/overdose-eu, safety/infection, advice/call-jaundice]
  rate:
    ask: Rate
    facts: [dose/infusion-max, safety/nausea-eu]
cases:
  fast:
    title: A fast infusion
    given:
      - {what: rate, amount: 4 mL/min}
    answers:
      - {rule: safety/overdose-eu}
      - {rule: dose/infusion-max, any: [dose/infusion-max], then: [safety/infection]}
      - {rule: safety/infection, then: [safety/infection]}
"""
COMPARISONS = """side-by-side:
  disease: exampla disease
  caption: Medicines side by side
  reminder: Do not compare
  groups:
    before:
      title: Before
      rows:
        infection: {question: Infection, show: [contraindication], titled: true}
        nausea: {question: Nausea, show: [adverse-reaction], in_full: true}
        supply: {question: Supply, show: [availability, authorization]}
    results:
      title: Results
      note: One endpoint a row.
      rows:
        bleeding: {question: Bleeding rate, show: [bleeding]}
        volume: {question: Volume, volume_at: 70}
"""
_FRONT = "---\ntitle: {title}\n{medicine}---\n# {title}\n\n{{{{ masthead() }}}}\n\n{calls}\n\n## Sources\n\n{{{{ sources() }}}}\n\n{{{{ colophon() }}}}\n"


def _page(title: str, *calls: str, slug: str = SLUG) -> str:
    """A page that makes these calls one below another; of no medicine, if the slug is empty."""
    made = "\n\n".join(f"{{{{ {call} }}}}" for call in calls)
    return _FRONT.format(title=title, medicine=f"monograph: {slug}\n" if slug else "", calls=made)


PAGES = {
    f"monographs/{SLUG}/checklist.md": _page("Checklist", "checklist()", "calendar()", "actions()", "cases()"),
    f"monographs/{SLUG}/handout.md": _page(
        "Handout", 'urgent("call")', 'fields("My team")', 'panel("Avoid", "contraindication")', 'imprint("index.md")'
    ),
    f"monographs/{SLUG}/dose-sheet.md": _page(
        "Dose sheet",
        'checks("contraindication", caption="Does it hold?")',
        'worksheet("dose/standard", "dose/volume-per-kg", "dose/vial-volume", caption="Work the dose out")',
        'rate_steps(caption="Rates")',
        'brief("storage")',
        'check_table(40, 60, caption="Table to check against")',
    ),
    "compare/side-by-side.md": _page("Side by side", 'compare("side-by-side")', slug=""),
}
FORMS = {
    f"macros/data/{SLUG}/checklist.yml": CHECKLIST,
    "macros/data/comparisons.yml": COMPARISONS,
    **{f"docs/{path}": text for path, text in PAGES.items()},
}
# All that is read of the medicine and beside it, forms included.
WHOLE = FICTIONAL | FORMS


def with_forms(project: Path) -> Path:
    """The small project with these files in it."""
    for name, text in FORMS.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return project
