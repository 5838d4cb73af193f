"""Ways to spoil the text of a data file or a page, each drawing what it needs."""

import re
from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from tests.support.tricks_pages import FRAGMENTS, FRONT, WHOLE

Spoil = Callable[[st.DrawFn, str], str]
SpoilPart = Callable[[st.DrawFn, list[str], int], None]

# What stands instead of a value, a key or anywhere: tricks of YAML, of Python and of whoever pastes from elsewhere.
TRICKS = (
    "", "~", "null", "Null", "no", "No", "off", "yes", "true", "y", "1e3", "1E3", "1:30", "1:30:00", "010", "0o10", "0x1F", "0b11",
    "1_000", "1,000", "+5", "-0", ".5", "5.", "5.0", "-5", "NaN", ".nan", ".inf", "Infinity", "1e309", "--1", "½", "１２", "٣", "−5",
    "2026-01-10", "2026-1-10", "2026-01-10T00:00:00Z", "2026-02-30", "9999-12-31", "0000-01-01", "0001", "2026", "20260110", "2026-W02",
    "[]", "{}", "[a]", "[a, b]", "{a: b}", "[[a]]", "[{a: b}]", "{a: [b]}", "[,]", "[a,]", "{a}", "[", "]", "{", "}", "[a", "{a: b",
    "'", '"', "'a", '"a', "''", '""', "'a'b", '"\\u0000"', '"\\ud800"', '"\\x1b[31m"', '"a\\nb"', '"\\N"', '"\\q"', "'it''s'", "\"a\\tb\"",
    "&a b", "*a", "&a [*a]", "!!str a", "!!int 3", "!!python/object/apply:os.system [id]", "!a b", "! a", "!<tag:yaml.org,2002:str> a",
    "<<", "<<: *a", "<<: {a: b}", "? a", "? [a]", "- a", "-", "- - a", "|", ">", "|-\n    a\n    b", ">-\n    a\n    b", "|+9", "# a", "a # b",
    "a: b", "a:b", ": a", ":", "a:", "@a", "`a`", "%a", "=", "a\tb", "\ta", "---", "...", "--- a", "%YAML 1.2", "%TAG ! a", "key: [a", "{{ a }}",
    "{dose/standard}", "{a", "a}", "{}{}", "{dose/standard", "{safety/infection}", "3 mL", "3  mL", "3 ML", "3 mL ", "3mL", "≥3 mL", "at least 3",
    "3 × 10^99 mL", "3 x 10^9 vg/kg", "3 × 10^999 mL", "2 to 1 weeks", "3 of 2", "0 of 0", "95% CI 1 to 2", "[US]", "[ZZ]", "[US, US]", "approved",
    "research", "label", "A", "9" * 30 + " mL", "9" * 5000, "9" * 5000 + " mL", "0." + "0" * 5000 + "1 mL", "9" * 5000 + " of " + "9" * 5001,
    "<script>alert(1)</script>", "a\u00a0b", "a\u200bb", "\u202ea", "é", "e\u0301", "漢字", "😀", "\ufeff", "\u2028", "\u0085", "\x00", "\x1b", "\x7f",
    "\ud7ff", "\ue000", "\ufffe", "constructor", "__class__", "id", "at", "x" * 300, "x" * 5000, "not_found", "silent", "passages", "under", "source",
)  # fmt: skip
# Whole files that no editor would write.
FILES = (
    b"", b"\n", b"# a", b"a", b"- a", b"[]", b"{}", b"~", b"a: b", b"a:", b"{a: b}", b"---\n", b"---\n---\n", b"...\n", b"\xef\xbb\xbf", b"\x00",
    b"\xff\xfe", b"\xff", b"a: \xe9\n", "a: b\n".encode("utf-16"), "a: b\n".encode("utf-32"), b"%YAML 9.9\n---\na: b\n", b"%TAG ! a\n---\na: b\n",
    b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
    b"a: &a {b: &b {c: *a}}\n", b"? {a: b}\n: c\n", b"? |\n  a\n: b\n", b"'a': b\n\"a\": c\n", b"a: b\ra: c\r", b"a: b\xc2\x85c: d\n",
    b"[" * 5000, b"{a: " * 5000, b"- " * 5000, b"a: [" * 2000, b"a:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 300)),
    b"a: " + b"x" * 1_100_000, b"#" * 1_100_000, b"\n" * 900_000, b"".join(b"a%d: b\n" % n for n in range(20_000)), b"a: '" + b"''" * 50_000,
    b"".join(b"a%d:\n  title: a\n" % n for n in range(3_000)), b"a: b\n" * 20_000, b"a: " + b"&a " * 3000, b"!!" * 3000, b"a: !!binary aGVsbG8=\n",
)  # fmt: skip
# Where an entry of a file begins.
ENTRY = re.compile(r"^(?=[^\s#])", re.MULTILINE)
_VALUE = re.compile(r"([\w-]+):(?: (.+))?")

characters = st.one_of(
    st.sampled_from("\t\r\0\x07\x1b\x7f\u0085\u00a0\u00ad\u200b\u202e\u2028\ufeff\ufffe&*!|>'\"%@`#{}[],:?-<~\\é漢😀٣１½"),
    st.characters(codec="utf-8"),
)
words = st.one_of(st.sampled_from(TRICKS), st.text(st.characters(codec="utf-8"), max_size=12))


def evenly(number: int) -> st.SearchStrategy[int]:
    """One of so many numbers; Hypothesis draws the first and the last integers of a span far more often than the others."""
    return st.sampled_from(range(number))


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _entries(text: str) -> list[str]:
    """What stands before the first entry, then the entries."""
    return ENTRY.split(text)


def _picked(draw: st.DrawFn, parts: list[str]) -> int:
    return draw(evenly(max(len(parts), 1)))


def _valued(draw: st.DrawFn, text: str) -> re.Match[str] | None:
    found = list(_VALUE.finditer(text))
    return found[draw(evenly(len(found)))] if found else None


def _of_lines(change: SpoilPart) -> Spoil:
    def run(draw: st.DrawFn, text: str) -> str:
        lines = _lines(text)
        change(draw, lines, _picked(draw, lines))
        return "\n".join(lines)

    return run


def _of_entries(change: SpoilPart) -> Spoil:
    def run(draw: st.DrawFn, text: str) -> str:
        entries = _entries(text)
        change(draw, entries, _picked(draw, entries))
        return "".join(entries)

    return run


def _drop(draw: st.DrawFn, parts: list[str], at: int) -> None:
    del parts[at : at + draw(st.integers(1, 3))]


def _double(draw: st.DrawFn, parts: list[str], at: int) -> None:
    parts.insert(_picked(draw, parts), parts[at])


def _swap(draw: st.DrawFn, parts: list[str], at: int) -> None:
    other = _picked(draw, parts)
    parts[at], parts[other] = parts[other], parts[at]


def _indent(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines[at] = (
        draw(st.sampled_from(["", " ", "  ", "    ", "\t", "- ", "# ", "? ", " " * 60]))
        + lines[at].lstrip() * draw(st.booleans())
        + lines[at]
    )


def _dedent(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines[at] = lines[at].lstrip()[draw(st.integers(0, 3)) :]


def _join(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines[at : at + 2] = [draw(st.sampled_from(["", " ", ", ", ": "])).join(lines[at : at + 2])]


def _retype(draw: st.DrawFn, text: str) -> str:
    found = _valued(draw, text)
    return f"{text[: found.start()]}{found[1]}: {draw(words)}{text[found.end() :]}" if found else text


def _again(draw: st.DrawFn, text: str) -> str:
    """A key twice, with two values."""
    if not (found := _valued(draw, text)):
        return text
    indent = " " * (found.start() - text.rfind("\n", 0, found.start()) - 1)
    return f"{text[: found.end()]}\n{indent}{found[1]}: {draw(words)}{text[found.end() :]}"


def _rename(draw: st.DrawFn, text: str) -> str:
    found = _valued(draw, text)
    return f"{text[: found.start()]}{draw(words)}{text[found.end(1) :]}" if found else text


def _insert(draw: st.DrawFn, text: str) -> str:
    at = draw(evenly(len(text) + 1))
    return text[:at] + draw(st.one_of(characters, words)) + text[at:]


def _replace(draw: st.DrawFn, text: str) -> str:
    at = draw(evenly(len(text) + 1))
    return text[:at] + draw(st.one_of(characters, st.just(""))) + text[at + draw(st.integers(1, 8)) :]


def _cut(draw: st.DrawFn, text: str) -> str:
    return text[: draw(evenly(len(text) + 1))]


def _wrap(draw: st.DrawFn, text: str) -> str:
    before, after = draw(st.sampled_from([
        ("\ufeff", ""), ("\ufeff\ufeff", ""), ("---\n", ""), ("--- # a\n", ""), ("%YAML 1.1\n---\n", ""), ("%YAML 2.0\n---\n", ""),
        ("%TAG ! tag:a,2000:\n---\n", ""), ("", "...\n"), ("", "---\n"), ("", "---\na: b\n"), ("", "...\na: b\n"), ("&a\n", ""), ("!!map\n", ""),
        ("{", "}"), ("[", "]"), ("\n" * 50, ""), ("", "\n" * 50), ("", "\0"), ("", "x: &a b\ny: *a\n"), ("", "<<: {a: b}\n"), ("\t", ""), (" ", ""),
    ]))  # fmt: skip
    return before + text + after


def _line_ends(draw: st.DrawFn, text: str) -> str:
    return text.replace("\n", draw(st.sampled_from(["\r\n", "\r", "\n\r", "\u2028", "\u0085", "\v", "\f", "  \n", "\n\n"])))


def _huge(draw: st.DrawFn, text: str) -> str:
    """One value long or deep, or very many of one entry."""
    many = draw(st.sampled_from([100, 2_000, 20_000]))
    found = _valued(draw, text)
    if not found or draw(st.booleans()):
        entry = _entries(text)[-1]
        return text + "".join(f"a{number}-{entry}" for number in range(min(many, 1_000_000 // max(len(entry), 1), 500)))
    value = draw(st.sampled_from(["x", "9", "x ", "[", "{a: ", "[a, ", "漢", "'", "{dose/standard} ", "\n    - a", "a, "])) * many
    return f"{text[: found.start()]}{found[1]}: {value}{text[found.end() :]}"


OPERATIONS: tuple[Spoil, ...] = (
    *map(_of_lines, (_drop, _double, _swap, _indent, _dedent, _join)), *map(_of_entries, (_drop, _double, _swap)),
    _retype, _retype, _retype, _again, _rename, _insert, _insert, _replace, _cut, _wrap, _line_ends, _huge,
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn, texts: dict[str, str]) -> tuple[str, bytes]:
    """One of the files and its text after one to three of the operations, or something quite else."""
    file = draw(st.sampled_from(sorted(texts)))
    if draw(evenly(20)) == 0:
        return file, draw(st.one_of(st.sampled_from(FILES), st.binary(max_size=60)))
    text = texts[file]
    for _ in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from(OPERATIONS))(draw, text)
    return file, text.encode("utf-8", "surrogatepass")


# Of each piece, the first three are what a value may hold.
PIECES = {
    "bound": ("", "at least ", "≥", "≥ ", "> ", "up to ", "At least ", "at  least ", "~", "about", "at or below "),
    "number": ("3", "12", "40", "0.5", "0", "1.50", "-3", "−3", "+3", "03", ".5", "5.", "1,000", "1 000", "1_000", "1e3", "1:30", "½", "３", "٣", "0x1F",
               "NaN", "3/4", "3–4", "3-4", "9" * 40, "0." + "0" * 40 + "1", "9" * 300, "-0", "0.0"),
    "power": ("", "", " × 10^13", " x 10^13", " X 10^13", " * 10^13", " × 10^-3", " × 10^0", " × 10^013", " × 10¹³", " × 10^٣", "e13"),
    "gap": (" ", " ", " ", "", "  ", "\u00a0", "\u2009"),
    "unit": ("mL", "weeks", "participants", "hour", "%", "vg/kg", "× ULN", "ml", "ML", "mL ", "mL/kg", "", "µg", "participant", "of 5", "to 9 mL"),
    "to": (" to ", " to ", " to ", " of ", "–", "-", " TO ", " to  ", " and "),
    "of": (" of ", " of ", " of ", " to ", "/", " OF ", " of  "),
    "level": ("95%", "90%", "99%", "9%", "05%", "95.0%", "٩٥%", "95 %", ""),
    "CI": (" CI ", " CI ", " CI ", " ci ", "CI", " CI  "),
    "day": ("2026-01-10", "2025", "2025-06", "2025-13", "2025-02-29", "2024-02-29", "10 January 2026", "2026-1-1", "0000", "２０２５", "2025-06-", "12026"),
}  # fmt: skip
SHAPES = {
    "amount": "bound number power gap unit", "range": "number to number gap unit", "proportion": "number of number", "count": "number gap unit",
    "date": "day", "n": "number", "interval": "level CI number to number", "code": "number unit", "terms": "day to day", "statement": "bound number",
}  # fmt: skip


@st.composite
def measured(draw: st.DrawFn) -> tuple[str, str]:
    """A kind of value, and what hands and programs write for one of that kind, or of another."""
    key = draw(st.sampled_from(sorted(SHAPES)))
    shape = SHAPES[draw(st.sampled_from([*[key] * 30, *sorted(SHAPES)]))]
    pieces = [PIECES[part] if draw(evenly(8)) == 0 else PIECES[part][:3] for part in shape.split()]
    value = "".join(map(draw, map(st.sampled_from, pieces)))
    return key, draw(st.sampled_from([*[value] * 6, f"'{value}'", f"[{value}]", f"{value} # a"]))


def _line_of_a_page(draw: st.DrawFn, text: str) -> str:
    """A fragment on a line of its own, with or without empty lines around it."""
    lines = _lines(text)
    around = draw(st.sampled_from(["\n", "", ""]))
    lines.insert(_picked(draw, lines), around + draw(st.sampled_from(FRAGMENTS)) + around)
    return "\n".join(lines)


def _part_of_a_line(draw: st.DrawFn, text: str) -> str:
    at = draw(evenly(len(text) + 1))
    return text[:at] + draw(st.sampled_from(FRAGMENTS)) + text[at:]


def _around_a_line(draw: st.DrawFn, lines: list[str], at: int) -> None:
    pair = [("**", "**"), ("`", "`"), ("> ", ""), ("| ", " |"), ("# ", ""), ("<b>", "</b>"), ("[", "](evidence.md)"), ("![", "](a.png)"), ("{% raw %}", "{% endraw %}"),
            ("    ", ""), ("\t", ""), ("- ", ""), ("1. ", ""), ("```\n", "\n```"), ("{{ fact(\"", "\") }}"), ("/// research | a\n\n", "\n\n///"), ("*[a]: ", ""), ("a\n: ", "")]  # fmt: skip
    before, after = draw(st.sampled_from(pair))
    lines[at] = before + lines[at] + after


def _front(draw: st.DrawFn, text: str) -> str:
    """Another front matter."""
    return draw(st.sampled_from(FRONT)) + (re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL) if draw(evenly(5)) else text)


PAGE_OPERATIONS: tuple[Spoil, ...] = (
    _line_of_a_page, _line_of_a_page, _line_of_a_page, _part_of_a_line, _part_of_a_line, _front, _insert, _replace, _cut, _line_ends,
    *map(_of_lines, (_drop, _double, _swap, _indent, _dedent, _join, _around_a_line)),
)  # fmt: skip


@st.composite
def spoiled_page(draw: st.DrawFn, texts: dict[str, str]) -> tuple[str, bytes]:
    """One of the pages and its text after one to three of the operations, or something quite else."""
    file = draw(st.sampled_from(sorted(texts)))
    if draw(evenly(20)) == 0:
        return file, draw(st.one_of(st.sampled_from(WHOLE), st.binary(max_size=60)))
    # Mostly below the front matter: whoever spoils that hears of nothing else.
    end = texts[file].index("\n---\n") + len("\n---\n") if draw(evenly(4)) else 0
    front, body = texts[file][:end], texts[file][end:]
    operations = [each for each in PAGE_OPERATIONS if not front or each != _front]
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        body = draw(st.sampled_from(operations))(draw, body)
    return file, (front + body).encode("utf-8", "surrogatepass")


def yaml_of(texts: Mapping[str, str]) -> st.SearchStrategy[str]:
    """The name of one of the files that are YAML."""
    return st.sampled_from(sorted(file for file in texts if file.endswith(".yml")))
