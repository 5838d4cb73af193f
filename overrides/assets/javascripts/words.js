/* Cuts a question into the words that pages are known by, as search_words.py cuts the texts of pages, and tells what is nearly the
   same. Written for browsers of 2023 and later. */
(function () {
  "use strict";
  const UNITS = ["kg", "mg", "mcg", "g", "ml", "iu", "vg"];
  const OFTEN = ["once", "twice", "time"], EACH = ["a", "per"]; // once_day
  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const WORD = /[\p{L}\p{N}]+(?:\^[0-9]+|(?:\.[0-9]+)+)?/gu;
  const LONG = 7; // of fewer letters too many words sound alike

  const UNIT_OF = {
    milligram: "mg", milligramme: "mg", mg: "mg", microgram: "mcg", microgramme: "mcg", ug: "mcg", "\u03bcg": "mcg", mcg: "mcg", gram: "g",
    gramme: "g", kilogram: "kg", kilo: "kg", kg: "kg", milliliter: "ml", millilitre: "ml", ml: "ml",
  };
  const FRACTIONS = { "½": ".5", "¼": ".25", "¾": ".75" };

  function folded(text) {
    const small = text
      .replace(/[®™℠©]/g, "").replace(/[½¼¾]/g, (part) => FRACTIONS[part])
      .replace(/(?<=[0-9])[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (raised) => "^" + Array.from(raised, (each) => SUPERSCRIPTS.indexOf(each)).join(""))
      .normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f'’]/g, "")
      .replace(/(?<![\p{L}\p{N}_])(?:[a-z]\.)+[a-z](?![\p{L}\p{N}_])/gu, (dotted) => dotted.replaceAll(".", ""));
    return /[0-9]/.test(small) ? inOneWay(small) : small;
  }

  /* Each number, power and unit in one of the ways in which people write it; what each line is for is told in search_words.py. */
  function inOneWay(text) {
    return text
      .replace(/(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g, "")
      .replace(/(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]))/g, ".")
      .replace(/(?<![\p{L}\p{N}_.])\.(?=[0-9])/gu, "0.")
      .replace(/(?<=[0-9])\.0+(?![0-9]|\.[0-9])/g, "")
      .replace(/([0-9]\.[0-9]*[1-9])0+(?![0-9]|\.[0-9])/g, "$1")
      .replace(/\*\*/g, "^")
      .replace(/([x×*·]\s*10)\s?(1[0-9])(?![0-9])/g, "$1^$2")
      .replace(/([0-9]+(?:\.[0-9]+)?)\s*[x×*·]\s*10\s*\^\s*([0-9]+)/g, "$1e$2")
      .replace(/(?<=[0-9])e\+(?=[0-9])/g, "e")
      .replace(/([0-9])\s*(milligramme|microgramme|milliliter|millilitre|milligram|microgram|kilogram|gramme|gram|kilo|mcg|ug|\u03bcg|mg|kg|ml)s?(?![\p{L}\p{N}_])/gu,
        (_, digit, unit) => digit + " " + UNIT_OF[unit])
      .replace(/([0-9])(?=(?:kg|mg|mcg|g|ml|iu|vg)(?![\p{L}\p{N}]))/gu, "$1 ");
  }

  function stem(word) {
    return singular(word.replace(/[ao]e/g, "e"))
      .replace(/sulph/g, "sulf").replace(/(?<=[a-z]{2})our(?=$|ed$|ing$|al$|less$)/, "or").replace(/(?<=[a-z]{2})tre$/, "ter")
      .replace(/(?<=[a-z]{4})iz(?=e$|ed$|er$|ing$|ation$)/, "is").replace(/yz(?=e$|ed$|er$|ing$)/, "ys")
      .replace(/^(lic|def)ens(?=e$|ed$|ing$)/, "$1enc").replace(/gramme$/, "gram")
      .replace(/^(counsel|label|mislabel|model|cancel|signal)l(?=ed$|ing$|or$|er$)/, "$1");
  }

  function singular(word) {
    if (word === "children") return "child";
    if (/^[b-df-hj-np-tv-z]{2,}is$/.test(word)) return word.slice(0, -1);
    if (word.length < 4 || !word.endsWith("s") || "sui".includes(word[word.length - 2])) return word;
    if (word.endsWith("ies")) return word.slice(0, -3) + "y";
    return /(?:xes|shes|ches)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
  }

  function words(text) {
    if (/^[A-Za-z]+$/.test(text)) return [stem(text.toLowerCase())]; // as most names are
    return (folded(text).match(WORD) || []).map(stem);
  }

  function pair(one, next, known, third) {
    if (third && OFTEN.includes(one) && EACH.includes(next)) return one + "_" + third;
    const numbers = next.length === 1 || /^[0-9]{2}$/.test(next);
    const counted = /^[0-9]/.test(one) && (UNITS.includes(next) || next === "time" || /^[0-9]/.test(next));
    const told = known.negations.includes(one) || one === "every" || counted || (numbers && one.length > 1 && !known.passed.includes(one));
    return told ? one + "_" + next : "";
  }

  /* Whether one word becomes the other by one slip: a letter too many, too few, another one, or two that changed places. */
  function near(one, other) {
    if (one === other || Math.abs(one.length - other.length) > 1) return false;
    let i = 0;
    while (i < one.length && one[i] === other[i]) i += 1;
    const a = one.slice(i), b = other.slice(i);
    return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) ||
      (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  }

  /* Whether a long name sounds like another: vowels and doubled letters are what people write by ear. Two slips of any kind would
     make other medicines near, as prednisone and prednisolone are. */
  function soundsLike(one, other) { return one !== other && Math.min(one.length, other.length) >= LONG && sound(one) === sound(other); }

  function sound(word) {
    return word.replace(/ph/g, "f").replace(/h/g, "").replace(/[ckq]/g, "c").replace(/z/g, "s").replace(/[aeiouy]+/g, "*").replace(/(.)\1+/g, "$1");
  }

  window.cutting = { UNITS, words, folded, stem, pair, near, soundsLike };
})();
