"""YAML as programs for editors read it: by the core schema of YAML 1.2, where 112 is a number, and a date is a text."""

import re
from typing import Any

import yaml


class _Core(yaml.SafeLoader):
    yaml_implicit_resolvers: dict[str, Any] = {}


def _integer(loader: _Core, node: yaml.ScalarNode) -> int:
    return int(node.value, 0) if node.value[:2] in ("0o", "0x") else int(node.value)


def _float(loader: _Core, node: yaml.ScalarNode) -> float:
    return float(node.value.replace(".inf", "inf").replace(".nan", "nan"))


# In the order in which they are tried: an integer would match as a float as well.
_SCALARS = {
    "null": (r"~|null|Null|NULL|", lambda loader, node: None),
    "bool": (r"true|True|TRUE|false|False|FALSE", lambda loader, node: node.value.lower() == "true"),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", _integer),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", _float),
}
for _name, (_pattern, _constructor) in _SCALARS.items():
    _tag = f"tag:yaml.org,2002:{_name}"
    _Core.add_implicit_resolver(_tag, re.compile(f"(?:{_pattern})$"), None)
    _Core.add_constructor(_tag, _constructor)


def read(text: str) -> Any:
    """The text's value; faults of YAML itself are raised."""
    return yaml.load(text, Loader=_Core)
