"""A data file written in another way, which must not matter."""

from random import Random

import yaml

from tests.support.mutations import ENTRY

_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


def _depth(tree: object) -> int:
    """How many entries stand in one another."""
    inside = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + max(map(_depth, inside), default=0)


def rewritten(text: str, seed: int, shuffle: bool) -> str:
    """The same values in other quotes, brackets, folds, indents and line ends, with comments between; keys in any order."""
    chance = Random(seed)

    def node(tree: object, depth: int) -> yaml.Node:
        flow = depth > 0 and chance.random() < 0.3
        if isinstance(tree, str):
            return yaml.ScalarNode(_STR, tree, style=chance.choice([None, None, "'", '"', ">", "|"]) if tree else "'")
        if isinstance(tree, list):
            return yaml.SequenceNode(_SEQ, [node(each, depth + 1) for each in tree], flow_style=flow)
        assert isinstance(tree, dict), "the loader makes nothing else"
        pairs = list(tree.items())
        if depth > 0 or shuffle:
            chance.shuffle(pairs)
        keys = [yaml.ScalarNode(_STR, key, style=chance.choice([None, "'", '"'])) for key, _ in pairs]
        return yaml.MappingNode(_MAP, [(key, node(value, depth + 1)) for key, (_, value) in zip(keys, pairs, strict=True)], flow_style=flow)

    tree, indent = yaml.load(text, yaml.BaseLoader) or {}, chance.randint(2, 9)
    # PyYAML writes signs twice where it folds a text farther right than the width.
    width = indent * _depth(tree) + chance.choice([20, 80, 10_000])
    written = yaml.serialize(
        node(tree, 0), Dumper=yaml.BaseDumper, indent=indent, width=width,
        allow_unicode=chance.random() < 0.8, line_break=chance.choice(["\n", "\r\n"]), explicit_start=chance.random() < 0.2,
    )  # fmt: skip
    end = "\r\n" if "\r\n" in written else "\n"
    commented = ENTRY.sub(lambda _: chance.choice(["", "", end, f"# é: {{ [ ' {end}"]), written)
    return chance.choice(["", "\ufeff"]) + commented + chance.choice(["", end, f"# a{end}", f"{end} {end}"])
