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
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from runnable.downloads import lay_out
from runnable.project import Project, in_ci
from runnable.recording import Cache, Recording, Write, digest
from runnable.snippet import Snippet

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


def make(root: Path) -> Project:
    """A project that looks as ours does, with a page that has blocks of all kinds."""
    for name in ("docs/assets", "overrides"):
        shutil.copytree(ROOT / name, root / name)
    folder = root / "snippets" / "demo" / "page"
    folder.mkdir(parents=True)
    (root / "docs" / "demo").mkdir()
    (root / "docs" / "index.md").write_text(f"# Home\n\n[It waits](../{PLACE})\n\n[The page](demo/page.md)\n", "utf-8")
    (root / "docs" / "demo" / "page.md").write_text(PAGE, "utf-8")
    project = Project.at(root)

    def record(name: str, source: str, *writes: tuple[float, Any, str], status: int = 0) -> None:
        (folder / name).write_text(source, "utf-8")
        program = Snippet.read(folder / name, project)
        recording = Recording(
            program.slug, digest(program), "", "CPython 3.11.7", status, 1.5, tuple(Write(*write) for write in writes)
        )
        Cache(project).save(recording)

    writes = [(0.0, "out", f"rice: on\n{LONG}\n"), (0.6, "out", "\r 50 %"), (0.9, "out", "\r100 %\n")]
    record("waits.py", WAITS, *writes, (1.4, "err", TRACEBACK), (1.4, "out", "end\n"), status=1)
    record("long.py", "print()\n", *[(n / 50, "out", f"line {n}\n") for n in range(60)])
    record("silent.py", "pass\n")
    (folder / "absent.py").write_text("print('x')\n", "utf-8")
    transcript = "$ python snippets/demo/page/absent.py\nx\n2> [..]\n#: signal SIGKILL\n"
    (folder / "absent.out").write_text(transcript, "utf-8")

    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    del settings["hooks"]  # what they do is done above
    settings["nav"] = ["index.md", {"Demo": ["demo/page.md"]}]
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


@pytest.fixture(scope="module")  # while Playwright is there, a loop of its own runs, and no other test could start one
def browser() -> Iterator[Browser]:
    names = (os.environ.get("RUNNABLE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, filter(None, names))), None)
    if path is None:
        if in_ci():
            pytest.fail("there is no Chromium: install it")
        pytest.skip("there is no Chromium")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


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

    def go(path: str = "demo/page/", *, width: int = 1280, **settings: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        context.set_default_timeout(30_000)
        seen = Visit(context.new_page(), context)
        seen.page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("request", lambda request: seen.asked.append(request.url))
        seen.page.goto(address + path, wait_until="load")
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
def test_the_keyboard_reaches_every_control_and_every_region_that_scrolls(
    visit: Callable[..., Visit], scripts: bool
) -> None:
    page = visit(width=360, java_script_enabled=scripts).page
    page.evaluate(
        """for (const element of document.querySelectorAll(".program *")) {
             const style = getComputedStyle(element);
             const scrolls = style.overflowX === "auto" && element.scrollWidth > element.clientWidth;
             const control = element.matches("a[href], button, summary");
             if ((scrolls || control) && element.checkVisibility()) element.dataset.wanted = "";
           }"""
    )
    wanted = page.locator("[data-wanted]").count()
    assert wanted > 30
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


def figures(site: Path) -> list[str]:
    soup = BeautifulSoup((site / "demo" / "page" / "index.html").read_text("utf-8"), "html.parser")
    for excluded in soup.select("[data-search-exclude]"):
        del excluded["data-search-exclude"]  # a note to MkDocs's search, which Zensical has read when it comes here
    return [str(figure) for figure in soup.select("figure")]


def test_zensical_builds_the_same_blocks_from_the_same_settings(project: Project, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(project.root, copy, ignore=shutil.ignore_patterns("site"))
    done = built(Project.at(copy), "zensical")
    assert done.returncode == 0, done.stdout + done.stderr
    expected = figures(project.root / "site")
    assert len(expected) == 11
    assert figures(copy / "site") == expected
    assert (copy / "site" / PLACE).read_bytes() == (project.root / "site" / PLACE).read_bytes()


def test_a_build_that_cannot_show_a_block_names_page_and_line(project: Project, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(project.root, copy, ignore=shutil.ignore_patterns("site"))
    (copy / "docs" / "demo" / "page.md").write_text(f"---\ntitle: x\n---\n# x\n\n[It](../../{PLACE}){{ x }}\n", "utf-8")
    for generator in ("mkdocs", "zensical"):
        done = built(Project.at(copy), generator)
        assert done.returncode != 0
        message = "docs/demo/page.md:6: unknown option “x”. Known: section, stress, collapsed, output, timeline and axis."
        assert message in done.stdout + done.stderr
