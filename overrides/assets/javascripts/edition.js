/* Tells the reader of an offline copy when its last day has passed, or when the clock of the machine can't be right. */
(function () {
  "use strict";
  var edition = document.querySelector("[data-until]");
  if (!edition) return;
  var now = new Date();
  function two(number) { return (number < 10 ? "0" : "") + number; }
  var today = now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  var said = today > edition.dataset.until ? ".edition-over" : today < edition.dataset.built ? ".edition-clock" : null;
  if (said) edition.querySelector(said).hidden = false;
})();
