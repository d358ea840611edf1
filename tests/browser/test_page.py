"""Programs in the reader's page: run, stop, edit, share, and what becomes of those that mean no good."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visit, module

expect.set_options(timeout=60_000)  # Python has to be loaded, on a machine that has other things to do


def block(page: Page, name: str = "tea.py") -> Locator:
    return page.locator(".program").filter(
        has=page.locator(".program-file", has_text=re.compile(f"^{re.escape(name)}$"))
    )


def run(one: Locator) -> None:
    one.get_by_role("button", name="Run", exact=True).click()


def ended(one: Locator) -> None:
    expect(one.locator(".run-status")).to_contain_text(re.compile("^(Ended|Stopped)"), timeout=60_000)


def lines(one: Locator) -> list[str]:
    """What the reader's own run printed."""
    return one.locator(".run-own .program-line:not(.program-end)").evaluate_all(
        """lines => lines.map(line => [...line.childNodes].filter(node => node.nodeType === 3)
             .map(node => node.data).join('').trimEnd())"""
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
               const count = document.querySelectorAll(".run-own .program-line").length;
               const state = [count, document.querySelector(".run-go").textContent];
               if (String(window.grown.at(-1)) !== String(state)) window.grown.push(state);
             }).observe(document.querySelector(".program"), { subtree: true, childList: true, characterData: true });
           }"""
    )
    assert not [asked for asked in seen.asked if "python" in asked or asked.endswith("worker.js")]
    run(one)
    ended(one)
    assert lines(one) == ["rice: on", "beans: on", "beans: done", "rice: done"]
    grown = seen.page.evaluate("window.grown")
    assert {count for count, button in grown if button == "Stop"} >= {2, 3}, (
        "output came at once, not as it was printed"
    )
    seconds = [float(text.removesuffix("\u00a0s")) for text in one.locator(".run-own time").all_inner_texts()]
    assert seconds == sorted(seconds)
    # A sleep never ends early; what is shown is rounded.
    assert seconds[2] - seconds[1] >= 0.29
    assert seconds[3] - seconds[0] >= 0.59
    assert re.fullmatch(
        r"your run, CPython 3\.14\.2 in this browser, \d\.\d\d\u00a0s",
        one.locator(".run-own .program-provenance").inner_text(),
    )
    # Where the machine is busy, the loop itself has a lane, too.
    assert one.locator(".run-own .tl-name").all_text_contents()[:3] == ["main", "cook", "cook"]
    assert one.locator(".run-own .replay-controls").count() == 1
    replayed = []
    for _ in range(5):
        one.locator(".run-own").get_by_role("button", name="Next event").click()
        replayed.append(one.locator(".run-own .replay-detail").inner_text())
    assert any(text.startswith("main runs") for text in replayed), replayed
    assert seen.said == []


def test_before_the_first_run_less_than_ten_kilobytes_of_ours_are_loaded(
    visit: Callable[..., Visit], kitchen: Path
) -> None:
    asked = [name.partition("?")[0] for name in visit().asked]
    ours = {name for name in asked if name.startswith("assets/") and re.search(r"run|replay", name)}
    assert ours == {"assets/run.js", "assets/run/run.css", "assets/replay.js"}
    assert sum(len(gzip.compress((kitchen / name).read_bytes())) for name in ours) <= 10_000


def test_the_recorded_run_is_one_click_away(visit: Callable[..., Visit]) -> None:
    one = block(visit().page)
    recorded, own = one.locator(":scope > .program-result"), one.locator(".run-own")
    assert "recorded" in recorded.inner_text()
    run(one)
    ended(one)
    assert (recorded.is_visible(), own.is_visible()) == (False, True)
    one.get_by_role("button", name="Recorded run").click()
    assert (recorded.is_visible(), own.is_visible()) == (True, False)
    assert "CPython 3.11.7" in recorded.inner_text()
    one.get_by_role("button", name="Your run").click()
    assert (recorded.is_visible(), own.is_visible()) == (False, True)


def test_on_the_fast_clock_waits_take_no_time_and_times_are_exact(visit: Callable[..., Visit]) -> None:
    page = visit().page
    one = block(page, "waits.py")
    one.get_by_role("combobox", name="How time passes").select_option("fast")
    run(one)
    ended(one)
    assert lines(one) == ["before", "cleaned up"]
    assert "on the fast clock" in one.locator(".run-own .program-provenance").inner_text()
    assert one.locator(".run-own time").nth(1).inner_text().startswith("3600.")


def hold(page: Page) -> Page:
    """Lets no time pass in the page but what the test lets pass there. Programs go by a clock of their own."""
    page.clock.install(time=0)
    page.reload()
    page.clock.pause_at(3600)
    return page


@pytest.mark.parametrize("jspi", [True, False])
def test_stop_ends_a_program_that_waits_and_the_next_one_runs(visit: Callable[..., Visit], jspi: bool) -> None:
    page = hold(visit(jspi=jspi).page)
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
            "You stopped it. In this browser a program cannot be told, so all of Python was ended: no finally block ran."  # noqa: E501
        )
    run(block(page))
    ended(block(page))
    assert "rice: done" in lines(block(page))


def test_stop_ends_a_program_that_never_waits_when_a_second_has_passed(visit: Callable[..., Visit]) -> None:
    page = hold(visit().page)
    one = block(page, "spins.py")
    run(one)
    expect(one.locator(".run-own")).to_contain_text("before")
    block(page).get_by_role("button", name="Edit").click()
    expect(block(page).locator(".cm-content")).to_be_visible()  # the page can be used meanwhile
    one.get_by_role("button", name="Stop").click()
    page.clock.run_for(999)
    expect(one.locator(".run-status")).to_have_text("Stopping …")
    page.clock.run_for(1)
    ended(one)
    assert notes(one) == (
        "You stopped it. It was too busy to be told within a second, so all of Python was ended: no finally block ran."
    )
    the_next_run_works(page)


IGNORES = """\
import time

print("before")
while True:
    try:
        time.sleep(9)
    except KeyboardInterrupt:
        print("no")
"""


def test_stop_ends_a_program_that_goes_on_when_a_second_has_passed(visit: Callable[..., Visit]) -> None:
    page = hold(visit().page)
    block(page, "spins.py").get_by_role("button", name="Edit").click()
    one = run_text(page, IGNORES)
    expect(one.locator(".run-own")).to_contain_text("before")
    one.get_by_role("button", name="Stop").click()
    expect(one.locator(".run-own")).to_contain_text("no")
    page.clock.run_for(999)
    expect(one.locator(".run-status")).to_have_text("Stopping …")
    page.clock.run_for(1)
    ended(one)
    assert notes(one) == (
        "You stopped it. It went on after KeyboardInterrupt, and had not ended a second later, "
        "so all of Python was ended."
    )
    the_next_run_works(page)


def test_stop_pressed_again_ends_a_program_at_once(visit: Callable[..., Visit]) -> None:
    page = hold(visit().page)
    block(page, "spins.py").get_by_role("button", name="Edit").click()
    one = run_text(page, IGNORES)
    expect(one.locator(".run-own")).to_contain_text("before")
    one.get_by_role("button", name="Stop").click()
    expect(one.locator(".run-own")).to_contain_text("no")
    one.get_by_role("button", name="Stop").click()
    ended(one)
    assert notes(one) == "You stopped it twice, so all of Python was ended: what was left to do was not done."
    the_next_run_works(page)


@pytest.fixture(scope="module")
def warm(browser: Browser, address: str) -> Iterator[Page]:
    """A page in which Python is loaded and the editor of spins.py is open. Its console must stay silent."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + "demo/kitchen/")
    run(block(page))
    ended(block(page))
    block(page, "spins.py").get_by_role("button", name="Edit").click()
    yield page
    context.close()
    assert said == []


def run_text(page: Page, text: str) -> Locator:
    """Types a program into the editor and runs it."""
    one = block(page, "spins.py")
    one.locator(".cm-content").fill(text)
    run(one)
    return one


def the_next_run_works(page: Page) -> None:
    run(block(page))
    ended(block(page))
    # On a machine that stands still for long enough, the beans are put on late.
    assert sorted(lines(block(page))) == ["beans: done", "beans: on", "rice: done", "rice: on"]


# A program, how what is said of it begins, and how the last line that it prints begins; None where nobody can know.
HOSTILE: dict[str, tuple[str, str, str | None]] = {
    "endless output": (
        "while True:\n    print('x' * 99)\n",
        "It wrote more than 1 MB and was stopped.",
        None,
    ),
    "deep recursion": (
        "def deeper(n):\n    return deeper(n + 1)\n\n\ndeeper(0)\n",
        "",
        "RecursionError: maximum recursion depth exceeded",
    ),
    "os._exit": (
        "import os\nprint('before', flush=True)\nos._exit(3)\n",
        "os._exit ended it at once: nothing was cleaned up.",
        "before",
    ),
    "the loop closed": (
        "import asyncio\n\nasync def main():\n    asyncio.get_running_loop().close()\n\nasyncio.run(main())\n",
        "",
        "RuntimeError: Cannot close a running event loop",
    ),
    "builtins redefined": (
        "import builtins\nprint('before')\n"
        "builtins.print = builtins.len = builtins.isinstance = None\nimport json\njson.dumps = None\n",
        "",
        "before",
    ),
    "waits for ever": (
        "import asyncio\n\nasync def main():\n    await asyncio.Future()\n\nasyncio.run(main())\n",
        "This program would wait for ever: nothing is scheduled, and nothing is left that could wake a task.",
        None,
    ),
    "ten thousand tasks": (
        "import asyncio\n\n\nasync def main():\n    await asyncio.gather(*(asyncio.sleep(0.1) for _ in range(10_000)))\n"  # noqa: E501
        "    print('all')\n\n\nasyncio.run(main())\n",
        "",
        "all",
    ),
    "a gigabyte": (
        "many = [bytearray(100_000_000) for _ in range(10)]\nprint(sum(map(len, many)))\n",
        "",
        "1000000000",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_program_that_means_no_good_is_told_of_and_the_next_run_works(warm: Page, name: str) -> None:
    source, note, last = HOSTILE[name]
    one = run_text(warm, source)
    ended(one)
    assert notes(one).startswith(note) if note else not re.search("broke Python|stopped", notes(one))
    if last is not None:
        assert lines(one)[-1].startswith(last)
    the_next_run_works(warm)


REACHES = """\
import sys

for name in ("js", "pyodide_js"):
    try:
        __import__(name)
        print(name, "is there")
    except ImportError:
        print(name, "is not there")
try:
    from pyodide.code import run_js
    print(run_js("1 + 1"))
except Exception as error:
    print("no run_js:", type(error).__name__)
frame = sys._getframe()
page = None
while frame:
    for value in dict(frame.f_locals).values():
        page = getattr(value, "page", page)
    frame = frame.f_back
try:
    maker = page.post.constructor
    print(maker("return typeof fetch")())
except BaseException as error:
    print("no constructor:", type(error).__name__)
"""
BREAKS = {
    "scripts through C": (
        "import ctypes\n\nprint(ctypes.CDLL(None).emscripten_run_script_int(b'1 + 1'))\n",
        "A program in this page cannot run JavaScript.",
    ),
    "recursion without a limit": (
        "import sys\n\nsys.setrecursionlimit(1_000_000)\n\n\nclass Mirror:\n    def __repr__(self):\n        return repr(self)\n"  # noqa: E501
        "\n\nrepr(Mirror())\n",
        "Maximum call stack size exceeded",
    ),
}


def test_a_program_reaches_neither_scripts_nor_the_network_nor_what_the_reader_keeps(warm: Page) -> None:
    one = run_text(warm, REACHES)
    ended(one)
    found = lines(one)
    assert found[:2] == ["js is not there", "pyodide_js is not there"]
    assert [line.partition(":")[0] for line in found[2:]] == ["no run_js", "no constructor"], found
    one = run_text(warm, "import urllib.request\n\nurllib.request.urlopen('http://example.org/')\n")
    ended(one)
    assert "example.org" in "\n".join(lines(one))
    the_next_run_works(warm)


@pytest.mark.parametrize("name", BREAKS)
def test_a_program_that_breaks_python_breaks_no_more_than_that(visit: Callable[..., Visit], name: str) -> None:
    page = visit().page
    source, what = BREAKS[name]
    block(page, "spins.py").get_by_role("button", name="Edit").click()
    one = run_text(page, source)
    ended(one)
    assert notes(one) == f"The program broke Python itself, and a new one was started: {what}"
    the_next_run_works(page)


def test_what_a_program_says_of_its_timeline_cannot_become_a_script(visit: Callable[..., Visit]) -> None:
    warm = visit().page  # its policy reports what it refuses
    made = warm.evaluate(
        """async address => {
             const { drawn } = await import(address);
             const place = document.createElement("div");
             place.append(drawn(`<div class="tl-picture" onclick="x()" style="position:fixed"><img src=x onerror=x()>
               <svg class="tl" onload="x()"><a href="javascript:x()"><text x="1">t</text></a><use href="#x"/>
               <rect fill="url(#a)" stroke="url(http://x/)"/><foreignObject><iframe></iframe></foreignObject></svg>
               <script>x()</` + `script><form action="/"><input></form></div>`));
             return place.innerHTML.replace(/\\s+/g, " ");
           }""",
        module(warm, "timeline.js"),
    )
    assert re.sub(r"\s+", " ", made) == (
        '<div class="tl-picture"> <svg class="tl"> <rect fill="url(#a)"></rect></svg> </div>'
    )


# --- Loading -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["python_stdlib.zip", "pyodide.asm.wasm"])
def test_what_could_not_be_loaded_is_said_and_can_be_tried_again(visit: Callable[..., Visit], name: str) -> None:
    page = visit().page
    one = block(page)
    broken = True
    page.route(f"**/{name}", lambda route: route.fulfill(status=503) if broken else route.continue_())
    run(one)
    told = one.get_by_role("alert")
    expect(told).to_contain_text("Python could not be loaded")
    assert f"{name}: the server says 503. The recorded run below needs none." in told.inner_text()
    assert one.locator(":scope > .program-result").is_visible()
    broken = False
    one.get_by_role("button", name="Retry").click()
    ended(one)
    assert lines(one)[-1] == "rice: done"
    assert one.get_by_role("alert").count() == 0


def test_a_library_that_does_not_come_is_said_and_can_be_tried_again(visit: Callable[..., Visit]) -> None:
    page = visit().page
    one = block(page, "spins.py")
    broken = True
    page.route("**/aiohttp-*.whl", lambda route: route.abort() if broken else route.continue_())
    one.get_by_role("button", name="Edit").click()
    run_text(page, "import aiohttp\n\nprint(aiohttp.ClientSession.__name__)\n")
    expect(one.get_by_role("alert")).to_contain_text(re.compile(r"Python could not be loaded: aiohttp-.*\.whl: "))
    assert page.locator(".run-own").count() == 0
    broken = False
    one.get_by_role("button", name="Retry").click()
    ended(one)
    assert lines(one) == ["ClientSession"]


def test_python_that_is_started_anew_is_not_compiled_again(visit: Callable[..., Visit]) -> None:
    seen = visit()
    one = block(seen.page, "spins.py")
    run(one)
    expect(one.locator(".run-own")).to_contain_text("before")
    one.get_by_role("button", name="Stop").click()
    ended(one)
    the_next_run_works(seen.page)
    asked = [name.rpartition("/")[2] for name in seen.asked]
    assert (asked.count("pyodide.mjs"), asked.count("pyodide.asm.wasm")) == (2, 1)


def test_loading_tells_bytes_and_can_be_cancelled(visit: Callable[..., Visit]) -> None:
    seen = visit()
    one, held = block(seen.page), []
    seen.page.route("**/pyodide.asm.wasm", lambda route: held.append(route))  # noqa: PLW0108 - Playwright counts its parameters
    run(one)
    expect(one.locator(".run-figures")).to_have_text(re.compile(r"^\d+\.\d( of \d+\.\d)? MB$"))
    one.get_by_role("button", name="Cancel").click()
    expect(one.locator(".run-status")).to_have_text("Cancelled.")
    seen.page.unroute("**/pyodide.asm.wasm")
    run(one)
    ended(one)
    assert lines(one)[-1] == "rice: done"


# --- Edit --------------------------------------------------------------------------------------------------------


def test_a_changed_program_runs_survives_a_reload_and_can_be_reset(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page, one = seen.page, block(seen.page)
    edit = one.get_by_role("button", name="Edit")
    edit.click()
    editor = one.locator(".cm-content")
    expect(editor).to_be_focused()
    assert editor.inner_text().startswith("import asyncio")
    assert not one.locator(".program-code").is_visible()
    assert one.get_by_role("button", name="Reset").is_disabled()
    editor.fill('print("mine")\n')
    page.keyboard.press("Control+Enter")
    ended(one)
    assert lines(one) == ["mine"]
    assert "with your changes" in one.locator(".run-own .program-provenance").inner_text()
    before = len(seen.asked)
    page.reload()
    expect(one.locator(".cm-content")).to_have_text('print("mine")')
    assert "You have changed this program." in one.locator(".run-about").inner_text()
    assert not [asked for asked in seen.asked[before:] if "pyodide" in asked or "worker.js" in asked], (
        "it was loaded unasked"
    )
    one.get_by_role("button", name="Reset").click()
    expect(one.locator(".cm-content")).to_contain_text("import asyncio")
    one.get_by_role("button", name="Undo").click()
    expect(one.locator(".cm-content")).to_have_text('print("mine")')
    one.get_by_role("button", name="Reset").click()
    page.reload()
    assert one.locator(".cm-content").count() == 0
    assert one.locator(".program-code").is_visible()
    assert seen.said == []


def test_the_keyboard_gets_into_the_editor_and_out_again(visit: Callable[..., Visit]) -> None:
    page = visit().page
    one = block(page)
    one.get_by_role("button", name="Edit").focus()
    page.keyboard.press("Enter")
    expect(one.locator(".cm-content")).to_be_focused()
    page.keyboard.press("Escape")
    expect(one.locator(".run-status")).to_have_text("Tab leaves the editor.")
    page.keyboard.press("Tab")
    expect(one.get_by_role("button", name="Run", exact=True)).to_be_focused()
    assert one.locator("[role=log]").count() == 0
    one.get_by_role("button", name="Close").click()
    expect(one.locator(".program-code")).to_be_visible()
    expect(one.get_by_role("button", name="Edit")).to_be_focused()


def test_a_link_carries_a_program_and_never_runs_it(visit: Callable[..., Visit]) -> None:
    seen = visit()
    one = block(seen.page)
    one.get_by_role("button", name="Edit").click()
    one.locator(".cm-content").fill('print("shared: ü")\n')
    one.get_by_role("button", name="Share").click()
    link = one.get_by_role("textbox", name="Link to this program").input_value()
    other = visit(link.partition("/")[2].partition("/")[2].partition("/")[2])
    there = block(other.page)
    expect(there.locator(".cm-content")).to_have_text('print("shared: ü")')
    assert "It is not the guide's: read it before you run it." in there.locator(".run-about").inner_text()
    assert there.locator(".run-own").count() == 0
    assert not [asked for asked in other.asked if "pyodide" in asked or "worker.js" in asked]
    assert other.page.evaluate("localStorage.length") == 0 or not other.page.evaluate(
        "localStorage.getItem('run:demo/kitchen/tea')"
    )
    run(there)
    ended(there)
    assert lines(there) == ["shared: ü"]


# --- Everybody ---------------------------------------------------------------------------------------------------


def test_a_block_that_cannot_run_here_says_why(visit: Callable[..., Visit]) -> None:
    one = block(visit().page, "needs_thread.py")
    assert one.get_by_role("button", name="Run", exact=True).count() == 0
    assert one.locator(".run-not").inner_text() == (
        "It does not run in this page. It runs functions on threads, and a page has none."
    )


def test_without_scripts_or_python_a_block_is_its_recording(visit: Callable[..., Visit]) -> None:
    for page in (visit(java_script_enabled=False).page, visit("without/python/").page):
        one = block(page)
        assert "recorded" in one.locator(".program-result").inner_text()
        assert page.locator(".run-bar, .run-not").count() == 0


def test_without_webassembly_there_is_no_button(visit: Callable[..., Visit], address: str) -> None:
    seen = visit()
    seen.page.add_init_script("delete globalThis.WebAssembly")
    seen.page.reload()
    assert seen.page.locator(".run-bar").count() == 0
    assert "recorded" in block(seen.page).locator(".program-result").inner_text()


def test_on_a_phone_nothing_overflows_and_all_can_be_touched(visit: Callable[..., Visit]) -> None:
    page = visit(width=360, has_touch=True, is_mobile=True).page
    one = block(page)
    one.get_by_role("button", name="Edit").tap()
    one.locator(".cm-content").fill("print('a long line ' * 30)\n")
    one.get_by_role("button", name="Run", exact=True).tap()
    ended(one)
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360
    small = page.evaluate(
        """[...document.querySelectorAll(".run-bar > *, .run-versions > *")]
             .filter(one => one.matches("button, select") && one.checkVisibility())
             .map(one => [one.textContent, one.getBoundingClientRect()])
             .filter(([, box]) => box.width < 24 || box.height < 24).map(([text]) => text)"""
    )
    assert small == []


def test_the_run_is_a_log_and_the_button_keeps_the_focus(visit: Callable[..., Visit]) -> None:
    page = visit().page
    one = block(page)
    button = one.get_by_role("button", name="Run", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(one.get_by_role("log", name="Output of your run of tea.py")).to_contain_text("rice: on")
    expect(one.get_by_role("button", name="Stop")).to_be_focused()
    ended(one)
    expect(button).to_be_focused()
