"""A file as a plain reader of YAML sees it, that knows nothing of ours."""

from typing import Any

import yaml


class Plain(yaml.BaseLoader):
    """A plain reader of YAML that keeps the pieces which it reads values from."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.pieces: list[yaml.Token] = []

    def get_token(self) -> yaml.Token:
        self.pieces.append(super().get_token())  # type: ignore[no-untyped-call]
        return self.pieces[-1]


def plainly_read(text: str) -> tuple[Any, list[yaml.Token]]:
    """The values of a file and the pieces that it is made of, as a plain reader of YAML sees them."""
    try:
        reader = Plain(text)
        return reader.get_single_data() or {}, reader.pieces
    except yaml.YAMLError:  # libyaml, which reads the data, takes "[US?dollars]", which PyYAML's own reader does not
        return yaml.load(text, yaml.CBaseLoader) or {}, list(yaml.scan(text, yaml.CBaseLoader))
