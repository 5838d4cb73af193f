/* Shows beside a citation what it rests on: the source, the place in it, its grade, for whom it speaks, when it was read;
   and to a finger, which finds no tooltip, what an abbreviation stands for. All of it stands on the page already; without
   a script the citation leads to the list. Written for browsers of 2023 and later. */
(function () {
  "use strict";
  var OPENS = 150; // milliseconds that a pointer rests before the note opens
  var STAYS = 300; // and that it has to get from the citation onto the note

  var note = document.createElement("span");
  note.className = "source-note";
  note.id = "source-note";
  note.setAttribute("data-unsearched", "");
  var shown = null; // the citation or abbreviation whose note is open
  var tapped = null; // the citation whose note a finger opened: the next tap on it follows the link
  var finger = false;
  var timer = 0;

  function line(name, words) {
    var made = document.createElement("span");
    made.className = name;
    made.textContent = words;
    note.appendChild(made);
  }

  function words(entry, name) {
    var found = entry.querySelector(name);
    return found ? found.textContent : "";
  }

  function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

  function place() {
    if (!shown) return;
    var at = shown.getBoundingClientRect();
    var wide = document.documentElement.clientWidth;
    var left = Math.max(8, Math.min(at.left, wide - note.offsetWidth - 8));
    var below = at.bottom + 4;
    var above = at.top - 4 - note.offsetHeight;
    note.style.left = left + "px";
    note.style.top = (below + note.offsetHeight > window.innerHeight && above > 0 ? above : below) + "px";
  }

  function close() {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    note.remove();
    shown = tapped = null;
  }

  function show(at, fill) {
    clearTimeout(timer);
    if (shown === at) return;
    close();
    note.textContent = "";
    fill();
    at.closest("article").appendChild(note); // what is laid out late would cut it off
    at.setAttribute("aria-describedby", note.id);
    shown = at;
    place();
  }

  function open(link) {
    var entry = document.getElementById(link.hash.slice(1));
    if (entry) show(link, function () {
      line("source-note-title", "[" + link.textContent + "] " + words(entry, ".source-title"));
      line("source-note-line", capital(link.dataset.cited));
      line("source-note-line", capital(words(entry, ".source-kind")));
      var on = document.createElement("a");
      on.href = link.hash;
      on.tabIndex = -1; // by keys the citation itself leads there
      on.textContent = "Show in the list of sources";
      note.appendChild(on);
    });
  }

  function citation(event) {
    return event.target.closest ? event.target.closest("a[data-cited]") : null;
  }

  function later(what, time) {
    clearTimeout(timer);
    timer = setTimeout(what, time);
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType === "touch") return;
    var link = citation(event);
    if (link) later(function () { open(link); }, OPENS);
    else if (note.contains(event.target)) clearTimeout(timer);
    else if (shown !== document.activeElement) later(close, STAYS);
    else clearTimeout(timer);
  });
  document.addEventListener("pointerdown", function (event) {
    finger = event.pointerType === "touch";
    if (!citation(event) && !note.contains(event.target)) close();
  });
  document.addEventListener("click", function (event) {
    var link = citation(event);
    var abbr = finger && event.target.closest("article abbr[title]");
    if (abbr) {
      show(abbr, function () { line("source-note-line", abbr.title); });
    } else if (link && finger && tapped !== link && document.getElementById(link.hash.slice(1))) {
      event.preventDefault();
      open(link);
      tapped = link;
    } else if (link || note.contains(event.target)) {
      setTimeout(close); // when the link has been followed
    }
  });
  document.addEventListener("focusin", function (event) {
    var link = citation(event);
    if (link && link.matches(":focus-visible")) open(link);
  });
  document.addEventListener("focusout", function (event) {
    if (citation(event) === shown && !note.contains(event.relatedTarget) && tapped !== shown) close();
  });
  window.addEventListener("keydown", function (event) {
    if (event.key === "Escape") close();
  }, true);
  window.addEventListener("scroll", place, true);
  window.addEventListener("resize", place);
})();
