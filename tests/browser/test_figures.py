"""What benchmarks/browser.py reads off pages is there: of our pages, and of those with markdown-exec's fences."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import fence, pages
from benchmarks.bench import NotMeasuredError
from benchmarks.browser import CLAIMS, Figures, Reader, visit_ours, visit_theirs
from benchmarks.chromium import chromium
from benchmarks.server import served
from runnable.project import in_ci


@pytest.fixture
def visited(tmp_path: Path) -> Callable[[Callable[[Path], Path], Callable[[Reader], Figures]], Figures]:
    def visit(make: Callable[[Path], Path], visitor: Callable[[Reader], Figures]) -> Figures:
        with contextlib.ExitStack() as stack:
            try:
                browser = stack.enter_context(chromium(tmp_path))
                server = stack.enter_context(served(make(tmp_path / "site")))
            except NotMeasuredError as error:
                if in_ci():
                    raise
                pytest.skip(str(error))
            return visitor(Reader(stack.enter_context(browser.reader()), server))

    return visit


def test_a_reader_of_ours_sees_every_figure(visited: Callable[..., Figures]) -> None:
    figures = visited(pages.make, visit_ours)
    assert {claim.name for claim in CLAIMS} <= figures.keys()
    assert min(figures.values()) > 0
    assert figures["page-before"] <= 10_000
    assert 400_000 < figures["bytes of an import"] < figures["page-bytes"] <= 8_000_000
    assert figures["page-aiohttp"] < figures["output after an import"]
    assert figures["page-stopped"] < figures["output after a stop"]


def test_a_reader_of_theirs_sees_what_ours_is_measured_against(visited: Callable[..., Figures]) -> None:
    figures = visited(fence.make, visit_theirs)
    assert figures.keys() == {claim.name for claim in CLAIMS if "pyodide" in claim.against}
    assert min(figures.values()) > 0
    assert 5_000_000 < figures["page-before"] < figures["page-bytes"]
