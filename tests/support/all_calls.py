"""A page of the fictional medicine and one of no medicine, which between them make nearly every call that shows a text."""

from collections.abc import Iterable

import yaml

from bench.built import ROOT
from macros.render.reports import NAMES as REPORTS


def reported(names: Iterable[str]) -> str:
    """Calls of these reports, one below another."""
    return "\n\n".join(f'{{{{ report("{name}") }}}}' for name in names)


BODY = """---
title: Page
monograph: fictivagene-examplavec
---
# Page

{{ masthead() }}

{{ cards() }}

See {{ fact("safety/infection") }} and {{ fact("outcomes/bleeding-after") }}.

{{ list("contraindication", "indication", "preparation", "infusion", "storage", "monitoring", "name", "market", "call") }}

{{ table("adverse-reaction", "contraindication", caption="C", by="jurisdiction") }}

{{ table("bleeding", caption="C") }}

{{ table("outcomes/bleeding-after", caption="C", by="evidence", why="W") }}

{{ table("trial", caption="C") }}

{{ dose_example(70) }}

{{ dose_table(40, 60, 10, caption="C") }}

{{ timeline("authorization", "availability", caption="C") }}

{{ badge("research") }}

/// research | {{ notice("research", "children") }}

{{ list("research", use="research") }}

///

{{ plain("advice/call-jaundice", "safety/infection") }}

REPORTS

## Sources

{{ sources() }}

{{ colophon() }}
"""
OF_A_MEDICINE = ("evidence", "corrections", "changes", "citation", "official", "names", "read", "report-to")
# These sort what they name: an order of their own.
SORTED = {"a-to-z", "by-class", "by-disease", "by-status", "sources"}
OF_ALL = [name for name in REPORTS if name not in {*OF_A_MEDICINE, *SORTED}]
NAMES = [name for name, entry in yaml.safe_load((ROOT / "macros/data/glossary.yml").read_text("utf-8")).items() if "full" in entry]
BODY = BODY.replace("See ", f"See {', '.join(NAMES)}, ").replace("REPORTS", reported(OF_A_MEDICINE))
ALL = f"---\ntitle: All\n---\n# All\n\n{reported(OF_ALL)}\n\n{{{{ sources() }}}}\n"
