/* Finds what a question asks for: names at once, then places in the text. How words are cut stands in words.js, what they are looked
   up in in lookup.js. Written for browsers of 2023 and later. */
(function () {
  "use strict";
  const { UNITS, words, stem, pair, near, soundsLike } = window.cutting;
  const { PLACES, SHORTEST, BASE, open, withCodes, codes, text, places, levels, slot, figure, wholly, meaningOf, deniedOf } = window.lookup;
  const LEAST = 58 + 10; // the sign of the weight 1; three signs are a doubling
  const HEADED = 58 + 18; // the sign of a word that stands in a heading
  const LETTERS = 4000; // of a question
  const LONGEST = 200; // words of a question; a whole page that was pasted asks for its beginning
  // How much tells what is said in words that stand together as well, and a negation by itself.
  const TOO = 0.3, LITTLE = 0.05;
  const PER_PAGE = 3;
  const OF_THEM = 4; // how much more a page tells that is about what was named

  /* The medicines and groups that a question names, and which of its words are left. */
  function named(known, tokens) {
    const found = [];
    const taken = new Set();
    for (let from = 0; from < tokens.length; from += 1) {
      for (let to = Math.min(tokens.length, from + 6); to > from; to -= 1) {
        const key = tokens.slice(from, to).join("");
        // A medicine that is found by its group and has no page is none of ours, whatever its name begins with: penicillin V.
        const own = known.names.get(key);
        if (!(own && own.kind === "name") && (known.meanings.get(tokens.slice(from, to).join(" ")) || []).some(({ group }) => group)) { from = to - 1; break; }
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

  /* Beside a medicine a class or a disease is what is asked of it, and names no other one. */
  function narrowed(tokens, { found, left }) {
    const names = found.filter(({ kind }) => kind !== "term");
    if (!names.length || names.length === found.length) return { found, left };
    const free = new Set([...left.map(({ at }) => at), ...found.filter(({ kind }) => kind === "term")
      .flatMap(({ from, to }) => Array.from({ length: to - from }, (_, step) => from + step))]);
    return { found: names, left: tokens.map((token, at) => ({ token, at })).filter(({ at }) => free.has(at)) };
  }

  /* Names that begin with what was typed: the medicines that have them, generic names first. */
  function beginning(known, tokens) {
    const key = tokens.join("");
    const found = new Map();
    if (key.length < 2 || (tokens.length > 1 && figure(tokens[tokens.length - 1]))) return found; // factor VII is no factor VIII
    const called = [...known.names].filter(([, each]) => !each.typed);
    const hits = called.filter(([name]) => name.startsWith(key) && name !== key);
    const others = hits.length || key.length < 4 ? [] :
      [...known.parts].filter(([name]) => name.startsWith(key));
    const inWords = hits.length || others.length || key.length < 4 ? [] :
      called.filter(([, each]) => tokens.every((token) => each.words.includes(token)));
    [...hits, ...others, ...inWords]
      .sort(([a, one], [b, other]) => (one.kind !== "name") - (other.kind !== "name") || a.length - b.length || (a < b ? -1 : 1))
      .forEach(([, each]) => each.medicines.forEach((number) => { if (!found.has(number)) found.set(number, each.name); }));
    return found;
  }

  function nearlyNamed(known, token, slips) {
    const found = new Map();
    if (token.length < SHORTEST || /[0-9]/.test(token)) return found;
    [...known.names, ...known.parts].forEach(([name, each]) => {
      if (slips(name, token)) each.medicines.forEach((number) => { if (!found.has(number)) found.set(number, each.name); });
    });
    return found;
  }

  /* The places that hold the words, best first: what is rare tells most, and who has all words comes before who has some. */
  function ranked(known, slots, weightOf) {
    const scores = new Map();
    let whole = 0;
    slots.forEach((each) => {
      // Words add up; those that stand together share theirs.
      const own = new Map();
      const together_ = new Map();
      each.of.forEach(([, where, worth = 1]) => {
        const apart = typeof where === "string";
        levels(where).forEach((level, key) => {
          const told = worth * 2 ** ((level - LEAST) / 3);
          if (apart) own.set(key, (own.get(key) || 0) + told); else together_.set(key, Math.max(together_.get(key) || 0, told));
        });
      });
      together_.forEach((told, key) => own.set(key, Math.max(own.get(key) || 0, told) + TOO * Math.min(own.get(key) || 0, told)));
      const rare = Math.log(1 + known.sections / (1 + own.size)) * (each.weight || 1);
      whole += rare;
      own.forEach((told, key) => {
        const known_ = scores.get(key) || [0, 0];
        scores.set(key, [known_[0] + rare * told, known_[1] + rare]);
      });
    });
    const found = [];
    scores.forEach(([score, held], key) => {
      const page = Math.floor(key / PLACES);
      const weight = weightOf(known.pages[page]);
      if (weight) found.push({ page, section: key % PLACES, score: weight * score * (held / whole) ** 3, all: held > whole * 0.999 });
    });
    return found.sort((a, b) => b.score - a.score || a.page - b.page || a.section - b.section);
  }

  /* Where in a question people say in several words what pages say otherwise, the longest first. */
  function phrased(known, left, tokens) {
    const free = new Set(left.map(({ at }) => at));
    const found = [];
    for (let from = 0; from < tokens.length; from += 1) {
      for (let to = Math.min(tokens.length, from + 6); to > from; to -= 1) {
        const key = tokens.slice(from, to).join(" ");
        const all = Array.from({ length: to - from }, (_, step) => from + step);
        if (known.meanings.has(key) && all.every((at) => free.has(at)) && (to > from + 1 || !known.passed.includes(key))) {
          found.push({ key, all });
          from = to - 1;
          break;
        }
      }
    }
    return found;
  }

  async function slotsOf(known, left, tokens) {
    const phrases = phrased(known, left, tokens);
    const amounts = left.filter(({ token, at }) => /^[0-9]/.test(token) && UNITS.includes(tokens[at + 1]) && left.some((each) => each.at === at + 1));
    const taken = new Set([...phrases.flatMap(({ all }) => all), ...amounts.flatMap(({ at }) => [at, at + 1])]);
    let asked = left.filter(({ token, at }) => !taken.has(at) && !known.passed.includes(token));
    if (!asked.length && !taken.size) asked = left;
    if (amounts.length) asked = asked.filter(({ token }) => !UNITS.includes(token));
    if (taken.size || asked.some(({ token }) => token.length > 1)) asked = asked.filter(({ token, at }) => token.length > 1 || /[0-9]/.test(token) && !pair(tokens[at - 1] || "", token, known));
    const wanted = asked.map(({ token }) => slot(known, token));
    const said = phrases.map(async ({ key, all }) => {
      const denial = known.negations.includes(tokens[all[0] - 1]) && tokens[all[0] - 1];
      const denied = denial && await deniedOf(known, denial, key, known.meanings.get(key));
      if (denied && denied.of.length) return denied;
      return { ...await meaningOf(known, key, known.meanings.get(key)), ...(denial ? { undenied: denial + " " + key } : {}) };
    });
    // An amount is its figure with its unit: one without the other answers nothing.
    const exact = amounts.map(async ({ token, at }) => {
      const key = pair(token, tokens[at + 1], known);
      const where = await places(known, key);
      return { word: token + " " + tokens[at + 1], pair: key, weight: 2, of: where ? [[key, where]] : [] };
    });
    const joined = left.map(({ token, at }) => !taken.has(at) && !(known.negations.includes(token) && known.passed.includes(tokens[at + 1])) && left.some((each) => each.at === at + 1) && !taken.has(at + 1) ?
      { at, key: pair(token, tokens[at + 1], known, tokens[at + 2]) } : {}).filter(({ key }) => key);
    const doubled = await Promise.all(joined.map(async ({ at, key }) => ({ at, key, where: await places(known, key) })));
    const slots = await Promise.all(wanted);
    const pairs = doubled.filter(({ where }) => where);
    // What is said by a pair need not be said by its first word alone, if that only turns it round or is a number.
    const kept = slots.filter((each, number) => !pairs.some(({ at, key }) =>
      at === asked[number].at && (known.negations.includes(each.word) || /^[0-9]/.test(each.word))));
    // By itself such a word stands everywhere, and tells little.
    if (kept.length + pairs.length + taken.size > 1) kept.filter(({ word }) => known.negations.includes(word)).forEach((each) => { each.weight = LITTLE; });
    return [...kept, ...await Promise.all(said), ...await Promise.all(exact),
      ...pairs.map(({ key, where }) => ({ word: key, pair: key, weight: 2, of: [[key, where]] }))];
  }

  /* All that a question finds: medicines by name, which `early` gets as soon as they are known, what is only nearly so, and places
     in the text. */
  async function find(question, early) {
    const known = await open();
    const plain = question.slice(0, LETTERS).replace(/<\/?[a-z][^<>]*>/gi, " "); // what was copied from a page may bring its signs
    const phrases = (plain.match(/["“”„«»][^"“”„«»]+["“”„«»]/g) || []).map((each) => words(each).join(" ")).filter(Boolean);
    const tokens = words(plain).slice(0, LONGEST);
    if (!tokens.length) return { known, tokens, medicines: [], near: [], only: [], slips: [], silent: [], lacking: [], instead: [], begun: [], undenied: [], phrases, hits: [], pairs: [], slots: [], unnamed: [], marked: new Set() };
    if (/[0-9]/.test(plain)) await withCodes(known);
    const { found, left } = narrowed(tokens, named(known, tokens));
    // Words that tell nothing may ask for something together: "who can have it".
    const asked = phrased(known, left, tokens).length ? left : left.filter(({ token }) => !known.passed.includes(token));
    const medicines = new Map();
    const exact = found.filter((each) => each.kind !== "part" || each.medicines.length < 4);
    if (!asked.length) found.forEach((each) => each.medicines.forEach((number) => { if (!medicines.has(number)) medicines.set(number, each.name); }));
    // Who typed a short name or word to its end does not ask for names that only begin so.
    const ended = (found.length || known.meanings.has(tokens.join(" "))) && (tokens.length > 1 || tokens[0].length < SHORTEST);
    if (!ended) beginning(known, tokens).forEach((name, number) => { if (!medicines.has(number)) medicines.set(number, name); });
    const status = known.meanings.has(tokens.join(" ")) ? new Map() : statusOf(known, tokens);
    if (!found.length) status.forEach((said, number) => { if (!medicines.has(number)) medicines.set(number, said); });

    if (medicines.size && early) early({ known, tokens, medicines: [...medicines] });
    const names = exact.filter((each) => each.kind !== "term");
    const several = new Set(names.flatMap((each) => each.medicines)).size > 1 && names.length > 1;
    const only = names.length && !several && asked.length ? new Set(names.flatMap((each) => each.medicines)) : null;
    // Of several words those medicines are meant that all of them name: "hemophilia A", "gene therapy".
    const all_ = exact.flatMap((each) => each.medicines);
    const shared = names.length ? [] : all_.filter((number) => exact.every((each) => each.medicines.includes(number)));
    const about = new Set(shared.length ? shared : all_);
    // A disease or a class is looked for in the text as well, where pages have it: "DVT dose".
    const terms = new Set(names.length ? [] : found.flatMap(({ from, to }) => tokens.slice(from, to)));
    const searched = several || !asked.length || terms.size ? tokens.map((token, at) => ({ token, at })) : left;
    const slots = (await slotsOf(known, searched, tokens)).filter((each) => each.of.length || !asked.length || !terms.has(each.word));
    const nearly = new Map();
    if (!found.length && !medicines.size) {
      const unknown = slots.filter((each) => !each.of.length || each.near).map((each) => each.word);
      for (const slips of [near, soundsLike]) {
        if (!nearly.size) unknown.forEach((word) => nearlyNamed(known, word, slips).forEach((name, number) => nearly.set(number, name)));
        if (!nearly.size && tokens.length > 1 && !tokens.some(figure)) nearlyNamed(known, tokens.join(""), slips).forEach((name, number) => nearly.set(number, name));
      }
    }
    const meant = nearly.size === 1 ? new Set(nearly.keys()) : null;
    // What is nearly the name of the medicine that is meant is no word of the text.
    const slipped = (each) => meant && each.near && (nearlyNamed(known, each.word, near).size || nearlyNamed(known, each.word, soundsLike).size);
    const told = slots.filter((each) => each.of.length && !slipped(each));
    const whose = only || (meant && told.length ? meant : null);
    const weightOf = (page) => {
      if (whose) return whose.has(page.medicine) ? 1 : 0;
      return about.size && about.has(page.medicine) ? OF_THEM : 1;
    };
    let all, both = null;
    if (several) {
      both = await together(known, names, left, tokens);
      all = both.hits;
    } else all = meant && !told.length ? [] : ranked(known, told, weightOf);
    const silent = slots.filter((each) => !each.of.length).map((each) => each.word);
    if (phrases.length && silent.length) all = []; // what stands nowhere stands nowhere word for word
    // A medicine that stands for its group asks what is said of that, never what is said of another one; beside one that is named it
    // is one question more, and hides none of what that says.
    const grouped = slots.filter((each) => each.group && each.of.length);
    if (grouped.length && !several && !whose) all = all.filter((hit) => grouped.some((each) => has(each, hit)));
    const hits = all
      .filter((hit) => several || hit.section || ![...medicines.keys(), ...nearly.keys()].some((number) => known.medicines[number][0] === hit.page));
    const slips = slots.filter((each) => each.near && !(meant && slipped(each)));
    if (only && !hits.length) only.forEach((number) => medicines.set(number, ""));
    if (several) names.forEach((each) => each.medicines.forEach((number) => medicines.set(number, "")));
    const marked = new Set((both || { told }).told.flatMap((each) => each.of.flatMap(([word]) => word.split(/[_ ]/))));
    return { known, tokens, medicines: [...medicines], near: [...nearly], only: only && hits.length ? [...only] : [], meant: !!meant, slips, silent, phrases, hits,
      lacking: whose ? told.filter((each) => !spoken(known, each, whose)).map((each) => each.word) : [], whose: whose ? [...whose] : [],
      apart: several && !both.both, partly: !several && told.length > 1 && hits.length > 0 && !hits.some((each) => each.all),
      instead: slots.filter((each) => each.instead && each.instead.length), undenied: slots.filter((each) => each.undenied).map((each) => each.undenied), begun: slots.filter((each) => each.begun),
      pairs: told.map((each) => each.pair).filter(Boolean), marked, slots: told.map((each) => new Set(each.of.flatMap(([word]) => word.split(/[_ ]/)))),
      terms: asked.length ? [...terms] : [], unnamed: !found.length && !meant ? silent.filter((word) => word.length > 3 && !/[0-9]/.test(word)) : [] };
  }

  /* Whether the pages of these medicines have what a slot looks for. */
  function spoken(known, slot_, medicines) {
    return slot_.of.some(([, where]) => [...levels(where).keys()].some((key) => medicines.has(known.pages[Math.floor(key / PLACES)].medicine)));
  }

  /* What the pages of one medicine that was named say of another one: by its name; where they speak of interactions, by what it
     is; then what else was asked of each; else what they say of interactions at all, so that nobody takes silence for an answer. */
  async function together(known, names, left, tokens) {
    const numbers = new Set(names.flatMap(({ medicines }) => medicines));
    const interactions = await slot(known, "interaction");
    const asked = left.every(({ token }) => known.passed.includes(token)) ? [] : (await slotsOf(known, left, tokens)).filter(({ of }) => of.length);
    const headed = (place) => place.filter(({ page, section }) => (headings.get(page * PLACES + section) || 0) >= HEADED);
    const headings = new Map(interactions.of.flatMap(([, where]) => [...levels(where)]));
    const called = new Map(await Promise.all([...numbers].map(async (number) => [number, await slotOfNames(known, known.medicines[number][1])])));
    const found = { named: [], grouped: [], compared: [], topic: [], own: [] };
    const told = [...called.values(), ...asked];
    // What a result is shown for: not by its own name, which stands in every line.
    const shownFor = (hits, slots) => hits.map((hit) => ({ ...hit, sought: new Set(slots.flatMap((each) => wordsOf(each, hit))) }));
    for (const number of numbers) {
      const others = (page) => (numbers.has(page.medicine) && page.medicine !== number ? 1 : 0);
      const own = [called.get(number), ...asked];
      found.named.push(...shownFor(ranked(known, own, others).filter((hit) => has(called.get(number), hit)), own));
      const groups = await slotOfNames(known, [...known.names.values()].filter((each) => each.kind === "term" && each.medicines.includes(number)).map(({ name }) => name));
      const grouped = headed(ranked(known, [groups], others));
      if (grouped.length) told.push(groups);
      found.grouped.push(...shownFor(grouped, [groups]));
    }
    const places_ = [...called.values()].map((each) => new Set(each.of.flatMap(([, where]) => [...levels(where).keys()])));
    found.compared = ranked(known, [...called.values()], (page) => (page.medicine === undefined && page.address.startsWith("compare/") ? 1 : 0))
      .filter(({ page, section }) => places_.every((each) => each.has(page * PLACES + section)));
    if (asked.length) found.topic = shownFor(ranked(known, asked, (page) => (numbers.has(page.medicine) ? 1 : 0)), asked);
    found.own = shownFor(headed(ranked(known, [interactions], (page) => (numbers.has(page.medicine) ? 1 : 0))), []);
    const best = (hits) => hits.sort((a, b) => b.score - a.score || a.page - b.page || a.section - b.section);
    const once = new Set();
    const hits = [...best(found.named), ...best(found.compared), ...best(found.grouped), ...best(found.topic), ...best(found.own)].filter(({ page, section }) => {
      const key = page * PLACES + section;
      return !once.has(key) && once.add(key);
    });
    return { hits, told, both: found.named.length + found.compared.length > 0 };
  }

  /* The words by which a place is what a slot looks for. */
  function wordsOf(slot_, { page, section }) {
    return slot_.of.filter(([, where]) => levels(where).has(page * PLACES + section)).flatMap(([word]) => word.split(/[_ ]/));
  }

  function has(slot_, { page, section }) { return slot_.of.some(([, where]) => levels(where).has(page * PLACES + section)); }

  /* The names as one slot: each of them stands for what they all name. */
  async function slotOfNames(known, names) {
    const found = await Promise.all(names.map((name) => wholly(known, words(name))));
    return { word: names[0], of: found.flat() };
  }

  /* The medicines of which the status holds all words: "withdrawn", "authorized in the EU". */
  function statusOf(known, tokens) {
    const asked = tokens.filter((token) => !known.passed.includes(token));
    const found = new Map();
    if (asked.every((token) => known.negations.includes(token))) return found;
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
