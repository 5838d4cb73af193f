"""What a server says of every page of the hosted site: a strict content security policy, computed from the pages themselves.

A host that reads `_headers` (Netlify, Cloudflare Pages and others) finds it in the site; for nginx the command prints it.
Whatever has a hash of its content in its name is kept for a year; of all else a browser asks whether it changed.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from macros.finding import Refused
from macros.pages import settings
from macros.site.preview import text_of

NAME = "_headers"
# Scripts of these types are run; any other is data, which no policy forbids.
_RUN = {"", "module", "text/javascript", "application/javascript"}
_SENT = {
    # What a clinician reads here is nobody's business on the sites that sources stand on.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{each}=()" for each in ("camera", "geolocation", "microphone", "payment", "usb")),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_CACHE, _FOR_A_YEAR, _ASK_FIRST = "Cache-Control", "public, max-age=31536000, immutable", "no-cache"
# Files of the theme and of the search, wherever the site stands on its host; nginx reads the pattern too.
_HASHED = r"/(?:assets/(?:javascripts|stylesheets)/[a-z]+\.[0-9a-f]{8}\.min\.(?:js|css)(?:\.map)?|search/[0-9a-f]{8}/[0-9]+\.js)$"


def scripts(html: str) -> set[str]:
    """The inline scripts of a page that a browser would run."""
    found = LexborHTMLParser(html).css("script:not([src])")
    return {node.text() for node in found if (node.attributes.get("type") or "").lower() in _RUN}


def policy(inline: Iterable[str]) -> str:
    """The policy that lets these inline scripts run, and nothing else that does not come from the site."""
    hashes = sorted(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in set(inline))
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *hashes],
        "img-src": ["'self'", "data:"],  # the icons in the theme's style sheets
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def headers(inline: Iterable[str]) -> dict[str, str]:
    """Every header and its value for a site with these inline scripts."""
    return {"Content-Security-Policy": policy(inline), **_SENT}


def of_site(site: Path) -> dict[str, str]:
    """Every header for a built site, which is only read."""
    pages = sorted(site.rglob("*.html"))
    if not pages:
        raise Refused(f"there is no site in '{site}'; run `make site` first")
    return headers(script for page in pages for script in scripts(text_of(page)))


def kept(site: Path) -> list[str]:
    """The addresses of a built site that hold a hash of what is there; one for all the pieces of the search."""
    found = ("/" + path.relative_to(site).as_posix() for folder in ("assets", "search") for path in (site / folder).rglob("*.*"))
    hashed = (each for each in found if re.search(_HASHED, each))
    return sorted({re.sub(r"(/search/[^/]+/).*", r"\1*", each) for each in hashed})


def for_hosts(said: Mapping[str, str], hashed: Iterable[str]) -> str:
    """The headers as a file that hosts of static sites read from the site's folder; all but the hashed addresses they ask about anew."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in said.items())]
    for address in hashed:
        lines += [address, f"  {_CACHE}: {_FOR_A_YEAR}"]
    return "\n".join(lines) + "\n"


def for_nginx(said: Mapping[str, str], address: str) -> str:
    """The headers as lines of nginx, to include where the site with this address is served; with none it is the root of its host.

    "always" sends them with the page for lost readers, too, but that a file may be kept is said of none that is missing.
    """
    lines = [f'add_header {name} "{value}" always;' for name, value in said.items()]
    lines += [f"set $kept {_ASK_FIRST};", f'if ($uri ~ "{_HASHED}") {{ set $kept "{_FOR_A_YEAR}"; }}', f"add_header {_CACHE} $kept;"]
    return "\n".join([*lines, f"error_page 404 {urlsplit(address).path or '/'}404.html;"]) + "\n"


def snippet(root: Path, site: Path) -> str:
    """The lines of nginx for a built site of the project, at the address that its settings name."""
    return for_nginx(of_site(site), settings.site_url(root))
