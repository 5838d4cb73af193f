/* What is copied out of a block that is marked takes the heading of the block along. Written for browsers of 2023 and later. */
(function () {
  "use strict";

  // The style sheet of the statuses says which blocks these are.
  function marked(node) {
    var block = (node.nodeType === 1 ? node : node.parentElement).closest(".admonition");
    return block && getComputedStyle(block).getPropertyValue("--marked").trim() ? block : null;
  }

  // A selection holds the heading of each block that it enters from above; only of the one that it begins in it may not.
  function missing(range) {
    var block = marked(range.startContainer);
    if (!block) return "";
    var heading = block.querySelector("h2, h3, h4");
    var whole = document.createRange();
    whole.selectNodeContents(heading);
    if (range.compareBoundaryPoints(Range.START_TO_START, whole) <= 0) return "";
    return "[" + Array.prototype.map.call(heading.childNodes, function (each) {
      return each.classList && each.classList.contains("headerlink") ? "" : each.textContent;
    }).join("").trim() + "]";
  }

  document.addEventListener("copy", function (event) {
    var selection = getSelection();
    if (event.target.closest && event.target.closest("input, textarea")) return;
    var marks = [];
    var html = document.createElement("div");
    for (var number = 0; number < selection.rangeCount; number += 1) {
      var range = selection.getRangeAt(number);
      var mark = range.collapsed ? "" : missing(range);
      if (mark && marks.indexOf(mark) < 0) marks.push(mark);
      html.appendChild(range.cloneContents());
    }
    if (!marks.length) return;
    html.querySelectorAll(".spoken, .headerlink, .source-note").forEach(function (each) { each.remove(); });
    var head = document.createElement("p");
    head.textContent = marks.join(" ");
    html.prepend(head);
    event.clipboardData.setData("text/plain", head.textContent + "\n" + selection.toString());
    event.clipboardData.setData("text/html", html.innerHTML);
    event.preventDefault();
  });
})();
