"""What stands around the article of a built page, if the article is the very one that rules judged before it was built.

Such a page need not be judged again as a whole, which would take longer than to build it.
"""

import re
from dataclasses import replace
from urllib.parse import unquote

from macros.pages.html import Html, ancestors, has_class, split, target
from macros.pages.seen import lines, plain_address

_ADDRESS = re.compile(r'((?:href|src)="[^"]*")')
_ID = re.compile(r'\sid="([^"]*)"')
_HELD = '<i role="article"></i>'
_ARTICLE = re.compile(r"<article[ >][^>]*>?")


def around(page: Html, preview: Html) -> Html | None:
    """The built page without what its preview shows, None if it shows anything else, or the article stands in a block.

    The ids of the article stay, so that none is written twice.
    """
    article = _ARTICLE.search(page.html)
    if article is None:
        return None
    wanted = preview.html.removeprefix("<body>").removesuffix("</body>").strip("\n")
    parts = _ADDRESS.split(wanted)
    begun = at = page.html.find(parts[0], article.end())
    if begun < 0:
        return None
    for number, part in enumerate(parts):
        if page.html.startswith(part, at):
            at += len(part)
        elif number % 2 and (found := _ADDRESS.match(page.html, at)) and _same_place(page, found[0], preview, part):
            at = found.end()
        else:
            return None
    ids = "".join(f'<i id="{name}"></i>' for name in _ID.findall(wanted))
    rest = replace(page, html=f"{page.html[:begun]}{_HELD}{ids}{page.html[at:]}")
    there = rest.main.css_first("i[role=article]")  # not so in a comment, a script, an article beside
    free = there is not None and there.parent == rest.main and not any(has_class(each, "admonition") for each in ancestors(there))
    return rest if free and not lines(rest) else None


def _same_place(page: Html, built: str, preview: Html, written: str) -> bool:
    """Whether two addresses, each with the name of its attribute, lead to one place, as a link to a page's source does in a preview."""
    (name, _, one), (other, _, two) = built[:-1].partition('="'), written[:-1].partition('="')
    here, there = split(one), split(two)
    if name != other or here is None or there is None:
        return False
    if here.scheme or here.netloc or (here.query, here.fragment) != (there.query, there.fragment):
        return False
    return plain_address(target(page, unquote(here.path))) == plain_address(target(preview, unquote(there.path)))
