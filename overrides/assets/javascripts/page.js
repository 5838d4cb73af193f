/* A click on the sign beside a heading copies the address of that section; a button prints the page. Without a script the
   sign is a link as any, and the button stays hidden. Written for browsers of 2023 and later. */
(function () {
  "use strict";
  var STAYS = 4000; // milliseconds that the word of success is seen

  // For servers without encryption, where browsers keep the clipboard shut to all but this old way.
  function byHand(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.appendChild(field);
    var before = document.activeElement;
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    if (before) before.focus();
    return done ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function copy(text) {
    if (!navigator.clipboard) return byHand(text);
    return navigator.clipboard.writeText(text).catch(function () { return byHand(text); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    var said = document.createElement("div");
    said.className = "said";
    said.setAttribute("role", "status");
    (document.querySelector(".md-main") || document.body).appendChild(said);
    var timer = 0;

    function say(words) {
      clearTimeout(timer);
      said.textContent = words;
      timer = setTimeout(function () { said.textContent = ""; }, STAYS);
    }

    document.addEventListener("click", function (event) {
      var link = event.target.closest("a.headerlink");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      copy(link.href).then(
        function () { say("Link to this section copied."); },
        function () { say("The address of this section stands in the address bar; it could not be copied."); }
      );
    });

    document.querySelectorAll(".print-page").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
  });
})();
