"""Every page of the site keeps to its content security policy, also while it is used; and what does not is noticed."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from runnable.project import in_ci

NOTICE = """
addEventListener("securitypolicyviolation", event =>
  console.error(`VIOLATION ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = (os.environ.get("RUNNABLE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, filter(None, names))), None)
    if path is None:
        if in_ci():
            pytest.fail("there is no Chromium: install it")
        pytest.skip("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Watch:
    """What a browser complains of, and whom else it asks."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        context.add_init_script(NOTICE)
        context.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        own = (address, "data:", "blob:")
        context.on("request", lambda request: request.url.startswith(own) or self.elsewhere.append(request.url))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(60_000)
    yield context
    context.close()


def use(page: Page) -> None:
    """Does with a page what readers do."""
    page.locator(".md-header label[for^='__palette']:visible").first.click()
    page.keyboard.press("f")
    page.keyboard.type("task")
    page.locator(".md-search-result__link").first.wait_for()
    page.keyboard.press("Escape")
    for summary in page.locator("figure.program summary:visible").all()[:3]:
        summary.click()
    page.locator("button[data-md-type=copy], .md-code__button").first.click()


@pytest.mark.timeout(300)
def test_no_page_does_what_its_policy_forbids(site: Path, address: str, context: BrowserContext) -> None:
    watch = Watch(context, address)
    page = context.new_page()
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert len(pages) > 30
    for name in pages:
        page.goto(address + name, wait_until="load")
        assert watch.complaints == [], name
    for name in ("index.html", "core-concepts/tasks/index.html"):
        page.goto(address + name)
        use(page)
        page.wait_for_load_state("networkidle")
        assert watch.complaints == [], name
    assert watch.elsewhere == []


def altered(change: Callable[[str], str]) -> Callable[[Route], None]:
    def serve(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=change(answer.text()))

    return serve


def sent(script: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=script, content_type="text/javascript")


@pytest.mark.parametrize(
    ("added", "directive"),
    [
        ("<script>window.evil = 1</script>", "script-src-elem inline"),
        ("<img src='nothing.png' onerror='window.evil = 1'>", "script-src-attr inline"),
        (
            "<a id=link href='javascript:window.evil = 1'>x</a><script src='/assets/evil.js'></script>",
            "script-src-elem inline",
        ),
        ("<script src='/assets/eval.js'></script>", "script-src eval"),
        ("<script src='/assets/fetch.js'></script>", "connect-src http://127.0.0.1:9"),
        ("<script src='/assets/blob.js'></script>", "worker-src blob"),
        ("<iframe srcdoc='x'></iframe><iframe src='http://127.0.0.1:9/'></iframe>", "frame-src http://127.0.0.1:9"),
        ("<script src='http://127.0.0.1:9/x.js'></script>", "script-src-elem http://127.0.0.1:9/x.js"),
    ],
)
def test_what_the_policy_forbids_is_stopped_and_noticed(
    address: str, context: BrowserContext, added: str, directive: str
) -> None:
    scripts = {
        "evil": "document.getElementById('link').click()",
        "eval": "try { eval('window.evil = 1') } catch {}",
        "fetch": "fetch('http://127.0.0.1:9/').catch(() => {})",
        "blob": "try { new Worker(URL.createObjectURL(new Blob(['']))) } catch {}",
    }
    for name, text in scripts.items():
        context.route(f"**/assets/{name}.js", sent(text))
    context.route(address + "404.html", altered(lambda text: text.replace("</body>", f"{added}</body>")))
    watch = Watch(context, address)
    page = context.new_page()
    with page.expect_console_message(lambda message: message.text.startswith("VIOLATION")):
        page.goto(address + "404.html", wait_until="load")
    assert page.evaluate("window.evil") is None
    assert any(text.startswith(f"VIOLATION {directive}") for text in watch.complaints), watch.complaints


def test_where_python_is_said_to_be_there_it_is(site: Path, address: str, context: BrowserContext) -> None:
    page = context.new_page()
    for name in ("index.html", "core-concepts/tasks/index.html"):
        page.goto(address + name)
        found = page.evaluate(
            """async () => {
              const place = part => document.querySelector(`meta[name=runnable-${part}]`).content;
              const files = {
                python: ["pyodide.mjs", "pyodide.asm.wasm", "wheels.json", "editor.js"],
                ours: ["ours.zip", "block.js", "cell.htm"],
              };
              const answers = Object.entries(files)
                .flatMap(([part, names]) => names.map(name => fetch(new URL(place(part) + name, document.baseURI))));
              return (await Promise.all(answers)).map(answer => [answer.status, answer.headers.get("content-type")]);
            }"""
        )
        assert [status for status, _ in found] == [200] * 7
        assert all("javascript" in found[place][1] for place in (0, 3, 5))
        assert found[1][1] == "application/wasm"  # otherwise it could not be compiled while it arrives
        assert found[6][1] == "text/html"
    assert not list((site / "assets" / "run").glob("*.js")), "a script under a path that does not change with it"


EDITOR = """async doc => {
  const base = new URL(document.querySelector("meta[name=runnable-python]").content, document.baseURI);
  const { create } = await import(new URL("editor.js", base));
  const parent = document.createElement("div");
  const before = document.createElement("button"), after = document.createElement("button");
  before.id = "before"; after.id = "after";
  document.body.prepend(before, parent, after);
  window.told = [];
  window.editor = create(parent, {
    doc, label: "Program tea.py",
    onChange: text => told.push(["changed", text]),
    onRun: text => told.push(["run", text]),
    onEscape: () => told.push(["escape"]),
  });
  document.getElementById("before").focus();
}"""


def test_the_editor_is_used_with_the_keyboard_alone(address: str, context: BrowserContext) -> None:
    watch = Watch(context, address)
    page = context.new_page()
    page.goto(address + "index.html")
    page.evaluate(EDITOR, "import asyncio\n")
    focused = "document.activeElement.id || document.activeElement.getAttribute('aria-label')"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Program tea.py"
    assert page.get_by_role("textbox", name="Program tea.py").count() == 1
    page.keyboard.press("Control+End")
    page.keyboard.type("async def brew():\n")
    page.keyboard.type("pass")
    assert page.evaluate("editor.get()") == "import asyncio\nasync def brew():\n    pass"
    assert page.evaluate("told.at(-1)") == ["changed", "import asyncio\nasync def brew():\n    pass"]
    page.keyboard.press("Control+Enter")
    assert page.evaluate("told.at(-1)") == ["run", "import asyncio\nasync def brew():\n    pass"]
    assert page.evaluate("editor.get()").endswith("    pass")
    page.keyboard.press("Escape")
    assert page.evaluate("told.at(-1)") == ["escape"]
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "after"
    page.evaluate("editor.set('x = 1')")
    assert page.evaluate("editor.get()") == "x = 1"
    page.evaluate("editor.focus()")
    assert page.evaluate(focused) == "Program tea.py"
    keyword = page.locator(".cm-line span").first
    page.evaluate("editor.set('import asyncio')")
    assert keyword.evaluate("span => getComputedStyle(span).color") == page.evaluate(
        """() => { const probe = document.createElement("i");
           probe.style.color = "var(--md-code-hl-keyword-color)"; document.body.append(probe);
           return getComputedStyle(probe).color; }"""
    )
    page.evaluate("editor.destroy()")
    assert page.locator(".cm-editor").count() == 0
    assert watch.complaints == []
