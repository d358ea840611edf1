"""The words of the guide: the same for the same thing, and explained where they first stand on a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .running import PROJECT, ROOT
from .terms import GLOSSARY, LINKED, Page, entries

PAGES = sorted(PROJECT.docs.rglob("*.md"))
PROSE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES]
ENTRIES = entries((PROJECT.docs / GLOSSARY).read_text("utf-8"))


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> Page:
    below = path.relative_to(PROJECT.docs).as_posix() if path.is_relative_to(PROJECT.docs) else path.name
    return Page(below, path.read_text("utf-8"))


def wrong_words(page: Page, name: str) -> list[str]:
    return [f"{name}:{line}: “{word}”. Write {instead}." for line, word, instead in page.misused()]


def missing_links(page: Page, name: str) -> list[str]:
    return [
        f"{name}:{use.line}: the first “{' '.join(use.words.split())}” of the page should lead to the glossary. "
        f"Write [{' '.join(use.words.split())}]({page.link(use.anchor)})."
        for use in page.unlinked(ENTRIES)
    ]


@pytest.mark.parametrize("path", PROSE, ids=place)
def test_the_same_thing_has_the_same_name_everywhere(path: Path) -> None:
    assert wrong_words(read(path), place(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=place)
def test_the_first_use_of_a_term_leads_to_the_glossary(path: Path) -> None:
    assert missing_links(read(path), place(path)) == []


def test_the_glossary_is_in_order_and_each_entry_short_with_the_page_that_shows_it() -> None:
    assert len(ENTRIES) >= 40
    assert [entry.term for entry in ENTRIES] == sorted((entry.term for entry in ENTRIES), key=str.lower)
    for entry in ENTRIES:
        assert entry.anchor == entry.term.lower().replace("/", "").replace(" ", "-")
        definition = entry.text.partition(" → ")[0]
        assert 20 <= len(definition) <= 180, f"{GLOSSARY}: “{entry.term}” has {len(definition)} characters"
        assert re.search(r" → \[[^\]]+\]\([^)]+\)$", entry.text), f"{GLOSSARY}: “{entry.term}” ends with no link"
    assert {entry.term for entry in ENTRIES} >= set(LINKED)


def test_the_glossary_calls_each_page_by_its_title() -> None:
    pages = {path.relative_to(PROJECT.docs).as_posix(): path.read_text("utf-8") for path in PAGES}
    called = {entry.page: re.search(r"\[([^\]]+)\]\([^)]+\)$", entry.text)[1] for entry in ENTRIES}
    titles = {page: re.search(r"^title: (.*)$", pages[page], re.MULTILINE)[1] for page in called if page in pages}
    assert {page: title for page, title in called.items() if page in titles} == titles


# The gates themselves

SAMPLE = """\
---
title: The eventloop and a task
---

# A coroutine

[A task, in a caption](../../snippets/a/b/c.py){ stress="1" }

Here `task` is code, and [a coroutine](https://docs.python.org/3/x.html) leads elsewhere. This coroutine, here, does
not, nor does another coroutine. In the future, a [future](../reference/glossary.md#future). An event
loop is in two lines. See [cancellation](../core-concepts/cancellation.md). A cancellation.

| task | lock |
| --- | --- |
| semaphore | race |

!!! note "A lock in a title"

    A task in a note, and a task group. Nothing happens in the
    future.

```text
semaphore, simply
```

<!-- a lock -->
Just an AsyncIO eventloop. `just code`. [Simply](just.md), e.g. here.
"""


def test_only_the_first_use_in_running_text_counts() -> None:
    page = Page("first-programs/x.md", SAMPLE)
    assert missing_links(page, "x.md") == [
        "x.md:9: the first “coroutine” of the page should lead to the glossary. "
        "Write [coroutine](../reference/glossary.md#coroutine).",
        "x.md:10: the first “event loop” of the page should lead to the glossary. "
        "Write [event loop](../reference/glossary.md#event-loop).",
        "x.md:19: the first “task” of the page should lead to the glossary. "
        "Write [task](../reference/glossary.md#task).",
        "x.md:19: the first “task group” of the page should lead to the glossary. "
        "Write [task group](../reference/glossary.md#task-group).",
    ]


def test_the_page_that_shows_a_term_need_not_link_it_and_an_exercise_is_a_task() -> None:
    assert {use.term for use in Page("core-concepts/coroutines.md", SAMPLE).unlinked(ENTRIES)} == {
        "event loop",
        "task",
        "task group",
    }
    assert "task" not in {use.term for use in Page("core-concepts/exercises.md", SAMPLE).unlinked(ENTRIES)}


def test_words_that_we_do_not_use_are_named_with_what_we_use_instead() -> None:
    assert wrong_words(Page("x.md", SAMPLE), "x.md") == [
        "x.md:27: “AsyncIO”. Write asyncio.",
        "x.md:27: “eventloop”. Write event loop.",
        "x.md:27: “e.g.”. Write for example.",
        "x.md:27: “Simply”. Write nothing: the reader decides what is plain.",
        "x.md:27: “Just”. Write nothing, or “only”.",
    ]
