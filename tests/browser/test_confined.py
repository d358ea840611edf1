"""The worker of programs can ask for the files of Python, and for nothing else, before anything is taken from it."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Worker

from tests.browser.conftest import Visit, module
from tests.browser.test_page import block, ended, lines, run

ASK = """async ([elsewhere, site, base]) => {
  const outcome = async promise => promise.then(what => what, error => error.name);
  const status = address => outcome(fetch(address).then(response => response.status));
  const sync = address => {
    const request = new XMLHttpRequest();
    try {
      request.open("GET", address, false);
      request.send();
      return request.status;
    } catch (error) {
      return error.name;
    }
  };
  const blob = text => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const nested = new Promise(kept => {
    const text = `fetch("${elsewhere}?nested").then(({ status }) => status, ({ name }) => name).then(postMessage)`;
    new Worker(blob(text)).onmessage = ({ data }) => kept(data);
  });
  const made = text => { try { return Function(text)(); } catch (error) { return error.name; } };
  return {
    python: await status(base + "wheels.json"),
    elsewhere: await status(elsewhere + "?fetch"),
    request: sync(elsewhere + "?request"),
    module: await outcome(import(elsewhere + "?module").then(() => "loaded")),
    nested: await nested,
    page: await status(site + "demo/kitchen/"),
    script: await outcome(import(site + "assets/run.js").then(() => "loaded")),
    text: made("return 1"),
  };
}"""

# What `fetch` raises there is ours: it names the file that did not come.
CONFINED = {
    "python": 200,
    "elsewhere": "Error",
    "request": "NetworkError",
    "module": "TypeError",
    "nested": "TypeError",
    "page": "Error",
    "script": "TypeError",
    "text": "EvalError",
}


class _Server(http.server.ThreadingHTTPServer):
    asked: list[str]


class _Handler(http.server.SimpleHTTPRequestHandler):
    server: _Server

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        del code, size
        self.server.asked.append(self.path)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder))) as server:
        server.asked = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[_Server]:
    """A server of another origin, which answers whoever asks."""
    (tmp_path / "open.js").write_text("export {};\n", "utf-8")
    with serving(tmp_path) as server:
        yield server


@pytest.fixture
def below(kitchen: Path) -> Iterator[str]:
    """Where the site is, below a path."""
    with serving(kitchen.parent) as server:
        yield f"http://127.0.0.1:{server.server_port}/{kitchen.name}/"


def of_python(page: Page) -> Worker:
    """The worker of programs, in which nothing of Python is there yet: it waits for the largest file."""
    held: list[Any] = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))  # noqa: PLW0108 - Playwright counts its parameters
    with page.expect_worker() as found, page.expect_request("**/pyodide.asm.wasm"):
        run(block(page))
    return found.value


def asks(page: Page, elsewhere: _Server, site: str) -> dict[str, Any]:
    base = page.evaluate("new URL(document.querySelector('meta[name=runnable-python]').content, document.baseURI).href")
    answer: dict[str, Any] = of_python(page).evaluate(
        ASK, [f"http://127.0.0.1:{elsewhere.server_port}/open.js", site, base]
    )
    return answer


def test_the_worker_reaches_the_files_of_python_and_nothing_else(
    visit: Callable[..., Visit], elsewhere: _Server, below: str
) -> None:
    page = visit().page
    page.goto(f"{below}demo/kitchen/")
    assert asks(page, elsewhere, below) == CONFINED
    assert elsewhere.asked == []


def test_it_is_the_policy_that_confines_it(visit: Callable[..., Visit], elsewhere: _Server, below: str) -> None:
    page = visit(bypass_csp=True).page
    page.goto(f"{below}demo/kitchen/")
    found = asks(page, elsewhere, below)
    assert {name for name in CONFINED if found[name] != CONFINED[name]} == CONFINED.keys() - {"python"}
    assert {re.sub(r".*\?", "", path) for path in elsewhere.asked} == {"fetch", "request", "module", "nested"}


def test_programs_run_below_a_path(visit: Callable[..., Visit], below: str) -> None:
    seen = visit()
    seen.page.goto(f"{below}demo/kitchen/")
    run(block(seen.page))
    ended(block(seen.page))
    assert lines(block(seen.page))[-1] == "rice: done"
    assert seen.said == []


def test_addresses_are_written_as_a_policy_can_have_them(visit: Callable[..., Visit]) -> None:
    page = visit().page
    folders = [["https://a.example/b;c, d/ours/", "https://a.example/b;c, d/python/"], ["http://[::1]:8000/x/"]]
    found = page.evaluate(
        "async ([address, folders]) => { const { policy } = await import(address); return folders.map(policy); }",
        [module(page, "cell.js"), folders],
    )
    both = "https://a.example/b%3Bc%2C%20d/ours/ https://a.example/b%3Bc%2C%20d/python/"
    assert found == [
        f"default-src 'none'; script-src {own} 'wasm-unsafe-eval'; connect-src {own}; worker-src blob: {own}"
        for own in (both, "'self'")
    ]


def test_where_a_server_lets_nothing_be_in_a_frame_this_is_said(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.route("**/cell.htm", lambda route: route.fulfill(status=404, body="<p>not here", content_type="text/html"))
    run(block(page))
    told = block(page).get_by_role("alert")
    told.wait_for()
    assert "Python could not be loaded: cell.htm could not be loaded." in told.inner_text()
    page.unroute("**/cell.htm")
    told.get_by_role("button", name="Retry").click()
    ended(block(page))
    assert lines(block(page))[-1] == "rice: done"
