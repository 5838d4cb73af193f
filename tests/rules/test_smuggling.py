"""Ways to pass research off as an approved use: each is tried on a small project of its own; each is stopped, or stands in the register.

No rule can stop a deliberate lie. What stands here makes a change of a use or a figure visible, in words, to a reviewer
who must agree; who that is for the rest (settings, templates, style sheets, code) says .github/CODEOWNERS.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from macros.formulary.book import Formulary
from macros.site import preview
from macros.site.check import check, registered
from tests.conftest import ROOT, TODAY
from tests.support.broken import FAST, first_of_each

TABLE = yaml.load((ROOT / "tests/smuggling.yml").read_text("utf-8"), Loader=FAST)
WAYS = {f"{group}-{name}": way for group, ways in TABLE.items() for name, way in ways.items()}
GROUPS = {f"{group}-{name}": group for group, ways in TABLE.items() for name in ways}
# It speaks of the change itself, not of what was changed.
OF_THE_CHANGE = ("change-recorded",)


def rules(way: dict) -> set[str]:
    """The names of the rules that stop it."""
    return {finding.split(": ")[1] for finding in way["findings"].splitlines()} if "findings" in way else {"register-renewed"}


TRIED = first_of_each({name: (GROUPS[name], way) for name, way in WAYS.items()})


@pytest.mark.parametrize("way", TRIED.values(), ids=TRIED.keys())
def test_way_is_stopped(project: Path, edit: Callable[[str, str, str], None], way: dict) -> None:
    for change in way["change"]:
        if "old" in change:
            edit(**change)
        elif "new" not in change:
            (project / change["file"]).unlink()
        else:
            path = project / change["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(change["new"], "utf-8")
    checked = check(project, TODAY)
    assert list(map(str, checked.findings)) == way.get("findings", "").splitlines()
    if "registered" in way:
        assert [(each.rule, each.file) for each in registered(project, checked).findings] == [("register-renewed", way["registered"])]


def test_no_way_is_stopped_by_a_record_of_the_change_alone() -> None:
    assert [name for name, way in WAYS.items() if not rules(way).difference(OF_THE_CHANGE)] == []


def test_ways_differ() -> None:
    changes = [yaml.safe_dump(way["change"]) for way in WAYS.values()]
    assert len(changes) == len(set(changes)) > 100


def test_only_labels_and_regulators_can_say_that_a_use_is_authorized(book: Formulary) -> None:
    lists = book.vocabulary.lists
    own = {name: each.carried_by for name, each in lists.evidence.items() if each.own_use}
    assert own == {"label": ("label",), "regulator": ("regulator",)}
    assert [name for name, topic in lists.topics.items() if topic.use == "marked"] == ["off-label", "research"]
    assert {event for event, each in lists.events.items() if not {"label", "regulator"}.issuperset(each.carried_by)}.isdisjoint(
        ("full", "conditional", "withdrawn")
    )


def test_extensions_of_markdown_are_known() -> None:
    """An extension can bring another syntax for blocks, or text from elsewhere, into a page."""
    assert preview.markdown_settings(ROOT)["extensions"] == [
        "toc", "tables", "fenced_code", "abbr", "attr_list", "def_list", "pymdownx.superfences", "pymdownx.blocks.admonition",
    ]  # fmt: skip


# In the order in which one may overrule another.
SHEETS = ("statuses", "tokens", "page", "menu", "facts", "cards", "tables", "figures", "matrix", "finder", "checklist", "print", "paper")


def test_nothing_but_our_style_sheets_and_plugins_is_loaded() -> None:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    assert settings["extra_css"] == [f"assets/css/{sheet}.css" for sheet in SHEETS]
    assert {"extra_javascript", "extra_templates", "hooks"}.isdisjoint(settings)
    assert [name if isinstance(name, str) else next(iter(name)) for name in settings["plugins"]] == ["offline", "macros"]
