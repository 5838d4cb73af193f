"""The template of a new medicine: how its files are read, and the words in it that a finished medicine may not keep.

Such words are marked in the template itself, as `[[ "disease to be named" | placeholder ]]`, and nowhere else.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, StrictUndefined, TemplateSyntaxError, nodes

from macros.formulary.naming import headed

TEMPLATE: Final = Path("macros/template")
DRAFT: Final = TEMPLATE / "draft"  # what a new medicine begins with
FICTIONAL: Final = TEMPLATE / "fictional"  # the medicine that the tests break
SUFFIX: Final = ".jinja"
NOTES: Final = "Working notes, which no reader gets"  # what the text of a label begins with that a draft took into its comments
_PLACEHOLDER = "placeholder"


def environment() -> Environment:
    """How the files of the template are read: its own signs are square, so macro calls and blocks of the pages stay as they are."""
    made = Environment(
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # it makes YAML and Markdown, no HTML
    )
    made.filters |= {_PLACEHOLDER: str, "headed": headed}
    return made


def placeholder(root: Path) -> re.Pattern[str]:
    """What finds any text of the template under `root` that waits for another in its place, as whole words."""
    return _pattern(frozenset(text for path in sorted((root / TEMPLATE).rglob(f"*{SUFFIX}")) for text in _marked(path.read_text("utf-8"))))


@lru_cache(maxsize=50)  # a preview asks again after each change of a page
def _marked(text: str) -> tuple[str, ...]:
    try:
        tree = environment().parse(text)
    except TemplateSyntaxError:  # whoever begins a medicine is told
        return ()
    return tuple(_texts(tree))


def _texts(tree: nodes.Node) -> Iterator[str]:
    for found in tree.find_all(nodes.Filter):
        if found.name == _PLACEHOLDER and isinstance(found.node, nodes.Const):
            yield str(found.node.value)


@lru_cache(maxsize=1)
def _pattern(texts: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    listed = "|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in longest_first) or "(?!)"
    return re.compile(listed)
