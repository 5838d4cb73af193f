/* What the theme leaves undone for whoever uses keys, or speaks to the computer. Written for browsers of 2023 and later. */
(function () {
  "use strict";

  // No shortcuts of one key (WCAG 2.1.4): by "n" a slip would leave the page. The character itself is still typed.
  window.addEventListener("keydown", function (event) {
    if (event.key && event.key.length === 1) event.stopPropagation();
  }, true);

  // On narrow screens menu and search are opened by labels, which no key reaches; a button takes the place of each.
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("label.md-header__button[for]").forEach(function (label) {
      var box = document.getElementById(label.htmlFor);
      if (!box || !box.dataset.mdToggle) return;
      var button = document.createElement("button");
      button.type = "button";
      button.className = label.className + " opens-" + box.dataset.mdToggle;
      button.append.apply(button, label.childNodes);
      label.replaceWith(button);

      function tell() { button.setAttribute("aria-expanded", box.checked); }
      box.addEventListener("change", tell);
      tell();
      button.addEventListener("click", function () {
        box.click();
        if (!box.checked) return;
        // Of the menu the innermost part that is open lies on top.
        var parts = document.querySelectorAll(".md-sidebar--primary .md-nav__toggle:checked");
        var first = document.querySelector(".md-sidebar--primary .md-nav__link");
        (box.dataset.mdToggle === "search" ? document.querySelector(".md-search__input") : parts[parts.length - 1] || first).focus();
      });
      window.addEventListener("keydown", function (event) {
        if (event.key !== "Escape" || !box.checked) return;
        box.click();
        button.focus();
      }, true);
    });
  });
})();
