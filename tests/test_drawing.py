"""Pictures: what their SVG holds, how they look, and what is said where one cannot be drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markdown import Markdown
from playwright.sync_api import Browser, Page

from runnable.board import WIDTH
from runnable.drawing import picture_files, svg
from runnable.problem import ProblemsError
from runnable.project import Project

from .running import PROJECT, ROOT

Make = Callable[[dict[str, str | bytes]], Project]
PICTURES = picture_files(PROJECT)
NAMES = [path.stem for path in PICTURES]
SVG = "{http://www.w3.org/2000/svg}"


def converted(text: str, project: Project = PROJECT, **settings: object) -> str:
    settings = {"root": str(project.root), **settings}
    return Markdown(extensions=["runnable.drawing"], extension_configs={"runnable.drawing": settings}).convert(text)


def test_there_are_pictures_and_each_stands_on_a_page() -> None:
    shown = {
        name
        for path in PROJECT.docs.rglob("*.md")
        for name in re.findall(r"^\[[^\]]+\]\((?:\.\./)+pictures/(\w+)\.py\)$", path.read_text("utf-8"), re.MULTILINE)
    }
    assert shown == set(NAMES)
    assert len(NAMES) >= 4


@pytest.mark.parametrize("path", PICTURES, ids=NAMES)
def test_a_picture_has_a_title_and_a_description_in_words(path: Path) -> None:
    drawn = ElementTree.fromstring(svg(path, PROJECT, "here"))
    assert drawn.get("role") == "img"
    title, description = drawn[0], drawn[1]
    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert drawn.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert 10 < len(title.text or "") < 60
    assert len(description.text or "") > 200


@pytest.mark.parametrize("path", PICTURES, ids=NAMES)
def test_a_picture_has_no_colours_but_the_sites_own(path: Path) -> None:
    drawn = svg(path, PROJECT, "here")
    colours = set(re.findall(r'(?:fill|stroke|color)[:=]"?([^;"]+)', drawn))
    own = set(re.findall(r"(--site-[\w-]+):", (ROOT / "docs" / "assets" / "site.css").read_text("utf-8")))
    assert colours <= {"none", "currentColor"} | {f"var({name})" for name in own}
    assert "currentColor" in colours
    assert len(drawn) < 20_000


def test_the_same_picture_twice_has_no_id_twice() -> None:
    link = f"[A caption](../../pictures/{NAMES[0]}.py)"
    html = converted(f"{link}\n\nText.\n\n{link}\n")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == 4
    assert len(set(ids)) == 4
    assert html.count("<figcaption>A caption</figcaption>") == 2


def test_a_link_within_a_sentence_stays_a_link() -> None:
    assert "<svg" not in converted(f"See [it](../../pictures/{NAMES[0]}.py).")


# How they look


@pytest.fixture
def looked_at(browser: Browser) -> Callable[..., Page]:
    """All pictures on one page in the site's own style."""
    css = "".join((ROOT / "docs" / "assets" / name).read_text("utf-8") for name in ("site.css", "picture.css"))
    figures = "".join(
        f'<figure class="picture"><div class="picture-drawing">{svg(path, PROJECT, path.stem)}</div></figure>'
        for path in PICTURES
    )

    def look(width: int, scheme: str) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        style = (
            f"<style>html {{ font-size: 20px }} body {{ margin: 0 16px; background: var(--site-paper) }} {css}</style>"
        )
        page.set_content(f'<html>{style}<body class="md-typeset">{figures}</body></html>')
        return page

    return look


@pytest.mark.parametrize("width", [360, 1280])
def test_every_word_can_be_read_and_lies_within_the_picture(looked_at: Callable[..., Page], width: int) -> None:
    page = looked_at(width, "light")
    words = page.evaluate(
        """[...document.querySelectorAll("svg")].flatMap(svg => [...svg.querySelectorAll("text")].map(text => {
             const outer = svg.getBoundingClientRect(), inner = text.getBoundingClientRect();
             const inside = inner.left >= outer.left - 1 && inner.right <= outer.right + 1
               && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
             const scale = outer.width / svg.viewBox.baseVal.width;
             return [text.textContent, inside, parseFloat(getComputedStyle(text).fontSize) * scale];
           }))"""
    )
    assert len(words) > 50
    assert [text for text, inside, _ in words if not inside] == []
    assert [(text, size) for text, _, size in words if size < 11] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
def test_no_two_words_overlap(looked_at: Callable[..., Page], width: int) -> None:
    overlapping = looked_at(width, "light").evaluate(
        """[...document.querySelectorAll("svg")].flatMap(svg => {
             const texts = [...svg.querySelectorAll("text")]
               .map(text => [text.textContent, text.getBoundingClientRect()]);
             return texts.flatMap(([one, a], place) => texts.slice(place + 1).filter(([, b]) =>
               a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3
             ).map(([other]) => `${one} | ${other}`));
           })"""
    )
    assert overlapping == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_lines_stand_out_in_light_and_in_dark(looked_at: Callable[..., Page], scheme: str) -> None:
    faint = looked_at(1280, scheme).evaluate(
        """() => {
             const light = colour => {
               const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
                 .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
               return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
             };
             const contrast = (one, other) => {
               const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
               return (high + 0.05) / (low + 0.05);
             };
             const ground = getComputedStyle(document.body).backgroundColor;
             const found = [];
             for (const text of document.querySelectorAll("svg text"))
               found.push([text.textContent, contrast(getComputedStyle(text).fill, ground), 4.5]);
             for (const shape of document.querySelectorAll("svg :is(path, polygon)"))
               found.push([shape.outerHTML.slice(0, 60), contrast(getComputedStyle(shape).stroke, ground), 3]);
             return found.filter(([, is, least]) => !(is >= least));
           }"""
    )
    assert faint == []


# What is said


def failure(project: Project, link: str) -> str:
    with pytest.raises(ProblemsError) as caught:
        converted(link, project)
    return str(caught.value)


def test_a_picture_that_is_not_there_is_named_with_the_nearest(make_project: Make) -> None:
    source = '"""T\n\nD\n"""\n\n\ndef draw(board): ...\n'
    project = make_project({"pictures/loop.py": source, "docs/a/page.md": "# Page\n\n[x](../../pictures/lop.py)\n"})
    assert failure(project, "[x](../../pictures/lop.py)") == (
        "docs/a/page.md:3: there is no pictures/lop.py. Did you mean loop?"
    )
    assert failure(make_project({}), "[x](../pictures/lop.py)") == (
        "../pictures/lop.py: there is no pictures/lop.py. Draw it, or correct the link."
    )


def test_a_picture_that_is_not_utf8_is_refused(make_project: Make) -> None:
    project = make_project({"pictures/loop.py": b'"""Tea \xe9."""\n', "docs/other.md": b"\xff\n"})
    assert failure(project, "[x](../pictures/loop.py)") == (
        "pictures/loop.py:1: byte 7 is not UTF-8. Save the file as UTF-8."
    )
    assert failure(project, "[x](../pictures/lop.py)") == (
        "../pictures/lop.py: there is no pictures/lop.py. Did you mean loop?"
    )


def test_a_picture_without_words_is_refused(make_project: Make) -> None:
    project = make_project({"pictures/loop.py": '"""Only a title."""\n\n\ndef draw(board): ...\n'})
    assert failure(project, "[x](../pictures/loop.py)") == (
        "pictures/loop.py:1: its docstring needs a title, an empty line, and a description for those who cannot see it."
    )


def test_a_picture_that_fails_names_its_line_and_a_server_shows_it_in_place(make_project: Make) -> None:
    source = '"""T\n\nD\n"""\n\n\ndef draw(board):\n    board.bx(1, 2)\n'
    project = make_project({"pictures/loop.py": source})
    message = (
        "pictures/loop.py:8: the picture cannot be drawn: AttributeError: 'Board' object has no attribute 'bx'. "
        "Correct it there."
    )
    assert failure(project, "[x](../pictures/loop.py)") == message
    assert message.replace("'", "&#39;") in converted("[x](../pictures/loop.py)", project, lenient=True).replace(
        "'", "&#39;"
    )


def test_a_picture_is_as_wide_as_a_phone(make_project: Make) -> None:
    project = make_project({"pictures/loop.py": '"""T\n\nD\n"""\n\n\ndef draw(board):\n    board.box(0, 0, 9, 30)\n'})
    drawn = ElementTree.fromstring(svg(project.root / "pictures" / "loop.py", project, "x"))
    assert drawn.get("viewBox") == f"0 -2 {WIDTH} 34"
