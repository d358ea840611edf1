"""What runs programs in a page keeps the rules for those who use a keyboard, a screen reader or have little sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.axe import violations
from tests.browser.conftest import Visit


@pytest.mark.timeout(200)
@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_no_rule_is_broken_before_and_after_a_run_of_an_edited_program(
    visit: Callable[..., Visit], scheme: str, width: int
) -> None:
    page = visit(width=width, color_scheme=scheme, reduced_motion="reduce").page
    assert violations(page) == []
    block = page.locator(".program").first
    block.get_by_role("button", name="Edit").click()
    expect(block.locator(".cm-content")).to_be_focused()
    block.locator(".run-pace").select_option("fast")
    page.keyboard.press("Control+Enter")
    expect(block.locator(".run-own .program-output")).to_contain_text("rice: done", timeout=60_000)
    assert violations(page) == []
