"""A headless Chromium whose readers come with empty hands: each has a new profile, and so an empty cache on disk."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
from playwright.sync_api import BrowserContext, Playwright, sync_playwright

from benchmarks.bench import NotMeasuredError

PATIENCE = 60.0
"""Seconds after which what a page should do is not waited for any more."""

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


class Chromium:
    """It is started for each reader, and ended with them."""

    def __init__(self, playwright: Playwright, path: str, folder: Path) -> None:
        self._playwright, self._path, self._folder = playwright, path, folder
        self.version = ""
        """Known when the first reader has come."""
        self.uncounted = 0.0
        """Seconds of CPU that its processes have used and nobody waited for: no process's own account has them."""

    @contextlib.contextmanager
    def reader(self) -> Iterator[BrowserContext]:
        """A browser with a profile that nobody has used."""
        with tempfile.TemporaryDirectory(dir=self._folder, ignore_cleanup_errors=True) as profile:
            context = self._playwright.chromium.launch_persistent_context(
                profile, executable_path=self._path, args=_FLAGS, viewport={"width": 1280, "height": 900}
            )
            try:
                context.set_default_timeout(PATIENCE * 1000)
                self.version = context.browser.version if context.browser else ""
                yield context
            finally:
                used, known = _used(), _waited_for()
                context.close()
                self.uncounted += used - (_waited_for() - known)


@contextlib.contextmanager
def chromium(folder: Path) -> Iterator[Chromium]:
    """Chromium, with profiles in the folder. Raises NotMeasuredError where there is none."""
    names = (os.environ.get("RUNNABLE_CHROMIUM", ""), *_NAMES)
    path = next(filter(None, map(shutil.which, filter(None, names))), None)
    if path is None:
        raise NotMeasuredError(f"There is no Chromium: none of {', '.join(_NAMES)}, and RUNNABLE_CHROMIUM names none.")
    with sync_playwright() as playwright:
        yield Chromium(playwright, path, folder)


def _used() -> float:
    """Seconds of CPU of Chromium's processes, and of those that they have waited for."""
    used = 0.0
    for process in (each for driver in _drivers() for each in driver.children(recursive=True)):
        with contextlib.suppress(psutil.Error):
            used += sum(process.cpu_times()[:4])
    return used


def _waited_for() -> float:
    """Seconds of CPU of processes that Playwright's driver has waited for: they will be counted with it."""
    return sum(sum(driver.cpu_times()[2:4]) for driver in _drivers())


def _drivers() -> list[psutil.Process]:
    return psutil.Process().children()
