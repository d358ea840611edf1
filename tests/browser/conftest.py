"""A small site whose programs run in the page, and a Chromium that opens it."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from runnable.downloads import lay_out
from runnable.finish import finish
from runnable.kit.kit import Kit, kit
from runnable.kit.problem import KitError
from runnable.project import Project, in_ci
from runnable.recording import Cache, Recording, Write, digest
from runnable.snippet import Snippet

ROOT = Path(__file__).resolve().parents[2]

PROGRAMS = {
    "tea": """\
import asyncio


async def cook(dish, seconds):
    print(f"{dish}: on")
    await asyncio.sleep(seconds)
    print(f"{dish}: done")


async def main():
    await asyncio.gather(cook("rice", 0.6), cook("beans", 0.3))


asyncio.run(main())
""",
    "waits": """\
import asyncio


async def main():
    print("before")
    try:
        await asyncio.sleep(3600)
    finally:
        print("cleaned up")


asyncio.run(main())
""",
    "spins": 'print("before")\nwhile True:\n    pass\n',
    "needs_thread": "import threading\n\nthreading.Thread(target=print).start()\n",
}
PAGE = """\
---
title: Kitchen
---

# Kitchen

[Two dishes](../../snippets/demo/kitchen/tea.py)

[It waits](../../snippets/demo/kitchen/waits.py)

[It spins](../../snippets/demo/kitchen/spins.py){ output=false }

[It needs a thread](../../snippets/demo/kitchen/needs_thread.py)
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def kitchen(tmp_path_factory: pytest.TempPathFactory, python_for_pages: Kit) -> Path:
    """The folder of a site with PROGRAMS in the page demo/kitchen/, and the same without Python, without/python/."""
    root = tmp_path_factory.mktemp("kitchen")
    for name in ("docs/assets", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("python"))
    folder = root / "snippets" / "demo" / "kitchen"
    folder.mkdir(parents=True)
    (root / "docs" / "demo").mkdir()
    (root / "pictures").mkdir()
    (root / "pyproject.toml").touch()  # it is watched
    (root / "docs" / "index.md").write_text("# Home\n\n[The kitchen](demo/kitchen.md)\n", "utf-8")
    (root / "docs" / "demo" / "kitchen.md").write_text(PAGE, "utf-8")
    project = Project.at(root)
    for name, source in PROGRAMS.items():
        (folder / f"{name}.py").write_text(source, "utf-8")
        snippet = Snippet.read(folder / f"{name}.py", project)
        writes = (Write(0.1, "out", "recorded\n"),)
        Cache(project).save(Recording(snippet.slug, digest(snippet), "", "CPython 3.11.7", 0, 0.2, writes))
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    del settings["hooks"]  # what they do is done here
    settings["nav"] = ["index.md", {"Demo": ["demo/kitchen.md"]}]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    lay_out(project)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=root,
        env={name: value for name, value in os.environ.items() if name not in {"CI", "RUNNABLE_CACHE"}}
        | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    built = root / "site"
    for uri, path in python_for_pages.published.items():
        (built / uri).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, built / uri)
    finish(built, python_for_pages.places)
    text = (built / "demo" / "kitchen" / "index.html").read_text("utf-8")
    (built / "without" / "python").mkdir(parents=True)
    (built / "without" / "python" / "index.html").write_text(re.sub(r'<meta name="runnable-[^>]*>', "", text), "utf-8")
    return built


@pytest.fixture(scope="session")
def address(kitchen: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(kitchen))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


# While Playwright is there, a loop of its own runs, and no other test could start one.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as one:
        yield one


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    names = (os.environ.get("RUNNABLE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, filter(None, names))), None)
    if path is None:
        if in_ci():
            pytest.fail("there is no Chromium: install it")
        pytest.skip("there is no Chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    one = playwright.chromium.launch(executable_path=path, args=flags)
    yield one
    one.close()


@dataclass
class Visit:
    """A page that is open, and what happened since: what its console said, what it asked for."""

    page: Page
    context: BrowserContext
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


def module(page: Page, name: str) -> str:
    """The address of a script that runs programs in a page: `python.js`."""
    address: str = page.evaluate(
        """name => {
             const { content } = document.querySelector("meta[name=runnable-ours]");
             return new URL(content + name, document.baseURI).href;
           }""",
        name,
    )
    return address


WITHOUT_JSPI = "delete WebAssembly.Suspending; delete WebAssembly.promising"


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    contexts: list[BrowserContext] = []

    def go(path: str = "demo/kitchen/", *, width: int = 1280, jspi: bool = True, **settings: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        context.set_default_timeout(60_000)
        one = Visit(context.new_page(), context)
        one.page.on("console", lambda message: one.said.append(message.text))
        one.page.on("pageerror", lambda error: one.said.append(str(error)))
        one.page.on("request", lambda request: one.asked.append(request.url.removeprefix(address)))
        if not jspi:
            one.page.add_init_script(WITHOUT_JSPI)
        one.page.goto(address + path)
        return one

    yield go
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def python_for_pages() -> Kit:
    """Python for the page, as the build publishes it; made once, from what a registry offers."""
    try:
        return kit(Project.at(ROOT))
    except KitError as error:
        if in_ci():
            raise
        pytest.skip(f"there is no Python for the page: {error}")
