"""Judges site/ by the Nu HTML checker and by Lighthouse, served with its headers, and prints one table; `make audit` runs it."""

import gzip
import io
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.built import Quiet, served  # noqa: E402
from macros.site.headers import of_site  # noqa: E402

SITE = ROOT / "site"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Lighthouse is slow, so it sees only the pages that differ most in weight and kind, and one with the search opened.
SEEN = (
    ("index.html", ""),
    ("index.html", "?q=factor"),
    ("monographs/*/index.html", ""),
    ("monographs/*/patient/index.html", ""),
    ("monographs/*/evidence/index.html", ""),
)
INDEX = "/search/"  # comes when the search is opened
FORMS: dict[str, list[str]] = {"phone": [], "desktop": ["--preset=desktop"]}
# Two boxes in the theme's own page, which no block of a template reaches; a browser ignores the attribute.
THEIRS = "Attribute “autocomplete” is only allowed when the input type is"


class Host(Quiet):
    """Answers as a host of static sites does: compressed, and what has a hash in its name is kept."""

    def send_head(self) -> io.BytesIO | None:
        """The head of the answer is sent, and its compressed body comes back."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        body = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        for name, value in (
            ("Content-Type", self.guess_type(str(path))),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "max-age=31536000" if "/assets/" in self.path else "no-cache"),
        ):
            self.send_header(name, value)
        self.end_headers()
        return io.BytesIO(body)


def html_faults(tools: Path) -> list[str]:
    """What the Nu HTML checker finds and the theme is not to blame for, each with the file where it stands."""
    jar = tools / "vnu-jar/build/dist/vnu.jar"
    done = subprocess.run(
        ["java", "-jar", str(jar), "--skip-non-html", "--format", "json", str(SITE)], capture_output=True, encoding="utf-8", check=False
    )
    said = json.loads(done.stderr)["messages"]
    return [f"{each['url'].partition('/site/')[2]}: {each['message']}" for each in said if not each["message"].startswith(THEIRS)]


def lighthouse(tools: Path, address: str, form: str) -> tuple[list[int | float], list[str]]:
    """The four scores of a page, its weight in KB without the search index, its layout shift; what it lost points by in the last three."""
    command = [
        "node", str(tools / "lighthouse/cli/index.js"), address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu", *FORMS[form],
    ]  # fmt: skip
    report = json.loads(subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout)
    scores = [round(100 * report["categories"][name]["score"]) for name in CATEGORIES]
    asked = [ref["id"] for name in CATEGORIES[1:] for ref in report["categories"][name]["auditRefs"] if ref["weight"]]
    audits = [report["audits"][each] for each in asked]
    lost = [each["title"] for each in audits if each["score"] is not None and each["score"] < 1]
    sizes = [each["transferSize"] for each in report["audits"]["network-requests"]["details"]["items"] if INDEX not in each["url"]]
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    return [*scores, round(sum(sizes) / 1000), round(shift, 3)], lost


def main(tools: Path) -> int:
    """Prints the table; 1 if something is to be mended."""
    faults = html_faults(tools)
    rows: list[tuple[str, str, list[int | float]]] = []
    lost: Counter[str] = Counter()
    with served(SITE, of_site(SITE), Host) as address:
        for pattern, asked in SEEN:
            for path in sorted(SITE.glob(pattern), key=lambda path: (path.stat().st_size, path))[-1:]:  # the heaviest of its kind
                page = path.relative_to(SITE).as_posix().removesuffix("index.html") + asked
                for form in FORMS:
                    scores, why = lighthouse(tools, address + page, form)
                    rows.append((page or "home", form, scores))
                    lost.update(why)
    width = max(len(page) for page, _, _ in rows)
    print(f"{'page':{width}}  {'screen':8}" + "".join(f"{name:>16}" for name in (*CATEGORIES, "weight in KB", "layout shift")))
    for page, form, scores in rows:
        print(f"{page:{width}}  {form:8}" + "".join(f"{score:16}" for score in scores))
    print(f"Nu HTML checker: {len(faults)} faults in {len([*SITE.rglob('*.html')])} pages, beside the theme's own")
    for line in [*faults, *(f"Lighthouse: {title} ({times} times)" for title, times in lost.items())]:
        print(f"  {line}")
    return bool(faults or lost)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
