"""A page as rules need it: its calls, and the texts around them."""

import pytest
from jinja2 import Environment, StrictUndefined

from macros.pages.markdown import parse


@pytest.mark.parametrize(
    "body",
    ["", "Words.\n", '\n\n{{ a("b") }}', '{{ a("b") }} and {{ c(1, d="e") }}\n\n', '{% raw %}{{ a("b") }}{% endraw %}\n{{ a("b") }}.\n', "{# no comment #}\n"],
)  # fmt: skip
def test_a_page_is_filled_as_jinja_fills_it(body: str) -> None:
    def call(*given: object, **named: object) -> str:
        return f"<{given} {named}>"

    jinja = Environment(comment_start_string="{##", comment_end_string="##}", undefined=StrictUndefined)
    page = parse(body, "a.md")
    assert page.filled(call(*each.args, **each.options) for each in page.calls) == jinja.from_string(body).render(a=call, c=call)
