/* Finds what a question asks for: names at once, then places in the text. What it looks in comes piece by piece, as scripts,
   so that a page from a disk finds the same. How words are cut is told in search_words.py. Written for browsers of 2023 and later. */
(function () {
  "use strict";
  const BASE = new URL("../../search/", document.currentScript.src).href;
  const UNITS = ["kg", "mg", "mcg", "g", "ml", "iu", "vg"];
  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const WORD = /[\p{L}\p{N}]+(?:\^[0-9]+|(?:\.[0-9]+)+)?/gu;
  const LEAST = 58 + 10; // the sign of the weight 1; three signs are a doubling
  const SHORTEST = 5; // with fewer letters another word is too near: "dose", "nose"
  const MANY = 40; // so many words that begin alike are enough
  const PER_PAGE = 3;
  const OF_THEM = 4; // how much more a page tells that is about what was named

  function folded(text) {
    return text
      .replace(/(?<=[0-9])[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (raised) => "^" + Array.from(raised, (each) => SUPERSCRIPTS.indexOf(each)).join(""))
      .normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f'’]/g, "")
      .replace(/([0-9]+(?:\.[0-9]+)?)\s*[x×*·]\s*10\s*\^\s*([0-9]+)/g, "$1e$2")
      .replace(/(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g, "")
      .replace(/([0-9])(?=(?:kg|mg|mcg|g|ml|iu|vg)(?![\p{L}\p{N}]))/gu, "$1 ");
  }

  function stem(word) {
    word = word.replace(/[ao]e/g, "e");
    if (word === "children") return "child";
    if (word.length < 4 || !word.endsWith("s") || "sui".includes(word[word.length - 2])) return word;
    if (word.endsWith("ies")) return word.slice(0, -3) + "y";
    return /(?:xes|shes|ches)$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
  }

  function words(text) {
    if (/^[A-Za-z]+$/.test(text)) return [stem(text.toLowerCase())]; // as most names are
    return (folded(text).match(WORD) || []).map(stem);
  }

  function pair(one, next, known) {
    const numbers = next.length === 1 || /^[0-9]{2}$/.test(next);
    const told = known.negations.includes(one) || (numbers && one.length > 1 && !known.passed.includes(one)) || (UNITS.includes(next) && /^[0-9]/.test(one));
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

  // What was asked for and what came, by kind and number.
  const loads = new Map();
  const waiting = new Map();
  window.sought = function (kind, number, data) { waiting.get(kind + number)(data); };

  function load(kind, number, path) {
    const key = kind + number;
    if (!loads.has(key)) {
      loads.set(key, new Promise((done, failed) => {
        waiting.set(key, done);
        const script = document.createElement("script");
        script.src = BASE + path;
        script.onload = () => script.remove();
        script.onerror = () => { loads.delete(key); failed(new Error(path)); };
        document.head.appendChild(script);
      }));
    }
    return loads.get(key);
  }

  let opened;
  /* What is asked for first: every name, and where the rest is. */
  function open() {
    opened = opened || load("names", 0, "names.js").then(prepared);
    opened.catch(() => { opened = undefined; });
    return opened;
  }

  function prepared(first) {
    const pages = []; // the address of each, and the number of the medicine that it is about
    const starts = new Map(first.medicines.map((each, number) => [each[0], number]));
    first.folders.forEach(([folder, kinds]) => {
      const from = pages.length;
      if (!kinds) pages.push({ address: folder });
      for (const kind of kinds) pages.push({ address: folder + first.kinds[kind.charCodeAt(0) - 48 - (kind.charCodeAt(0) > 92 ? 1 : 0)] });
      const medicine = pages.slice(from).map((_, number) => starts.get(from + number)).find((each) => each !== undefined);
      pages.slice(from).forEach((page) => { page.medicine = medicine; });
    });
    const names = new Map(); // what is written together: what it is, and whose
    const parts = new Map(); // the words of generic names of several words
    function add(map, cut, name, medicine, kind) {
      const key = cut.join("");
      const known = map.get(key) || { name, kind, words: cut, medicines: [], seen: new Set() };
      if (kind === "name") known.kind = kind;
      if (!known.seen.has(medicine)) known.medicines.push(medicine);
      known.seen.add(medicine);
      map.set(key, known);
    }
    first.medicines.forEach(([, called], number) => {
      called.forEach((name) => add(names, words(name), name, number, "name"));
      const inn = words(called[0]);
      if (inn.length > 1) inn.forEach((word) => { if (word.length > 3) add(parts, [word], called[0], number, "part"); });
    });
    first.terms.forEach(([name, ...whose]) => {
      const cut = words(name);
      whose.forEach((number) => add(names, cut, name, number, "term"));
    });
    first.statuses = first.statuses.map((said) => ({ said, words: words(said) }));
    // Where each page has a folder of its own, a server knows it by that; a copy names the files.
    const inFolders = location.protocol !== "file:" && pages.every((page) => /(^|\/)index\.html$/.test(page.address));
    return { ...first, pages, names, parts, inFolders };
  }

  const codes = new Map();
  function withCodes(known) {
    return load("codes", 0, "codes.js").then((found) => {
      if (!codes.size) found.forEach(([name, ...medicines]) => codes.set(words(name).join(""), { name, kind: "name", medicines }));
      return known;
    });
  }

  /* The medicines and groups that a question names, and which of its words are left. */
  function named(known, tokens) {
    const found = [];
    const taken = new Set();
    for (let from = 0; from < tokens.length; from += 1) {
      for (let to = Math.min(tokens.length, from + 6); to > from; to -= 1) {
        const key = tokens.slice(from, to).join("");
        const hit = known.names.get(key) || codes.get(key) || (to === from + 1 && known.parts.get(key));
        if (hit && (to > from + 1 || !known.passed.includes(tokens[from]))) {
          found.push({ ...hit, from, to });
          for (let at = from; at < to; at += 1) taken.add(at);
          from = to - 1;
          break;
        }
      }
    }
    // Beside a part of a name stands the other part, if only its beginning was typed, or with a slip.
    found.filter((each) => each.kind === "part").forEach((each) => {
      const inn = words(each.name);
      tokens.forEach((token, at) => {
        if (!taken.has(at) && token.length > 3 && inn.some((word) => word.startsWith(token) || near(word, token))) taken.add(at);
      });
    });
    return { found, left: tokens.map((token, at) => ({ token, at })).filter(({ at }) => !taken.has(at)) };
  }

  /* Names that begin with what was typed: the medicines that have them, generic names first. */
  function beginning(known, tokens) {
    const key = tokens.join("");
    const found = new Map();
    if (key.length < 2) return found;
    const hits = [...known.names].filter(([name]) => name.startsWith(key) && name !== key);
    const others = hits.length || key.length < 4 ? [] :
      [...known.parts].filter(([name]) => name.startsWith(key));
    const inWords = hits.length || others.length || key.length < 4 ? [] :
      [...known.names].filter(([, each]) => tokens.every((token) => each.words.includes(token)));
    [...hits, ...others, ...inWords]
      .sort(([a, one], [b, other]) => (one.kind !== "name") - (other.kind !== "name") || a.length - b.length || (a < b ? -1 : 1))
      .forEach(([, each]) => each.medicines.forEach((number) => { if (!found.has(number)) found.set(number, each.name); }));
    return found;
  }

  function nearlyNamed(known, token) {
    const found = new Map();
    if (token.length < SHORTEST || /[0-9]/.test(token)) return found;
    [...known.names, ...known.parts].forEach(([name, each]) => {
      if (near(name, token)) each.medicines.forEach((number) => { if (!found.has(number)) found.set(number, each.name); });
    });
    return found;
  }

  // ---- Words in the text -------------------------------------------------------------------------------------------------------
  function pieceOf(known, word) {
    let low = 0, high = known.words.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (known.words[middle] <= word) low = middle; else high = middle - 1;
    }
    return low;
  }

  const lines = new Map();
  function piece(known, number) {
    return load("words", number, known.version + "/" + number + ".js").then((text) => {
      if (!lines.has(number)) lines.set(number, new Map(text.split("\n").map((line) => line.split(" "))));
      return lines.get(number);
    });
  }

  async function places(known, word) {
    return known.words.length ? (await piece(known, pieceOf(known, word))).get(word) : undefined;
  }

  async function alike(known, word, fits) {
    const number = pieceOf(known, word);
    const found = [];
    for (let at = number; at <= number + 1 && at < known.words.length; at += 1) {
      if (at > number && !known.words[at].startsWith(word.slice(0, 3))) break;
      for (const [each, where] of await piece(known, at)) if (!each.includes("_") && fits(each)) found.push([each, where]);
    }
    return found;
  }

  /* A word of the question with all words of the text that it stands for: itself, else those that begin so, else those nearly so. */
  async function slot(known, word) {
    const exact = await places(known, word);
    if (exact) return { word, of: [[word, exact]] };
    if (word.length > 2) {
      const begun = await alike(known, word, (each) => each.startsWith(word));
      if (begun.length) return { word, begun: true, of: begun.sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).slice(0, MANY) };
    }
    if (word.length >= SHORTEST && !/[0-9]/.test(word)) {
      const slips = await alike(known, word, (each) => near(each, word));
      if (slips.length) return { word, near: slips.map(([each]) => each), of: slips };
    }
    return { word, of: [] };
  }

  /* Calls with page, section and level for each place: ".3A2B.C" is in page 3 above the last, there in sections 2 and 1 on. */
  function eachPlace(text, call) {
    let page = -1, section = -1, level = 0, number = 0, typed = false;
    function place() {
      if (!level) page += typed ? number : 1;
      else { section += typed ? number : 1; call(page, section, level); }
      number = 0;
      typed = false;
    }
    for (let at = 1; at <= text.length; at += 1) {
      const code = at < text.length ? text.charCodeAt(at) : 46;
      if (code === 46) { place(); level = 0; section = -1; }
      else if (code >= 58 && code <= 90) { place(); level = code; }
      else { number = number * 36 + (code < 58 ? code - 48 : code - 87); typed = true; }
    }
  }

  /* The places that hold the words, best first: what is rare tells most, and who has all words comes before who has some. */
  function ranked(known, slots, weightOf) {
    const scores = new Map();
    let whole = 0;
    slots.forEach((each) => {
      const own = new Map();
      each.of.forEach(([, where]) => eachPlace(where, (page, section, level) => {
        const key = page * 4096 + section;
        own.set(key, Math.max(own.get(key) || 0, level));
      }));
      const rare = Math.log(1 + known.sections / (1 + own.size)) * (each.weight || 1);
      whole += rare;
      own.forEach((level, key) => {
        const known_ = scores.get(key) || [0, 0];
        scores.set(key, [known_[0] + rare * 2 ** ((level - LEAST) / 3), known_[1] + rare]);
      });
    });
    const found = [];
    scores.forEach(([score, held], key) => {
      const page = Math.floor(key / 4096);
      const weight = weightOf(known.pages[page]);
      if (weight) found.push({ page, section: key % 4096, score: weight * score * (held / whole) ** 3, all: held > whole * 0.999 });
    });
    return found.sort((a, b) => b.score - a.score || a.page - b.page || a.section - b.section);
  }

  async function slotsOf(known, left, tokens) {
    let asked = left.filter(({ token }) => !known.passed.includes(token));
    if (!asked.length) asked = left;
    if (asked.some(({ token }) => token.length > 1)) asked = asked.filter(({ token, at }) => token.length > 1 || /[0-9]/.test(token) && !pair(tokens[at - 1] || "", token, known));
    const wanted = asked.map(({ token }) => slot(known, token));
    const joined = left.map(({ token, at }) => at + 1 < tokens.length && left.some((each) => each.at === at + 1) ?
      { at, key: pair(token, tokens[at + 1], known) } : {}).filter(({ key }) => key);
    const doubled = await Promise.all(joined.map(async ({ at, key }) => ({ at, key, where: await places(known, key) })));
    const slots = await Promise.all(wanted);
    const pairs = doubled.filter(({ where }) => where);
    // What is said by a pair need not be said by its first word alone, if that only turns it round or is a number.
    const kept = slots.filter((each, number) => !pairs.some(({ at, key }) =>
      (at === asked[number].at && (known.negations.includes(each.word) || /^[0-9]/.test(each.word))) || (at + 1 === asked[number].at && UNITS.includes(each.word))));
    return [...kept, ...pairs.map(({ key, where }) => ({ word: key, weight: 2, of: [[key, where]] }))];
  }

  async function text(known, page) { return load("page", page, "pages/" + known.pages[page].address + ".js"); }

  /* All that a question finds: medicines by name, which `early` gets as soon as they are known, what is only nearly so, and places
     in the text. */
  async function find(question, early) {
    const known = await open();
    const phrases = (question.match(/"[^"]+"/g) || []).map((each) => words(each).join(" ")).filter(Boolean);
    const tokens = words(question);
    if (!tokens.length) return { known, medicines: [], near: [], places: [], tokens };
    if (/[0-9]/.test(question)) await withCodes(known);
    const { found, left } = named(known, tokens);
    const asked = left.filter(({ token }) => !known.passed.includes(token));
    const medicines = new Map();
    const exact = found.filter((each) => each.kind !== "part" || each.medicines.length < 4);
    if (!asked.length) found.forEach((each) => each.medicines.forEach((number) => { if (!medicines.has(number)) medicines.set(number, each.name); }));
    if (!found.length || tokens.length === 1) beginning(known, tokens).forEach((name, number) => { if (!medicines.has(number)) medicines.set(number, name); });
    const status = statusOf(known, tokens);
    if (!found.length) status.forEach((said, number) => { if (!medicines.has(number)) medicines.set(number, said); });

    if (medicines.size && early) early({ known, tokens, medicines: [...medicines] });
    const names = exact.filter((each) => each.kind !== "term");
    const several = new Set(names.flatMap((each) => each.medicines)).size > 1 && names.length > 1;
    const only = names.length && !several && asked.length ? new Set(names.flatMap((each) => each.medicines)) : null;
    const about = new Set(exact.flatMap((each) => each.medicines));
    const searched = several || !asked.length ? tokens.map((token, at) => ({ token, at })) : left;
    const slots = await slotsOf(known, searched, tokens);
    const nearly = new Map();
    if (!found.length && !medicines.size) {
      slots.filter((each) => !each.of.length || each.near).forEach((each) => nearlyNamed(known, each.word).forEach((name, number) => nearly.set(number, name)));
      if (!nearly.size && tokens.length > 1) nearlyNamed(known, tokens.join("")).forEach((name, number) => nearly.set(number, name));
    }
    const meant = nearly.size === 1 ? new Set(nearly.keys()) : null;
    const told = meant ? slots.filter((each) => each.of.length && !each.near) : slots.filter((each) => each.of.length);
    const weightOf = (page) => {
      const whose = only || (meant && told.length ? meant : null);
      if (whose) return whose.has(page.medicine) ? 1 : 0;
      return about.size && about.has(page.medicine) ? OF_THEM : 1;
    };
    const all = several ? await together(known, names, tokens, left) : meant && !told.length ? [] : ranked(known, told, weightOf);
    const hits = all
      .filter((hit) => several || hit.section || ![...medicines.keys(), ...nearly.keys()].some((number) => known.medicines[number][0] === hit.page));
    const silent = slots.filter((each) => !each.of.length).map((each) => each.word);
    const slips = meant ? [] : slots.filter((each) => each.near);
    if (only && !hits.length) only.forEach((number) => medicines.set(number, ""));
    return { known, tokens, medicines: [...medicines], near: [...nearly], only: only && hits.length ? [...only] : [], meant: !!meant, slips, silent, phrases,
      hits, pairs: told.map((each) => each.word).filter((word) => word.includes("_")), marked: new Set(told.flatMap((each) => each.of.map(([word]) => word)).flatMap((word) => word.split("_"))) };
  }

  /* What the pages of one medicine that was named say of another one. */
  async function together(known, names, tokens, left) {
    const found = [];
    for (const each of names) {
      const asked = [...tokens.map((token, at) => ({ token, at })).filter(({ at }) => at >= each.from && at < each.to), ...left];
      const others = new Set(names.flatMap(({ medicines }) => medicines).filter((number) => !each.medicines.includes(number)));
      const slots = (await slotsOf(known, asked, tokens)).filter(({ of }) => of.length);
      found.push(...ranked(known, slots, (page) => (others.has(page.medicine) ? 1 : 0)));
    }
    return found.sort((a, b) => b.score - a.score || a.page - b.page || a.section - b.section);
  }

  /* The medicines of which the status holds all words: "withdrawn", "authorized in the EU". */
  function statusOf(known, tokens) {
    const asked = tokens.filter((token) => !known.passed.includes(token));
    const found = new Map();
    if (!asked.length) return found;
    known.statuses.forEach((each, number) => {
      if (asked.every((token) => each.words.includes(token))) {
        known.medicines.forEach(([, , said], medicine) => { if (said.includes(number) && !found.has(medicine)) found.set(medicine, ""); });
      }
    });
    return found;
  }

  /* The next of these hits with their texts, few of one page; `state` remembers how far it came. */
  async function next(found, state, many) {
    const taken = [];
    const most = found.only.length || found.meant ? PER_PAGE * 2 : PER_PAGE;
    while (taken.length < many && state.at < found.hits.length) {
      const batch = [];
      while (batch.length < many && state.at < found.hits.length) {
        const hit = found.hits[state.at++];
        const own = state.pages.get(hit.page) || 0;
        if (own < most) { state.pages.set(hit.page, own + 1); batch.push(hit); }
      }
      const texts = await Promise.all(batch.map((hit) => text(found.known, hit.page)));
      batch.forEach((hit, number) => {
        const [title, sections] = texts[number];
        const section = sections[hit.section];
        if (!section) return;
        const [anchor, heading, marks, said] = section;
        const all = found.phrases.length ? words(heading + "\n" + said).join(" ") : "";
        if (found.phrases.every((phrase) => (" " + all + " ").includes(" " + phrase + " "))) {
          taken.push({ ...hit, title, anchor, heading, marks, lines: said ? said.split("\n") : [] });
        }
      });
      if (!found.phrases.length) break;
    }
    return taken;
  }

  window.finder = { open, find, next, words, stem, near, base: new URL("../", BASE).href };
})();
