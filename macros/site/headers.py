"""What a server says of every page of the hosted site: a strict content security policy, computed from the pages themselves.

A host that reads `_headers` (Netlify, Cloudflare Pages and others) finds it in the site; for nginx the command prints it.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from macros.finding import Refused
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


def for_hosts(said: Mapping[str, str]) -> str:
    """The headers as a file that hosts of static sites read from the site's folder."""
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in said.items())]) + "\n"


def for_nginx(said: Mapping[str, str]) -> str:
    """The headers as lines of nginx, to include where the site is served; "always" sends them with the page for lost readers, too."""
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in said.items())
