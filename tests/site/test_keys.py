"""Whether the site can be used by keys alone, on the narrowest screen, in large text, without motion and without colour."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.support.screens import HERE, TYPES, ask, search


@pytest.mark.parametrize("key", [*"fs/p,n."])
def test_no_single_key_is_a_shortcut(visited: Callable[[str, str], Page], address: str, key: str) -> None:
    page = visited("wide-light", address + "glossary/")
    page.wait_for_function("document.documentElement.classList.contains('js')")
    moved = []
    page.on("framenavigated", lambda frame: moved.append(frame.url))
    page.keyboard.press(key)
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("Tab")  # answered after the shortcut would have been
    assert page.url == address + "glossary/" and moved == []


def test_characters_are_still_typed(visited: Callable[[str, str], Page], address: str) -> None:
    page = visited("wide-light", address + "glossary/")
    page.locator(".md-search__input").focus()
    page.keyboard.type("fspn,.")
    assert page.locator(".md-search__input").input_value() == "fspn,."


# What the focus is on, and whether it, or what stands for it, is seen and has an outline that is seen, too.
FOCUS = """() => {
    const focused = document.activeElement, box = ["checkbox", "radio"].includes(focused.type);
    if (focused === document.body) return null;
    const shown = !box ? [focused] : [...focused.parentElement.querySelectorAll(
        ":scope > label:not([hidden]), :scope > .md-nav__link, :scope > .md-nav > .md-nav__title")];
    return {
        name: (focused.getAttribute("aria-label") ?? focused.textContent).trim(),
        seen: shown.some(each => {
            const {left, top} = each.getClientRects()[0] ?? {}, {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(each);
            return each.checkVisibility({visibilityProperty: true, opacityProperty: true})
                && each.contains(document.elementFromPoint(left + 4, top + 4))
                && outlineStyle === "solid" && parseFloat(outlineWidth) >= 2
                && outlineColor !== getComputedStyle(each.closest(".md-search__output, .md-sidebar, .md-header, .md-footer, body")).backgroundColor;
        }),
    };
}"""


# The page scrolls to what the focus is on, and is judged when that is drawn.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def walk(page: Page, last: str = "") -> list[dict]:
    """Where the key Tab leads, step by step, until it comes to a name or leaves the page."""
    path = []
    while len(path) < 300:
        page.keyboard.press("Tab")
        page.evaluate(DRAWN)
        step = page.evaluate(FOCUS)
        if step is None:
            break
        path.append(step)
        if step["name"] == last:
            break
    return path


# What is reached by keys before the text, in this order.
ON_THE_WAY = {
    "wide-light": ["Skip to content", "Sourced Monographs", "Switch to light mode", "Search", "Home", "Monographs", "A to Z",
                   "Side by side", "Research register", "What changed"],
    "phone-dark": ["Skip to content", "Menu", "Switch to light mode", "Open the search", "Home", "About"],
}  # fmt: skip


@pytest.mark.parametrize("screen", ON_THE_WAY)
def test_keys_reach_every_control_and_each_shows_it(visited: Callable[[str, str], Page], address: str, screen: str) -> None:
    path = walk(visited(screen, address + "about/offline/"))
    names = [step["name"] for step in path]
    assert names[: len(ON_THE_WAY[screen])] == ON_THE_WAY[screen]
    assert "About offline copies" in names
    assert [step for step in path if not (step["seen"] and step["name"])] == []


def test_keys_open_and_shut_the_menu_of_a_phone(visited: Callable[[str, str], Page], address: str) -> None:
    page = visited("phone-light", address + HERE)
    walk(page, "Menu")
    page.keyboard.press("Enter")
    path = [page.evaluate(FOCUS)]
    assert page.locator(".opens-drawer").get_attribute("aria-expanded") == "true"
    for key in ("Space", "Shift+Tab", "Space", "Shift+Tab"):
        page.keyboard.press(key)
        page.evaluate(DRAWN)
        path.append(page.evaluate(FOCUS))
    path += walk(page, "About")
    assert [step["name"] for step in path] == [
        *["Pages of Valoctocogene roxaparvovec"] * 2,
        *["Pages of Monographs"] * 2,
        "Home",
        "Pages of Monographs",
        *("Monographs", "A to Z", "Side by side", "Research register", "What changed", "Glossary", "About"),
    ]
    assert [step for step in path if not (step["seen"] and step["name"])] == []
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUS)["name"] == "Menu"
    assert page.locator(".md-sidebar--primary").is_hidden()


def test_the_menu_opens_where_the_reader_is(visited: Callable[[str, str], Page], address: str) -> None:
    page = visited("phone-dark", address + HERE)
    page.locator(".opens-drawer").click()
    page.keyboard.press("Shift+Tab")
    path = walk(page, "Evidence")
    assert [step["name"] for step in path] == [
        "Pages of Valoctocogene roxaparvovec",
        "Contents of Valoctocogene roxaparvovec (Roctavian)",
        "Patient guide",
        "Handout",
        "Results and background",
        "Dose sheet",
        "Eligibility and monitoring",
        "Evidence",
    ]
    assert [step for step in path if not step["seen"]] == []


@pytest.mark.parametrize("screen", ["wide-light", "phone-light"])
def test_keys_find_and_open_a_result(visited: Callable[[str, str], Page], address: str, screen: str) -> None:
    page = visited(screen, address + "glossary/")
    walk(page, "Search" if screen == "wide-light" else "Open the search")
    if screen != "wide-light":
        page.keyboard.press("Enter")
    ask(page, "valrox")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.className").startswith("md-search-result__link")
    assert page.evaluate(FOCUS)["seen"]
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{HERE}*")


def test_page_fits_the_narrowest_screen(opened: Callable[[str, str], Page], address: str) -> None:
    """320 px: a phone of 2012, or a desktop at 400 % (WCAG 1.4.10)."""
    page = opened("phone-light", address)
    page.set_viewport_size({"width": 320, "height": 600})
    wide = []
    for path in TYPES.values():
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
    assert wide == []


# Words that are cut off: more stands in a box than is shown, and nothing scrolls.
CUT = """() => [...document.querySelectorAll("article *, .md-footer *")].filter(node => {
    const {overflowX, overflowY} = getComputedStyle(node);
    return node.clientHeight > 1 && [overflowX, overflowY].some(each => ["hidden", "clip"].includes(each))
        && (node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1);
}).map(node => node.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", [HERE, f"{HERE}patient/", "research/"])
def test_text_of_twice_the_size_is_all_there(visited: Callable[[str, str], Page], address: str, path: str) -> None:
    page = visited("wide-light", address + path)
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)")
    page.add_style_tag(content="html { font-size: 250% !important }")  # the theme's own is 125 %
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('article p')).fontSize)") >= 2 * before
    assert page.evaluate("document.documentElement.scrollWidth") <= 1400
    assert page.evaluate(CUT) == []


def test_nothing_moves_for_whoever_wants_no_motion(opened: Callable[[str, str], Page], address: str) -> None:
    page = opened("phone-light", address + "glossary/")
    search(page)
    assert page.evaluate("document.getAnimations().length") == 0
    moving = "[...document.querySelectorAll('*')].filter(node => parseFloat(getComputedStyle(node).transitionDuration) > 0).length"
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0


def test_marks_hold_in_the_colours_of_the_reader(browser: Browser, address: str) -> None:
    """With colours forced, blocks keep their frames and icons, and what the keyboard is on keeps its outline."""
    page = browser.new_page(forced_colors="active", reduced_motion="reduce")
    page.goto(address + HERE)
    frames = page.eval_on_selector_all(".admonition, .badge", "all => all.map(node => getComputedStyle(node).borderTopStyle)")
    assert frames and "none" not in frames
    icons = page.eval_on_selector_all(".admonition-title", "all => all.map(node => getComputedStyle(node, '::before').content)")
    assert icons and not {"none", "normal", '""'}.intersection(icons)
    path = walk(page, "Skip to content")
    assert path[-1]["seen"]
    page.close()
