"""The command line: python -m macros --help."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from io import TextIOWrapper
from pathlib import Path

import click
from jinja2 import TemplateError

from macros.copies import bundle as copies, zim as kiwix
from macros.copies.single import single
from macros.copies.verify import compared, verify as compare
from macros.editing import derived, difference, history, record as recording
from macros.editing.links import led_to, unreachable
from macros.editing.scaffold import scaffold
from macros.finding import Finding, Refused, reason
from macros.formulary import sentences
from macros.formulary.load import Broken, load
from macros.pages.register import path_of
from macros.rules import read_parts
from macros.site import build as publish, headers as sent
from macros.site.alone import alone
from macros.site.books import told
from macros.site.check import check as run_check, check_site, site_pages
from macros.site.clock import day_of, editing_day, page_day, today
from macros.site.edition import version
from macros.site.findings import Outcome
from macros.site.serving import previewing
from macros.site.whole import judged, landings, registers

_UNTOLD = "the facts can't be told while these faults stand; mend them first"
_ROOT = Path(__file__).resolve().parent.parent
_FOLDER = click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=_ROOT / "site")
_TODAY = click.option("--today", "given", metavar="YYYY-MM-DD", callback=lambda _, __, text: _day(text), help="The day to judge dates by.")
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    callback=lambda ctx, _, form: ctx.meta.setdefault("form", form),  # for the group, which prints what a build was refused for
    help="How findings are printed.",
)


def _day(text: str | None) -> date | None:
    try:
        day = day_of(text) if text else None
    except Refused as refused:
        raise click.BadParameter(str(refused)) from refused
    if day and day.year // 100 != 20:  # what a slip of the pen gives, and files can't carry as their time
        raise click.BadParameter(f"{day} is no day of this century")
    return day


class _Plainly(click.Group):
    """A group whose commands end with a sentence and exit code 1 where something can't be done."""

    def invoke(self, ctx: click.Context) -> object:
        """What the command gives back."""
        try:
            return super().invoke(ctx)
        except publish.Rejected as rejected:
            _end(rejected.findings, ctx.meta["form"], "")
        except (Refused, Broken, publish.Failed, TemplateError) as refused:
            click.echo(str(refused), err=True)
        except BrokenPipeError:  # whoever reads the lines has had enough
            raise
        except OSError as error:
            click.echo(f"{reason(error)}; nothing was published", err=True)
        ctx.exit(1)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Prints the version that the pages carry, and ends; git is asked for it only then."""
    if wanted:
        try:
            click.echo(version(_ROOT))
        except Refused as refused:
            raise click.ClickException(str(refused)) from refused
        ctx.exit()


@click.group(cls=_Plainly, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit.")
def main() -> None:
    """Checks and builds the monographs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a pipe on Windows may have no ≥
    publish.restored(_ROOT)


@main.command()
@_TODAY
@_FORMAT
def check(given: date | None, form: str) -> None:
    """Judge data and pages, without the theme."""
    outcome = judged(_ROOT, given or today(_ROOT))
    pages = sum(map(len, outcome.pages.values()))
    _end(outcome.findings or outcome.register, form, f"{pages} pages, {outcome.facts} facts: no fault found")


@main.command()
@_TODAY
@_FORMAT
def site(given: date | None, form: str) -> None:
    """Build the hosted site into site/, if every rule and the gate pass."""
    publish.site(_ROOT, given or today(_ROOT), given)
    _end((), form, "site/ is ready; open it with `python -m http.server -d site`")


@main.command()
@click.option("--sign-key", "key", type=click.Path(path_type=Path), help="A secret key of minisign.")
@click.option("--only", metavar="INN, INN", help="Leave out the monographs of all other medicines.")
@_TODAY
@_FORMAT
def bundle(key: Path | None, only: str | None, given: date | None, form: str) -> None:
    """Make the offline copy as a zip in dist/, if every rule and the gate pass."""
    _end((), form, f"dist/{copies.bundle(_ROOT, given or today(_ROOT), given, key, only).name} is ready; its hash stands beside it")


@main.command()
@click.argument("inn")
@_TODAY
@_FORMAT
def page(inn: str, given: date | None, form: str) -> None:
    """Write the monograph of this INN as one HTML file into dist/, for mail or a phone."""
    _end((), form, f"{single(_ROOT, inn, given or today(_ROOT), given).relative_to(_ROOT).as_posix()} is ready; it needs no other file")


@main.command()
@_TODAY
@_FORMAT
def zim(given: date | None, form: str) -> None:
    """Make the offline copy for Kiwix in dist/; needs zimwriterfs."""
    _end((), form, f"{kiwix.zim(_ROOT, given or today(_ROOT), given).relative_to(_ROOT).as_posix()} is ready; open it with Kiwix")


@main.command()
@click.argument("inn", required=False)
def serve(inn: str | None) -> None:
    """Preview the site live; with an INN that monograph alone, which shows a change at once however many others there are."""
    sys.exit(subprocess.run(previewing(_ROOT, inn, today(_ROOT)), cwd=_ROOT, check=False).returncode)


@main.command()
@click.argument("copy", type=click.Path(exists=True, path_type=Path))
def verify(copy: Path) -> None:
    """Say which files of an offline copy, a zip or its folder, are not as published; exits with 0 if none is, or systems left some."""
    click.echo(compared(copy))
    found = compare(copy)
    click.echo("\n".join(found.lines(copy)))
    sys.exit(bool(found.wrong))


@main.command()
@_FOLDER
@_TODAY
@_FORMAT
def gate(folder: Path, given: date | None, form: str) -> None:
    """Judge a built site, whatever built it; FOLDER is site/ if none is named."""
    checked = run_check(_ROOT, given or today(_ROOT))
    _end(checked.findings or check_site(_ROOT, folder, checked, site_pages(folder, checked)), form, f"{folder}: no fault found")


@main.command()
@_FOLDER
def headers(folder: Path) -> None:
    """Print what nginx has to send with the built site in FOLDER, which is site/ if none is named."""
    click.echo(sent.snippet(_ROOT, folder), nl=False)


@main.command()
@click.argument("pattern", default="")
def facts(pattern: str) -> None:
    """List the facts whose id, title or value holds PATTERN, with their values and the pages that show them."""
    checked = run_check(_ROOT, today(_ROOT))
    if checked.book is None:
        raise Broken(list(checked.findings))
    book = checked.book
    nowhere = "no page" if checked.previews else "no page can be read while the data has faults; run `python -m macros check`"
    found = list(sentences.matching(book, pattern))
    if not found:
        raise Refused(f"no fact holds '{pattern}'; try a part of an id, a title or a value")
    for fact in found:
        pages = [page.source for page in checked.previews.values() if f'data-fact="{fact.id}"' in page.html]
        click.echo(f"{fact.id}: {sentences.value(book, fact)}\n    {fact.at[0]}:{fact.at[1]}; shown on: {', '.join(pages) or nowhere}")


@main.command()
@click.argument("revision")
@click.option("--comment", is_flag=True, help="No more than a comment on a pull request holds; what may hurt a patient comes first.")
def diff(revision: str, comment: bool) -> None:
    """Say what changed in the register, which is all that readers get, since a git REVISION: old → new, as Markdown."""
    lines = difference.since(_ROOT, revision, dict(registers(_ROOT, _shown().keys)))
    click.echo("\n".join(difference.fitting(lines) if comment else lines).rstrip() or f"nothing that readers get changed since {revision}")


@main.command()
@_TODAY
def stale(given: date | None) -> None:
    """List overdue checks, facts not checked for a year, what ends soon (exit 1 if any), and unread passages, the most useful first."""
    book, found = load(_ROOT, today(_ROOT))
    _refused(found, _UNTOLD)
    lines = history.due(_ROOT, book, given or page_day(_ROOT) or today(_ROOT))
    click.echo("\n".join([*(lines or ["nothing is overdue or stale"]), *read_parts.to_read(book)]))
    sys.exit(bool(lines))


@main.command()
@click.option("--check", "only", is_flag=True, help="Write nothing; name the files that are stale, and exit with 1.")
def generate(only: bool) -> None:
    """Write the committed files that are made from data and pages: parts of lists, register, style sheet, schemas, places to link to."""
    with alone(_ROOT):
        judged(_ROOT, today(_ROOT))
        book, faults = told(_ROOT, today(_ROOT))
        _refused(faults, _UNTOLD)
        lines = list(derived.renewed(_ROOT, derived.before_pages(_ROOT, book), only))
        outcome = _shown()
        wait = set(outcome.unrecorded)  # a record is told by what the register says of before
        new = registers(_ROOT, (slug for slug in outcome.changed if slug not in wait))
        lines += derived.renewed(_ROOT, derived.of_pages(_ROOT, book, new, landings(_ROOT, outcome)), only)
        lines += [f"{path_of(slug).as_posix()} waits until the change is recorded, as `check` asks for it" for slug in sorted(wait)]
    click.echo("\n".join(lines) or "every file is as data and pages make it")
    sys.exit(bool(wait or (only and lines)))


@main.command()
@click.argument("inn")
@click.option("--kind", required=True, help="What kind of change it is: new, significant, removed or editorial.")
@click.option("--reason", required=True, help="A sentence for readers that says what changed, without figures.")
@click.option("--name", help="The name of the record; without it the first words of the reason are taken.")
@_TODAY
def record(inn: str, kind: str, reason: str, name: str | None, given: date | None) -> None:
    """Record what changed in the facts of the medicine with this INN, as `check` asks for it, in its changes.yml; renew its register."""
    day = given or editing_day(_ROOT)
    with alone(_ROOT):
        judged(_ROOT, day)  # reads what changed
        book, faults = told(_ROOT, day, inn)
        _refused(faults, _UNTOLD)
        lines = recording.record(_ROOT, book, inn, (kind, reason, name), day, lambda: judged(_ROOT, day).findings)
        own = {book.named(inn).slug}.intersection(judged(_ROOT, day).changed)  # the next record is told by what changes from here on
        click.echo("\n".join([*lines, *derived.renewed(_ROOT, dict(registers(_ROOT, own)))]))


@main.command()
@click.argument("inn")
@click.option("--from", "file", type=click.Path(path_type=Path), help="A label of it: openFDA (JSON), SPL (XML) or ePI (FHIR).")
@_TODAY
def new(inn: str, file: Path | None, given: date | None) -> None:
    """Begin the monograph of the medicine with this INN as a draft that builds at once, with a label as notes if one is given."""
    with alone(_ROOT):
        click.echo("\n".join(scaffold(_ROOT, inn, given or editing_day(_ROOT), file)))


@main.command()
def links() -> None:
    """Try every address that readers are led to; needs the network, and is never part of a test."""
    found = list(unreachable(led_to(load(_ROOT, today(_ROOT))[0])))
    click.echo("\n".join(found) or "every address answers")
    sys.exit(bool(found))


def _refused(findings: Iterable[Finding], why: str) -> None:
    if found := list(findings):
        raise Refused("\n".join([*map(str, found), why]))


def _shown() -> Outcome:
    outcome = judged(_ROOT, today(_ROOT))
    _refused(told(_ROOT, today(_ROOT))[1], _UNTOLD)
    _refused(outcome.findings if outcome.unshown else (), "not every page can be read while these faults stand; mend them first")
    return outcome


def _end(findings: Iterable[Finding], form: str, fine: str) -> None:
    found = list(findings)
    if form == "json":
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    for finding in found if form != "json" else ():
        click.echo(finding.annotation() if form == "github" else str(finding))
    if found:
        click.echo(f"{len(found)} {'fault' if len(found) == 1 else 'faults'}; nothing was published", err=True)
        sys.exit(1)
    if form == "text":
        click.echo(fine)


if __name__ == "__main__":
    # Told to stop, a command ends as it does at Ctrl-C: it takes away what it has half done.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    main(prog_name="python -m macros")
