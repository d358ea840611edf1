"""Twins in a browser: a broken and a fixed program beside each other where both fit, else below each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from runnable.downloads import lay_out

from .test_look import PLACE, built, make

TWINS = f"""\
---
title: Twins
hide: [toc]
---

# Twins

<div class="twins" markdown>

[Broken: it waits](../../{PLACE}){{ stress="6" }}

[Fixed: it waits no longer](../../snippets/demo/page/wide.py){{ stress="2" }}

</div>

## A heading
"""
BOXES = """
[...document.querySelectorAll(".twins > .program")].map(block => {
  const { left, right, top, bottom } = block.getBoundingClientRect();
  return { left, right, top, bottom };
})
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same page with and without a table of contents, as files."""
    root = tmp_path_factory.mktemp("twins")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RUNNABLE_CACHE", raising=False)
        project = make(root)
        (root / "snippets" / "demo" / "page" / "wide.py").write_text(f"import asyncio\n{'x' * 56} = 0\n", "utf-8")
        (root / "snippets" / "demo" / "page" / "wide.out").write_text("$ python snippets/demo/page/wide.py\n", "utf-8")
        lay_out(project)
        found = {}
        for name, text in {"bare": TWINS, "with contents": TWINS.replace("hide: [toc]\n", "")}.items():
            (root / "docs" / "demo" / "page.md").write_text(text, "utf-8")
            done = built(project, "mkdocs")
            assert done.returncode == 0, done.stderr
            found[name] = (root / "site").rename(root / f"site of {name}") / "demo" / "page" / "index.html"
    return found


@pytest.fixture
def opened(browser: Browser, pages: dict[str, Path]) -> Iterator[Callable[..., Page]]:
    contexts = []

    def go(name: str, width: int, **settings: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.goto(pages[name].as_uri(), wait_until="load")
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1024, 1280, 1600, 2560])
def test_on_a_wide_screen_they_stand_side_by_side_and_60_columns_of_code_fit(
    opened: Callable[..., Page], width: int
) -> None:
    page = opened("bare", width)
    broken, fixed = page.evaluate(BOXES)
    assert broken["right"] < fixed["left"]
    assert broken["top"] == pytest.approx(fixed["top"], abs=1)
    assert broken["right"] - broken["left"] == pytest.approx(fixed["right"] - fixed["left"], abs=1)
    assert fixed["right"] <= width
    code = "document.querySelectorAll('.twins > .program')[1].querySelector('.program-code code')"
    assert page.evaluate(f"{code}.textContent.split('\\n')[1].length") == 60
    assert page.evaluate(f"{code}.scrollWidth <= {code}.clientWidth")


@pytest.mark.parametrize("width", [360, 768])
def test_on_a_narrow_screen_the_fixed_one_stands_below_the_broken_one(opened: Callable[..., Page], width: int) -> None:
    broken, fixed = opened("bare", width).evaluate(BOXES)
    assert broken["left"] == fixed["left"]
    assert broken["bottom"] < fixed["top"]


@pytest.mark.parametrize("width", [1280, 1600, 2560])
def test_they_do_not_cover_a_table_of_contents(opened: Callable[..., Page], width: int) -> None:
    page = opened("with contents", width)
    contents = page.evaluate("document.querySelector('.md-sidebar--secondary').getBoundingClientRect().left")
    assert all(box["right"] <= contents for box in page.evaluate(BOXES))


@pytest.mark.parametrize("width", [360, 768, 1024, 1280, 1600, 2560])
def test_the_page_does_not_scroll_sideways(opened: Callable[..., Page], width: int) -> None:
    assert opened("bare", width).evaluate("document.scrollingElement.scrollWidth") == width


def test_they_are_told_apart_without_colour(opened: Callable[..., Page]) -> None:
    captions = opened("bare", 1280, forced_colors="active").locator(".twins .program-caption").all_inner_texts()
    assert [caption.partition(": ")[0] for caption in captions] == ["Broken", "Fixed"]
