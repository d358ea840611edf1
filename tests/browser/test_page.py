"""Programs in the reader's page: run, stop, edit, share, and what becomes of those that mean no good."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

expect.set_options(timeout=60_000)  # Python has to be loaded, on a machine that has other things to do


def block(page: Page, name: str = "tea.py") -> Locator:
    return page.locator(".program").filter(has=page.locator(".program-file", has_text=re.compile(f"^{re.escape(name)}$")))


def run(one: Locator) -> None:
    one.get_by_role("button", name="Run", exact=True).click()


def ended(one: Locator) -> None:
    expect(one.locator(".run-status")).to_contain_text(re.compile("^(Ended|Stopped)"), timeout=60_000)


def lines(one: Locator) -> list[str]:
    """What the reader's own run printed."""
    return one.locator(".run-own .program-line:not(.program-end)").evaluate_all(
        "lines => lines.map(line => [...line.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('').trimEnd())"
    )


def notes(one: Locator) -> str:
    return "\n".join(one.locator(".run-said").all_inner_texts())


@pytest.mark.parametrize("jspi", [True, False])
def test_output_streams_with_its_seconds_and_the_timeline_follows(visit: Callable[..., Visit], jspi: bool) -> None:
    seen = visit(jspi=jspi)
    one = block(seen.page)
    seen.page.evaluate(
        """() => {
             window.grown = [];
             new MutationObserver(() => {
               const state = [document.querySelectorAll(".run-own .program-line").length, document.querySelector(".run-go").textContent];
               if (String(window.grown.at(-1)) !== String(state)) window.grown.push(state);
             }).observe(document.querySelector(".program"), { subtree: true, childList: true, characterData: true });
           }"""
    )
    assert not [asked for asked in seen.asked if "python" in asked or "run/" in asked and not asked.endswith("run.css")]
    run(one)
    ended(one)
    assert lines(one) == ["rice: on", "beans: on", "beans: done", "rice: done"]
    grown = seen.page.evaluate("window.grown")
    assert {count for count, button in grown if button == "Stop"} >= {2, 3}, "output came at once, not as it was printed"
    seconds = [float(text.removesuffix("\u00a0s")) for text in one.locator(".run-own time").all_inner_texts()]
    assert seconds[0] < 0.3 <= seconds[2] < seconds[3]
    assert seconds[3] >= 0.6
    assert re.fullmatch(
        r"your run, CPython 3\.14\.2 in this browser, \d\.\d\d\u00a0s", one.locator(".run-own .program-provenance").inner_text()
    )
    assert one.locator(".run-own .tl-name").all_inner_texts() == ["main", "cook", "cook"] or one.locator(".run-own .tl-name").count() == 3
    assert one.locator(".run-own .replay-controls").count() == 1
    one.locator(".run-own").get_by_role("button", name="Next event").click()
    assert one.locator(".run-own .replay-detail").inner_text().startswith("main runs")
    assert seen.said == []


def test_the_recorded_run_is_one_click_away(visit: Callable[..., Visit]) -> None:
    one = block(visit().page)
    assert one.get_by_text("recorded", exact=True).is_visible()
    run(one)
    ended(one)
    assert not one.get_by_text("recorded", exact=True).is_visible()
    one.get_by_role("button", name="Recorded run").click()
    assert one.get_by_text("recorded", exact=True).is_visible()
    assert one.get_by_text("CPython 3.11.7").is_visible()
    assert not one.get_by_text("beans: done").is_visible()
    one.get_by_role("button", name="Your run").click()
    assert one.get_by_text("beans: done").is_visible()


def test_on_the_fast_clock_waits_take_no_time_and_times_are_exact(visit: Callable[..., Visit]) -> None:
    page = visit().page
    one = block(page, "waits.py")
    one.get_by_role("button", name="Edit").click()
    one.get_by_role("combobox", name="How time passes").select_option("fast")
    run(one)
    ended(one)
    assert lines(one) == ["before", "cleaned up"]
    assert "on the fast clock" in one.locator(".run-own .program-provenance").inner_text()
    assert one.locator(".run-own time").nth(1).inner_text().startswith("3600.")


@pytest.mark.parametrize("jspi", [True, False])
def test_stop_ends_a_program_that_waits_and_the_next_one_runs(visit: Callable[..., Visit], jspi: bool) -> None:
    page = visit(jspi=jspi).page
    one = block(page, "waits.py")
    run(one)
    expect(one.locator(".run-own")).to_contain_text("before")
    one.get_by_role("button", name="Stop").click()
    ended(one)
    if jspi:
        assert lines(one)[:2] == ["before", "cleaned up"]
        assert lines(one)[-1] == "KeyboardInterrupt"
        assert notes(one) == "You stopped it."
        assert one.locator(".program-end").inner_text().endswith("ended by SIGINT")
    else:
        assert lines(one) == ["before"]
        assert notes(one) == (
            "You stopped it. In this browser a program cannot be told, so all of Python was ended: no finally block ran."
        )
    run(block(page))
    ended(block(page))
    assert lines(block(page))[-1] == "rice: done"


def test_stop_ends_a_program_that_never_waits(visit: Callable[..., Visit]) -> None:
    page = visit().page
    one = block(page, "spins.py")
    run(one)
    expect(one.locator(".run-own")).to_contain_text("before")
    one.get_by_role("button", name="Stop").click()
    ended(one)
    assert "did not react to KeyboardInterrupt within a second" in notes(one)
    run(block(page))
    ended(block(page))
    assert lines(block(page))[-1] == "rice: done"
