"""How pages look and behave in a browser, on a small site built with the project's own mkdocs.yml."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

from runnable.downloads import lay_out
from runnable.lanes import Kind
from runnable.project import Project
from runnable.recording import Cache, Recording, Write, digest
from runnable.snippet import Snippet
from runnable.timeline import Timeline
from runnable.trace import Job, Said, Step, Task, Trace

ROOT = Path(__file__).resolve().parents[1]

WAITS = '''\
import asyncio


# --8<-- [start:cook]
async def cook(dish, seconds):
    print(f"{dish}: on the stove, in a pot that is large enough for it and for all who come", flush=True)
    await asyncio.sleep(seconds)
# --8<-- [end:cook]


class Meal(list[str]):  # what is eaten
    @property
    def courses(self) -> int:
        """How many."""
        return len(self) + 0x0A


asyncio.run(cook("rice", 0.6))
'''
PLACE = "snippets/demo/page/waits.py"
LONG = "a line that is longer than a phone is wide, and longer than a page is on most other screens too, or so we hope"
TRACEBACK = f'Traceback (most recent call last):\n  File "{PLACE}", line 18, in <module>\nRuntimeError: <b>{LONG}</b>\n'

PAGE = f"""\
---
title: A page
---

# A page

Text with [a link](../index.md), `code` and [a program](../../{PLACE}).

[It waits, and this caption is as long as captions should not be, with `code` in it](../../{PLACE}){{ stress="6 11" }}

[Without stress](../../{PLACE})

[A part of it](../../{PLACE}){{ section="cook" }}

[Folded](../../{PLACE}){{ collapsed }}

[Long](../../snippets/demo/page/long.py)

[Silent](../../snippets/demo/page/silent.py)

[Not run](../../snippets/demo/page/absent.py)

- item

    [In a list](../../{PLACE})

!!! note "Note"

    [In a note](../../{PLACE})

??? question "But what if …?"

    [In a fold](../../{PLACE})

=== "Tab"

    [In a tab](../../{PLACE})
"""


COOKS = """\
import asyncio


async def cook(dish, seconds):
    print(f"{dish}: on")
    await asyncio.sleep(seconds)
    print(f"{dish}: done")


async def main():
    await asyncio.gather(cook("rice", 0.6), cook("beans", 0.4))


asyncio.run(main())
"""
COOKING = Trace(
    tasks=(
        Task("Task-1", "main", None, 0, 0.01, 1.001, "result"),
        Task("rice", "cook", 0, 0, 0.0105, 0.6111, "result"),
        Task("beans", "cook", 0, 0, 0.0106, 0.62, "cancelled", cancelled_by=0),
        Task("soup", "cook", 0, 0, 0.0107, 0.62, "exception", "ValueError: <no eggs>"),
    ),
    steps=(
        Step(0, 0.0101, 0.0109, "gather", 11),
        Step(1, 0.011, 0.0111, "sleep(0.6)", 6),
        Step(2, 0.0112, 0.0113, "Lock.acquire", 6),
        Step(3, 0.0114, 0.0115, "sleep(0.6)", 6),
        Step(0, 0.2, 0.38, "to_thread", 11),
        Step(2, 0.381, 0.382, "sleep(1)", 7, 1),
        Step(1, 0.611, 0.6111),
        Step(2, 0.6112, 0.62),
        Step(3, 0.6201, 0.6202),
        Step(0, 1.0, 1.001, woken_by=1),
    ),
    jobs=(Job("count", "asyncio_0", "thread", 0, 0.38, 0.4, 0.9),),
    said=(Said(0.011, "out", 1), Said(0.0112, "out", 2), Said(0.382, "out", 2), Said(0.611, "err", 1)),
)
CROWD = Trace(
    (
        Task("Task-1", "main", None, 0, 0.0, 1.0, "result"),
        *(Task(f"Task-{n}", "cook", 0, 0, 0.001 * n, 0.9, "result") for n in range(2, 400)),
    ),
    (Step(0, 0.0, 0.01, "gather", 11), Step(7, 0.5, 0.501)),
)
TABLES = """\
---
title: Tables
---

# Tables

A [task](#task) and a table that is wider than a phone.

| What | `asyncio` | `concurrent.futures` | `multiprocessing` | `subinterpreters` |
| --- | --- | --- | --- | --- |
| takes turns | at each `await` | when the system says so | when the system says so | when the system says so |

| One | Two |
| --- | --- |
| 1 | 2 |

[First the request, then the exception](../../pictures/cancellation_travels.py)

Task { #task }
:   What the loop runs.

[^1]: A note.

Text with a note[^1].
"""
TIMELINES = """\
---
title: Timelines
---

# Timelines

[Cooks](../../snippets/demo/page/cooks.py){ timeline=true stress="6" }

[On a longer axis](../../snippets/demo/page/cooks.py){ axis="crowd" }

[A crowd](../../snippets/demo/page/crowd.py){ timeline=true collapsed }
"""


def make(root: Path) -> Project:
    """A project that looks as ours does, with a page that has blocks of all kinds."""
    for name in ("docs/assets", "overrides", "pictures"):
        shutil.copytree(ROOT / name, root / name)
    (root / "pyproject.toml").touch()  # it is watched
    folder = root / "snippets" / "demo" / "page"
    folder.mkdir(parents=True)
    (root / "docs" / "demo").mkdir()
    (root / "docs" / "index.md").write_text(f"# Home\n\n[It waits](../{PLACE})\n\n[The page](demo/page.md)\n", "utf-8")
    (root / "docs" / "demo" / "page.md").write_text(PAGE, "utf-8")
    (root / "docs" / "demo" / "timelines.md").write_text(TIMELINES, "utf-8")
    (root / "docs" / "demo" / "tables.md").write_text(TABLES, "utf-8")
    project = Project.at(root)

    def record(
        name: str,
        source: str,
        *writes: tuple[float, Any, str],
        status: int = 0,
        seconds: float = 1.5,
        trace: Trace | None = None,
    ) -> None:
        (folder / name).write_text(source, "utf-8")
        program = Snippet.read(folder / name, project)
        written = tuple(Write(*write) for write in writes)
        recording = Recording(program.slug, digest(program), "", "CPython 3.11.7", status, seconds, written, trace)
        Cache(project).save(recording)

    writes = [(0.0, "out", f"rice: on\n{LONG}\n"), (0.6, "out", "\r 50 %"), (0.9, "out", "\r100 %\n")]
    record("waits.py", WAITS, *writes, (1.4, "err", TRACEBACK), (1.4, "out", "end\n"), status=1)
    record("long.py", "print()\n", *[(n / 50, "out", f"line {n}\n") for n in range(60)])
    record("silent.py", "pass\n")
    said = [(0.011, "out", "rice: on\n"), (0.0112, "out", "beans: on\n"), (0.382, "out", "beans: done\n")]
    record("cooks.py", COOKS, *said, (0.611, "err", "no eggs\n"), seconds=1.05, trace=COOKING)
    record("crowd.py", COOKS, (0.5, "out", "x\n"), seconds=2.0, trace=CROWD)
    (folder / "absent.py").write_text("print('x')\n", "utf-8")
    transcript = "$ python snippets/demo/page/absent.py\nx\n2> [..]\n#: signal SIGKILL\n"
    (folder / "absent.out").write_text(transcript, "utf-8")

    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    del settings["hooks"]  # what they do is done above
    settings["nav"] = ["index.md", {"Demo": ["demo/page.md", "demo/timelines.md", "demo/tables.md"]}]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    lay_out(project)
    return project


def built(project: Project, generator: str) -> subprocess.CompletedProcess[str]:
    variables = {name: value for name, value in os.environ.items() if name not in {"CI", "RUNNABLE_CACHE"}}
    return subprocess.run(
        [sys.executable, "-m", generator, "build"],
        cwd=project.root,
        env=variables | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("look")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RUNNABLE_CACHE", raising=False)
        project = make(root)
    done = built(project, "mkdocs")
    assert done.returncode == 0, done.stderr
    return project


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def address(project: Project) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(project.root / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@dataclass
class Visit:
    """A page that is open, and what happened since."""

    page: Page
    context: BrowserContext
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    contexts: list[BrowserContext] = []

    def go(path: str = "demo/page/", *, width: int = 1280, clock: bool = False, **settings: Any) -> Visit:
        """Opens a page. With `clock`, time stands still in it, but for `page.clock.run_for`."""
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        context.set_default_timeout(30_000)
        seen = Visit(context.new_page(), context)
        seen.page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        if clock:
            seen.page.clock.install()
        seen.page.goto(address + path, wait_until="load")
        if clock:
            seen.page.clock.pause_at(seen.page.evaluate("Date.now() + 1000"))
        return seen

    yield go
    for context in contexts:
        context.close()


UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true })"

# Every text in `root` that can be seen, with its contrast to what is behind it.
CONTRASTS = """
root => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = colour => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const ground = element => {
    const layers = [];
    for (; element; element = element.parentElement) {
      const layer = rgba(getComputedStyle(element).backgroundColor);
      layers.push(layer);
      if (layer[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const luminance = ([r, g, b]) => [r, g, b]
    .map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (style, element) => {
    const below = ground(element);
    const [a, b] = [luminance(over(rgba(style.color), below)), luminance(below)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const found = [];
  for (const element of document.querySelectorAll(`${root}, ${root} *`)) {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    const own = [...element.childNodes].filter(node => node.nodeType === 3 && node.data.trim());
    const made = getComputedStyle(element, "::before");
    const name = `${element.tagName}.${element.className}`;
    if (own.length) found.push([name, own[0].data.trim(), contrast(getComputedStyle(element), element)]);
    if (made.content.length > 2 && made.content[0] === '"') found.push([name, made.content, contrast(made, element)]);
  }
  return found;
}
"""


@pytest.mark.parametrize("width", [360, 768, 1280, 2000])
def test_the_page_itself_never_scrolls_sideways(visit: Callable[..., Visit], width: int) -> None:
    page = visit(width=width).page
    page.evaluate(UNFOLD)
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
    outside = page.evaluate(
        "[...document.querySelectorAll('.program')].map(block => block.getBoundingClientRect())"
        ".filter(box => box.right > innerWidth + 1 || box.left < -1).length"
    )
    assert outside == 0
    cut_off = page.evaluate(
        "[...document.querySelectorAll('.program *')].filter(one => one.scrollWidth > one.clientWidth + 1)"
        ".filter(one => !one.closest('[tabindex]') || getComputedStyle(one.closest('[tabindex]')).overflowX !== 'auto')"
        ".filter(one => getComputedStyle(one).display !== 'inline').map(one => one.outerHTML.slice(0, 90))"
    )
    assert cut_off == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_line_is_one_line(visit: Callable[..., Visit], scripts: bool) -> None:
    page = visit(java_script_enabled=scripts).page
    page.evaluate(UNFOLD)
    tall = page.evaluate(
        """[...document.querySelectorAll(".program code, .program-line")].map(part => {
             const style = getComputedStyle(part);
             const padding = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
             const height = (part.getBoundingClientRect().height - padding) / parseFloat(style.lineHeight);
             const labels = part.matches(".program-err:has(> .program-stream)") ? 1 : 0;
             return [part.textContent, height / (part.textContent.trimEnd().split("\\n").length + labels)];
           }).filter(([text, ratio]) => ratio > 1.15)"""
    )
    assert tall == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scripts", [True, False])
def test_every_text_has_contrast(visit: Callable[..., Visit], scheme: str, scripts: bool) -> None:
    page = visit(color_scheme=scheme, java_script_enabled=scripts).page
    page.evaluate(UNFOLD)
    found = page.evaluate(CONTRASTS, "body")
    assert len(found) > 200
    assert {name for name, _, _ in found} >= {"SPAN.program-number", "SPAN.program-stream", "TIME.", "SPAN.c1"}
    assert sorted({(name, round(contrast, 2)) for name, _, contrast in found if contrast < 4.5}) == []
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(253, 252, 249)", "dark": "rgb(20, 24, 27)"}[scheme]


def test_the_colours_can_be_chosen(visit: Callable[..., Visit]) -> None:
    page = visit(color_scheme="light").page
    grounds = []
    for _ in range(3):
        page.locator("form[data-md-component=palette] label:visible").click()
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(253, 252, 249)", "rgb(20, 24, 27)", "rgb(253, 252, 249)"]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("path", "least"), [("demo/page/", 30), ("demo/timelines/", 12)])
def test_the_keyboard_reaches_every_control_and_every_region_that_scrolls(
    visit: Callable[..., Visit], scripts: bool, path: str, least: int
) -> None:
    page = visit(path, width=360, java_script_enabled=scripts).page
    page.evaluate(
        """for (const element of document.querySelectorAll(".program *")) {
             const style = getComputedStyle(element);
             const scrolls = style.overflowX === "auto" && element.scrollWidth > element.clientWidth;
             const control = element.matches("a[href], button, summary, input, select, svg[tabindex]");
             if ((scrolls || control) && element.checkVisibility()) element.dataset.wanted = "";
           }"""
    )
    wanted = page.locator("[data-wanted]").count()
    assert wanted > least
    unseen = []
    for _ in range(400):
        page.keyboard.press("Tab")
        unseen += page.evaluate(
            """() => {
                 const element = document.activeElement;
                 if (!element.closest(".program")) return [];
                 delete element.dataset.wanted;
                 const style = getComputedStyle(element);
                 const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5;
                 // A block cuts off what is drawn outside of a part that is as wide as it.
                 const wide = element.getBoundingClientRect().width > element.closest(".program").clientWidth - 4;
                 return drawn && (!wide || parseFloat(style.outlineOffset) < 0) ? [] : [element.outerHTML.slice(0, 90)];
               }"""
        )
        if not page.locator("[data-wanted]").count():
            break
    assert page.locator("[data-wanted]").evaluate_all("all => all.map(one => one.outerHTML.slice(0, 90))") == []
    assert unseen == []


def test_a_fold_opens_by_keyboard_without_scripts(visit: Callable[..., Visit]) -> None:
    page = visit(java_script_enabled=False).page
    block = page.locator(".program", has_text="Folded").first
    assert not block.locator("code").last.is_visible()
    block.locator("summary").focus()
    page.keyboard.press("Enter")
    assert block.locator("code").last.is_visible()


def test_without_scripts_a_block_is_complete(visit: Callable[..., Visit]) -> None:
    page = visit(java_script_enabled=False).page
    block = page.locator(".program").first
    for text in (
        "It waits",
        "waits.py",
        "Download",
        "async def",
        "rice: on",
        "0.60\u00a0s",
        "stderr",
        "CPython 3.11.7",
    ):
        assert block.get_by_text(text).first.is_visible(), text


def test_what_is_copied_from_output_is_what_was_printed(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.program-output'))")
    assert page.evaluate("getSelection().toString()").rstrip("\n") == (
        f"rice: on\n{LONG}\n 50 %\n100 %\n{TRACEBACK}end"
    )


def test_the_copy_button_copies_the_code_beside_it(visit: Callable[..., Visit]) -> None:
    seen = visit(permissions=["clipboard-read", "clipboard-write"])
    page = seen.page
    page.evaluate(UNFOLD)
    lines = WAITS.splitlines(keepends=True)
    whole = "".join([*lines[:3], *lines[4:7], *lines[8:]]).rstrip()
    for place, expected in enumerate([whole, whole, "".join(lines[4:7]).rstrip(), whole]):
        page.locator(".program .md-code__button").nth(place).click()
        assert page.evaluate("navigator.clipboard.readText()") == expected


def test_a_traceback_leads_to_its_line(visit: Callable[..., Visit]) -> None:
    page = visit().page
    page.locator(".program samp a").first.click()
    assert page.evaluate("location.hash") == "#waits.py-L18"
    line = page.locator(".program code :target")
    assert line.inner_text().strip() == 'asyncio.run(cook("rice", 0.6))'
    assert line.bounding_box()["y"] > page.locator(".md-header").bounding_box()["height"]


def test_a_download_is_the_file(visit: Callable[..., Visit]) -> None:
    for path in ("", "demo/page/"):
        page = visit(path).page
        with page.expect_download() as caught:
            page.locator(".program-download").first.click()
        assert caught.value.suggested_filename == "waits.py"
        assert Path(caught.value.path()).read_text("utf-8") == WAITS


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_nothing_is_folded_cut_off_or_a_button(visit: Callable[..., Visit], scripts: bool) -> None:
    page = visit(width=700, color_scheme="dark", java_script_enabled=scripts).page
    page.emulate_media(media="print")
    folds = page.locator(".program-fold")
    assert folds.count() == 3
    for fold in folds.all():
        assert fold.locator("pre").is_visible()
        assert fold.bounding_box()["height"] > 60
    for control in page.locator(".program-download, .md-code__nav").all():
        assert not control.is_visible()
    cut_off = page.evaluate(
        "[...document.querySelectorAll('.program :is(pre, code)')]"
        ".filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 90))"
    )
    assert cut_off == []
    assert page.evaluate("getComputedStyle(document.querySelector('.program samp')).color") == "rgb(36, 41, 44)"


def test_with_colours_of_the_readers_own_stress_and_stderr_still_show(visit: Callable[..., Visit]) -> None:
    page = visit(forced_colors="active").page
    for selector in (".program .hll", ".program-err"):
        assert page.evaluate(f"parseFloat(getComputedStyle(document.querySelector('{selector}')).borderLeftWidth)") >= 3


def test_nothing_moves_for_those_who_asked_for_that(visit: Callable[..., Visit]) -> None:
    counted = [
        visit(reduced_motion=wish).page.evaluate(
            "[...document.querySelectorAll('*')].map(one => getComputedStyle(one))"
            ".filter(style => style.transitionProperty !== 'none' && /[1-9]/.test(style.transitionDuration)).length"
        )
        for wish in ("no-preference", "reduce")
    ]
    assert counted[0] > 0
    assert counted[1] == 0


def test_nothing_is_asked_of_another_origin_and_nothing_goes_wrong(visit: Callable[..., Visit], address: str) -> None:
    seen = visit()
    seen.page.locator("input.md-search__input").click()
    seen.page.keyboard.type("stove")
    seen.page.locator(".md-search-result__item").first.wait_for()
    assert [url for url in seen.asked if not url.startswith((address, "data:", "blob:"))] == []
    assert seen.said == []


# Timelines and the replay. Time in the page is ours: `clock` moves it, and nothing depends on how fast this machine is.

TIMELINE = "demo/timelines/"


def block_of(page: Page, place: int = 0) -> Locator:
    return page.locator(".program").nth(place)


def lines_shown(block: Locator) -> list[str]:
    """The lines of output that can be seen, without their seconds."""
    script = """all => all.filter(line => getComputedStyle(line).visibility !== "hidden")
      .map(line => [...line.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join("").trim())"""
    found: list[str] = block.locator(".program-result .program-line").evaluate_all(script)
    return found


def second(block: Locator) -> float:
    return float(block.locator(".replay-range").input_value())


def detail(block: Locator) -> str:
    return block.locator(".replay-detail").inner_text().replace("\u00a0", " ")


def is_drawn(block: Locator, selector: str) -> bool:
    """Whether a line is drawn; Playwright takes what has no width for invisible."""
    script = "one => one.checkVisibility({ checkVisibilityCSS: true })"
    drawn: bool = block.locator(selector).evaluate(script)
    return drawn


def middle(locator: Locator) -> tuple[float, float]:
    """Where a part is on the screen, once it is well below the header."""
    locator.evaluate("one => one.scrollIntoView({ block: 'center' })")
    box = locator.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


ALL = ["rice: on", "beans: on", "beans: done", "no eggs"]


def test_the_replay_shows_each_line_at_its_second(visit: Callable[..., Visit]) -> None:
    seen = visit("", clock=True)
    page = seen.page
    page.goto(page.url + TIMELINE)
    block = block_of(page)
    assert lines_shown(block) == ALL
    play = block.locator(".replay-play")
    assert play.inner_text() == "Replay"
    play.click()
    assert (play.inner_text(), lines_shown(block)) == ("Pause", [])
    page.clock.run_for(300)
    assert lines_shown(block) == ["rice: on", "beans: on"]
    assert 0.2 < second(block) < 0.38
    page.clock.run_for(200)
    assert lines_shown(block) == ["rice: on", "beans: on", "beans: done"]
    page.clock.run_for(1000)
    assert (play.inner_text(), lines_shown(block), second(block)) == ("Again", ALL, 1.05)
    assert detail(block) == "The program ended at 1.05 s."
    play.click()
    assert lines_shown(block) == []
    assert seen.said == []


def test_the_replay_can_be_paused_slowed_and_left(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE, clock=True).page
    block = block_of(page)
    play = block.locator(".replay-play")
    play.click()
    page.clock.run_for(200)
    play.click()
    paused = second(block)
    assert 0.1 < paused < 0.3
    page.clock.run_for(2000)
    assert second(block) == paused
    assert play.inner_text() == "Play"
    block.locator(".replay-speed").select_option("0.1")
    play.click()
    page.clock.run_for(1000)
    assert paused + 0.05 < second(block) < paused + 0.15
    page.keyboard.press("Escape")
    page.clock.run_for(1000)
    assert (play.inner_text(), lines_shown(block)) == ("Replay", ALL)
    assert not is_drawn(block, ".replay-cursor")


def test_one_steps_from_event_to_event_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE).page
    block = block_of(page)
    page.keyboard.press("Tab")
    for _ in range(60):
        if page.evaluate("document.activeElement.matches('.replay-range')"):
            break
        page.keyboard.press("Tab")
    told = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        told.append(detail(block))
    assert told == [
        "main runs for 800 µs at 0.010 s, line 11",
        "rice runs for 100 µs at 0.011 s, line 6",
        "beans runs for 100 µs at 0.011 s, line 6",
        "soup runs for 100 µs at 0.011 s, line 6",
    ]
    assert lines_shown(block) == ["rice: on", "beans: on"]
    page.keyboard.press("ArrowRight")
    assert detail(block) == "main blocks the event loop for 0.18 s at 0.200 s, line 11: nothing else can run"
    assert second(block) == pytest.approx(0.38)
    page.keyboard.press("ArrowLeft")
    assert detail(block) == told[-1]
    valued = block.locator(".replay-range").get_attribute("aria-valuetext")
    assert valued == "0.01\u00a0s: soup runs for 100\u00a0µs at 0.011\u00a0s, line 6"
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    assert detail(block) == "The program ended at 1.05 s."
    assert lines_shown(block) == ALL
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    assert lines_shown(block) == []


def test_steps_have_buttons_too(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE).page
    block = block_of(page)
    page.get_by_role("button", name="Next event").first.click()
    page.get_by_role("button", name="Next event").first.click()
    assert detail(block) == "rice runs for 100 µs at 0.011 s, line 6"
    assert lines_shown(block) == ["rice: on"]
    page.get_by_role("button", name="Previous event").first.click()
    assert lines_shown(block) == []


def test_what_runs_or_waits_at_the_moment_lights_up(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE).page
    block = block_of(page)

    def at(moment: float) -> tuple[list[str], list[str]]:
        block.locator(".replay-range").evaluate(
            "(range, moment) => { range.value = moment; range.dispatchEvent(new Event('input')) }", moment
        )
        live = block.locator(".tl-live .tl-name").all_text_contents()
        now = block.locator(".tl-now").evaluate_all("all => all.map(one => one.classList[0])")
        return live, now

    assert at(0.3) == (["main", "rice", "beans", "soup"], ["tl-block", "tl-wait", "tl-wait", "tl-wait"])
    assert at(0.8) == (["main", "asyncio_0"], ["tl-wait", "tl-job"])
    assert at(1.04) == ([], [])
    how = block.locator(".tl-ends", has_text="cancelled by main")
    visibility = "one => getComputedStyle(one).visibility"
    assert how.evaluate(visibility) == "visible"
    at(0.5)
    assert how.evaluate(visibility) == "hidden", "it has not happened yet"
    at(1.04)
    line = block.locator(".replay-cursor")
    box, picture = line.bounding_box(), block.locator("svg.tl").first.bounding_box()
    assert box and picture
    assert box["x"] + box["width"] / 2 == pytest.approx(picture["x"] + picture["width"] * 1.04 / 1.05, abs=2)


def test_a_line_of_output_marks_its_instant_and_the_other_way_round(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE).page
    block = block_of(page)
    lines = block.locator(".program-result .program-line")
    lines.nth(2).hover()
    assert detail(block) == "0.382 s: beans prints this line"
    assert is_drawn(block, ".replay-hair")
    assert block.locator(".tl-said.tl-picked").get_attribute("data-o") == "2"
    assert block.locator(".tl-short.tl-picked").get_attribute("data-s") == "0.381"
    page.mouse.move(0, 0)
    assert not is_drawn(block, ".replay-hair")
    assert block.locator(".tl-picked").count() == 0
    block.locator(".tl-said[data-o='2'] circle").hover()
    assert detail(block) == "prints 1 line at 0.382 s"
    assert block.locator(".replay-meant").all_inner_texts()[0].strip().endswith("beans: done")
    region = block.locator(".program-output").first
    region.focus()
    for place in (0, 1):
        page.keyboard.press("ArrowDown")
        assert lines.nth(place).evaluate("line => line === document.activeElement")
    assert detail(block) == "0.011 s: beans prints this line"


def test_a_span_tells_its_details_and_marks_where_the_task_stands(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE).page
    block = block_of(page)
    here = block.locator(".program-here")
    assert not here.is_visible()
    block.locator(".tl-wait[data-l='6']").first.hover()
    assert detail(block) == "rice waits 0.60 s for sleep(0.6) at 0.011 s, line 6"
    line = block.locator(".program-code .hll")
    marked, stressed = here.bounding_box(), line.bounding_box()
    assert marked and stressed
    assert marked["y"] + marked["height"] / 2 == pytest.approx(stressed["y"] + stressed["height"] / 2, abs=3)
    page.mouse.move(0, 0)
    assert not here.is_visible()
    block.locator("svg.tl").first.focus()
    told = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
        told.append(detail(block))
    assert told == [
        "main runs for 800 µs at 0.010 s, line 11",
        "main waits 0.19 s for gather at 0.011 s, line 11",
        "rice runs for 100 µs at 0.011 s, line 6",
        "beans runs for 100 µs at 0.011 s, line 6",
        "beans waits 0.37 s for Lock.acquire at 0.011 s, line 6",
    ]


def test_a_tap_tells_what_a_pointer_would(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE, width=360, has_touch=True, is_mobile=True).page
    block = block_of(page)
    page.touchscreen.tap(*middle(block.locator(".tl-block rect").first))
    assert detail(block).startswith("main blocks the event loop for 0.18 s")
    page.touchscreen.tap(*middle(block.locator(".tl-cross circle")))
    assert "failed with ValueError: <no eggs>" in detail(block)


def test_those_who_asked_for_less_motion_see_one_event_after_another(visit: Callable[..., Visit]) -> None:
    seen = {}
    for wish in ("reduce", "no-preference"):
        page = visit(TIMELINE, clock=True, reduced_motion=wish).page
        block = block_of(page)
        block.locator(".replay-play").click()
        moments = []
        for _ in range(15):
            page.clock.run_for(100)
            moments.append(second(block))
        seen[wish] = sorted(set(moments))
        assert lines_shown(block) == ALL
    assert len(seen["reduce"]) < 9 <= len(seen["no-preference"])


def test_without_scripts_nothing_of_the_replay_is_there_and_all_else_is(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE, java_script_enabled=False).page
    block = block_of(page)
    assert block.locator("button, input, select").count() == 0
    assert not block.get_by_text("Replay").count()
    for text in ("Timeline", "main", "sleep(0.6)", "blocks 0.18\u00a0s", "ValueError: <no eggs>", "waits"):
        assert block.locator(":not(title, desc)").get_by_text(text, exact=True).first.is_visible(), text
    block.get_by_text("The same as a table").click()
    assert block.get_by_role("cell", name="waits 0.60\u00a0s for sleep(0.6) at 0.011\u00a0s, line 6").first.is_visible()
    assert block.locator(".tl-wait title").first.text_content() == (
        "main waits 0.19\u00a0s for gather at 0.011\u00a0s, line 11"
    )


def test_a_crowd_can_be_opened(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE).page
    block = block_of(page, 2)
    fold = block.locator("details.tl-unfolded")
    assert not fold.locator("svg").is_visible()
    page.mouse.click(*middle(block.locator(".tl-fold .tl-crowd path")))
    assert fold.locator("svg").is_visible()
    fold.locator("summary").click()
    assert not fold.locator("svg").is_visible()


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_timelines_fit_and_never_make_the_page_scroll_sideways(visit: Callable[..., Visit], width: int) -> None:
    page = visit(TIMELINE, width=width).page
    page.evaluate(UNFOLD)
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
    outside = page.evaluate(
        """[...document.querySelectorAll(".tl text, .tl rect, .tl line, .tl circle")]
             .filter(one => one.checkVisibility() && !one.closest(".tl-label, .tl-wait > svg, pattern, .replay-veil"))
             .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect(),
                          one.closest(".program").getBoundingClientRect()])
             .filter(([, box, block]) => box.left < block.left || box.right > block.right).map(([html]) => html)"""
    )
    assert outside == []
    small = page.evaluate(
        """[...document.querySelectorAll(".tl text")].map(one => parseFloat(getComputedStyle(one).fontSize))
             .filter(size => size < 11)"""
    )
    assert small == []
    targets = page.evaluate(
        """[...document.querySelectorAll(".replay-controls > *, .replay-range")].map(one => one.getBoundingClientRect())
             .filter(box => box.width < 24 || box.height < 24).length"""
    )
    assert targets == 0


# Each sign, the property that makes it seen, and what is behind it.
SIGNS = [
    (".tl-run rect", "fill"),
    (".tl-short line", "stroke"),
    (".tl-wait rect", "stroke"),
    (".tl-ready line", "stroke"),
    (".tl-block rect", "fill"),
    (".tl-job rect", "stroke"),
    (".tl-out circle", "fill"),
    (".tl-err rect", "fill"),
    (".tl-cross path", "stroke"),
    (".tl-barred path", "stroke"),
    (".tl-woke line", "stroke"),
    (".tl-cancelled line", "stroke"),
    (".tl-created line", "stroke"),
    (".tl-asked line", "stroke"),
    (".tl-crowd path", "stroke"),
    (".replay-cursor", "stroke"),
]
# Each text, and the sign it stands on.
WRITTEN = [
    (".tl-name", None),
    (".tl-aside", None),
    (".tl-ends", None),
    (".tl-grid text", None),
    (".tl-wait text", ".tl-wait rect"),
    (".tl-block text", ".tl-block rect"),
    (".tl-job text", ".tl-job rect"),
]
CONTRAST = """([first, second]) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const part = colour => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(value => value / 255)
      .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
      .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  };
  const colour = ([selector, property]) => getComputedStyle(document.querySelector(selector))[property];
  const [a, b] = [part(colour(first)), part(colour(second))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_and_texts_of_a_timeline_have_contrast(visit: Callable[..., Visit], scheme: str) -> None:
    page = visit(TIMELINE, color_scheme=scheme).page
    ground = [".program-timeline", "backgroundColor"]
    weak = []
    for selector, property in SIGNS:
        value = page.evaluate(CONTRAST, [[f".tl-picture {selector}", property], ground])
        if value < 3:
            weak.append((selector, round(value, 2)))
    for selector, behind in WRITTEN:
        below = [f".tl-picture {behind}", "fill"] if behind else ground
        value = page.evaluate(CONTRAST, [[f".tl-picture {selector}", "fill"], below])
        if value < 4.5:
            weak.append((selector, round(value, 2)))
    assert weak == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_other_text_beside_a_timeline_has_contrast(visit: Callable[..., Visit], scheme: str) -> None:
    page = visit(TIMELINE, color_scheme=scheme).page
    page.evaluate(UNFOLD)
    page.locator(".replay-forth").first.click()
    # What is in the picture has a fill and no colour: the test above looks at that.
    found = page.evaluate(CONTRASTS, ".program :not(svg, svg *)")
    assert {name for name, _, _ in found} >= {"P.replay-detail", "LI.", "TD."}
    assert sorted({(name, round(contrast, 2)) for name, _, contrast in found if contrast < 4.5}) == []


def test_a_task_in_an_opened_fold_shows_every_kind_of_span(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE).page
    filled = page.evaluate(
        """kinds => {
             const row = document.querySelector(".tl-thin .tl-row");
             return kinds.map(kind => {
               const one = document.createElementNS("http://www.w3.org/2000/svg", "rect");
               one.setAttribute("class", `tl-${kind}`);
               row.append(one);
               const { fill, stroke } = getComputedStyle(one);
               return [kind, fill, stroke];
             });
           }""",
        [kind for kind in get_args(Kind) if kind not in {"wait", "ready", "job", "queued"}],
    )
    assert [kind for kind, fill, stroke in filled if fill == "rgb(0, 0, 0)" or {fill, stroke} == {"none"}] == []
    assert len({(fill, stroke) for _, fill, stroke in filled}) >= 3


def test_on_paper_a_timeline_is_whole_and_has_no_controls(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE, width=700, color_scheme="dark").page
    page.locator(".replay-forth").first.click()
    page.emulate_media(media="print")
    for hidden in (".replay-controls", ".replay-track", ".replay-detail", ".replay-cursor", ".replay-veil", ".tl-told"):
        assert not is_drawn(block_of(page), hidden), hidden
    assert not page.locator(".tl-unfolded").is_visible()
    assert page.locator("svg.tl").first.is_visible()
    assert lines_shown(block_of(page)) == ALL
    assert page.evaluate(CONTRAST, [[".tl-picture .tl-run rect", "fill"], [".program-timeline", "backgroundColor"]]) > 3


def test_the_replay_obeys_a_strict_policy_and_needs_no_server(browser: Browser, tmp_path: Path) -> None:
    policy = "default-src 'none'; script-src 'self'; style-src 'self'"
    drawn = Timeline(COOKING, 1.05, "cooks.py", [(0.011, "out")]).html("x")
    block = (
        f'<figure class="program"><div class="program-timeline"><div class="program-bar"></div>{drawn}</div>'
        '<div class="program-result"><pre class="program-output"><samp><span class="program-line">'
        '<time datetime="PT0.011S">0.01 s</time>rice: on\n</span></samp></pre></div></figure>'
    )
    styles = "".join(f'<link rel="stylesheet" href="{name}.css">' for name in ("site", "program", "timeline"))
    page_text = (
        f'<!doctype html><meta charset="utf-8"><title>x</title>{styles}<body>{block}<script src="replay.js"></script>'
    )
    (tmp_path / "x.html").write_text(page_text, "utf-8")
    for name in ("site.css", "program.css", "timeline.css", "replay.js"):
        shutil.copy(ROOT / "docs" / "assets" / name, tmp_path / name)

    def answer(route: Route) -> None:
        path = tmp_path / route.request.url.rsplit("/", 1)[1]
        kind = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}[path.suffix]
        headers = {"Content-Security-Policy": policy, "Content-Type": f"{kind}; charset=utf-8"}
        route.fulfill(body=path.read_text("utf-8"), headers=headers)

    for address in ("http://guide.invalid/x.html", (tmp_path / "x.html").as_uri()):
        context = browser.new_context()
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        if address.startswith("http"):
            page.route("**/*", answer)
        page.goto(address)
        page.get_by_role("button", name="Next event").click()
        page.get_by_role("button", name="Next event").click()
        assert detail(page.locator(".program")) == "rice runs for 100 µs at 0.011 s, line 6"
        assert said == []
        context.close()


def test_a_timeline_that_is_drawn_later_can_be_replayed_and_none_is_bound_twice(visit: Callable[..., Visit]) -> None:
    page = visit(TIMELINE).page
    assert page.evaluate("typeof document$") == "object", "Material tells of pages by this"
    page.evaluate("document$.next(document)")
    assert block_of(page).locator(".replay-controls").count() == 1
    page.evaluate(
        """() => {
             const old = document.querySelector(".program");
             const copy = old.cloneNode(true);
             copy.querySelectorAll(".replay-controls, .replay-track, .replay-detail").forEach(one => one.remove());
             old.replaceWith(copy);
             copy.querySelector(".program-timeline").dispatchEvent(new Event("timeline-drawn", { bubbles: true }));
           }"""
    )
    assert block_of(page).locator(".replay-controls").count() == 1
    block_of(page).locator(".replay-forth").click()
    assert lines_shown(block_of(page)) == []


def figures(site: Path) -> list[str]:
    pages = [(site / "demo" / name / "index.html").read_text("utf-8") for name in ("page", "timelines")]
    soup = BeautifulSoup("".join(pages), "html.parser")
    for excluded in soup.select("[data-search-exclude]"):
        del excluded["data-search-exclude"]  # a note to MkDocs's search, which Zensical has read when it comes here
    return [str(figure) for figure in soup.select("figure")]


def test_zensical_builds_the_same_blocks_from_the_same_settings(project: Project, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(project.root, copy, ignore=shutil.ignore_patterns("site"))
    done = built(Project.at(copy), "zensical")
    assert done.returncode == 0, done.stdout + done.stderr
    expected = figures(project.root / "site")
    assert len(expected) == 11 + 3
    assert figures(copy / "site") == expected
    assert (copy / "site" / PLACE).read_bytes() == (project.root / "site" / PLACE).read_bytes()


def test_a_build_that_cannot_show_a_block_names_page_and_line(project: Project, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(project.root, copy, ignore=shutil.ignore_patterns("site"))
    (copy / "docs" / "demo" / "page.md").write_text(f"---\ntitle: x\n---\n# x\n\n[It](../../{PLACE}){{ x }}\n", "utf-8")
    for generator in ("mkdocs", "zensical"):
        done = built(Project.at(copy), generator)
        assert done.returncode != 0
        known = "section, stress, collapsed, output, timeline and axis"
        message = f"docs/demo/page.md:6: unknown option “x”. Known: {known}."
        assert message in done.stdout + done.stderr
