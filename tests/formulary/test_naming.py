"""Names: which texts can be an INN, the folder that is named after it, and which medicines a title names."""

import pytest

from macros.finding import Refused
from macros.formulary.naming import headed, inn, others_named, plain, slug_of

NAMES = {
    "co-trimoxazole": ("co-trimoxazole", "Co-trimoxazole"),
    "interferon beta-1a": ("interferon-beta-1a", "Interferon beta-1a"),
    "vitamin K": ("vitamin-k", "Vitamin K"),
    "factor VIII": ("factor-viii", "Factor VIII"),
    "5-fluorouracil": ("5-fluorouracil", "5-fluorouracil"),
    "amoxicillin and clavulanic acid": ("amoxicillin-and-clavulanic-acid", "Amoxicillin and clavulanic acid"),
    "ledipasvir + sofosbuvir": ("ledipasvir-sofosbuvir", "Ledipasvir + sofosbuvir"),
    "insulin degludec/insulin aspart": ("insulin-degludec-insulin-aspart", "Insulin degludec/insulin aspart"),
    "technetium (99mTc) sestamibi": ("technetium-99mtc-sestamibi", "Technetium (99mTc) sestamibi"),
    "BCG vaccine": ("bcg-vaccine", "BCG vaccine"),
}


@pytest.mark.parametrize(("name", "slug", "head"), [(name, *row) for name, row in NAMES.items()], ids=NAMES)
def test_an_inn_and_its_folder(name: str, slug: str, head: str) -> None:
    assert (inn(name), slug_of(name), headed(name)) == (name, slug, head)


@pytest.mark.parametrize(
    "text",
    ["", "Apixaban", "APIXABAN", "5 mg", "vitamin  K", " apixaban", "apixaban ", "apixaban #2", "../apixaban", "a: b", "[x]", "12-34"],
)
def test_what_is_no_inn(text: str) -> None:
    with pytest.raises(Refused, match="is no INN"):
        inn(text)


MEDICINES = {
    "omeprazole": {"omeprazole", "losec"},
    "esomeprazole": {"esomeprazole", "nexium"},
    "amoxicillin": {"amoxicillin", "amoxil"},
    "amoxicillin-and-clavulanic-acid": {"amoxicillin and clavulanic acid", "augmentin"},
    "interferon-beta-1a": {"interferon beta-1a"},
    "interferon-beta-1b": {"interferon beta-1b"},
    "factor-vii": {"factor vii"},
    "factor-viii": {"factor viii", "amoxil"},
    "leukemine": {"leukemine", "ALL", "I-T", "NOACS"},
}
# Whose page it is, its title, and the names of others in it.
TITLES = {
    "own": ("omeprazole", "Omeprazole (Losec)", []),
    "longer": ("esomeprazole", "Esomeprazole (Nexium)", []),
    "shorter": ("omeprazole", "Esomeprazole", ["esomeprazole"]),
    "part-of-a-combination": ("amoxicillin-and-clavulanic-acid", "Amoxicillin and clavulanic acid (Augmentin)", []),
    "combination-of-a-part": ("amoxicillin", "Amoxicillin and clavulanic acid", ["amoxicillin and clavulanic acid"]),
    "part-alone": ("amoxicillin-and-clavulanic-acid", "Augmentin: amoxicillin", ["amoxicillin"]),
    "salt": ("omeprazole", "Amoxicillin trihydrate", ["amoxicillin"]),
    "other-digit": ("interferon-beta-1a", "Interferon beta-1b", ["interferon beta-1b"]),
    "hyphen-of-another-kind": ("interferon-beta-1b", "Interferon beta\u20111a", ["interferon beta-1a"]),
    "roman": ("factor-viii", "Factor VIII", []),
    "within-a-compound": ("factor-viii", "Omeprazole-like", []),
    "brand-of-both": ("factor-viii", "Amoxil", []),
    "everyday-word": ("omeprazole", "All that all need: it and it-like", []),
    "everyday-word-as-written": ("omeprazole", "For ALL", ["ALL"]),
    "own-everyday-word": ("leukemine", "Leukemine for ALL", []),
    "longer-capitals": ("omeprazole", "A noacs", ["noacs"]),
    "within-a-word-in-capitals": ("omeprazole", "ALLERGY, S-ALL", []),
    "no-break-space": ("omeprazole", "Factor\u00a0VII", ["factor vii"]),
}


@pytest.mark.parametrize(("slug", "title", "expected"), TITLES.values(), ids=TITLES)
def test_others_in_a_title(slug: str, title: str, expected: list[str]) -> None:
    owners = {plain(name): each for each, names in MEDICINES.items() for name in names}
    assert [name for name, _ in others_named(title, MEDICINES[slug], owners)] == expected
