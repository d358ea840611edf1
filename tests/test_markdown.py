"""The block in a page: what its HTML holds for every kind of program, and what happens where it cannot be shown."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from markdown.preprocessors import Preprocessor

from runnable.downloads import downloads, lay_out
from runnable.problem import ProblemsError
from runnable.project import Project
from runnable.recording import Absence, Cache, Recording, Write, digest
from runnable.snippet import Snippet
from runnable.trace import Step, Task, Trace

WAITS = """\
# /// script
# requires-python = ">=3.11"
# dependencies = ["aiohttp"]
# ///
import asyncio


class Kitchen:
    # --8<-- [start:cook]
    async def cook(self, dish):
        text = \"\"\"two
        lines\"\"\"
        await asyncio.sleep(1)
    # --8<-- [end:cook]


asyncio.run(Kitchen().cook("<rice> & {{ beans }}"))
"""
PLACE = "snippets/demo/waits.py"
LINK = "[It *waits*](../../snippets/demo/waits.py)"


class Site:
    """A project with one program, and its pages as HTML."""

    def __init__(self, root: Path) -> None:
        self.project = Project.at(root)
        self.program = self.write("demo/waits.py", WAITS)

    def write(self, name: str, source: str) -> Snippet:
        path = self.project.snippets / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.encode())
        return Snippet.read(path, self.project)

    def record(
        self,
        *writes: tuple[float, Any, str],
        program: Snippet | None = None,
        exit: int = 0,
        seconds: float = 1.0,
        trace: Trace | None = None,
    ) -> None:
        program = program or self.program
        Cache(self.project).save(
            Recording(
                slug=program.slug,
                digest=digest(program),
                key="",
                interpreter="CPython 3.11.7",
                exit=exit,
                seconds=seconds,
                writes=tuple(Write(*write) for write in writes),
                trace=trace,
            )
        )

    def html(self, text: str, *extensions: str, **settings: Any) -> str:
        names = ["runnable.markdown", "admonition", "attr_list", "pymdownx.superfences", "pymdownx.tabbed", "toc"]
        configuration = {
            "runnable.markdown": {"root": str(self.project.root), **settings},
            "pymdownx.tabbed": {"alternate_style": True},
        }
        return Markdown(extensions=[*names, *extensions], extension_configs=configuration).convert(text)

    def page(self, text: str, **settings: Any) -> BeautifulSoup:
        return BeautifulSoup(self.html(text, **settings), "html.parser")

    def block(self, text: str = LINK, **settings: Any) -> Tag:
        found = self.page(text, **settings).find("figure")
        assert isinstance(found, Tag)
        return found

    def problems(self, text: str = LINK) -> list[str]:
        with pytest.raises(ProblemsError) as caught:
            self.html(text)
        return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("RUNNABLE_CACHE", raising=False)
    return Site(tmp_path)


def one(tag: Tag, selector: str) -> Tag:
    found = tag.select(selector)
    assert len(found) == 1, f"{len(found)} match {selector}"
    return found[0]


def printed(block: Tag) -> str:
    """What a reader gets who selects the output and copies it."""
    return "".join(
        text
        for text in one(block, "samp").find_all(string=True)
        if not text.find_parent(["time"]) and not text.find_parent(class_=["program-stream", "program-sign"])
    )


# The parts of a block.


def test_a_block_has_caption_file_code_download_output_seconds_and_provenance(site: Site) -> None:
    site.record((0.031, "out", "rice: on\n"), (1.034, "out", "rice: done\n"), seconds=1.056)
    block = site.block()
    caption = one(block, "figcaption")
    assert caption.decode_contents() == "It <em>waits</em>"
    file = one(block, "a.program-file")
    assert (file.text, file["href"]) == ("waits.py", "../snippets/demo/waits.py")
    download = one(block, "a.program-download")
    assert (download.text, download["href"]) == ("Download", "../snippets/demo/waits.py")
    assert (download["download"], download["aria-label"]) == ("waits.py", "Download waits.py")
    assert printed(block) == "rice: on\nrice: done\n"
    assert [(time.text, time["datetime"]) for time in block.select("time")] == [
        ("0.03\u00a0s", "PT0.031S"),
        ("1.03\u00a0s", "PT1.034S"),
    ]
    assert one(block, ".program-provenance").text == "CPython 3.11.7, 1.06\u00a0s"
    assert block.select("details, .program-end, .program-stream, .program-note, script") == []


def test_code_is_shown_without_header_and_markers_and_highlighted_as_material_expects(site: Site) -> None:
    site.record((0.0, "out", "x\n"))
    code = one(site.block(), "div.highlight > pre > code")
    lines = WAITS.splitlines()
    assert code.text == "\n".join([*lines[4:8], *lines[9:13], *lines[14:]]) + "\n"
    assert code.select("span.kn")[0].text == "import"
    assert "{{ beans }}" in code.text
    strings = "".join(span.text for span in code.select(".s1, .s2"))
    assert strings == '"""two        lines""""<rice> & {{ beans }}"'


def test_stressed_lines_are_those_with_these_numbers_in_the_file(site: Site) -> None:
    site.record()
    block = site.block(LINK + '{ stress="8 11-12" }')
    assert [line.text for line in block.select(".hll")] == [
        "class Kitchen:\n",
        '        text = """two\n',
        '        lines"""\n',
    ]


def test_a_pause_before_a_line_is_drawn_and_lines_of_one_moment_are_grouped(site: Site) -> None:
    site.record(
        (0.0, "out", "a\nb\n"), (0.2, "out", "c\n"), (0.6, "out", "d\n"), (2.2, "out", "e\n"), (3.0, "out", "f\n")
    )
    kinds = [line["class"][1:] for line in site.block().select(".program-line")]
    assert kinds == [
        [],
        ["program-same"],
        ["program-pause-1"],
        ["program-pause-2"],
        ["program-pause-4"],
        ["program-pause-3"],
    ]


def test_stderr_is_told_apart_in_words(site: Site) -> None:
    site.record((0.0, "out", "a\n"), (0.0, "err", "b\nc\n"), (0.0, "out", "d\n"))
    lines = site.block().select(".program-line")
    assert ["program-err" in line["class"] for line in lines] == [False, True, True, False]
    assert [label.text for line in lines for label in line.select(".program-stream")] == ["stderr", "stdout"]
    assert lines[1].find(class_="program-stream") is not None
    assert lines[3].find(class_="program-stream") is not None


def test_a_line_that_was_drawn_over_is_shown_as_such(site: Site) -> None:
    site.record((0.0, "out", "\r 50 %"), (0.5, "out", "\r100 %"), (1.0, "out", "\n"))
    block = site.block()
    assert printed(block) == " 50 %\n100 %\n"
    assert [len(line.select(".program-sign")) for line in block.select(".program-line")] == [1, 0]
    assert one(block, ".program-note").text == "↵ ends a line that the next one was drawn over."


@pytest.mark.parametrize(
    ("status", "said"),
    [(1, "exit status 1"), (-9, "ended by SIGKILL"), (-11, "ended by SIGSEGV"), (-63, "ended by 63")],
)
def test_how_a_program_ended_is_told_where_it_did_not_end_well(site: Site, status: int, said: str) -> None:
    site.record((0.0, "out", "a\n"), exit=status, seconds=0.5)
    end = one(site.block(), ".program-end")
    assert end.text == f"0.50\u00a0s{said}"
    assert end.find_parent("samp") is None


def test_a_program_that_prints_nothing_says_so(site: Site) -> None:
    site.record(seconds=0.5)
    block = site.block()
    assert one(block, ".program-note").text == "This program prints nothing."
    assert block.select("samp, .program-output") == []
    assert one(block, ".program-provenance").text == "CPython 3.11.7, 0.50\u00a0s"


def test_a_program_that_only_fails_says_both(site: Site) -> None:
    site.record(seconds=0.5, exit=3)
    block = site.block()
    assert one(block, ".program-note").text == "This program prints nothing."
    assert one(block, ".program-end").text == "0.50\u00a0sexit status 3"


NASTY = (
    '<b>bold</b> <script>alert(1)</script> &amp; "quoted" **stars** `code` [link](x.md) <!-- {{ jinja }} {% raw %} #!py'
)


def test_output_is_shown_literally(site: Site) -> None:
    site.record((0.0, "out", f"{NASTY}\n\n    indented\n\ttab\n"))
    block = site.block()
    assert printed(block) == f"{NASTY}\n\n    indented\n\ttab\n"
    assert block.select("script, samp b, samp strong") == []


def test_what_a_terminal_or_browser_would_act_on_is_made_visible(site: Site) -> None:
    site.record(
        (0.0, "out", "\x1b[31mred\x1b[0m \x00\x02\x07\x7f \u202eexe\u202c \u2066x\u2069 \x85\u2028\ufffe\U0010ffff\n")
    )
    assert printed(site.block()) == (
        "␛[31mred␛[0m ␀␂␇␡ <U+202E>exe<U+202C> <U+2066>x<U+2069> <U+0085><U+2028><U+FFFE><U+10FFFF>\n"
    )


def test_the_same_holds_for_code(site: Site) -> None:
    program = site.write("demo/nasty.py", 'x = "\x02wzxhzdk:0\x03 \u202e </code>"\nprint(x)\n')
    site.record(program=program)
    block = site.block("[Nasty](../snippets/demo/nasty.py)")
    assert one(block, "code").text == 'x = "␂wzxhzdk:0␃ <U+202E> </code>"\nprint(x)\n'


def test_long_output_is_folded_but_for_its_ends(site: Site) -> None:
    site.record(*[(n / 100, "out", f"line {n}\n") for n in range(1, 101)])
    block = site.block()
    regions = block.select(".program-output")
    assert [region["aria-label"] for region in regions] == [
        "Output of waits.py, lines 1 to 24",
        "Output of waits.py, lines 25 to 92",
        "Output of waits.py, lines 93 to 100",
    ]
    assert [len(region.select(".program-line")) for region in regions] == [24, 68, 8]
    fold = one(block, "details")
    assert one(fold, "summary").text == "68 more lines"
    assert fold.find("pre") == regions[1]
    site.record(*[(0.0, "out", "x\n") for _ in range(40)])
    assert site.block().select("details") == []


def test_a_traceback_leads_to_the_lines_of_the_program(site: Site) -> None:
    traceback = (
        f'  File "{PLACE}", line 17, in <module>\n  File "lib/x.py", line 17, in x\n'
        f"{PLACE}:13: Warning\n{PLACE}:2: in the header, which is not shown\n"
    )
    site.record((0.0, "err", traceback))
    block = site.block()
    assert printed(block) == traceback
    links = block.select("samp a")
    assert [(link.text, link["href"]) for link in links] == [("line 17", "#waits.py-L17"), ("13", "#waits.py-L13")]
    assert [line.text for line in block.select("code [id]")] == [
        "        await asyncio.sleep(1)\n",
        'asyncio.run(Kitchen().cook("<rice> & {{ beans }}"))\n',
    ]
    assert [number["data-number"].strip() for number in block.select("code .program-number")] == [
        *map(str, [5, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17])
    ]


# What options change.


def test_a_partial_view_is_dedented_says_so_and_unfolds_to_the_whole(site: Site) -> None:
    site.record((0.0, "err", f'  File "{PLACE}", line 13, in cook\n  File "{PLACE}", line 17, in <module>\n'))
    block = site.block(LINK + '{ section="cook" }')
    assert one(block, ".program-extent").text == "lines 10–13 of 17"
    part, whole = block.select("code")
    assert part.text == 'async def cook(self, dish):\n    text = """two\n    lines"""\n    await asyncio.sleep(1)\n'
    fold = one(block, "details")
    assert one(fold, "summary").text == "The whole program"
    assert fold.find("code") == whole
    assert whole.text.startswith("import asyncio\n")
    assert [line["id"] for line in part.select("[id]")] == ["waits.py-L13"]
    assert [line["id"] for line in whole.select("[id]")] == ["waits.py-L17"]


def test_a_collapsed_block_folds_its_code_and_shows_its_output(site: Site) -> None:
    site.record((0.0, "out", "x\n"))
    block = site.block(LINK + "{ collapsed }")
    fold = one(block, "details")
    assert one(fold, "summary").text == "Code, 11 lines"
    assert fold.find("code") is not None
    assert one(block, "samp").find_parent("details") is None


def test_a_block_without_output_shows_code_alone(site: Site) -> None:
    block = site.block(LINK + "{ output=false }")
    assert len(block.select("code")) == 1
    assert block.select("samp, .program-result, .program-provenance") == []
    assert block.select(".program-output") == []


def test_files_that_a_program_needs_are_named(site: Site) -> None:
    site.write("demo/_kitchen.py", "import json\n")
    program = site.write("demo/cooks.py", 'import _kitchen\n\nopen("menu.txt")\n')
    (site.project.snippets / "demo" / "menu.txt").write_text("rice\n")
    site.record(program=program)
    note = site.block("[Cooks](../../snippets/demo/cooks.py)").select(".program-note")[0]
    assert note.text == "Needs beside it: _kitchen.py, menu.txt"
    assert [link["href"] for link in note.select("a")] == [
        "../snippets/demo/_kitchen.py",
        "../snippets/demo/menu.txt",
    ]
    assert sorted(downloads(site.project, None)) == [
        "snippets/demo/_kitchen.py",
        "snippets/demo/cooks.py",
        "snippets/demo/menu.txt",
        "snippets/demo/waits.py",
    ]


# Pages.


def test_a_program_shown_twice_has_ids_that_differ(site: Site) -> None:
    site.record((0.0, "err", f"{PLACE}:13: Warning\n"))
    page = site.page(f"# Waits.py\n\n{LINK}\n\n{LINK}\n\n{LINK}{{ section='cook' }}\n")
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert [figure["id"] for figure in page.select("figure")] == ["waits.py", "waits.py-2", "waits.py-3"]
    # Material puts the id of what its button copies into a selector as it is.
    assert all(re.fullmatch(r"[\w-]+", str(pre["id"])) for pre in page.select("code, pre[id]") if pre.name == "pre")


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        (f"- item\n\n    {LINK}\n", "li"),
        (f'!!! note "Note"\n\n    {LINK}\n', "div"),
        (f'=== "Tab"\n\n    {LINK}\n', "div"),
        (f"> {LINK}\n", "blockquote"),
        (f"Text.\n\n{LINK}\n", "[document]"),
    ],
)
def test_blocks_nest(site: Site, text: str, parent: str) -> None:
    site.record((0.0, "out", "x\n"))
    block = site.block(text)
    assert block.parent is not None
    assert block.parent.name == parent
    assert one(block, "samp").text == "0.00\u00a0sx\n"


@pytest.mark.parametrize("text", [f"See {LINK}.", f"- {LINK}\n- {LINK}\n", f"- {LINK}\n\n- {LINK}\n"])
def test_a_link_within_a_sentence_or_a_list_of_links_stays_a_link_to_the_program(site: Site, text: str) -> None:
    page = site.page(text)
    assert page.select("figure") == []
    assert {link["href"] for link in page.select("a")} == {"../snippets/demo/waits.py"}


@pytest.mark.parametrize("text", [f"```\n{LINK}\n```", f"Text.\n\n    {LINK}", f"<!-- {LINK} -->", f"`{LINK}`"])
def test_a_link_in_code_or_a_comment_stays_what_it_is(site: Site, text: str) -> None:
    assert site.page(text).select("figure, a") == []


def test_a_block_is_valid_html(site: Site) -> None:
    site.record(
        (0.0, "out", f"{NASTY}\n\x00\x1b\ufffe\n\r 5 %\r10 %\n"),
        (0.5, "err", f'  File "{PLACE}", line 17\n'),
        *[(1.0, "out", "x\n") for _ in range(60)],
        exit=1,
    )
    blocks = [LINK, LINK + "{ section='cook' stress='10' }", LINK + "{ collapsed }", "- item", f"    {LINK}"]
    text = "# Title\n\n" + "\n\n".join(blocks)
    body = site.html(text)
    document = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body>{body}</body></html>'
    )
    html5lib.HTMLParser(strict=True).parse(document)


def test_regions_that_scroll_can_be_reached_and_have_a_name(site: Site) -> None:
    site.record((0.0, "out", "x\n"))
    block = site.block(LINK + '{ section="cook" }')
    regions = block.select("[tabindex]")
    assert [(region.name, region["role"], region["aria-label"]) for region in regions] == [
        ("code", "group", "Code of waits.py"),
        ("code", "group", "The whole of waits.py"),
        ("pre", "group", "Output of waits.py"),
    ]
    assert {region["tabindex"] for region in regions} == {"0"}


# Where there is no recording.

TRANSCRIPT = f"$ python {PLACE}\nrice: on\n2> [..] warnings\n[...]\n#: exit 1\n"


def test_where_a_program_cannot_run_its_transcript_is_shown_and_named_so(site: Site) -> None:
    site.program.transcript_path.write_text(TRANSCRIPT)
    Cache(site.project).save(Absence(site.program.slug, digest(site.program), "it needs Python 3.99. Install it."))
    block = site.block()
    assert one(block, ".program-provenance").text == "committed transcript"
    assert one(block, ".program-note").text == "This program was not run here: it needs Python 3.99. Install it."
    assert printed(block) == "rice: on\n[..] warnings\n[...]\n"
    assert [label.text for label in block.select(".program-stream")] == ["stderr", "stdout"]
    assert one(block, ".program-end").text == "exit status 1"
    assert block.select("time") == []


def test_where_a_program_was_never_run_its_transcript_is_shown_and_named_so(site: Site) -> None:
    site.program.transcript_path.write_text(TRANSCRIPT)
    note = one(site.block(), ".program-note").text
    assert note == "This program was not run here: it has not been recorded. Run “make record”."


def test_in_ci_there_must_be_a_recording(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.program.transcript_path.write_text(TRANSCRIPT)
    monkeypatch.setenv("CI", "true")
    assert site.problems() == ["snippets/demo/waits.py: it has not been recorded. Run “make record”."]
    Cache(site.project).save(Absence(site.program.slug, digest(site.program), "it needs Python 3.99. Install it."))
    assert site.problems() == ["snippets/demo/waits.py: it needs Python 3.99. Install it."]


def test_without_recording_and_transcript_there_is_no_block(site: Site) -> None:
    assert site.problems() == ["snippets/demo/waits.py: it has not been recorded. Run “make record”."]


def test_a_recording_of_an_older_program_is_not_shown(site: Site) -> None:
    site.record((0.0, "out", "x\n"))
    site.write("demo/waits.py", WAITS + "print()\n")
    assert site.problems() == [
        "snippets/demo/waits.py: the program has changed since it was recorded. Run “make record”."
    ]


def test_a_transcript_that_cannot_be_read_is_told(site: Site) -> None:
    site.program.transcript_path.write_text("rice: on\n")
    assert site.problems() == [
        "snippets/demo/waits.out:1: the first line must be the command, as in “$ python snippets/demo/waits.py”. "
        "Correct it, or run “make accept” to make the transcript anew."
    ]


def test_a_program_that_cannot_be_read_is_told(site: Site) -> None:
    (site.project.snippets / "demo" / "broken.py").write_text("x = (\n")
    assert site.problems("[It](../snippets/demo/broken.py)") == [
        "snippets/demo/broken.py:1: Python cannot read this: '(' was never closed. Correct the line.\n"
        "    x = (\n        ^"
    ]


# Where something is wrong with the block itself.


def test_what_check_pages_would_say_is_said(site: Site) -> None:
    assert site.problems("[It](../snippets/demo/wait.py)") == [
        "../snippets/demo/wait.py: there is no snippets/demo/wait.py. Did you mean snippets/demo/waits.py?"
    ]
    assert site.problems(LINK + "{ x }") == [
        "../../snippets/demo/waits.py: unknown option “x”. "
        "Known: section, stress, collapsed, output, timeline and axis."
    ]


def markdown_of(site: Site, path: str, *, lenient: bool = False) -> Markdown:
    """Python-Markdown as Zensical sets it up for the page docs/`path`."""
    settings = {"runnable.markdown": {"root": str(site.project.root), "lenient": lenient}}
    md = Markdown(extensions=["runnable.markdown"], extension_configs=settings)
    context = Preprocessor(md)
    context.run = lambda lines: lines  # type: ignore[method-assign]
    context.page = SimpleNamespace(path=path)  # type: ignore[attr-defined]
    md.preprocessors.register(context, "rendering_context", 0)
    return md


def test_where_it_is_known_which_page_this_is_the_line_is_told(site: Site) -> None:
    """Zensical tells by a preprocessor of its own; MkDocs, by a tree processor (see tests/test_look.py)."""
    (site.project.docs / "core").mkdir(parents=True)
    text = f"# x\n\n{LINK}{{ output=false }}\n\n[It](../snippets/demo/waits.py){{ output=false }}\n"
    (site.project.docs / "core" / "page.md").write_text(text)
    md = markdown_of(site, "core/page.md")
    with pytest.raises(ProblemsError) as caught:
        md.convert(text)
    assert str(caught.value) == (
        "docs/core/page.md:5: “../snippets/demo/waits.py” leads to docs/snippets/demo/waits.py. "
        "From this page the program is ../../snippets/demo/waits.py."
    )


def test_a_server_shows_in_its_place_what_is_wrong_with_a_block(site: Site) -> None:
    site.record((0.0, "out", "x\n"))
    page = site.page(f"[It](../snippets/demo/wait.py)\n\n{LINK}\n", lenient=True)
    broken, good = page.select("figure")
    assert one(broken, ".program-problem").text == (
        "../snippets/demo/wait.py: there is no snippets/demo/wait.py. Did you mean snippets/demo/waits.py?"
    )
    assert one(broken, "figcaption").text == "It"
    assert one(good, "samp")


def test_a_server_shows_in_its_place_what_is_wrong_with_a_program(site: Site) -> None:
    site.record((0.0, "out", "x\n"))
    problem = "snippets/demo/waits.py:1: it failed.\n    <b>Traceback</b> *x*\n      \x1b[0m"
    broken = site.block(problems={"demo/waits": problem})
    assert one(broken, ".program-problem").text == problem.replace("\x1b", "␛")
    assert broken.select("samp, pre b, pre em") == []


def test_what_is_almost_a_block_is_told(site: Site) -> None:
    what = (
        "this is almost a block, but “!” stands before it, as before a picture. "
        "Write “[It](../../snippets/demo/waits.py)”, alone in a paragraph."
    )
    text = "# x\n\n![It](../../snippets/demo/waits.py)\n\n![It](../../snippets/demo/waits.py)\n"
    assert site.problems(text) == [f"a page: {what}"]
    site.record((0.0, "out", "x\n"))
    figures = site.page(f"{text}\n{LINK}\n", lenient=True).select("figure")
    assert [one(broken, ".program-problem").text for broken in figures[:2]] == [f"a page: {what}"] * 2
    assert [one(broken, "figcaption").text for broken in figures[:2]] == ["Almost a block"] * 2
    assert one(figures[2], "samp")

    (site.project.docs / "core").mkdir(parents=True)
    (site.project.docs / "core" / "page.md").write_text(text)
    md = markdown_of(site, "core/page.md", lenient=True)
    html = md.convert(text)
    assert [f"docs/core/page.md:{line}: {what}" in html for line in (3, 5)] == [True, True]


# The timeline.

TWO = Trace(
    (Task("Task-1", "main", None, 0, 0.0, 0.5, "result"), Task("Task-2", "cook", 0, 0, 0.0, 0.5, "result")),
    (
        Step(0, 0.0, 0.001, "Task-2", 9),
        Step(1, 0.001, 0.002, "sleep(0.4)", 13),
        Step(1, 0.4, 0.401),
        Step(0, 0.402, 0.403),
    ),
)
ALONE = Trace((Task("Task-1", "main", None, 0, 0.0, 0.5, "result"),), (Step(0, 0.0, 0.001),))
WITHIN = "[It](../../snippets/{place}.py)"


def timeline_of(site: Site, place: str, trace: Trace | None = TWO, options: str = "") -> Tag | None:
    """The timeline in a block of the program snippets/`place`.py, as a page in its section would show it."""
    program = site.write(f"{place}.py", "print()\n")
    site.record((0.0, "out", "x\n"), program=program, trace=trace)
    return site.block(WITHIN.format(place=place) + options).select_one(".program-timeline")


@pytest.mark.parametrize(
    ("place", "trace", "options", "expected"),
    [
        ("core-concepts/a/b", TWO, "", True),
        ("core-concepts/a/b", TWO, "{ timeline=false }", False),
        ("core-concepts/a/b", TWO, "{ output=false }", False),
        ("core-concepts/a/b", TWO, "{ output=false timeline=true }", True),
        ("core-concepts/a/b", TWO, "{ collapsed }", True),
        ("core-concepts/a/b", ALONE, "", False),
        ("core-concepts/a/b", ALONE, "{ timeline=true }", True),
        ("core-concepts/a/b", None, "", False),
        ("tips-and-pitfalls/a/b", TWO, "", False),
        ("tips-and-pitfalls/a/b", TWO, "{ timeline=true }", True),
    ],
)
def test_a_block_has_a_timeline_where_it_teaches_or_is_asked_for(
    site: Site, place: str, trace: Trace | None, options: str, expected: bool
) -> None:
    assert (timeline_of(site, place, trace, options) is not None) is expected


def test_a_timeline_without_its_output_is_not_followed_by_output(site: Site) -> None:
    program = site.write("core-concepts/a/b.py", "print()\n")
    site.record((0.0, "out", "x\n"), program=program, trace=TWO)
    block = site.block("[It](../../snippets/core-concepts/a/b.py){ output=false timeline=true }")
    assert block.select(".program-timeline")
    assert not block.select(".program-result")


def test_a_timeline_that_cannot_be_drawn_is_told(site: Site) -> None:
    site.record((0.0, "out", "x\n"))
    assert site.problems(LINK + "{ timeline=true }") == [
        "../../snippets/demo/waits.py: timeline=true, but this program ran no event loop. Leave the option away."
    ]


def test_a_transcript_has_no_timeline(site: Site) -> None:
    program = site.write("core-concepts/a/b.py", "print()\n")
    program.transcript_path.write_text("$ python snippets/core-concepts/a/b.py\nx\n")
    for options in ("", "{ timeline=true }"):
        block = site.block("[It](../../snippets/core-concepts/a/b.py)" + options)
        assert not block.select(".program-timeline")
        assert block.select(".program-result")


def test_the_home_page_opens_with_a_timeline_and_has_no_others_unless_asked(site: Site) -> None:
    for name in ("one", "two", "three"):
        site.record((0.0, "out", "x\n"), program=site.write(f"index/{name}.py", "print()\n"), trace=TWO)
    page = site.page(
        "[It](../snippets/index/one.py)\n\n[It](../snippets/index/two.py)\n\n"
        "[It](../snippets/index/three.py){ timeline=true }"
    )
    figures = page.select("figure")
    assert [bool(figure.select(".program-timeline")) for figure in figures] == [True, False, True]
    assert ["program-poster" in figure["class"] for figure in figures] == [True, False, False]


def test_programs_that_are_compared_share_an_axis(site: Site) -> None:
    for name, seconds in (("short", 0.5), ("long", 2.0), ("middle", 1.0)):
        program = site.write(f"core-concepts/a/{name}.py", "print()\n")
        site.record((0.0, "out", "x\n"), program=program, trace=TWO, seconds=seconds)

    def axis(options: str) -> tuple[str, str]:
        block = site.block("[It](../../snippets/core-concepts/a/short.py)" + options)
        return str(one(block, ".tl-picture")["data-axis"]), one(block, ".tl-extent").text

    assert axis("") == ("0.500000", "")
    assert axis('{ axis="long" }') == ("2.000000", "same time axis as long.py")
    assert axis('{ axis="middle core-concepts/a/long.py" }') == ("2.000000", "same time axis as middle.py and long.py")
    long = site.block('[It](../../snippets/core-concepts/a/long.py){ axis="short" }')
    assert one(long, ".tl-picture")["data-axis"] == "2.000000"


def test_an_axis_asks_for_a_timeline_where_there_would_be_none(site: Site) -> None:
    program = site.write("tips-and-pitfalls/a/other.py", "print()\n")
    site.record((0.0, "out", "x\n"), program=program, trace=TWO, seconds=3.0)
    assert timeline_of(site, "tips-and-pitfalls/a/b", options='{ axis="other" }') is not None
    assert timeline_of(site, "tips-and-pitfalls/a/b", None, options='{ axis="other" }') is None


def test_a_part_of_a_program_says_which_lines_it_shows(site: Site) -> None:
    header = "# /// script\n# dependencies = []\n# ///\nimport asyncio\n"
    source = f"{header}# --8<-- [start:x]\na = 1\nb = 2\n# --8<-- [end:x]\nc = 3\n"
    program = site.write("core-concepts/a/b.py", source)
    site.record((0.0, "out", "x\n"), program=program, trace=TWO)
    block = site.block('[It](../../snippets/core-concepts/a/b.py){ section="x" }')
    assert [lines["data-lines"] for lines in block.select(".program-lines")] == ["6-7", "4 6-7 9"]
    # A reader's own run may have a timeline where the recorded one has none.
    assert site.block("[It](../../snippets/core-concepts/a/b.py){ timeline=false }").select("[data-lines]")
    no_page = site.write("core-concepts/a/c.py", "import subprocess\n")
    site.record((0.0, "out", "x\n"), program=no_page, trace=TWO)
    assert not site.block("[It](../../snippets/core-concepts/a/c.py){ timeline=false }").select("[data-lines]")


def test_a_block_says_whether_its_program_can_run_in_the_page(site: Site) -> None:
    program = site.write("core-concepts/a/b.py", "print()\n")
    site.record((0.0, "out", "\n"), program=program)
    block = site.block("[It](../../snippets/core-concepts/a/b.py)")
    assert (block["data-run"], "data-no-run" in block.attrs) == ("core-concepts/a/b", False)
    other = site.write("core-concepts/a/c.py", "import subprocess\n")
    site.record((0.0, "out", "x\n"), program=other)
    block = site.block("[It](../../snippets/core-concepts/a/c.py)")
    assert "data-run" not in block.attrs
    assert block["data-no-run"] == "It starts processes, and a page has none."


def test_every_line_of_output_is_where_its_mark_says(site: Site) -> None:
    program = site.write("core-concepts/a/b.py", "print()\n")
    writes: list[tuple[float, Any, str]] = [
        (0.001, "out", "a\nb\n"),
        (0.1, "out", "50%\r"),
        (0.2, "err", "c\n"),
        (0.4, "out", "d\n"),
    ]
    site.record(*writes, program=program, trace=TWO)
    block = site.block("[It](../../snippets/core-concepts/a/b.py)")
    lines = block.select(".program-result .program-line")
    marks = {mark["data-s"]: str(mark["data-o"]).split() for mark in block.select(".tl-said[data-o]")}
    told = {
        second: ["".join(lines[int(n)].find_all(string=True, recursive=False)).strip("\n") for n in numbers]
        for second, numbers in marks.items()
    }
    assert told == {"0.001": ["a", "b"], "0.1": ["50%"], "0.2": ["c"], "0.4": ["d"]}


# Files for readers.


def test_copies_for_generators_without_hooks_follow_the_programs(site: Site) -> None:
    lay_out(site.project)
    copy = site.project.docs / "snippets" / "demo" / "waits.py"
    assert copy.read_text() == WAITS
    before = copy.stat().st_mtime_ns
    lay_out(site.project)
    assert copy.stat().st_mtime_ns == before
    stale = site.project.docs / "snippets" / "gone" / "gone.py"
    stale.parent.mkdir()
    stale.write_text("print()\n")
    site.write("demo/waits.py", "print()\n")
    lay_out(site.project)
    assert copy.read_text() == "print()\n"
    assert not stale.parent.exists()


def test_settings_have_defaults(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.record((0.0, "out", "x\n"))
    monkeypatch.chdir(site.project.root)
    assert "<samp>" in Markdown(extensions=["runnable.markdown"]).convert(LINK)
