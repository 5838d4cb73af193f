/* The box of the search: asks finder, shows names at once and places in the text below, each with what it speaks of and where it is.
   On the page that a result leads to, it marks the words. Written for browsers of 2023 and later. */
(function () {
  "use strict";
  const MANY = 10; // results at a time
  const CARDS = 6; // medicines at a time
  const LINES = 2; // lines of a result
  const BEGINNING = 4; // lines of a section that is found by its heading alone, and of one that is shown whole
  const ALERT = "⚠"; // begins what speaks against the supply of a medicine or its authorization, which each of its results says
  const ROWS = 8; // rows of a table that a result shows whole: of doses by group one alone may be taken for the dose of all
  const LONGEST = 1200; // letters of a line
  const SAID_AGAIN = 80; // letters of a question that is said again
  const UNKNOWN = 6; // words that no page has, of which it is said

  function made(tag, name, ...children) {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.append(...children);
    return node;
  }

  /* The text with the words that were looked for marked. */
  function marked(text, sought) {
    const found = document.createDocumentFragment();
    text.split(/([\p{L}\p{N}]+)/u).forEach((part, at) => {
      const hit = at % 2 && finder.words(part).some((word) => sought.has(word));
      found.append(hit ? made("mark", "", part) : part);
    });
    return found;
  }

  /* Of a section the lines that hold most of the words, a pair of them counting as such; if none does, its beginning. */
  function telling(lines, sought, pairs) {
    if (lines.length <= BEGINNING) return lines.map((line) => line.trim());
    const counted = lines.map((line, at) => {
      const words = finder.words(line);
      const joined = "_" + words.join("_") + "_";
      return { at, count: new Set(words.filter((word) => sought.has(word))).size + 2 * pairs.filter((pair) => joined.includes("_" + pair + "_")).length };
    });
    const best = counted.sort((a, b) => b.count - a.count || a.at - b.at);
    const most = best.length ? best[0].count : 0;
    // Where the heading alone has the words, the section is the answer: its beginning, and a sign that it goes on.
    const taken = best.slice(0, most ? LINES : lines.length <= ROWS ? ROWS : BEGINNING).filter(({ count }) => count * 2 > most || !most).map(({ at }) => at);
    // A row stands with all of its table, or, if that is long, not at all where nothing asked for it.
    const kept = most ? [...taken, ...table(lines, taken[0])] : taken.flatMap((at) => (row(lines, at) ? table(lines, at) : [at]));
    const shown = [...new Set(kept)].sort((a, b) => a - b).map((at) => lines[at].trim());
    return most || shown.length === lines.length ? shown : [...shown, "…"];
  }

  function row(lines, at) { return (lines[at] || "").startsWith("\t"); }

  /* The lines of the short table that a line stands in, its caption first; none if it stands in no table, or in a long one. */
  function table(lines, at) {
    let from = at;
    while (row(lines, from)) from -= 1;
    let to = from + 1;
    while (row(lines, to)) to += 1;
    const begun = Math.max(from, 0);
    return to - from - 1 <= ROWS && row(lines, from + 1) ? Array.from({ length: to - begun }, (_, step) => begun + step) : [];
  }

  /* A line that is far too long for a fact, around its first marked word; a fact is never cut, nor parted from its condition. */
  function cut(line, sought) {
    if (line.length < LONGEST) return line;
    const parts = line.split(/([\p{L}\p{N}]+)/u);
    let at = 0;
    let place = 0;
    while (at < parts.length && !(at % 2 && finder.words(parts[at]).some((word) => sought.has(word)))) place += parts[at++].length;
    const from = at < parts.length && place > LONGEST / 2 ? line.indexOf(" ", place - 120) + 1 : 0;
    const use = from ? (line.match(/^[^\p{L}\p{N}\s] [^:]{1,40}: /u) || [""])[0] : "";
    const to = from + LONGEST < line.length ? line.lastIndexOf(" ", from + LONGEST) : line.length;
    return use + (from ? "… " : "") + line.slice(from, to) + (to < line.length ? " …" : "");
  }

  function tags(words) { return made("div", "md-tags", ...words.flatMap((word) => [made("span", "md-tag", word), " "])); }

  function item(href, heading, place, words, lines, sought, level) {
    const article = made("article", "md-search-result__article md-typeset", made(level, "", marked(heading, sought)));
    if (place) article.append(made("p", "search-place", place));
    if (words.length) article.append(tags(words));
    lines.forEach((line) => article.append(made("p", "", marked(cut(line, sought), sought))));
    const link = made("a", "md-search-result__link", article);
    link.href = href;
    return made("li", "md-search-result__item", link);
  }

  function addressOf(known, page, anchor, tokens) {
    const address = new URL(finder.base + known.pages[page].address);
    if (known.inFolders) address.pathname = address.pathname.replace(/\/index\.html$/, "/");
    if (tokens.length) address.searchParams.set("h", tokens.join(" "));
    address.hash = anchor;
    return address.href;
  }

  function capital(name) { return name.charAt(0).toUpperCase() + name.slice(1); }

  function called(known, number) {
    const [inn, ...brands] = known.medicines[number][1];
    return capital(inn) + (brands.length ? " (" + brands.join(", ") + ")" : "");
  }

  function card(known, [number, by], sought, near) {
    const [page, names, said] = known.medicines[number];
    const place = near ? "Monograph. Near miss, not “" + near + "”" : by && !names.includes(by) ? "Monograph. Found by: " + by : "Monograph";
    return item(addressOf(known, page, "", []), called(known, number), place, said.map((each) => known.statuses[each].said), [], sought, "h1");
  }

  /* The medicines that a question names, then those that it names with a slip. */
  function cards({ known, tokens, medicines, near }, question) {
    const found = [...medicines.map((each) => [each, ""]), ...(near || []).map((each) => [each, question])];
    return found.slice(0, CARDS).map(([each, slip]) => card(known, each, new Set(tokens), slip));
  }

  function counted(number, one, several) { return number === 1 ? "1 " + one : number.toLocaleString("en") + " " + several; }

  /* A question as it is said again: of a page that was pasted its beginning. */
  function short(question) { return question.length > SAID_AGAIN ? question.slice(0, SAID_AGAIN) + "…" : question; }

  /* What was found, in words: what is only nearly so is called that, and so is whatever stands for a word that no page has. */
  function summary(found, whole, shown) {
    const said = [];
    const question = short(whole);
    const { known, near, medicines, only, hits, silent, slips, meant, lacking, whose, instead, begun, undenied, partly, apart, phrases, unnamed } = found;
    const names = (numbers) => numbers.map((number) => called(known, number)).join(", ");
    if (near.length) said.push("Nothing is called “" + question + "”. Near miss: " + names(near.slice(0, CARDS).map(([number]) => number)) + ".");
    slips.forEach((each) => said.push("No page has “" + each.word + "”. Near miss: " + each.near.slice(0, 3).join(", ") + "."));
    instead.forEach((each) => said.push((each.exact ? "“" + each.word + "” was looked for also as: " : "No page has “" + each.word + "”. Looked for instead: ") + [...new Set(each.instead)].join(", ") + "."));
    undenied.forEach((words) => said.push("No page has “" + words + "” so; look at what it says."));
    if (!medicines.length && !near.length) begun.forEach((each) => said.push("No page has “" + each.word + "”. These begin so: " + [...new Set(each.begun)].slice(0, 3).join(", ") + "."));
    if (!near.length || meant) silent.filter(() => (hits.length || medicines.length) && !meant).slice(0, UNKNOWN).forEach((word) => said.push("No page has “" + word + "”."));
    lacking.slice(0, UNKNOWN).forEach((word) => said.push("No page of " + names(whose) + " has “" + word + "”."));
    if (only.length) said.push("In " + names(only) + ":");
    if (medicines.length) said.push(counted(medicines.length, "medicine", "medicines") + ",");
    if (apart) said.push("no place names both; look at what each says of interactions:");
    if (unnamed.length && hits.length) said.push("If “" + unnamed.slice(0, UNKNOWN).join("”, “") + "” is a medicine, this site has none of it: these places speak of others.");
    if (partly) said.push("no place has all of these words;");
    if (phrases.length && !shown) said.push("Nothing found word for word.");
    else said.push(hits.length || medicines.length || near.length ? counted(hits.length, "place in the text", "places in the text") + "." : "Nothing found for “" + question + "”.");
    return said.join(" ");
  }

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.getElementById("__search");
    const input = document.querySelector(".md-search__input");
    if (!box || !input) return;
    const form = input.form;
    const meta = document.querySelector(".md-search-result__meta");
    const list = document.querySelector(".md-search-result__list");
    const more = document.querySelector(".search-more");
    const lists = document.querySelector(".search-lists");
    const wrap = document.querySelector(".md-search__scrollwrap");
    const hint = meta.textContent;
    let asked = 0;
    let shown = "";

    function toggled(on) {
      if (box.checked === on) return;
      box.checked = on;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }

    /* Says that there is nothing to search in: a preview has no search, and a page may be older than the site. */
    function missing() {
      shown = "";
      list.replaceChildren();
      meta.textContent = "The search is not there. A preview has none; else load this page anew.";
      more.hidden = true;
      lists.hidden = false;
    }

    async function answer() {
      const question = input.value.replace(/\s+/g, " ").trim();
      if (question === shown) return;
      shown = question;
      const number = ++asked;
      delete list.dataset.answers;
      if (!question) {
        list.replaceChildren();
        meta.textContent = hint;
        more.hidden = lists.hidden = true;
        return;
      }
      try {
        const found = await finder.find(input.value, (names) => {
          if (number === asked) list.replaceChildren(...cards(names, ""));
        });
        const state = { at: 0, pages: new Map() };
        const taken = number === asked ? await finder.next(found, state, MANY) : [];
        if (number !== asked) return;
        const sought = found.marked || new Set();
        list.replaceChildren(...cards(found, question), ...taken.map((hit) => result(found, hit, sought)));
        wrap.scrollTop = 0;
        meta.textContent = summary(found, question, taken.length);
        more.hidden = state.at >= found.hits.length;
        lists.hidden = false;
        list.dataset.answers = question;
        more.onclick = async () => {
          const further = (await finder.next(found, state, MANY)).map((hit) => result(found, hit, sought));
          if (number !== asked) return;
          list.append(...further);
          more.hidden = state.at >= found.hits.length;
          if (further.length) further[0].firstChild.focus();
        };
      } catch (error) {
        if (number !== asked) return;
        missing();
      }
    }

    function result(found, hit, all) {
      const sought = hit.sought || all;
      const href = addressOf(found.known, hit.page, hit.anchor, [...sought]);
      // What is all that the heading says needs no line: one that says it again may hide the answer.
      const heading = new Set(finder.words(hit.heading).filter((word) => !found.known.passed.includes(word)));
      const answered = [...heading].every((word) => sought.has(word)) ? heading : new Set();
      const said = (found.slots || []).filter((slot) => [...slot].some((word) => answered.has(word)));
      const left = new Set([...sought].filter((word) => !answered.has(word) && !(found.terms || []).includes(word) && !said.some((slot) => slot.has(word))));
      const pairs = (found.pairs || []).filter((pair) => !pair.split("_").every((word) => answered.has(word)));
      const own = found.known.pages[hit.page].medicine;
      const alerts = own === undefined ? [] : found.known.medicines[own][2].map((each) => found.known.statuses[each].said).filter((each) => each.startsWith(ALERT));
      return item(href, hit.heading, hit.anchor || hit.heading !== hit.title ? hit.title : "", [...alerts, ...hit.marks], telling(hit.lines, left, pairs), sought, hit.anchor ? "h2" : "h1");
    }

    function begin() {
      toggled(true);
      if (window.finder) finder.open().catch(missing); else missing();
    }

    input.addEventListener("focus", begin);
    box.addEventListener("change", () => { if (box.checked) { begin(); input.focus(); } else input.blur(); });
    input.addEventListener("input", answer);
    input.addEventListener("keyup", answer);
    form.addEventListener("reset", () => { setTimeout(() => { input.focus(); answer(); }); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const first = list.querySelector("a");
      if (first) first.click();
    });
    form.parentElement.addEventListener("keydown", (event) => {
      // Whoever only passes by, by the key Tab, has not asked.
      if (event.key === "Escape" || (event.key === "Tab" && event.target === input && !input.value)) { toggled(false); return; }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      const stops = [input, ...list.querySelectorAll("a")];
      const at = Math.max(stops.indexOf(document.activeElement), 0) + (event.key === "ArrowDown" ? 1 : stops.length - 1);
      stops[at % stops.length].focus();
      event.preventDefault();
    });
    // Whoever leaves the box by keys or goes where a result leads needs it no more.
    form.parentElement.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !form.parentElement.contains(event.relatedTarget)) toggled(false);
    });
    list.addEventListener("click", (event) => { if (event.target.closest("a")) toggled(false); });

    // What looks like the field on the home page opens the search and takes one there; for keys it is a button.
    document.querySelectorAll("label.find-field").forEach((label) => {
      const button = made("button", label.className, ...label.childNodes);
      button.type = "button";
      label.replaceWith(button);
      button.addEventListener("click", () => { toggled(true); input.focus(); });
    });

    const given = new URL(location.href).searchParams;
    if (given.get("q")) {
      input.value = given.get("q");
      begin();
      input.focus();
      answer();
    }
    if (given.get("h") && window.finder) highlighted(new Set(given.get("h").split(" ")));
  });

  /* Marks these words in the page. */
  function highlighted(sought) {
    const article = document.querySelector("article");
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    texts.filter((node) => node.data.trim() && !node.parentElement.closest("script, style, svg, textarea, option"))
      .forEach((node) => {
        if (finder.words(node.data).some((word) => sought.has(word))) node.replaceWith(marked(node.data, sought));
      });
  }
})();
