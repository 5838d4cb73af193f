"""The command line: python -m macros --help."""

import sys
from pathlib import Path

import click

from macros import publish, stylesheet
from macros.check import check as run_check
from macros.clock import today
from macros.finding import Finding
from macros.formulary import load

_ROOT = Path(__file__).resolve().parent.parent
_TODAY = click.option("--today", "given", metavar="YYYY-MM-DD", help="The day to judge dates by.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Checks and builds the monographs."""


@main.command()
@_TODAY
def check(given: str | None) -> None:
    """Judge data and pages, without the theme."""
    checked = run_check(_ROOT, today(_ROOT, given))
    _end(checked.findings, f"{len(checked.pages)} pages, {len(checked.book.facts) if checked.book else 0} facts: no fault found")


@main.command()
@_TODAY
def site(given: str | None) -> None:
    """Build the hosted site into site/, if every rule and the gate pass."""
    try:
        findings = publish.site(_ROOT, today(_ROOT, given))
    except publish.Failed as failed:
        click.echo(str(failed), err=True)
        sys.exit(1)
    _end(findings, "site/ is ready; open it with `python -m http.server -d site`")


@main.command()
def style() -> None:
    """Write the style sheet that is made from the statuses."""
    book, _ = load(_ROOT, today(_ROOT))
    (_ROOT / stylesheet.PATH).write_text(stylesheet.statuses(book.vocabulary), "utf-8")
    click.echo(f"wrote {stylesheet.PATH.as_posix()}")


def _end(findings: tuple[Finding, ...], fine: str) -> None:
    for finding in findings:
        click.echo(str(finding))
    if findings:
        click.echo(f"{len(findings)} faults; nothing was published", err=True)
        sys.exit(1)
    click.echo(fine)


if __name__ == "__main__":
    main(prog_name="python -m macros")
