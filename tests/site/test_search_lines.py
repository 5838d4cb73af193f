"""Which lines a result of the search shows: what is read alone may say nothing else than it does in its place."""

from collections.abc import Callable

import pytest

from tests.support.asking import Answer

MONOGRAPHS = "monographs/"
# What is typed, the page and section of the result, a text that it has to show, and one that it may not.
SHOWN = {
    "methotrexate pregnancy psoriasis": ("methotrexate/", "", "Do not give: Pregnancy in any non-neoplastic disease", ""),
    "active bleeding": ("apixaban/", "", "Do not give: Active pathological bleeding", ""),
    "roctavian mannitol": ("valoctocogene-roxaparvovec/dose-sheet/", "before", "Mannitol: Known hypersensitivity", "no yes"),
    "hemgenix contraindications": (
        "etranacogene-dezaparvovec/",
        "contraindications",
        "Known advanced liver fibrosis",
        "Not read by us yet",
    ),
    "must not hemgenix": ("etranacogene-dezaparvovec/", "contraindications", "Known advanced liver fibrosis", ""),
    "methotrexate boxed warning": ("methotrexate/", "boxed-warning", "Taken every day by mistake, methotrexate tablets have killed", ""),
    "roctavian interactions": ("valoctocogene-roxaparvovec/", "interactions", "Efavirenz", ""),
    "beqvez dose": ("fidanacogene-elaparvovec/", "dosage", "Dose: 5 × 10¹¹ vg/kg of dosing weight", "Dose in Canada"),
    "apixaban how supplied": ("apixaban/", "products-and-storage", "2.5 mg in 1 tablet", ""),
    "lovenox to eliquis": ("apixaban/", "switching", "Another anticoagulant than warfarin to apixaban", ""),
    "coumadin to eliquis": ("apixaban/", "switching", "start apixaban when the INR is below 2", ""),
    "apixaban dose": ("apixaban/", "dosage", "For: Treatment of DVT or PE", ""),
    "roctavian price": ("valoctocogene-roxaparvovec/results/", "market", "List price at launch", "Label use"),
    "amoxicillin 20 kg": ("amoxicillin/dose-sheet/", "mild-longer", "Each dose (mg): 250", ""),
    "mtx amoxycillin": ("amoxicillin/", "interactions", "Methotrexate: ", ""),
    "can I take amoxycillin while on methotrexate": ("methotrexate/", "interactions", "penicillins", ""),
    "amoxicillin DOAC": ("amoxicillin/", "interactions", "Anticoagulants by mouth", ""),
    "DVT dose": ("apixaban/", "adults", "Treatment of DVT or PE", ""),
    "haemophilia A gene therapy dose": ("valoctocogene-roxaparvovec/", "dosage", "6 × 10¹³ vg/kg", ""),
    "methotrexate monday": ("methotrexate/", "arthritis-and-psoriasis", "once a week", ""),
    "apixaban ibuprofen omeprazole bleeding": ("apixaban/", "interactions", "NSAIDs", ""),
    "methotrexate sertraline ibuprofen": ("methotrexate/", "interactions", "NSAID", ""),
    "sertraline omeprazole": ("methotrexate/", "interactions", "proton pump inhibitors", ""),
    "nursing amoxicillin": ("amoxicillin/", "special-populations", "Breast-feeding", ""),
    "bridge with heparin": ("apixaban/", "procedures", "Bridging", ""),
    "apixiban pregnacy": ("apixaban/", "special-populations", "not recommended in pregnancy", ""),
}


@pytest.mark.parametrize(("words", "wanted"), SHOWN.items(), ids=SHOWN)
def test_a_result_shows_what_answers(ask: Callable[[str], Answer], words: str, wanted: tuple[str, str, str, str]) -> None:
    place, section, text, unwanted = wanted
    answer = ask(words)
    shown = next(shown for at, shown in zip(answer.results, answer.texts, strict=True) if at == (f"{MONOGRAPHS}{place}", section))
    assert text in " ".join(shown.split())
    assert not unwanted or unwanted not in shown


# What is typed, and the medicines whose results may not come first, since they are not what was asked for.
ANOTHER = {
    "xarelto missed dose": ("apixaban/", "missed-dose"),
    "warfarin missed dose": ("apixaban/", "missed-dose"),
    "penicillin V dose": ("amoxicillin/", "dosage"),
    "factor VII": ("valoctocogene-roxaparvovec/", ""),
    "factor XI": ("etranacogene-dezaparvovec/", ""),
    "over 80": ("etranacogene-dezaparvovec/dose-sheet/", "kg-80"),
    "133 micromol/L": ("etranacogene-dezaparvovec/dose-sheet/", "kg-133"),
}


@pytest.mark.parametrize(("words", "place"), ANOTHER.items(), ids=ANOTHER)
def test_what_was_not_asked_for_is_not_shown_as_an_answer(ask: Callable[[str], Answer], words: str, place: tuple[str, str]) -> None:
    assert (f"{MONOGRAPHS}{place[0]}", place[1]) not in ask(words).results[:3]


def test_a_name_that_stands_nowhere_is_said_to(ask: Callable[[str], Answer]) -> None:
    assert "If “zolgensma” is a medicine, this site has none of it" in ask("Zolgensma dose").said
    assert ask("1000 mg").results == []  # a made-up dose of the manual for editors is none
