"""The cheat sheet, printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture
def sheet(browser: Browser, site: Path) -> Page:
    page = browser.new_page()
    page.goto((site / "reference" / "cheat-sheet" / "index.html").as_uri())
    return page


def test_the_cheat_sheet_is_one_page_of_a4(sheet: Page) -> None:
    pdf = sheet.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    width, height = map(float, re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\]", pdf).groups())
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)


def test_on_paper_every_recipe_is_whole_and_none_of_its_program(sheet: Page) -> None:
    sheet.set_viewport_size({"width": 718, "height": 1000})
    sheet.emulate_media(media="print")
    recipes = sheet.locator(".cheat-sheet .program")
    assert recipes.count() > 10
    for recipe in recipes.all():
        assert recipe.locator("pre").first.is_visible()
        assert not any(fold.is_visible() for fold in recipe.locator(".program-fold").all())
    cut_off = sheet.evaluate(
        "[...document.querySelectorAll('.cheat-sheet pre, .cheat-sheet code')]"
        ".filter(one => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
    )
    assert cut_off == []
    sizes = sheet.evaluate(
        "[...document.querySelectorAll('.cheat-sheet pre code')].filter(one => one.checkVisibility())"
        ".map(one => parseFloat(getComputedStyle(one).fontSize) * 0.75)"
    )
    assert min(sizes) >= 6  # points
