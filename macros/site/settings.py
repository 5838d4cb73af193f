"""What mkdocs.yml says that the code has to know, read without MkDocs."""

from functools import lru_cache
from pathlib import Path

import yaml

from macros.finding import Refused

SETTINGS = "mkdocs.yml"


def site_name(root: Path) -> str:
    """The name of the site; "" if none is set. Raises Refused if the file can't be read."""
    try:
        return _name((root / SETTINGS).read_text("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise Refused(f"{SETTINGS} can't be read: {error}") from error


@lru_cache(maxsize=1)
def _name(text: str) -> str:
    # The nodes alone, as a value may carry a tag that only MkDocs knows, such as !ENV.
    settings = yaml.compose(text, Loader=yaml.SafeLoader)
    named = {key.value: value for key, value in settings.value} if isinstance(settings, yaml.MappingNode) else {}
    return str(named["site_name"].value) if isinstance(named.get("site_name"), yaml.ScalarNode) else ""
