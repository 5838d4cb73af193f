"""The part of the style sheet that is made from the statuses: border, color and mark of each."""

from pathlib import Path

from macros.formulary.vocabulary import Vocabulary

PATH = Path("docs/assets/css/statuses.css")


def statuses(vocabulary: Vocabulary) -> str:
    """The style rules that draw each status, told apart by word, border and mark; the color, a token of its name, is a fourth sign."""
    parts = ["/* Made from macros/data/statuses.yml by `python -m macros generate`; a test compares the two. */\n"]
    for name, status in vocabulary.statuses.items():
        mark = f'"{status.icon}"'
        # copying.js reads it: what is copied out of such a block takes the heading along.
        marked = f".md-typeset .admonition.{name} {{\n  --marked: 1;\n}}\n" if status.notice else ""
        parts.append(
            f".md-typeset .admonition.{name},\n.md-typeset .legend.status-{name},\n.md-typeset .chip.status-{name},\n"
            f".md-typeset .badge.status-{name} {{\n  border-style: {status.border};\n"
            f"  border-color: var(--{name}, var(--line));\n  background-color: var(--{name}-soft, transparent);\n}}\n"
            f'.md-typeset .admonition.{name} > .admonition-title::before {{\n  content: {mark};\n  content: {mark} / "";\n}}\n{marked}'
        )
    return "\n".join(parts)
