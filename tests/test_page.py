"""A page and the blocks in it: what is found where, and every message for what is wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from markdown import Markdown

from runnable import markdown as extension
from runnable.almost import Almost
from runnable.page import (
    HOME,
    Options,
    Reference,
    axis_slugs,
    check_pages,
    find_almost,
    find_blocks,
    has_timelines,
    on_site,
    parse_options,
    section_of,
    used_by,
)
from runnable.project import Project
from runnable.snippet import find_snippets

PROGRAM = """\
# /// script
# requires-python = ">=3.11"
# ///
import asyncio


# --8<-- [start:client]
async def main():
    await asyncio.sleep(1)
# --8<-- [end:client]


# --8<-- [start:nothing]

# --8<-- [end:nothing]
asyncio.run(main())
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    folder = tmp_path / "snippets" / "core" / "waits"
    folder.mkdir(parents=True)
    (folder / "one_wait.py").write_text(PROGRAM)
    (folder / "two_waits.py").write_text("print(1)\n")
    (folder / "_part.py").write_text("X = 1\n")
    (tmp_path / "docs" / "core").mkdir(parents=True)
    return Project.at(tmp_path)


@pytest.fixture
def messages(project: Project) -> Callable[[str], list[str]]:
    """What check_pages says of docs/core/waits.md with the given text."""

    def check(text: str) -> list[str]:
        (project.docs / "core" / "waits.md").write_text(text, "utf-8")
        snippets, problems = find_snippets(project)
        assert problems == []
        return [str(problem) for problem in check_pages(project, snippets)]

    return check


# What is a block.


def test_a_paragraph_that_is_one_link_to_a_program_is_a_block() -> None:
    block = "[Two `[x]` waits](../snippets/a/b.py){ section=\"client\" stress='4 7-9' collapsed output=false }"
    text = f"Look.\n\n{block}\n\nSo."
    assert find_blocks(text) == [
        Reference(
            3,
            "Two `[x]` waits",
            "../snippets/a/b.py",
            "section=\"client\" stress='4 7-9' collapsed output=false",
        )
    ]


def test_a_block_may_go_over_lines() -> None:
    text = "[A caption that\nis long](../snippets/a/b.py){\n  collapsed }"
    assert find_blocks(text) == [Reference(1, "A caption that is long", "../snippets/a/b.py", "collapsed")]


@pytest.mark.parametrize(
    "text",
    [
        "See [it](../snippets/a/b.py).",
        "[it](../snippets/a/b.py) and more",
        "[it](../snippets/a/b.py){ .button } and more",
        "[it](../snippets/a/b.py) [it](../snippets/a/b.py)",
        "[it](https://example.org/snippets/a/b.py)",
        "[it](//example.org/snippets/a/b.py)",
        "[it](../my-snippets/b.py)",
        "[it](../snippets/a/b.py#L3)",
        "[it](../snippets/a/b.md)",
        "![it](../snippets/a/b.py)",
        "[it](../snippets/a/b.py)\n====",
        "```\n\n[it](../snippets/a/b.py)\n\n```",
        "~~~~ text\n```\n\n[it](../snippets/a/b.py)\n\n~~~~",
        "!!! note\n\n    ```\n\n    [it](../snippets/a/b.py)\n\n    ```",
        "```py\ncode\n```\n[it](../snippets/a/b.py)",
        "Code:\n\n    [it](../snippets/a/b.py)",
        "- item\n\n        [it](../snippets/a/b.py)",
        "<!-- [it](../snippets/a/b.py) -->",
        "<!--\n\n[it](../snippets/a/b.py)\n\n-->",
        "<div>\n\n[it](../snippets/a/b.py)\n\n</div>",
        "- [it](../snippets/a/b.py)\n- [it](../snippets/a/b.py)",
        "- [it](../snippets/a/b.py)\n\n- [it](../snippets/a/b.py)",
        "1. [it](../snippets/a/b.py)",
    ],
)
def test_what_is_no_block(text: str) -> None:
    assert find_blocks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "\ufeff{}",
        "# Heading\n{}\n## Next",
        "- item\n\n    {}",
        "1. item\n\n    text\n\n    {}\n\n2. item",
        "- item\n    - inner\n\n        {}",
        '!!! note "Title"\n\n    {}',
        '??? question "Title"\n    {}',
        '=== "Tab"\n\n    {}\n\n=== "Other"\n\n    text',
        '=== "Tab"\n\n    !!! tip\n\n        {}',
        "> quoted\n>\n> {}",
        "Text.[^1]\n\n[^1]:\n    Note.\n\n    {}",
        "   {}",
        "{}\n\n<!-- a comment -->",
        "<!-- a comment -->\n\n{}",
        "```\nunclosed\n\n{}",
        "```py\ncode\n```\n\n{}",
        '<div class="grid" markdown>\n\n{}\n\n</div>',
        "text\n\n\n\n{}\n",
    ],
)
def test_where_blocks_may_be(text: str) -> None:
    link = "[it](../snippets/a/b.py)"
    line = text[: text.index("{}")].count("\n") + 1
    assert find_blocks(text.replace("{}", link)) == [Reference(line, "it", "../snippets/a/b.py")]
    windows = text.replace("{}", link).replace("\n", "\r\n")
    assert [found.line for found in find_blocks(windows)] == [line]


def test_lines_are_counted_with_the_front_matter() -> None:
    text = "---\ntitle: x\n# [it](../snippets/a/b.py)\n\n[it](../snippets/a/b.py)\n---\n\n[it](../snippets/a/b.py)\n"
    assert [found.line for found in find_blocks(text)] == [8]


PIECES = [
    "",
    "",
    "",
    "text",
    "- item",
    "1. item",
    "    - inner",
    "    text",
    "        deep",
    "## Heading",
    "```",
    "    ```",
    "<!-- comment -->",
    "<!--",
    "-->",
    "!!! note",
    "    !!! tip",
    '=== "Tab"',
    '??? question "Why?"',
    "> quoted",
    ">",
    "<div>",
    "</div>",
    "{link}",
    "{link}",
    "{link}",
    "    {link}",
    "    {link}",
    "        {link}",
    "> {link}",
    "- {link}",
    "See {link}.",
]


def with_blank_lines(pieces: Iterable[str]) -> list[str]:
    """Those around quotations and fences. What Python-Markdown makes of them without is nothing that anyone writes."""
    lines: list[str] = []
    for piece in pieces:
        kind = piece.lstrip()[:3]
        before = lines[-1].lstrip()[:3] if lines else ""
        if (kind[:1] == ">") != (before[:1] == ">") or kind == "```" != before:
            lines.append("")
        lines.append(piece)
    return lines


def rendered_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[list[str], list[str]]]:
    """What Python-Markdown makes of a page: the captions of its blocks, and what is told of those that almost are."""
    blocks: list[str] = []
    near: list[str] = []

    def block(self: extension.ProgramExtension, reference: Reference) -> Element:
        blocks.append(reference.caption)
        return Element("figure")

    def near_miss(self: extension.ProgramExtension, close: Almost) -> Element:
        near.append(close.what)
        return Element("figure")

    monkeypatch.setattr(extension.ProgramExtension, "element", block)
    monkeypatch.setattr(extension.ProgramExtension, "near_miss", near_miss)
    names = ["runnable.markdown", "admonition", "attr_list", "md_in_html", "tables", "footnotes", "def_list"]
    names += ["pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed", "toc"]
    tabs = {"pymdownx.tabbed": {"alternate_style": True}}

    def convert(text: str) -> tuple[list[str], list[str]]:
        blocks.clear()
        near.clear()
        Markdown(extensions=names, extension_configs=tabs).convert(text)
        return sorted(blocks), sorted(near)

    return convert


def test_the_lines_found_are_those_that_become_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    render = rendered_by(monkeypatch)
    chance = random.Random(2)
    blocks = 0
    for _ in range(1500):
        lines = with_blank_lines(chance.choice(PIECES) for _ in range(chance.randint(1, 12)))
        text = "\n".join(line.replace("{link}", f"[n{n}](../snippets/a/b.py)") for n, line in enumerate(lines, 1))
        found = find_blocks(text)
        assert [f"n{block.line}" for block in found] == [block.caption for block in found]
        assert render(text)[0] == sorted(block.caption for block in found), text
        blocks += len(found)
    assert blocks > 500


ALMOST_PIECES = [
    "",
    "",
    "text",
    "See:",
    "- item",
    "    text",
    "## Heading",
    "```\ncode\n```",
    "!!! note",
    "{link}",
    "    {link}",
    "!{link}",
    "    **{link}**",
    "{link}{ collapsed }",
    "{link}, {link}",
    "See {link}.",
    "\n[named]\n",
]


def test_what_is_almost_a_block_is_the_same_to_both(monkeypatch: pytest.MonkeyPatch) -> None:
    render = rendered_by(monkeypatch)
    chance = random.Random(3)
    misses = 0
    for _ in range(1500):
        pieces = [chance.choice(ALMOST_PIECES) for _ in range(chance.randint(1, 8))]
        pieces.append(chance.choice(["", "\n[named]: ../snippets/a/c.py"]))
        lines = "\n".join(with_blank_lines(pieces)).split("\n")
        text = "\n".join(line.replace("{link}", f"[n{n}](../snippets/a/b.py)") for n, line in enumerate(lines, 1))
        found = [close.what for close in find_almost(text)]
        assert render(text)[1] == sorted(found), text
        misses += len(found)
    assert misses > 500


# Options.


def test_options_have_types() -> None:
    reference = Reference(1, "it", "x", "section='client' stress=\"4 7-9, 12\" collapsed output=false")
    assert parse_options(reference) == (
        Options(section="client", stress=frozenset({4, 7, 8, 9, 12}), collapsed=True, output=False),
        [],
    )
    assert parse_options(Reference(1, "it", "x")) == (Options(None, frozenset(), False, True, None, ()), [])
    reference = Reference(1, "it", "x", 'timeline=true axis="one, a/b/two.py"')
    assert parse_options(reference) == (Options(timeline=True, axis=("one", "a/b/two.py")), [])


def test_an_axis_names_programs_beside_this_one_or_anywhere() -> None:
    known = ["core/waits/one", "core/waits/two", "index/two"]
    options = Options(axis=("two", "one.py", "index/two"))
    assert axis_slugs(options, "core/waits/zero", known) == (["core/waits/two", "core/waits/one", "index/two"], [])


@pytest.mark.parametrize(
    ("place", "slug", "section"),
    [
        ("docs/index.md", "core-concepts/tasks/kept", HOME),
        ("docs/getting-started/index.md", "index/plan", "getting-started"),
        ("docs/tips-and-pitfalls/tasks.md", "core-concepts/tasks/kept", "tips-and-pitfalls"),
        (None, "core-concepts/tasks/kept", "core-concepts"),
        (None, "index/plan", HOME),
    ],
)
def test_a_page_has_a_section(place: str | None, slug: str, section: str) -> None:
    assert section_of(place, slug) == section


def test_timelines_are_drawn_where_they_teach_most() -> None:
    shown = [name for name in SECTIONS if has_timelines(name)]
    assert shown == [name for name in SECTIONS if name not in {HOME, "choosing", "tips-and-pitfalls", "reference"}]


SECTIONS = [
    HOME,
    *sorted(path.name for path in (Path(__file__).parents[1] / "docs").iterdir() if (path / "index.md").is_file()),
]
LINK = "[It waits](../../snippets/core/waits/one_wait.py)"
HERE = "docs/core/waits.md:1: "


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (
            '{ secton="client" }',
            "unknown option “secton”. Did you mean “section”? "
            "Known: section, stress, collapsed, output, timeline and axis.",
        ),
        (
            "{ .md-button }",
            "unknown option “.md-button”. Known: section, stress, collapsed, output, timeline and axis.",
        ),
        ("{ section }", 'section has no value. Name a section of the program, as in section="client".'),
        ('{ section="" }', 'section has no value. Name a section of the program, as in section="client".'),
        ('{ stress="4 x" }', 'stress is “4 x”. Give line numbers of the file, as in stress="4 7-9".'),
        ('{ stress="9-7" }', 'stress is “9-7”. Give line numbers of the file, as in stress="4 7-9".'),
        ("{ stress }", 'stress has no value. Give line numbers of the file, as in stress="4 7-9".'),
        (
            '{ stress="8 99" }',
            "stress names line 99, but snippets/core/waits/one_wait.py has 16 lines. Correct the number.",
        ),
        (
            '{ stress="0" }',
            "stress names line 0, but snippets/core/waits/one_wait.py has 16 lines. Correct the number.",
        ),
        (
            '{ stress="8-10" }',
            "stress names line 10 of snippets/core/waits/one_wait.py, which this block does not show. "
            "It shows lines 4 to 16.",
        ),
        (
            '{ section="client" stress="4" }',
            "stress names line 4 of snippets/core/waits/one_wait.py, which this block does not show. "
            "It shows lines 8 to 9.",
        ),
        ('{ collapsed="yes" }', "collapsed is “yes”. It is a flag: write it without a value."),
        ("{ output=no }", "output is “no”. Write output=true or output=false."),
        ("{ output }", "output has no value. Write output=true or output=false."),
        ("{ timeline }", "timeline has no value. Write timeline=true or timeline=false."),
        ("{ timeline=off }", "timeline is “off”. Write timeline=true or timeline=false."),
        ("{ axis }", 'axis has no value. Name programs that share the time axis, as in axis="in_sequence".'),
        ('{ axis=" , " }', 'axis is “ , ”. Name programs that share the time axis, as in axis="in_sequence".'),
        (
            '{ axis="two_wait" }',
            "axis names “two_wait”, but there is no such program. Did you mean “two_waits”?",
        ),
        (
            '{ axis="two_waits core/waits/tow_waits" }',
            "axis names “core/waits/tow_waits”, but there is no such program. Did you mean “core/waits/two_waits”?",
        ),
        (
            '{ axis="zzz" }',
            "axis names “zzz”, but there is no such program. Name one in the same folder, or give its whole slug.",
        ),
        (
            '{ axis="one_wait.py" }',
            "axis names “one_wait.py”, which is the program itself. Name the one it is compared with.",
        ),
        ('{ axis="two_waits" timeline=false }', "axis is given, but timeline=false. Keep one of the two."),
        ("{ collapsed collapsed }", "the option collapsed is given twice. Keep one of the two."),
        ("{ collapsed", "the options are not closed. Add “}” behind the last one."),
        (
            "{ section=“client” }",
            'the options cannot be read from “section=“client”” on. Write them as in { section="name" collapsed }.',
        ),
        ("{ collapsed =x }", 'the options cannot be read from “=x” on. Write them as in { section="name" collapsed }.'),
    ],
)
def test_a_wrong_option_is_told(messages: Callable[[str], list[str]], options: str, what: str) -> None:
    assert messages(LINK + options) == [HERE + what]


# Links.


@pytest.mark.parametrize(
    ("target", "what"),
    [
        (
            "../../snippets/core/waits/one_wai.py",
            "there is no snippets/core/waits/one_wai.py. Did you mean ../../snippets/core/waits/one_wait.py or "
            "../../snippets/core/waits/two_waits.py?",
        ),
        (
            "../../snippets/waits/one_wait.py",
            "there is no snippets/waits/one_wait.py. Did you mean ../../snippets/core/waits/one_wait.py or "
            "../../snippets/core/waits/two_waits.py?",
        ),
        (
            "../../snippets/zzz.py",
            "there is no snippets/zzz.py. Write it, or correct the link.",
        ),
        (
            "../../snippets/../secret.py",
            "“../../snippets/../secret.py” is outside snippets/. Pages show programs from there only: "
            "move the file into it.",
        ),
        (
            "/snippets/core/waits/one_wait.py",
            "“/snippets/core/waits/one_wait.py” is absolute. Write it relative to this page: "
            "../../snippets/core/waits/one_wait.py.",
        ),
        (
            "../snippets/core/waits/one_wait.py",
            "“../snippets/core/waits/one_wait.py” leads to docs/snippets/core/waits/one_wait.py. "
            "From this page the program is ../../snippets/core/waits/one_wait.py.",
        ),
        (
            "../../../snippets/core/waits/one_wait.py",
            "“../../../snippets/core/waits/one_wait.py” leads out of the project. From this page the program is "
            "../../snippets/core/waits/one_wait.py.",
        ),
        (
            "../../snippets/core/waits/_part.py",
            "snippets/core/waits/_part.py is a part of other programs: its name begins with “_”. "
            "Link to a program, or rename it.",
        ),
    ],
)
def test_a_link_to_no_program_is_told(messages: Callable[[str], list[str]], target: str, what: str) -> None:
    assert messages(f"[It waits]({target})") == [HERE + what]


def test_a_link_that_leads_out_of_snippets_is_told(project: Project) -> None:
    (project.root / "secret.py").write_text("print(1)\n")
    try:
        (project.snippets / "core" / "waits" / "linked.py").symlink_to(project.root / "secret.py")
    except OSError:
        pytest.skip("Windows lets only some users make symbolic links")
    (project.docs / "core" / "waits.md").write_text("[It waits](../../snippets/core/waits/linked.py)")
    snippets, _ = find_snippets(project)
    assert [str(problem) for problem in check_pages(project, snippets)] == [
        HERE + "snippets/core/waits/linked.py is a link that leads out of snippets/. Put the program itself there."
    ]


# What is almost a block.

IT = "../../snippets/core/waits/one_wait.py"
ALMOST = "this is almost a block, but "
INSTEAD = f"Write “[It waits]({IT})”, alone in a paragraph."
APART = "Put an empty line between them."


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (f'[It waits]({IT} "a title")', 1, f'"a title" follows its program. {INSTEAD}'),
        (f"[It waits]({IT} 'a title')", 1, f"'a title' follows its program. {INSTEAD}"),
        (f"![It waits]({IT})", 1, f"“!” stands before it, as before a picture. {INSTEAD}"),
        (f"[It waits](<{IT}>)", 1, f"“<” stands before its program. {INSTEAD}"),
        (f"[It waits] ({IT})", 1, f"there is a blank between its caption and its program. {INSTEAD}"),
        (f"[It\nwaits]({IT}", 1, f"“)” is missing behind its program. {INSTEAD}"),
        (f"[It waits]({IT}#L3)", 1, f"“#L3” follows its program. {INSTEAD}"),
        (f"**[It waits]({IT})**", 1, f"“**” stands around it. {INSTEAD}"),
        (f"[It waits][one]\n\n[one]: {IT}\n", 1, f"it names its program by a reference. {INSTEAD}"),
        (f"[one]: {IT}\n\n[It waits][ONE]\n", 3, f"it names its program by a reference. {INSTEAD}"),
        (f"[It waits]\n\n[it waits]: <{IT}> 'one'\n", 1, f"it names its program by a reference. {INSTEAD}"),
        (
            f'# x\n\n!!! note\n\n    *![It]({IT} "t"){{ collapsed }}*',
            5,
            f'“!” stands before it, as before a picture, “*” stands around it and "t" follows its program. '
            f"Write “[It]({IT}){{ collapsed }}”, alone in a paragraph.",
        ),
        (f"![]({IT})", 1, f"“!” stands before it, as before a picture. Write “[What it shows]({IT})”, "
            "alone in a paragraph."),
        (f"[It]({IT}) [It]({IT})", 1, f"2 programs are in one paragraph. {APART}"),
        (f"[It]({IT}){{ collapsed }}\n[It]({IT})\n![It]({IT})", 1, f"3 programs are in one paragraph. {APART}"),
        (f"This one waits:\n[It waits]({IT})", 2, f"other text stands right above it. {APART}"),
        (f"So\n[It waits]({IT}){{ stress='4' }}\nit is.", 2, f"other text stands right above it. {APART}"),
        (f"[It waits]({IT}){{: collapsed }}\nand prints.", 1, f"other text stands right below it. {APART}"),
        (f"```py\npass\n```\n[It waits]({IT})", 4, f"a code fence stands right above it. {APART}"),
    ],
)  # fmt: skip
def test_what_is_almost_a_block_is_told(messages: Callable[[str], list[str]], text: str, line: int, what: str) -> None:
    assert messages(text) == [f"docs/core/waits.md:{line}: {ALMOST}{what}"]


@pytest.mark.parametrize(
    "text",
    [
        f'See [it]({IT} "a title").',
        f"It is told in\n[it]({IT})",
        f"It is told in\n[it]({IT})\nand elsewhere.",
        f"[It]({IT}){{ .md-button }}\nand elsewhere.",
        f"[it]({IT}), [it]({IT})",
        f"[it]({IT} 't') [elsewhere](https://example.org)",
        f"- [it]({IT} 't')\n- ![it]({IT})",
        f"| a | b |\n|---|---|\n| [it]({IT} 't') | ![it]({IT}) |",
        f"[it]({IT} 't')\n====",
        f"\\[it]({IT} 't')",
        f"`[it]({IT} 't')`",
        f"```\n[it]({IT} 't')\n```",
        f"<!--\n\n[it]({IT} 't')\n\n-->",
        f"Code:\n\n    [it]({IT} 't')",
        '[it](https://example.org/snippets/a.py "t")',
        "[it](../../snippets/core/waits/one_wait.out 't')",
        "![it](../../docs/picture.svg)",
        f"[one]: {IT}",
        "[ ] nothing",
        "[nothing]",
    ],
)
def test_what_was_not_meant_to_be_a_block_is_left_alone(messages: Callable[[str], list[str]], text: str) -> None:
    assert messages(text) == []


@pytest.mark.parametrize(
    "option", ["section='client'", "stress='4'", "collapsed", "output=false", "timeline=true", "axis='two_waits'"]
)
def test_an_option_of_ours_tells_what_was_meant_to_be_a_block(option: str) -> None:
    options, wrong = parse_options(Reference(1, "It", IT, option))
    assert wrong == []
    assert options != Options()
    assert [close.line for close in find_almost(f"So\n[It]({IT}){{ {option} }}\nis it.")] == [2]


# Sections and captions.


@pytest.mark.parametrize(
    ("block", "what"),
    [
        (
            LINK + '{ section="clint" }',
            "snippets/core/waits/one_wait.py has no section “clint”. Did you mean “client”? Known: client and nothing.",
        ),
        (
            '[It](../../snippets/core/waits/two_waits.py){ section="client" }',
            "snippets/core/waits/two_waits.py has no sections. "
            "Put “# --8<-- [start:client]” and “# --8<-- [end:client]” around the lines to show.",
        ),
        (
            LINK + '{ section="nothing" }',
            "section “nothing” of snippets/core/waits/one_wait.py has no lines to show. Put at least one there.",
        ),
        (
            "[](../../snippets/core/waits/one_wait.py)",
            "the block has no caption. Write between the brackets what the program shows.",
        ),
    ],
)
def test_an_empty_or_missing_part_is_told(messages: Callable[[str], list[str]], block: str, what: str) -> None:
    assert messages(block) == [HERE + what]


def test_all_that_is_wrong_is_told_in_the_order_of_lines(messages: Callable[[str], list[str]]) -> None:
    wrong = '[](../../snippets/core/waits/one_wait.py){ stress="99" output=no }'
    text = f"---\ntitle: x\n---\n# x\n\n{wrong}\n\n{LINK}{{ x }}\n"
    assert messages(text) == [
        "docs/core/waits.md:6: output is “no”. Write output=true or output=false.",
        "docs/core/waits.md:6: the block has no caption. Write between the brackets what the program shows.",
        "docs/core/waits.md:8: unknown option “x”. Known: section, stress, collapsed, output, timeline and axis.",
    ]


def test_a_page_that_is_not_utf8_is_told(project: Project) -> None:
    (project.docs / "core" / "waits.md").write_bytes(b"# x\n\ncaf\xe9\n")
    assert [str(problem) for problem in check_pages(project, [])] == [
        "docs/core/waits.md:3: byte 8 is not UTF-8. Save the file as UTF-8."
    ]


def test_a_mistake_in_a_program_is_told_at_the_program_only(project: Project) -> None:
    (project.snippets / "core" / "waits" / "broken.py").write_text("print(\n")
    (project.docs / "core" / "waits.md").write_text("[It waits](../../snippets/core/waits/broken.py){ stress='99' }")
    snippets, problems = find_snippets(project)
    assert len(problems) == 1
    assert check_pages(project, snippets) == []


def test_pages_tell_which_programs_they_show(project: Project) -> None:
    (project.docs / "index.md").write_text("# x\n\n[It](../snippets/core/waits/one_wait.py)\n")
    (project.docs / "core" / "waits.md").write_text(f"{LINK}\n\n{LINK}{{ collapsed }}\n\n[?](../../snippets/zzz.py)\n")
    assert used_by(project) == {
        "core/waits/one_wait": [("docs/core/waits.md", 1), ("docs/core/waits.md", 3), ("docs/index.md", 3)],
        "zzz": [("docs/core/waits.md", 5)],
    }


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("../snippets/a.py", "snippets/a.py"),
        ("../../snippets/a/b.py", "../snippets/a/b.py"),
        ("./../../snippets/a/b.py", "../snippets/a/b.py"),
        ("../../../snippets/a/b.py", "../../snippets/a/b.py"),
    ],
)
def test_programs_are_published_below_the_root_of_the_site(target: str, address: str) -> None:
    assert on_site(target) == address
