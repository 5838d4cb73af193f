"""What the page of the fictional tablet says of its doses: by place, by group, and the gap that warns."""

# In each place what it says; what holds for both places is one cell over both.
CHILD = (
    "age 6 to below 18 years: 15 mg/kg/day in 2 divided doses, one every 12 hours, by mouth; rounded down to 0.5 mL; "
    "at most 500 mg in a dose and 1,000 mg in a day"
)
DOSES = {
    "Exemplar pain": [
        "age at least 18 years: 500 mg 3 times a day, by mouth; at most 1,000 mg in a dose and 3 g in a day",
        f"age at least 18 years: 500 mg 3 times a day, by mouth; at most 2 g in a day {CHILD} "
        "age below 6 years: no dose established by mouth",
    ],
    "Youngest age": ["–", "6 years"],
}
# What for, in whom, and the dose, each with its place.
GROUPS = [
    ("Exemplar pain with weak kidneys", "creatinine clearance at least 60 mL/min", "no adjustment of the dose by mouth US, EU"),
    ("Exemplar pain with weak kidneys", "creatinine clearance 30 to below 60 mL/min", "250 mg twice a day, by mouth US, EU"),
    ("Exemplar pain with weak kidneys", "creatinine clearance below 30 mL/min", "do not use by mouth US, EU"),
    ("Exemplar pain with a strong inhibitor", "taking a strong inhibitor of exemplase", "50% of the usual dose, by mouth US, EU"),
    (
        "Exemplar pain in frail adults",
        "at least 2 of: age at least 80 years, body weight at most 60 kg, serum creatinine at least 1.5 mg/dL",
        "250 mg 2–3 times a day, by mouth US, EU",
    ),
    (
        "Exemplar flare",
        "all whom it is for",
        "20 mg once a day in the morning for 5 days, then 15 mg once a day in the morning for 5 days, "
        "then lowered by 5 mg every week to 5 mg, by mouth US, EU",
    ),
    (
        "Exemplar tremor",
        "all whom it is for",
        "25 mg once a day at bedtime for 2 weeks, then raised by 25 mg every week to 200 mg, by mouth US, EU",
    ),
    (
        "Exemplar psoriasis",
        "all whom it is for",
        "7.5–15 mg once a week on the same weekday, by mouth; at most 25 mg in a week US, EU",
    ),
    (
        "Exemplar attack",
        "all whom it is for",
        "10 mg every 4–6 hours as needed for the attack or 1–2 puffs 4 times a day, by mouth; at most 8 doses in 24 hours US, EU",
    ),
    (
        "Exemplar infection",
        "all whom it is for",
        "875 mg/125 mg every 12 hours for 7–10 days or 500 mg/125 mg every 8 hours for 7–10 days, by mouth US",
    ),
    (
        "Exemplar sleeplessness",
        "all whom it is for",
        "half a tablet to 1 tablet once a day at bedtime until sleep has returned, by mouth US",
    ),
    (
        "Exemplar crisis",
        "all whom it is for",
        "20 mg/kg of ideal body weight as a single dose, diluted in 100–250 mL of glucose solution, over 30–60 minutes, "
        "then 5 mg/kg every 8 hours for 3 doses, at up to 50 mg/min, by intravenous infusion; "
        "at most 1,500 mg in a dose and 4 g in a course US",
    ),
    ("Exemplar tumor", "all whom it is for", "30 mg/m² on days 1, 8 and 15 of each cycle of 28 days, intravenously US"),
    (
        "Exemplar tumor, by area under the curve",
        "all whom it is for",
        "adjusted to area under the curve 5 mg/mL × min on day 1 of each cycle of 21 days, intravenously US",
    ),
    ("Exemplar clot", "all whom it is for", "adjusted to INR 2 to 3, by mouth US"),
    ("Exemplar want", "all whom it is for", "100,000 international units as a single dose, intramuscularly US"),
    ("Exemplar eye", "all whom it is for", "1 drop twice a day in each eye, into the eye US"),
    ("Exemplar shock", "all whom it is for", "0.1 micrograms/kg/min, by intravenous infusion US"),
    (
        "Exemplar mycosis",
        "all whom it is for",
        "25 mg/kg, at most 800 mg, as a single dose, intravenously, then 12 mg/kg, at most 400 mg, once a day, by mouth; "
        "at least 3 weeks in all US",
    ),
    ("Exemplar otitis", "age 28 days to below 2 years", "40 mg/kg/day and 8 mg/kg/day, number of doses a day not stated, by mouth US"),
    (
        "Exemplar bite",
        "all whom it is for",
        "500 mg/125 mg to 875 mg/125 mg every 12 hours, by mouth; at most 1,750 mg/250 mg in a day US",
    ),
    (
        "Exemplar pressure",
        "age at least 80 years or taking a diuretic",
        "adjusted to the blood pressure no more often than every 2 weeks, by mouth US",
    ),
    ("Partneridine with it", "all whom it is for", "partneridine 20 mg once a day in the morning, by mouth US"),
]
# The gap warns, so it stands whole above the table.
DIALYSIS = (
    "Dialysis: dose: Silent (the dose on dialysis) . US, EU Prescribing information of Tablexa (fictional) ; "
    "Product information of Tablexa (fictional) , each read whole, say nothing on it"
)
