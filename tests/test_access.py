"""Pages keep the rules for those who read with a keyboard, a screen reader or little sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.axe import violations
from tests.test_look import UNFOLD, Visit, address, project, visit

__all__ = ["address", "project", "visit"]  # fixtures


@pytest.mark.timeout(200)
@pytest.mark.parametrize("path", ["demo/page/", "demo/timelines/", "demo/tables/"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_no_rule_is_broken(visit: Callable[..., Visit], path: str, scheme: str, width: int) -> None:
    page = visit(path, width=width, color_scheme=scheme, reduced_motion="reduce").page
    page.evaluate(UNFOLD)
    if path == "demo/timelines/":
        page.locator(".replay-forth").first.click()
    assert violations(page) == []


def test_the_checker_finds_what_is_wrong(visit: Callable[..., Visit]) -> None:
    page = visit("demo/tables/").page
    page.evaluate("document.querySelector('.md-content a').style.color = '#ddd'")
    page.evaluate("document.querySelector('.md-content h1').outerHTML += '<button></button>'")
    assert {found.partition(":")[0] for found in violations(page)} == {"button-name", "color-contrast"}


def test_a_table_that_scrolls_can_be_scrolled_by_keyboard_and_no_other_is_in_the_way(
    visit: Callable[..., Visit],
) -> None:
    page = visit("demo/tables/", width=360).page
    strips = page.locator(".md-typeset__scrollwrap")
    assert [strips.nth(place).get_attribute("tabindex") for place in range(2)] == ["0", None]
    strips.first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("!document.querySelector('.md-typeset__scrollwrap[tabindex]')")


def test_the_search_has_a_name(visit: Callable[..., Visit]) -> None:
    assert visit().page.locator(".md-search[role=dialog]").get_attribute("aria-label") == "Search"
