"""Prints the list of the packages that the site is built with, as a software bill of materials in CycloneDX; `make release` calls it.

It is derived from requirements.txt alone, with its hashes and with what needs what, and from the licences that the installed packages
name; it holds no time and no number by chance, so the same commit gives the same bytes.
"""

import re
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.exception import CycloneDxException
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from macros.site.edition import version  # noqa: E402

LOCK = ROOT / "requirements.txt"
PROJECT = "monographs"
_ENTRY = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ \\\n]+)(?: ; (?P<marker>[^\\\n]+?))? *(?:\\|$)", re.MULTILINE)


@dataclass(frozen=True)
class Locked:
    """A package as the lock names it: what it is for (`marker`), its hashes of SHA-256, and the packages that need it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]


def locked(text: str) -> list[Locked]:
    """The packages of a lock, in its order; a package that the project itself needs is needed by its name."""
    found = []
    for entry in re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]:
        head = _ENTRY.match(entry)
        assert head, f"no package: {entry.splitlines()[0]}"
        needed_by = tuple(re.findall(r"^    # +(?:via +)?(?!via$)([a-z0-9.-]+)(?: \(pyproject\.toml\))?$", entry, re.MULTILINE))
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
        found.append(Locked(head["name"], head["version"], head["marker"] or "", hashes, needed_by))
    return found


def licences(name: str) -> list[DisjunctiveLicense | LicenseExpression]:
    """What an installed package names as its licence; nothing of one that this system does without, or that names none in a known form."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return []
    given = next((said[field] for field in ("License-Expression", "License") if said[field]), "")
    short = given if given and "\n" not in given and len(given) < 100 else ""
    known = [each.rpartition(" :: ")[2] for each in said.get_all("Classifier") or [] if each.startswith("License :: OSI Approved :: ")]
    named = short or (known[0] if known else "")
    if not named:
        return []
    made = LicenseFactory().make_from_string(named)
    return [made]


def component(each: Locked) -> Component:
    """A locked package as a component."""
    return Component(
        name=each.name,
        version=each.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{each.name}=={each.version}",
        purl=PackageURL("pypi", None, each.name, each.version),
        licenses=licences(each.name),
        # One hash for each file that the version is there as; a hash of the component itself there is none.
        properties=[
            *(Property(name="lock:file-sha256", value=digest) for digest in each.hashes),
            *([Property(name="lock:only-where", value=each.marker)] if each.marker else []),
        ],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each.hashes[0])] if len(each.hashes) == 1 else [],
    )


def bom(lock: str, release: str) -> Bom:
    """The bill of materials of a release by its version."""
    packages = locked(lock)
    parts = {each.name: component(each) for each in packages}
    root = Component(name=PROJECT, version=release, type=ComponentType.APPLICATION, bom_ref=PROJECT)
    made = Bom(components=parts.values())
    made.metadata.component = root
    made.metadata.timestamp = None  # type: ignore[assignment]  # it would differ each time
    made.metadata.tools.components.clear()
    made.serial_number = None  # type: ignore[assignment]  # so would this
    for each in (root, *parts.values()):
        name = PROJECT if each is root else each.name
        made.register_dependency(each, [parts[one.name] for one in packages if name in one.needed_by])
    return made


def written(made: Bom) -> str:
    """The bill as JSON; raises ValueError if it is none by the schema."""
    text: str = JsonV1Dot6(made).output_as_string(indent=2)
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(str(wrong))
    return text + "\n"


if __name__ == "__main__":
    try:
        print(written(bom(LOCK.read_text("utf-8"), version(ROOT))), end="")
    except (CycloneDxException, ValueError) as error:
        sys.exit(f"the list of packages could not be made: {error}")
