"""Copies the licences of what the theme's script and styles hold into macros/notices/, from npm's own packages; `make notices` calls it.

The theme's wheel does not carry them. The packages are locked in scripts/notices and serve for nothing else.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_NAMES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "CopyrightNotice.txt")


def texts(packages: Path) -> dict[str, str]:
    """The licence of each package that brings one, by its name."""
    found = {}
    for package in sorted(packages.iterdir()):
        files = [package / name for name in _NAMES if (package / name).is_file()]
        if files:
            # Some were saved on Windows; at the end of a line nothing is said.
            lines = "\n\n".join(file.read_text("utf-8-sig").strip() for file in files).splitlines()
            found[package.name] = "\n".join(line.rstrip() for line in lines) + "\n"
    return found


def main(packages: Path) -> int:
    """Writes the texts; 0."""
    folder = ROOT / "macros/notices"
    for old in folder.glob("*.txt"):
        old.unlink()
    for name, text in texts(packages).items():
        (folder / f"{name}.txt").write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
