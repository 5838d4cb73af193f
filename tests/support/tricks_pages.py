"""What an editor, a paste from elsewhere or an attack may put into a page: tables of lines, beginnings and whole pages."""

HTML = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b>", "</b>", "</div></article>", "<!-- a", "-->", "<!DOCTYPE html>", "<![CDATA[", "<?php",
    "<svg/onload=alert(1)>", "<a href='javascript:alert(1)'>a</a>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;b&#62;a", "&#x3C;script&#x3E;", "< b>",
    "<div class='admonition approved'>", '<span data-fact="fictivagene-examplavec/dose/standard">9</span>', "<style>*{display:none}</style>", "<iframe src=a>",
    "<p\nonclick=a>", "<http://[::1>", "<https://example.org>", "<a@b.example>", "<javascript:alert(1)>", "<", ">", "&", "&amp;", "&copy;", "&#0;", "<br/>",
    '<h2 id="sources">a</h2>', "<details><summary>a</summary>", "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">", "\\<b>", "`<b>`", "``<b>`",
)  # fmt: skip
MARKDOWN = (
    "[a](javascript:alert(1))", "[a](JaVaScRiPt&#58;alert(1))", "[a](data:text/html,x)", "[a](http://[::1)", "[a](//example.org)", "[a](\\\\example.org)",
    "![a](http://example.org/x.png)", "![5 mg](x.png)", "[a](x.md)", "[a](evidence.md)", "[a](evidence.md#nowhere)", "[a](#sources)", "[a](#)", "[a]()", "[](a)",
    "[a]: javascript:alert(1)", "[a]: evidence.md '5 mg'", "[a][a]", "[a](evidence.md '5 mg')", "[a](evidence.md \"a\" onclick=b)", "[[a]]", "[^1]", "[^1]: a",
    "a {: onclick=alert(1) }", "# a { #sources }", "# a {: .admonition .approved }", "{: .fault }", "{ .a }", "{ data-fact=x }", "{ data-unsearched }",
    "*[dose]: a", "*[EU]: <b>", "```", "~~~", "````", "``` html", "``` {.x onclick=a}", "  ```", "\t```", "    indented", "`", "``", "> a", "> > > a", ">" * 300,
    "- a", "- " * 200, "-  " * 100, "1. a", "  - a", "* * *", "---", "***", "===", "a\n===", "# a", "## a", "a #", "a ##", "###### a", "####### a", "#a", "| a | b |\n|---|---|\n| a | b |",
    "|" * 500, "term\n: definition", "~~a~~", "==a==", "++a++", "^a^", "**a", "_a_", "*a*", "\\*a\\*", "\\", "a  ", "a\\", "*" * 500, "[" * 500, "![" * 300,
    "(" * 500, "_a" * 300, "a" * 20_000, "a " * 5_000, "=== \"a\"", "!!! note", "??? note \"a\"", "--8<-- \"mkdocs.yml\"", ":smile:", "[TOC]", "$a$", "<<a>>",
)  # fmt: skip
BLOCKS = (
    "///", "////", "/// research", "/// approved", "/// approved | a", '/// research | {{ notice("research", "a") }}', '/// approved | {{ notice("approved", "a") }}',
    '/// off-label | {{ notice("research", "a") }}', '//// research | {{ notice("research", "a") }}', "/// note", "/// note | a", "/// html | div", "/// tab | a",
    "/// details | a", "/// admonition | a\n    type: approved", "/// admonition\n    type: approved", "  /// research | a", "    /// research", "\t///", "/// ///",
    "/// research | ### Research only: a", "/// Research", "/// research\n    attrs: {onclick: alert(1)}", "/// research | a\n    attrs: {class: approved}", "/" * 300,
    "> /// research | a", "- /// research | a", "///\n///", "/// research | a\n\na\n\n///", "```\n///\n```", "/// | a", "/// é | a",
)  # fmt: skip
JINJA = (
    '{{ fact("dose/standard") }}', "{{ fact('dose/standard', cite=False) }}", '{{ fact("dose/standart") }}', '{{ fact("") }}', '{{ fact("/") }}', '{{ fact("a/b/c/d") }}',
    "{{ fact }}", "{{ fact() }}", "{{ fact(1) }}", "{{ fact(None) }}", "{{ fact(1.5) }}", "{{ fact(-1) }}", "{{ fact(True) }}", '{{ fact("a", "b", "c") }}', "{{ fact(a) }}",
    '{{ fact("dose/standard", cite="no") }}', '{{ fact("dose/standard", id="x") }}', '{{ fact(desk="x") }}', '{{ fact("dose/standard") | safe }}', '{{ fact("a" "b") }}',
    '{{ fact("a" ~ "b") }}', "{{ fact(*[1]) }}", '{{ fact(**{"a": 1}) }}', '{{ fact("dose/standard")("a") }}', '{{- fact("dose/standard") -}}', '{{ fact(\n"dose/standard") }}',
    '{{ fact("\\x00") }}', '{{ fact("\\ud800") }}', '{{ fact("a\\nb") }}', '{{ fact("{{ a }}") }}', '{{ fact("' + "a" * 5_000 + '") }}', "{{ fact(" + "9" * 5_000 + ") }}",
    '{{ fact("fictivagene-examplavec/research/children") }}', '{{ list("fictivagene-examplavec/research/children") }}',
    '/// approved | {{ notice("approved", "a") }}\n\n{{ fact("fictivagene-examplavec/research/children") }}\n\n///',
    '/// research | {{ notice("research", "a") }}\n\n{{ fact("fictivagene-examplavec/dose/standard") }}\n\n///',
    '{{ fact("research/children") }}', '{{ list("research") }}', '{{ list("research", use="research") }}', '{{ list("contraindication", "monitoring") }}', "{{ list() }}",
    '{{ list("safety/infection") }}', '{{ list("dose", jurisdiction="ZZ") }}', '{{ table("trial", caption="<script>") }}', '{{ table("trial", caption="5 mg") }}',
    '{{ table("trial", caption="a", by="x") }}', '{{ table("trial") }}', '{{ table("bleeding", caption="a", by="evidence", why="W") }}', '{{ notice("research", "<b>") }}',
    '{{ notice("research", "a\\nb") }}', '{{ notice("research", "a { .b }") }}', '{{ notice("x", "a") }}', '{{ badge("approved") }}', '{{ badge("x") }}', "{{ dose_example(0) }}",
    "{{ dose_example(-5) }}", "{{ dose_example(70) }}", "{{ dose_example(99999999999999) }}", "{{ dose_example(" + "9" * 400 + ") }}", '{{ dose_table(1, 5, 0, caption="a") }}',
    '{{ dose_table(5, 1, 1, caption="a") }}', '{{ dose_table(-5, 5, 1, caption="a") }}', '{{ dose_table(1, 1000000000, 1, caption="a") }}', '{{ dose_table(1, 5, -1, caption="a") }}',
    '{{ timeline("authorization", caption="a") }}', '{{ timeline("dose", caption="a") }}', '{{ report("nope") }}', '{{ report("evidence") }}',
    '{{ report("corrections") }}', '{{ report("changes") }}', '{{ report("statuses") }}', "{{ cards() }}", "{{ sources() }}", "{{ colophon() }}", "{{ masthead() }}",
    "{{ 7 * 7 }}", "{{ 9 ** 9 ** 9 }}", "{{ self }}", '{{ "".__class__.__mro__ }}', "{{ config }}", "{{ env.conf }}", "{{ range(10) }}", "{{ macros_info() }}", "{{ page.title }}",
    "{% for a in range(1000000000) %}a{% endfor %}", '{% include "/etc/passwd" %}', '{% import "a" as b %}', "{% raw %}", "{% endraw %}", "{% raw %}{{ a }}{% endraw %}", "{%- raw -%}",
    "{% set a = 1 %}", "{% macro a() %}{% endmacro %}", "{## a ##}", "{##", "##}", "{# a #}", "{#", "{{", "}}", "{%", "%}", "{{ }}", "{%%}", "{{ {{ }} }}", "{{ '}}' }}", "{{ \"",
    "{{ " + "(" * 500, "{{ " + "(" * 150 + "1" + ")" * 150 + " }}", "{{ " + "[" * 500 + " }}", "{{ a" + ".a" * 500 + " }}", "{{ " + "-" * 2_000 + "1 }}", "{{ fact(“dose/standard”) }}",
    "{{ \u00a0fact() }}", "{{ é() }}", "{{ 1 if 2 }}", "{{ a if }}", "{{ () }}", "{{ fact(()) }}", "{{ loop }}", "{{ super() }}", "{{ caller() }}", "{% block a %}{% endblock %}",
)  # fmt: skip
FIGURES = (
    "5 mg", "five mg", "５ mg", "⁵ mg", "&#53; mg", "50 percent", "½", "V mg", "twice daily", "2026-01-10", "# 5 mg", "`5 mg`", "**5** mg", "5&nbsp;mg", "5\u00a0mg",
    "5\u200bmg", "f\u00adive", "AAV5", "phase 3", "fi**ve** mg", "[5 mg](evidence.md)", "| 5 |\n|---|\n| 5 |", "٥ mg", "\u202e5 mg", "<!-- 5 mg -->", "10^13", "%", "é", "漢字",
    "\x00", "\x07", "\x1b[31m", "\ufeff", "\u2028", "\u0085", "\r", "\t", "\x0c", "\u00a0", "\ue000", "😀",
)  # fmt: skip
FRONT = (
    "", "---\n---\n", "---\ntitle: no\n---\n", "---\ntitle: 1:30\n---\n", "---\ntitle: <b>a</b>\n---\n", "---\ntitle: A\n...\n", "----\ntitle: A\n----\n", "--- \ntitle: A\n---\t\n",
    "title: A\n\n", "---\r\ntitle: A\r\n---\r\n", "---\ntitle: &a b\n---\n", "---\n- a\n---\n", "---\ntitle: A\n", " ---\ntitle: A\n---\n", "\n---\ntitle: A\n---\n",
    "---\ntitle: A\n---a\n", "---\ntitle: A\n  ---\n---\n", "---\ntitle: A\n--- \n---\n", "---\ntitle: A\nmonograph: [a]\n---\n", "---\ntitle: A\nmonograph: nobody\n---\n",
    "---\ntitle: {a: b}\n---\n", "---\ntitle: A\nsearch: {exclude: true}\n---\n", "---\ntitle: A\ndescription: 5 mg\n---\n", "---\ntitle: null\n---\n", "---\ntitle: 2026-01-10\n---\n",
    "---\ntitle: A\ntemplate: a.html\n---\n", "---\ntitle: A\nhide: [toc]\n---\n", "+++\ntitle = 'A'\n+++\n", "\ufeff---\ntitle: A\n---\n", "---\ntitle: !!str A\n---\n",
    "---\ntitle: A\ntitle: B\n---\n", "---\ntitle: 'A\n---\n", "---\ntitle: A # B\n---\n", "---\n# A\ntitle: A\n---\n", "---\ntitle: |\n  A\n---\n", "---\ntitle: >-\n  A\n  B\n---\n",
    "---\ntitle: A\nmonograph: fictivagene-examplavec\n---\n---\ntitle: B\n---\n", "---\n\ntitle: A\n\n---\n", "---\ntitle: \"A\\nB\"\n---\n", "---\ntitle: ~\n---\n", "---\ntitle: yes\n---\n",
    "---\n" + "".join(f"a{n}: b\n" for n in range(2_000)) + "---\n", "---\ntitle: " + "[" * 2_000 + "\n---\n", "---\ntitle: " + "A" * 20_000 + "\n---\n", "---\n" * 300, "---\nA\n---\n",
)  # fmt: skip
WHOLE = (
    b"", b"\n", b"\x00", b"\xff\xfe\x00", b"\xef\xbb\xbf", "# A\n".encode("utf-16"), b"caf\xe9\n", b"---", b"---\n", b"---\ntitle: \xe9\n---\n", b"{{", b"///", b"```",
    b"a\n" * 20_000, b"# a\n\n" * 3_000, b"{{ fact(\"dose/standard\") }}\n" * 2_000, b"/// research | a\n" * 300, b"> " * 3_000 + b"a", b"- " * 3_000 + b"a",
    b"<div>" * 3_000, b"[a](" * 800, b"`" * 20_000, b"*a" * 5_000, b"_" * 20_000, b"|a" * 5_000, b"{" * 20_000, b"{{ " * 5_000, b"&" * 20_000, b"\\" * 20_000,
    b"a\r" * 50, b"x" * 300_000, b"- " * 300 + b"a", b"1. " * 300 + b"a", b"".join(b"    " * n + b"- a\n" for n in range(200)),
)  # fmt: skip
FRAGMENTS = (*HTML, *MARKDOWN, *BLOCKS, *JINJA, *JINJA, *FIGURES)
