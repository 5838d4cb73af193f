/* What the search of the theme lacks: it hears what is pasted, forgives one wrong letter in a long word, and offers the lists
   to whoever finds nothing; the field of the home page leads to it. Written for browsers of 2023 and later. */
(function () {
  "use strict";
  var ASKED = 2; // the theme's number for a message that holds a question
  var WEIGHTY = 5000; // how much more a body weight tells than a name beside it
  var LETTER = 2; // how much a single letter tells, as a word and not as the beginning of one
  var SHORTEST = 6; // with fewer letters another word is too near: "dose", "nose"

  function forgiving(question) {
    if (/["~^:]/.test(question)) return question; // who writes such signs means them
    // Within a word a hyphen joins, and the search would take it for "without": "HOPE-B". A short number behind it tells
    // little and is left out: "BENEGENE-2"; the index of the theme can fail on such a number.
    question = question.replace(/([A-Za-z]\w*)-\d{1,2}(?=\s|$)/g, "$1").replace(/(\w)-(?=\w)/g, "$1 ");
    // A body weight leads to its row on the dose sheets, which the index knows by one word: "82 kg", "82kg".
    question = question.replace(/\b(\d{1,3})\s*kg\b/gi, "$1kg^" + WEIGHTY);
    var words = question.split(/\s+/).filter(Boolean);
    // A single letter stands at the beginning of too many words: "hemophilia A"; with a weight it is a word by itself: "vitamin K".
    var telling = words.filter(function (word) { return !/^[A-Za-z]$/.test(word); });
    if (telling.length) words = telling.concat(words.filter(function (word) { return telling.indexOf(word) < 0; })
      .map(function (word) { return word + "^" + LETTER; }));
    var long = words.filter(function (word) { return word.length >= SHORTEST && /^[A-Za-z]+$/.test(word); });
    return words.concat(long.map(function (word) { return word + "~1"; })).join(" ");
  }

  var Plain = window.Worker;
  window.Worker = function (address) {
    var worker = new Plain(address);
    var post = worker.postMessage.bind(worker);
    worker.postMessage = function (message) {
      if (message.type === ASKED) message = { type: ASKED, data: forgiving(message.data) };
      post(message);
    };
    return worker;
  };

  // The theme asks when a key is let go; what is pasted, dictated or filled in comes without one.
  document.addEventListener("input", function (event) {
    if (event.target.matches(".md-search__input")) event.target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  });

  // What looks like the field on the home page opens the search and takes one there; for keys it is a button.
  document.addEventListener("DOMContentLoaded", function () {
    var box = document.getElementById("__search");
    var input = document.querySelector(".md-search__input");
    if (!box || !input) return;
    document.querySelectorAll("label.find-field").forEach(function (label) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = label.className;
      button.append.apply(button, label.childNodes);
      label.replaceWith(button);
      button.addEventListener("click", function () {
        if (!box.checked) box.click();
        input.focus();
      });
    });
  });

  document.addEventListener("DOMContentLoaded", function () {
    var results = document.querySelector(".md-search-result");
    var lists = document.querySelector("template#search-lists");
    if (!results || !lists) return;
    var offered = lists.content.firstElementChild;
    offered.hidden = true; // until there is an answer, which would push it away
    results.appendChild(offered);
    // The theme makes a landmark of the marks of each result.
    new MutationObserver(function () {
      offered.hidden = !/document/.test(results.querySelector(".md-search-result__meta").textContent);
      results.querySelectorAll("nav:not([role])").forEach(function (marks) { marks.setAttribute("role", "none"); });
    }).observe(results, { childList: true, subtree: true });
  });
})();
