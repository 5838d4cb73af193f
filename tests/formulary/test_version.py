"""The hash of files: of names and contents, the same on every system."""

from pathlib import Path

from macros.formulary.version import tree_hash


def made(root: Path, files: dict[str, bytes]) -> str:
    """The hash of files with these contents, in this order."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return tree_hash(root, [root / name for name in files])


def test_a_hash_is_that_of_names_and_contents(tmp_path: Path) -> None:
    expected = "90ec4235f470"
    assert made(tmp_path / "a", {"x/a.yml": b"a: 1\n", "b.txt": b"b\n"}) == expected
    assert made(tmp_path / "windows", {"x/a.yml": b"a: 1\r\n", "b.txt": b"b\r\n"}) == expected
    others = [{"x/a.yml": b"a: 2\n", "b.txt": b"b\n"}, {"x/b.yml": b"a: 1\n", "b.txt": b"b\n"}, {"x/a.yml": b"a: 1\nb", "b.txt": b"\n"}]
    assert expected not in [made(tmp_path / str(number), files) for number, files in enumerate(others)]
