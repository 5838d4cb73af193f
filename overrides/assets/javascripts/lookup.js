/* What a question is looked up in: names, and the places of each word or of what pages say in its place. It comes piece by piece, as
   scripts, so that a page from a disk finds the same. Written for browsers of 2023 and later. */
(function () {
  "use strict";
  const { words, pair, near } = window.cutting;
  const BASE = new URL("../../search/", document.currentScript.src).href;
  const SHORTEST = 5; // with fewer letters another word is too near: "dose", "nose"
  const PLACES = 4096; // no page has so many sections
  // How much tells what stands for a word that pages have, and what only begins as such a word.
  const INSTEAD = 0.9, FURTHER = 0.4;
  const ALIKE = 4; // words that share so many letters at their beginning need no telling
  const MANY = 40; // so many words that begin alike are enough

  // What was asked for, and who waits for it, by kind and name.
  const loads = new Map();
  const waiting = new Map();
  window.sought = function (kind, name, data) {
    const done = waiting.get(kind + " " + name);
    if (done) { waiting.delete(kind + " " + name); done(data); }
  };

  /* What the script hands over under this name; one that hands over something else, as after a change of the site, fails. */
  function load(kind, name, path) {
    const key = kind + " " + name;
    if (!loads.has(key)) {
      loads.set(key, new Promise((done, failed) => {
        waiting.set(key, done);
        const script = document.createElement("script");
        script.src = BASE + path;
        script.onload = script.onerror = () => {
          script.remove();
          if (waiting.delete(key)) { loads.delete(key); failed(new Error(path)); }
        };
        document.head.appendChild(script);
      }));
    }
    return loads.get(key);
  }

  let opened;
  /* What is asked for first: every name, and where the rest is. */
  function open() {
    opened = opened || load("names", "all", "names.js").then(prepared);
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
    [["alias", first.aliases], ["term", first.terms]].forEach(([kind, called]) => called.forEach(([name, ...whose]) => {
      const cut = words(name);
      whose.forEach((number) => add(names, cut, name, number, kind));
    }));
    const meanings = meant(first.synonyms, first.groups);
    // What is said for a disease, a class or a medicine is said for the medicines that have it or are it.
    meanings.forEach((each, typed) => each.forEach(({ of, group }) => {
      const known = of && !group && names.get(of.join(""));
      const key = typed.replaceAll(" ", "");
      const before = names.get(key);
      if (!known || known.kind === "alias" || (before && (known.kind !== "name" || before.kind === "name"))) return;
      // What other medicines are called or searched by as well stays theirs.
      const medicines = [...new Set([...known.medicines, ...(before ? before.medicines : [])])];
      names.set(key, { ...known, medicines, words: typed.split(" "), typed: true });
    }));
    first.statuses = first.statuses.map((said) => ({ said, words: words(said) }));
    // Where each page has a folder of its own, a server knows it by that; a copy names the files.
    const inFolders = location.protocol !== "file:" && pages.every((page) => /(^|\/)index\.html$/.test(page.address));
    return { ...first, pages, names, parts, meanings, inFolders };
  }

  /* What people type, cut into words, with what pages say in its place: words that stand together, or the beginning of one. */
  function meant(synonyms, groups) {
    const found = new Map();
    [...synonyms, ...groups].forEach(([said, ...typed], number) => {
      const group = number >= synonyms.length;
      const begins = said.endsWith("-");
      const cut = words(said);
      const meaning = begins ? { said: cut[0], begins: cut[0] } : { said, of: cut, group };
      (begins || cut.length === 1 ? typed : [said, ...typed]).forEach((each) => {
        const key = words(each).join(" ");
        found.set(key, [...(found.get(key) || []), meaning]);
      });
    });
    return found;
  }

  const codes = new Map();
  function withCodes(known) {
    return load("codes", "all", known.version + "/codes.js").then((found) => {
      if (!codes.size) found.forEach(([name, ...medicines]) => codes.set(words(name).join(""), { name, kind: "name", medicines }));
      return known;
    });
  }

  async function text(known, page) {
    const name = known.pages[page].address.replace(/\/index\.html$/, "");
    return load("page", name, "pages/" + name + ".js");
  }

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

  async function alike(known, word, fits, paired) {
    const number = pieceOf(known, word);
    const found = [];
    for (let at = number; at <= number + 1 && at < known.words.length; at += 1) {
      if (at > number && !known.words[at].startsWith(word.slice(0, 3))) break;
      for (const [each, where] of await piece(known, at)) if (each.includes("_") === !!paired && fits(each)) found.push([each, where]);
    }
    return found;
  }

  /* What is exact, so that nothing is near it and it begins nothing else: 15, VII. */
  function figure(word) { return /^(?:[0-9]|[ivx]+$)/.test(word); }

  /* A word of the question with all words of the text that it stands for: itself and what pages say in its place; else those that
     begin so; else those nearly so. A figure is never completed: 15 is not 150. */
  async function slot(known, word) {
    const own = known.meanings.get(word);
    if (own) return meaningOf(known, word, own);
    const exact = await places(known, word);
    if (exact) return { word, of: [[word, exact]] };
    if (figure(word)) return { word, of: [] };
    // A medicine of a group is asked for by its whole name: "lyme" is no lymecycline.
    const typed = [...known.meanings.keys()].filter((each) => !each.includes(" ") && (word.length > SHORTEST || !known.meanings.get(each).some(({ group }) => group)));
    if (word.length > 2) {
      const others = typed.filter((each) => each.startsWith(word));
      const begin = await alike(known, word, (each) => each.startsWith(word));
      const begun = [...begin, ...await allMeant(known, others)];
      if (begun.length) return { word, begun: [...begin.map(([each]) => each), ...others], of: begun.sort((a, b) => often(b[1]) - often(a[1]) || (a[0] < b[0] ? -1 : 1)).slice(0, MANY) };
    }
    if (word.length >= SHORTEST) {
      // Few mistake the first letter of a word: "bridge" is no fridge.
      const slip = (each) => each[0] === word[0] && near(each, word);
      const others = typed.filter(slip);
      const alike_ = await alike(known, word, slip);
      const slips = [...alike_, ...await allMeant(known, others)];
      if (slips.length) return { word, near: [...new Set([...alike_.map(([each]) => each), ...others])], of: slips };
    }
    return { word, of: [] };
  }

  /* What people type in these words, in the words of pages. */
  async function allMeant(known, typed) {
    const found = await Promise.all(typed.map((each) => meaningOf(known, each, known.meanings.get(each))));
    return found.flatMap(({ of }) => of);
  }

  /* What was typed, where it stands so in a text, and all that pages say in its place. A medicine that is looked for by its group
     is told so; of other words only if nothing was found by themselves, and if what was looked for begins otherwise. */
  async function meaningOf(known, word, meanings) {
    const exact = await wholly(known, word.split(" "));
    const found = await Promise.all(meanings.map(async (meaning) => ({ ...meaning, of: meaning.begins ?
      await alike(known, meaning.begins, (each) => each !== word && each.startsWith(meaning.begins)) : await wholly(known, meaning.of) })));
    const instead = found.filter(({ of, said, group }) => of.length && (group || (!exact.length && said.slice(0, ALIKE) !== word.slice(0, ALIKE))));
    const others = found.flatMap(({ of, begins }) => of.map(([each, where]) => [each, where, !exact.length ? 1 : begins ? FURTHER : INSTEAD]));
    return { word, of: [...exact, ...others], exact: exact.length > 0, group: meanings.some(({ group }) => group), instead: instead.map(({ said, begins, of }) => begins ? of[0][0] : said) };
  }

  /* The same behind a word that turns it round: only what is turned round as well, since "not licensed" asks for no license. */
  async function deniedOf(known, denial, word, meanings) {
    const begin = (start) => alike(known, denial + "_" + start, (each) => each.startsWith(denial + "_" + start), true);
    const found = await Promise.all([begin(word + " "), places(known, denial + "_" + word).then((where) => (where ? [[denial + "_" + word, where]] : [])),
      ...meanings.map(({ of, begins }) => (begins ? begin(begins) : wholly(known, [denial, ...of])))]);
    return { word: denial + " " + word, of: found.flat(), pair: denial + "_" + word };
  }

  /* The sections in which all these words stand, a pair of them as such; where one word tells least, all do. */
  async function wholly(known, cut) {
    const pairs = cut.map((word, at) => at + 1 < cut.length ? pair(word, cut[at + 1], known, cut[at + 2]) : "").filter(Boolean);
    // A pair says its two words; each by itself may stand on every page, and would be asked for in vain.
    const said = new Set(pairs.flatMap((each) => each.split("_")));
    const telling = cut.filter((word) => (word.length > 1 || /[0-9]/.test(word)) && !known.passed.includes(word) && !said.has(word));
    const parts = [...new Set([...(telling.length || pairs.length ? telling : cut), ...pairs])];
    const found = await Promise.all(parts.map((each) => places(known, each)));
    if (found.some((where) => !where)) return [];
    if (found.length === 1) return [[parts[0], found[0]]];
    const [first, ...others] = found.map(levels);
    const all = new Map([...first].filter(([key]) => others.every((each) => each.has(key)))
      .map(([key, level]) => [key, Math.min(level, ...others.map((each) => each.get(key)))]));
    return all.size ? [[parts.join(" "), all]] : [];
  }

  function often(where) { return typeof where === "string" ? where.length : 3 * where.size; }

  /* Each section that a text of places names, with its level there; sections that were gathered are such a list already. */
  function levels(where) {
    if (typeof where !== "string") return where;
    const found = new Map();
    eachPlace(where, (page, section, level) => found.set(page * PLACES + section, level));
    return found;
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

  window.lookup = { PLACES, SHORTEST, BASE, open, withCodes, codes, text, places, levels, slot, figure, wholly, meaningOf, deniedOf };
})();
